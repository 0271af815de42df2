"""The right side of 话术: for whom and about what, the words as they will be, pictures, and how the script did."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from guide_app.flows.desk import Desk
from guide_app.flows.filling import CLIENT, COUPON, PRODUCT
from guide_app.followup.scripts import LibraryScript
from guide_app.followup.trials import LEAST, Trial
from guide_app.sharing.caption import unfilled
from guide_app.sharing.queries import CouponOffer, ScriptRow
from ui.kit.buttons import IconButton, keyed_button
from ui.kit.card import Card, row
from ui.kit.inline import Field
from ui.kit.pill import Pill
from ui.kit.scroll import scrolled
from ui.kit.text import label, plain_tip
from ui.kit.theme import Theme
from ui.kit.thumbs import Thumbs
from ui.kit.work import Work
from ui.pages.share.choices import terms_text
from ui.pages.share.product_box import ProductBox
from ui.pages.share.recipient import RecipientBox
from ui.pages.share.words import WordsBox

_EDGE = 72
_PRODUCTS = 200


class LibraryPane(Card):
    """Shows one script filled; the page connects its deeds."""

    filled = Signal()
    """A hole was filled by hand: `by_hand`."""
    hole_shown = Signal(object)
    """A field for a hole, `QLineEdit`, that was not there before."""
    picture_wanted = Signal(str)
    """SHA-256 of a picture to copy."""

    def __init__(self, theme: Theme, work: Work, desk: Desk, thumbs: Thumbs) -> None:
        """Lay out; nothing is read."""
        super().__init__(padding=0)
        self._theme, self._thumbs = theme, thumbs
        self.script: LibraryScript | None = None
        self.by_hand: dict[str, str] = {}
        self.title = label("", "section")
        self.scene, self.origin = Pill("", "accent"), Pill("", "grey")
        self.star = IconButton(theme, "star", self.tr("收藏 (Ctrl+D)"))
        self.star.setCheckable(True)
        self.edit = IconButton(theme, "edit", self.tr("改这条话术 (F2)"))
        self.drop = IconButton(theme, "trash", self.tr("删除这条话术"))
        self.recipient = RecipientBox(theme, work, desk.clients.search)
        self.product = ProductBox(theme, work, lambda text: desk.catalogue.products(text, _PRODUCTS))
        self.offer = QComboBox()
        self.offer.setAccessibleName(self.tr("券"))
        self.words = WordsBox(theme)
        self.words.script.setParent(self.words)
        self.words.script.hide()  # the list at the left chooses
        self.words.editor.setFixedHeight(108)
        self._holes: dict[str, Field] = {}
        self._hole_lines = QFormLayout()
        self._hole_lines.setContentsMargins(0, 0, 0, 0)
        self._media = QHBoxLayout()
        self._media_buttons: dict[str, QPushButton] = {}
        self.figures = label("", "muted", wrap=True)
        self.copy = keyed_button(theme, "copy", self.tr("复制话术"), "Ctrl+C / Enter", "primary")
        self.copy_picture = keyed_button(theme, "image", self.tr("复制图片"), "Ctrl+Shift+C")
        self.poster = keyed_button(theme, "share", self.tr("配海报发"), "Ctrl+G")
        self.replied = keyed_button(theme, "message", self.tr("客户回复了"), "Ctrl+R")
        self.note = label("", "hint", wrap=True)
        self._lay_out()
        thumbs.arrived.connect(self._show_thumbs)

    def _lay_out(self) -> None:
        self.add_row(row(self.title, self.scene, self.origin, None, self.star, self.edit, self.drop, gap=8))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        subject = QGridLayout()
        subject.setHorizontalSpacing(16)
        about = QVBoxLayout()
        about.setSpacing(4)
        for widget in (label(self.tr("商品"), "hint"), self.product, label(self.tr("券"), "hint"), self.offer):
            about.addWidget(widget)
        whom = QVBoxLayout()
        whom.setSpacing(4)
        whom.addWidget(label(self.tr("发给"), "hint"))
        whom.addWidget(self.recipient)
        whom.addStretch(1)
        subject.addLayout(whom, 0, 0)
        subject.addLayout(about, 0, 1)
        subject.setColumnStretch(0, 1)
        subject.setColumnStretch(1, 1)
        column.addLayout(subject)
        column.addLayout(self._hole_lines)
        column.addWidget(label(self.tr("发出的样子 · 可改"), "hint"))
        column.addWidget(self.words)
        self._media.setSpacing(8)
        self._media.addStretch(1)
        column.addWidget(self.figures)
        column.addLayout(self._media)
        column.addStretch(1)
        self.fill(scrolled(inner))
        deeds = QWidget()
        grid = QGridLayout(deeds)
        grid.setContentsMargins(16, 10, 16, 12)
        grid.setSpacing(8)
        for place, made in enumerate((self.copy, self.copy_picture, self.poster, self.replied)):
            grid.addWidget(made, 0, place)
        grid.addWidget(self.note, 1, 0, 1, 4)
        self.add_row(deeds)

    # -- showing -------------------------------------------------------------------------------------------

    def show_script(self, script: LibraryScript | None) -> None:
        """Show another script, or the same as it is now; what was typed into the same one is kept."""
        other = script is None or self.script is None or script.id != self.script.id or script.body != self.script.body
        self.script = script
        for widget in (self.star, self.copy, self.poster):
            widget.setEnabled(script is not None)
        mine = script is not None and script.mine
        self.edit.setVisible(mine)
        self.drop.setVisible(mine)
        self.title.setText(" ".join(filter(None, (script.title, script.variant))) if script else "")
        self.scene.setText(script.scene if script else "")
        self.scene.setVisible(bool(script and script.scene))
        self.origin.setText(self._origin(script) if script else "")
        self.origin.setVisible(script is not None)
        self.star.setChecked(script is not None and script.favourite)
        if script is None:
            self.words.set_scripts([])
            self.words.editor.clear()
        elif other:
            self.words.set_scripts([ScriptRow(script.id, script.scene, script.title, script.body)])
            self.words.choose_script(script.id)
        self._show_media(script.media if script else ())

    def _origin(self, script: LibraryScript) -> str:
        if not script.own:
            return self.tr("总部")
        if script.mine:
            return self.tr("我的 · 本店可用") if script.shared else self.tr("我的 · 仅自己")
        return self.tr("{name}分享").format(name=script.author)

    def show_values(self, values: Mapping[str, str]) -> None:
        """Fill the script with these and what was filled by hand, and offer a field for what is still a hole."""
        self.words.set_facts("", {**self.by_hand, **{name: value for name, value in values.items() if value}})
        body = self.script.body if self.script else ""
        named = [hole[1:-1].strip() for hole in unfilled(body)]
        self._set_holes([name for name in named if not values.get(name) and name not in (CLIENT, PRODUCT, COUPON)])

    def show_offers(self, offers: Sequence[CouponOffer], chosen: str) -> None:
        """Offer these coupons."""
        self.offer.blockSignals(True)
        self.offer.clear()
        self.offer.addItem(self.tr("不带券"), "")
        for offer in offers:
            self.offer.addItem(f"{offer.name} · {terms_text(offer)}", offer.id)
        self.offer.setCurrentIndex(max(0, self.offer.findData(chosen)))
        self.offer.blockSignals(False)

    def show_figures(self, trial: Trial | None, sent: tuple[int, int, int]) -> None:
        """How the script did in the store: its variants side by side, or messages, answers and sales alone."""
        if trial is None:
            words = self.tr("近 90 天本店: 发出 {sent} 次, 有回复 {replied}, 一周内购买 {sold}")
            self.figures.setText(words.format(sent=sent[0], replied=sent[1], sold=sent[2]))
            return
        line = self.tr("{name}: 发出 {sent} 次, 有回复或购买 {hits} ({rate}%, 95% 区间 {low}–{high}%)")
        lines = [
            line.format(name=v.name, sent=v.sent, hits=v.hits, rate=round(100 * v.rate), low=round(100 * v.interval[0]),
                        high=round(100 * v.interval[1]))
            for v in trial.variants
        ]  # fmt: skip
        first = trial.variants[0].name
        verdict = {
            "few": self.tr("样本还少 (每种至少 {least} 次), 不排名。").format(least=LEAST),
            "even": self.tr("目前 {name} 在前, 差距还在误差之内。").format(name=first)
            if trial.variants[0].rate > trial.variants[-1].rate
            else self.tr("目前没有差别。"),
            "clear": self.tr("{name} 明显更好。").format(name=first),
        }[trial.verdict]
        self.figures.setText("\n".join((self.tr("近 90 天本店 A/B"), *lines, verdict)))

    def way_to_fill(self) -> QWidget:
        """Where the first hole of the words is filled."""
        ways = {
            f"{{{PRODUCT}}}": self.product.field,
            f"{{{COUPON}}}": self.offer,
            f"{{{CLIENT}}}": self.recipient.field,
        }
        for hole in unfilled(self.words.text):
            field = ways.get(hole) or self._holes.get(hole[1:-1].strip())
            if field is not None:
                return field
        return self.words.editor

    # -- inside --------------------------------------------------------------------------------------------

    def _set_holes(self, names: Sequence[str]) -> None:
        if list(self._holes) == list(names):
            return
        while self._hole_lines.rowCount():
            self._hole_lines.removeRow(0)
        self._holes = {}
        for name in names:
            field = Field(self.by_hand.get(name, ""))
            field.setAccessibleName(f"{{{name}}}")
            field.setPlaceholderText(self.tr("填写{name}").format(name=name))
            field.textChanged.connect(lambda text, name=name: self._fill_by_hand(name, text))
            self._hole_lines.addRow(label(f"{{{name}}}", "warn"), field)
            self._holes[name] = field
            self.hole_shown.emit(field)

    def _fill_by_hand(self, name: str, text: str) -> None:
        self.by_hand[name] = text.strip()
        self.filled.emit()

    def _show_media(self, media: Sequence[str]) -> None:
        self.copy_picture.setEnabled(bool(media))
        if list(self._media_buttons) == list(media):
            return
        for gone in self._media_buttons.values():
            gone.hide()
            gone.deleteLater()
        self._media_buttons = {}
        for number, sha in enumerate(media, 1):
            made = QPushButton()
            made.setProperty("kind", "quiet")
            made.setFixedSize(_EDGE + 10, _EDGE + 10)
            made.setIconSize(QSize(_EDGE, _EDGE))
            made.setAutoDefault(False)
            name = self.tr("复制第 {number} 张图").format(number=number)
            made.setAccessibleName(name)
            made.setToolTip(plain_tip(name))
            made.clicked.connect(lambda _=False, sha=sha: self.picture_wanted.emit(sha))
            self._media.insertWidget(number - 1, made)
            self._media_buttons[sha] = made
        self._show_thumbs()

    def _show_thumbs(self) -> None:
        for sha, made in self._media_buttons.items():
            picture = self._thumbs.get(sha, _EDGE, self.devicePixelRatioF())
            made.setIcon(QIcon(picture) if picture is not None else self._theme.icon("image", "ink_3"))
