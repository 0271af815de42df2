"""The line where everything begins: a coupon, an article, a client or a receipt, scanned, typed, pasted or dropped."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from guide_app.base.money import yuan
from guide_app.flows.note_sale import Variant
from guide_app.flows.scanned import Found
from guide_app.flows.till import Buyer
from ui.kit.buttons import IconButton, IconTextButton
from ui.kit.card import Card, row
from ui.kit.inline import Field
from ui.kit.text import ElidedLabel, label
from ui.kit.theme import Theme
from ui.pages.counter.goods import title_of
from ui.pages.counter.screenshot import has_picture

_HIT, _HITS = 30, 5


class CodeField(Field):
    """Takes codes; a picture that is pasted is announced instead."""

    picture_pasted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Let Ctrl+V ask for a picture where the clipboard holds one and no text."""
        data = QGuiApplication.clipboard().mimeData() if event.matches(QKeySequence.StandardKey.Paste) else None
        if data is not None and has_picture(data) and not data.hasText():
            self.picture_pasted.emit()
        else:
            super().keyPressEvent(event)


class HitList(QListWidget):
    """What a typed word could mean; Enter chooses. `picked` carries a `Found` of one article or one client."""

    picked = Signal(object)

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self.setAccessibleName(self.tr("找到的商品和客户"))
        self.itemActivated.connect(lambda item: self.picked.emit(item.data(Qt.ItemDataRole.UserRole)))
        self.hide()

    def offer(self, found: Found) -> None:
        """List clients and articles, the likeliest first."""
        self.clear()
        for one in found.choices:
            if isinstance(one, Variant):
                words = f"{title_of(one)} · {one.code} · {yuan(one.price_fen)}"
                self._add(words, Found("article", found.text, variants=(one,)))
            else:
                self._add(f"{one.name} · {one.phone}", Found("client", found.text, clients=(one,)))
        self.setFixedHeight(min(self.count(), _HITS) * _HIT + 6)
        self.setVisible(bool(self.count()))
        if self.count():
            self.setCurrentRow(0)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter picks on every platform; Esc belongs to the page."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _add(self, text: str, found: Found) -> None:
        item = QListWidgetItem(text)
        item.setSizeHint(QSize(0, _HIT))
        item.setData(Qt.ItemDataRole.UserRole, found)
        self.addItem(item)


class EntryCard(Card):
    """The field, the buttons for pictures, what was found, and who buys."""

    client_dropped = Signal()

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self.code = CodeField()
        self.code.setProperty("big", True)
        self.code.setInputMethodHints(
            Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText
        )  # codes are Latin
        self.code.setPlaceholderText(self.tr("扫券或商品, 或输入券码、货号、手机号、小票号"))
        self.code.setAccessibleName(self.tr("券码"))
        self.code.setClearButtonEnabled(True)
        self.paste = IconTextButton(theme, "scan", self.tr("粘贴截图识别"))
        self.paste.setToolTip(self.tr("识别剪贴板里的二维码截图 (Ctrl+V), 也可以把图片拖进来; Ctrl+O 打开图片文件"))
        hint = label(self.tr("扫码枪在任何页面都能用"), "hint")
        self.hits = HitList()
        self.client = ElidedLabel("", "strong")
        self.drop = IconButton(theme, "close", self.tr("不记在这位客户名下"))
        self.drop.clicked.connect(self.client_dropped)
        self._who = QWidget()
        line = QHBoxLayout(self._who)
        line.setContentsMargins(16, 0, 10, 10)
        line.addWidget(label(self.tr("客户"), "hint"))
        line.addWidget(self.client)
        line.addWidget(self.drop)
        line.addStretch(1)
        self.add_row(row(self.code, self.paste, hint, margins=(14, 14, 14, 12)))
        self.hits.setViewportMargins(12, 0, 12, 0)
        self.add_quiet(self.hits)
        self.add_quiet(self._who)
        self.show_buyer(None, chosen=False)

    def show_buyer(self, buyer: Buyer | None, *, chosen: bool) -> None:
        """Say who buys; `chosen` by hand rather than known by her coupon."""
        if buyer is not None:
            facts = (buyer.name, buyer.level, self.tr("还没有购买记录") if buyer.is_new else "")
            self.client.setText(" · ".join(filter(None, facts)))
        self._who.setVisible(buyer is not None)
        self.drop.setVisible(chosen)
