"""Whose wish a product is, in which size, and whether she is to be told when it is there."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from guide_app.catalogue.model import SkuStock
from guide_app.clients.model import ClientRow
from guide_app.clients.wishes import NewWish
from ui.kit.form import form_of
from ui.kit.inline import Field
from ui.kit.text import label

_LINE = QSize(100, 30)
_HEIGHT = 150


class _Search(Field):
    """↑ and ↓ move in the list while the field has the keyboard."""

    def __init__(self, found: QListWidget) -> None:
        super().__init__()
        self._found = found

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the arrows on."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self._found.count():
            self._found.setCurrentRow(min(max(self._found.currentRow() + step, 0), self._found.count() - 1))


class WishForDialog(QDialog):
    """Finds a client by whatever the guide remembers of her. `typed` asks for clients; `show_found` offers them."""

    typed = Signal(str)

    def __init__(self, parent: QWidget, product: str, sku: SkuStock | None) -> None:
        """`sku` is the variant that was looked at or scanned, if any."""
        super().__init__(parent)
        self._sku = sku
        self.setWindowTitle(self.tr("加到客户的心愿"))
        self.setMinimumWidth(420)
        self.found = QListWidget()
        self.found.setAccessibleName(self.tr("找到的客户"))
        self.found.setFixedHeight(_HEIGHT)
        self.search = _Search(self.found)
        self.search.setPlaceholderText(self.tr("姓名、拼音、手机号任意几位"))
        self.search.setAccessibleName(self.tr("谁想要"))
        self.colour, self.worn = QLineEdit(sku.colour if sku else ""), QLineEdit(sku.size if sku else "")
        self.tell = QCheckBox(self.tr("到货告诉她"))
        self.tell.setChecked(True)
        self.tell.setAccessibleName(self.tr("到货告诉她"))
        form = form_of(self)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow(self.tr("商品"), label(product, "strong", wrap=True))
        form.addRow(self.tr("谁想要"), self.search)
        form.addRow("", self.found)
        for text, field in ((self.tr("颜色"), self.colour), (self.tr("尺码"), self.worn)):
            field.setAccessibleName(text)
            form.addRow(text, field)
        form.addRow("", self.tell)
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(self.tr("加上"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        self.search.textChanged.connect(self.typed)
        self.found.currentItemChanged.connect(self._ready)
        self._ready()

    def show_found(self, rows: Sequence[ClientRow]) -> None:
        """Offer these clients, the best first."""
        self.found.clear()
        for row in rows:
            item = QListWidgetItem(" · ".join(filter(None, (row.name, row.phone, *row.tags))))
            item.setData(Qt.ItemDataRole.UserRole, (row.id, row.name))
            item.setSizeHint(_LINE)
            self.found.addItem(item)
        if rows:
            self.found.setCurrentRow(0)
        self._ready()

    def client_id(self) -> str:
        """Whose wish it is; empty if nobody is chosen."""
        return self._chosen()[0]

    def client_name(self) -> str:
        """Her name."""
        return self._chosen()[1]

    def wish(self, product_id: str) -> NewWish:
        """What she wants of the product; the variant is kept as long as its colour and size are."""
        colour, size = self.colour.text().strip(), self.worn.text().strip()
        sku = self._sku
        same = sku is not None and (colour, size) == (sku.colour, sku.size)
        return NewWish(
            "", product_id, sku.sku_id if sku is not None and same else None, colour, size, self.tell.isChecked()
        )

    def _chosen(self) -> tuple[str, str]:
        item = self.found.currentItem()
        if item is None:
            return "", ""
        ident, name = item.data(Qt.ItemDataRole.UserRole)
        return str(ident), str(name)

    def _ready(self) -> None:
        self.go.setEnabled(self.found.currentItem() is not None)
