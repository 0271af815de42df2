"""Stock by colour and size: a small table to walk through with the arrow keys."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from guide_app.catalogue.model import SkuStock, StockFigure
from ui.kit.rows import ROW_ROLE
from ui.kit.theme import Theme

_NOWHERE = QModelIndex()
_CELL, _HEAD = 40, 28
_NARROW, _WIDE = 40, 64
_Index = QModelIndex | QPersistentModelIndex


def own_figure(sku: SkuStock) -> StockFigure | None:
    """This store's figure of a variant, None if it was never reported."""
    return next((figure for figure in sku.figures if figure.own), None)


class StockModel(QAbstractTableModel):
    """Colours down, sizes across, both in the catalogue's order; a combination that does not exist has no variant."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._colours: list[str] = []
        self._sizes: list[str] = []
        self._skus: dict[tuple[str, str], SkuStock] = {}

    def set_skus(self, skus: Sequence[SkuStock]) -> None:
        """Show other variants."""
        self.beginResetModel()
        self._colours = list(dict.fromkeys(sku.colour for sku in skus))
        self._sizes = list(dict.fromkeys(sku.size for sku in skus))
        self._skus = {(sku.colour, sku.size): sku for sku in skus}
        self.endResetModel()

    def sku(self, index: _Index) -> SkuStock | None:
        """The variant of a cell."""
        if not (0 <= index.row() < len(self._colours) and 0 <= index.column() < len(self._sizes)):
            return None
        return self._skus.get((self._colours[index.row()], self._sizes[index.column()]))

    def place(self, sku_id: str) -> QModelIndex:
        """The cell of a variant; when it is not here, the first that is in stock, else the first there is."""
        cells = [self.index(r, c) for r in range(self.rowCount()) for c in range(self.columnCount())]
        held = {cell: sku for cell in cells if (sku := self.sku(cell)) is not None}
        named = [cell for cell, sku in held.items() if sku.sku_id == sku_id]
        stocked = [cell for cell, sku in held.items() if (own := own_figure(sku)) is not None and own.available > 0]
        return next(iter([*named, *stocked, *held]), QModelIndex())

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many colours."""
        return 0 if parent.isValid() else len(self._colours)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """How many sizes."""
        return 0 if parent.isValid() else len(self._sizes)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = int(Qt.ItemDataRole.DisplayRole)
    ) -> Any:
        """Name the sizes at the top, the colours at the left."""
        names = self._sizes if orientation == Qt.Orientation.Horizontal else self._colours
        shown = role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(names)
        return names[section] if shown else None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """The variant under `ROW_ROLE`; its figure as text, and in words for screen readers."""
        sku = self.sku(index)
        if sku is None:
            return None
        if role == ROW_ROLE:
            return sku
        own = own_figure(sku)
        text = str(own.available) if own else "—"
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        return f"{sku.colour} {sku.size} {text}" if role == Qt.ItemDataRole.AccessibleTextRole else None


class _CellDelegate(QStyledItemDelegate):
    """A rounded cell: dark figure in stock, grey 0, a dash where nothing was reported, a dot for neighbours' stock."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        sku = index.data(ROW_ROLE)
        if sku is None:
            return
        theme, state = self._theme, option.state
        box = QRectF(option.rect).adjusted(2.5, 2.5, -2.5, -2.5)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        own = own_figure(sku)
        stocked = own is not None and own.available > 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = "accent_soft" if chosen else "hover" if hovered else "panel" if stocked else "ground"
        painter.setPen(theme.colour("accent" if chosen else "line"))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(box, 7, 7)
        painter.setPen(theme.colour("accent_soft_ink" if chosen else "ink" if stocked else "ink_3"))
        painter.setFont(theme.font(theme.tokens.font.section if stocked else None, bold=stocked))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(own.available) if own else "—")
        if any(not figure.own and figure.available > 0 for figure in sku.figures):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("blue"))
            painter.drawEllipse(QRectF(box.right() - 9, box.top() + 5, 4, 4))


class StockMatrix(QTableView):
    """The table. `moved` carries the `SkuStock` the user stands on."""

    moved = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Start empty; `show_skus` fills it."""
        super().__init__()
        self.stock = StockModel()
        self._delegate = _CellDelegate(theme)
        self._delegate.setParent(self)
        self.setModel(self.stock)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("各颜色尺码的库存"))
        self.setProperty("bare", True)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header, extent in ((self.horizontalHeader(), _WIDE), (self.verticalHeader(), _CELL)):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(1)
            header.setDefaultSectionSize(extent)
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setProperty("bare", True)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setFixedHeight(_HEAD)
        self.selectionModel().currentChanged.connect(self._moved)
        theme.changed.connect(self._repaint)

    def show_skus(self, skus: Sequence[SkuStock]) -> None:
        """Show other variants; the one stood on stays current if it is among them."""
        before = self.stock.sku(self.currentIndex())
        self.stock.set_skus(skus)
        metrics = QFontMetrics(self.font())
        names = dict.fromkeys(sku.colour for sku in skus)
        self.verticalHeader().setFixedWidth(max((metrics.horizontalAdvance(n) for n in names), default=0) + 26)
        self._share_width()
        self.setFixedHeight(_HEAD + _CELL * self.stock.rowCount() + self.horizontalScrollBar().sizeHint().height())
        self.setCurrentIndex(self.stock.place(before.sku_id if before else ""))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Let the cells share the width, within reason."""
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc belongs to the page."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _share_width(self) -> None:
        share = self.viewport().width() // max(1, self.stock.columnCount())
        self.horizontalHeader().setDefaultSectionSize(max(_NARROW, min(_WIDE, share)))

    def _moved(self, current: QModelIndex) -> None:
        sku = self.stock.sku(current)
        if sku is not None:
            self.moved.emit(sku)

    def _repaint(self) -> None:
        self.viewport().update()
