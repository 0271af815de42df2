"""补录: a receipt written down by keyboard: its number, its moment, articles by barcode or name, what was paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import cast

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from guide_app.base.money import yuan
from guide_app.flows.note_sale import NotedLine, NotedSale, Variant
from ui.kit.moment import china_moment, moment_field
from ui.kit.spin import roomy
from ui.kit.text import label
from ui.pages.clients.dialogs import FormDialog
from ui.pages.clients.photo_dialog import PhotoButton

_WIDTH, _HITS_HEIGHT, _LINES_HEIGHT, _MOST_PIECES, _MOST_YUAN = 560, 96, 140, 999, 9_999_999.99
_FEN = Decimal("0.01")


class SaleDialog(FormDialog):
    """Ask for `finder` to be called with each search; `show_hits` answers it, `set_photo` answers `photo_asked`."""

    photo_asked = Signal()

    def __init__(self, parent: QWidget, name: str, now_ms: int, finder: Callable[[str], None]) -> None:
        """`name` is the client's; the moment starts as now."""
        super().__init__(
            parent,
            QCoreApplication.translate("SaleDialog", "补录购买"),
            QCoreApplication.translate("SaleDialog", "记下 (未核实)"),
        )
        self.setMinimumWidth(_WIDTH)
        self._finder, self._bought, self.body = finder, list[Variant](), b""
        self.number, self.search = QLineEdit(), QLineEdit()
        self.number.setPlaceholderText(self.tr("小票上的单号"))
        self.search.setPlaceholderText(self.tr("扫条码, 或输入货号、品名后按回车"))
        now = china_moment(now_ms)
        self.at = moment_field(now)
        self.at.setMaximumDateTime(now)
        self.hits = QListWidget()
        self.hits.setFixedHeight(_HITS_HEIGHT)
        self.lines = QTableWidget(0, 3)
        self.lines.setHorizontalHeaderLabels([self.tr("商品"), self.tr("件数"), self.tr("实付 (元)")])
        self.lines.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.lines.verticalHeader().hide()
        self.lines.setFixedHeight(_LINES_HEIGHT)
        self.lines.setTabKeyNavigation(False)
        self.total = label("", "strong")
        self.form.addRow(self.tr("客户"), label(name))
        for text, field in (
            (self.tr("小票号"), self.number), (self.tr("时间"), self.at), (self.tr("找商品"), self.search),
            (self.tr("找到的"), self.hits), (self.tr("明细"), self.lines),
        ):  # fmt: skip
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        self.form.addRow(self.tr("合计"), self.total)
        self.photo = PhotoButton(self.tr("小票照片"), self.photo_asked.emit)
        self.form.addRow(self.tr("小票照片"), self.photo)
        told = self.tr("记为未核实; 收银台的小票到了就由它代替, 不会算两次, 照片也随之删除。")
        self.form.addRow(label(told, "hint", wrap=True))
        self.form.setRowVisible(self.hits, False)
        self.finish()
        self.go.setAutoDefault(False)
        self.go.setDefault(False)
        for other in self.buttons.findChildren(QPushButton):
            other.setAutoDefault(False)  # Enter belongs to the search
        self.search.returnPressed.connect(lambda: finder(self.search.text()))
        self.hits.itemActivated.connect(lambda item: self._add(item.data(Qt.ItemDataRole.UserRole)))
        self.number.textChanged.connect(self._ready)
        self._ready()
        self.number.setFocus()

    def show_hits(self, found: Sequence[Variant]) -> None:
        """The answer to a search: one article is taken at once, of several she chooses."""
        word = self.search.text().strip().casefold()
        exact = [one for one in found if one.code.casefold() == word]
        if len(found) == 1 or len(exact) == 1:
            self._add((exact or list(found))[0])
            return
        self.hits.clear()
        for one in found:
            item = QListWidgetItem(f"{_name(one)} · {one.code} · {yuan(one.price_fen)}")
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.hits.addItem(item)
        self.form.setRowVisible(self.hits, bool(found))
        if found:
            self.hits.setCurrentRow(0)
            self.hits.setFocus()
        self.total.setText(
            self.total.text() if found else self.tr("没有找到「{word}」").format(word=self.search.text())
        )

    def sale(self) -> NotedSale:
        """What was written down."""
        lines = [
            NotedLine(variant, self._pieces(n).value(), _fen(self._paid(n).value()))
            for n, variant in enumerate(self._bought)
        ]
        return NotedSale(self.number.text(), self.at.dateTime().toMSecsSinceEpoch(), lines, self.body)

    def set_photo(self, body: bytes) -> None:
        """The receipt's photo (JPEG); empty for none."""
        self.body = body
        self.photo.show_photo(body, there=bool(body))
        self.photo.setFocus()

    def _add(self, variant: Variant) -> None:
        place = len(self._bought)
        self._bought.append(variant)
        self.lines.insertRow(place)
        item = QTableWidgetItem(_name(variant))
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        pieces, paid = roomy(QSpinBox()), roomy(QDoubleSpinBox())
        pieces.setRange(1, _MOST_PIECES)
        paid.setRange(0, _MOST_YUAN)
        paid.setValue(variant.price_fen / 100)
        pieces.setAccessibleName(self.tr("{title} 件数").format(title=_name(variant)))
        paid.setAccessibleName(self.tr("{title} 实付").format(title=_name(variant)))
        pieces.valueChanged.connect(lambda count: paid.setValue(count * variant.price_fen / 100))
        paid.valueChanged.connect(self._ready)
        self.lines.setItem(place, 0, item)
        self.lines.setCellWidget(place, 1, pieces)
        self.lines.setCellWidget(place, 2, paid)
        self.form.setRowVisible(self.hits, False)
        self.search.clear()
        self.search.setFocus()
        self._ready()

    def _pieces(self, place: int) -> QSpinBox:
        return cast("QSpinBox", self.lines.cellWidget(place, 1))

    def _paid(self, place: int) -> QDoubleSpinBox:
        return cast("QDoubleSpinBox", self.lines.cellWidget(place, 2))

    def _ready(self) -> None:
        self.total.setText(yuan(self.sale().total_fen))
        self.go.setEnabled(bool(self.number.text().strip() and self._bought))


def _name(variant: Variant) -> str:
    return " ".join(filter(None, (variant.title, variant.colour, variant.size)))


def _fen(paid: float) -> int:
    """Fen of what a field with two decimals shows."""
    return int(Decimal(str(paid)).quantize(_FEN) * 100)
