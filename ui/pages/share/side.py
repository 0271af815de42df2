"""The right pane: how it looks, what it brings, whom it is for, what it says, and how it leaves."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from guide_app.clients.model import ClientRow
from guide_app.sharing.printers import with_bars_instead
from guide_app.sharing.template import Palette, Template
from ui.kit.buttons import button, keyed_button
from ui.kit.card import Card, row
from ui.kit.scroll import scrolled
from ui.kit.text import ElidedLabel, label, plain_tip
from ui.kit.theme import Theme
from ui.kit.work import Work
from ui.pages.share.choices import OfferChips, PaletteStrip, TemplateStrip
from ui.pages.share.code_choice import CodeChoice
from ui.pages.share.recipient import RecipientBox
from ui.pages.share.words import WordsBox


class SidePane(Card):
    """Holds the choices and the buttons; the page connects them."""

    def __init__(
        self,
        theme: Theme,
        work: Work,
        templates: Mapping[str, Template],
        palettes: Mapping[str, Palette],
        find_clients: Callable[[str, int], Sequence[ClientRow]],
    ) -> None:
        """Lay everything out; nothing is read."""
        super().__init__(padding=0)
        plain = next(iter(templates.values())).colours.get("zone_mid", theme.tokens.light.track)
        self.templates = TemplateStrip(theme, templates)
        self.template_title = label("", "hint")
        self.template_hint = label("", "hint", wrap=True)
        self.edit = button(self.tr("改版式…"), "link", tip="Ctrl+E")
        self.palettes = PaletteStrip(theme, palettes, plain)
        self.offers = OfferChips()
        self.terms = label("", "hint", wrap=True)
        self.recipient = RecipientBox(theme, work, find_clients)
        self.words = WordsBox(theme)
        self.codes = CodeChoice()
        self.link = ElidedLabel("", "accent")
        self.link.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_picture = keyed_button(theme, "copy", self.tr("复制图片"), "Ctrl+C", "primary")
        self.copy_words = keyed_button(theme, "link", self.tr("复制文案+链接"), "Ctrl+Shift+C")
        self.print = keyed_button(theme, "print", self.tr("打印…"), "Ctrl+P")
        self.save = keyed_button(theme, "save", self.tr("存为文件"), "Ctrl+S")
        self.pack = keyed_button(theme, "folder", self.tr("素材包"), "Ctrl+Shift+S")
        self.pack.setToolTip(plain_tip(self.tr("朋友圈素材包: 方图、海报和文案放进一个文件夹 (Ctrl+Shift+S)")))
        self.note = label("", "hint", wrap=True)
        self._lay_out()

    @property
    def picture_deeds(self) -> tuple[QPushButton, ...]:
        """The buttons that need a finished poster."""
        return self.copy_picture, self.print, self.save, self.pack

    def show_template(self, template: Template, templates: Mapping[str, Template]) -> None:
        """Say what is chosen, and of a label without room for the till's bars which of `templates` have it."""
        unit = self.tr("毫米") if template.unit == "mm" else self.tr("像素")
        self.template_title.setText(f"{template.title} · {template.width:g} × {template.height:g} {unit}")
        others = [other.title for other in with_bars_instead(template, templates)]
        lacking = self.tr("{size} 毫米放不下收银条码; 要条码请选 {others}。")
        size = f"{template.width:g}×{template.height:g}"
        self.template_hint.setText(lacking.format(size=size, others=" / ".join(others)) if others else "")
        self.template_hint.setVisible(bool(others))

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 14, 12)
        column.setSpacing(5)
        chosen = row(self.template_title, None, self.edit, margins=(0, 0, 0, 0))
        for title, beside, *parts in (
            (self.tr("版式"), self.palettes, self.templates, chosen, self.template_hint),
            (self.tr("附带优惠"), None, self.offers, self.terms),
            (self.tr("发给"), None, self.recipient),
            (self.tr("文案 · 可改"), self.words.script, self.words),
        ):
            column.addWidget(row(label(title, "hint"), None, beside or QWidget(), margins=(0, 0, 0, 0)))
            for part in parts:
                column.addWidget(part)
            column.addSpacing(4)
        self.link.setToolTip(plain_tip(self.tr("已签名, 离线也有效")))
        column.addWidget(row(label(self.tr("链接"), "hint"), self.link, self.codes, margins=(0, 0, 0, 0)))
        column.addStretch(1)
        self.fill(scrolled(inner))
        deeds = QWidget()
        grid = QGridLayout(deeds)
        grid.setContentsMargins(16, 10, 16, 12)
        grid.setSpacing(8)
        grid.addWidget(self.copy_picture, 0, 0, 1, 3)
        grid.addWidget(self.copy_words, 0, 3, 1, 3)
        for place, deed in enumerate((self.print, self.save, self.pack)):
            grid.addWidget(deed, 1, 2 * place, 1, 2)
        grid.addWidget(self.note, 2, 0, 1, 6)
        self.add_row(deeds)
