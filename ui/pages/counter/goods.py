"""The lines of a bill: article, pieces, amount, what the coupons take off each. Pieces and amounts are typed over."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
)

from guide_app.base.errors import InvalidInputError
from guide_app.base.money import parse_yuan, yuan
from guide_app.flows.note_sale import Variant
from guide_app.flows.till import TillLine
from ui.kit.text import plain_tip, restyle
from ui.kit.theme import Theme

_MOST_PIECES, _HEAD, _ROW, _SHOWN = 999, 30, 38, 5
_PIECES, _AMOUNT, _SHARE = 1, 2, 3
_WIDTHS = {_PIECES: 78, _AMOUNT: 116, _SHARE: 104}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class GoodsTable(QTableWidget):
    """`changed` after every change of a line. Pieces set to 0, or Ctrl+Delete, take a line away."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Start without lines, hidden."""
        super().__init__(0, 4)
        self._theme = theme
        self._lines: list[TillLine] = []
        self.setAccessibleName(self.tr("商品明细"))
        for column, text in enumerate((self.tr("商品"), self.tr("数量"), self.tr("金额"), self.tr("分摊优惠"))):
            item = QTableWidgetItem(text)
            item.setTextAlignment(_RIGHT if column else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(column, item)
        head = self.horizontalHeader()
        head.setProperty("bare", True)
        head.setFixedHeight(_HEAD)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have the keyboard
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setToolTip(self.tr("数量改为 0 或按 Ctrl+Del 去掉一行"))
        away = QShortcut(QKeySequence("Ctrl+Del"), self)
        away.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        away.activated.connect(self._remove_focused)
        theme.changed.connect(self._redraw)
        self._fit()

    @property
    def lines(self) -> tuple[TillLine, ...]:
        """What lies on the bill."""
        return tuple(self._lines)

    def add(self, variant: Variant) -> None:
        """One more piece of an article: of its line if it has one."""
        for n, line in enumerate(self._lines):
            if line.product_id == variant.product_id and line.title == title_of(variant):
                self._set_pieces(n, line.qty + 1)
                self._redraw()
                return
        self._lines.append(TillLine(variant.product_id, title_of(variant), 1, variant.price_fen))
        self._redraw()
        self.changed.emit()

    def clear_lines(self) -> None:
        """Take everything off."""
        if self._lines:
            self._lines.clear()
            self._redraw()
            self.changed.emit()

    def show_shares(self, shares: Sequence[int]) -> None:
        """What the coupons take off each line, in fen."""
        for n in range(self.rowCount()):
            off = shares[n] if n < len(shares) else 0
            item = QTableWidgetItem(f"-{yuan(off)}" if off else "")
            item.setTextAlignment(_RIGHT)
            item.setForeground(self._theme.colour("red"))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.setItem(n, _SHARE, item)

    def _redraw(self) -> None:
        self.setRowCount(0)
        for n, line in enumerate(self._lines):
            self.insertRow(n)
            name = QTableWidgetItem(line.title)
            name.setFlags(Qt.ItemFlag.ItemIsEnabled)
            name.setToolTip(plain_tip(line.title))
            self.setItem(n, 0, name)
            self.setCellWidget(n, _PIECES, self._pieces(n, line))
            self.setCellWidget(n, _AMOUNT, self._amount(n, line))
        self._fit()

    def _pieces(self, n: int, line: TillLine) -> QLineEdit:
        field = QLineEdit(str(line.qty))
        field.setValidator(QIntValidator(0, _MOST_PIECES, field))
        field.setAlignment(_RIGHT)
        field.setAccessibleName(self.tr("{title} 数量").format(title=line.title))
        field.textEdited.connect(lambda text: self._typed_pieces(n, text))
        field.editingFinished.connect(lambda: self._pieces_done(n, field))
        return field

    def _amount(self, n: int, line: TillLine) -> QLineEdit:
        field = QLineEdit(yuan(line.amount_fen).removeprefix("¥").replace(",", ""))
        field.setAlignment(_RIGHT)
        field.setAccessibleName(self.tr("{title} 金额").format(title=line.title))
        field.textEdited.connect(lambda text: self._typed_amount(n, field, text))
        return field

    def _typed_pieces(self, n: int, text: str) -> None:
        if not text or int(text) == 0:
            return  # perhaps on the way to another number
        self._set_pieces(n, int(text))
        field = self.cellWidget(n, _AMOUNT)
        if isinstance(field, QLineEdit):
            field.setText(yuan(self._lines[n].amount_fen).removeprefix("¥").replace(",", ""))

    def _pieces_done(self, n: int, field: QLineEdit) -> None:
        """Leaving a line with 0 pieces takes it away; leaving it without a number brings the last back."""
        if n < len(self._lines) and field is self.cellWidget(n, _PIECES):
            if field.text() == "0":
                self._remove(n)
            elif not field.text():
                field.setText(str(self._lines[n].qty))

    def _set_pieces(self, n: int, count: int) -> None:
        line = self._lines[n]
        self._lines[n] = TillLine(line.product_id, line.title, count, line.amount_fen * count // line.qty)
        self.changed.emit()

    def _typed_amount(self, n: int, field: QLineEdit, text: str) -> None:
        try:
            amount = parse_yuan(text)
        except InvalidInputError:
            amount = -1
        restyle(field, invalid=amount < 0)
        if amount >= 0:
            line = self._lines[n]
            self._lines[n] = TillLine(line.product_id, line.title, line.qty, amount)
            self.changed.emit()

    def _remove_focused(self) -> None:
        focus = QApplication.focusWidget()
        for n in range(self.rowCount()):
            if focus in (self.cellWidget(n, _PIECES), self.cellWidget(n, _AMOUNT)):
                self._remove(n)
                return

    def _remove(self, n: int) -> None:
        del self._lines[n]
        self._redraw()
        self.changed.emit()

    def _fit(self) -> None:
        """As high as its lines, up to a handful; then it scrolls."""
        self.setVisible(bool(self._lines))
        self.setFixedHeight(_HEAD + min(len(self._lines), _SHOWN) * _ROW + 4)


def title_of(variant: Variant) -> str:
    """Article, colour and size in one line."""
    return " ".join(filter(None, (variant.title, variant.colour, variant.size)))
