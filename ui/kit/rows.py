"""Lists of two-line rows, painted: one delegate column in a table view, which opens a million rows at once.

(QListView and QTreeView ask every row for its height: 1.1 s and 0.65 s at a million rows against 14 ms here.)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.kit.theme import Theme

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
"""Role under which models give the row's own object; None while it is being fetched."""

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NEAR = 100  # rows of the first page, which a list reads whatever is looked at


@dataclass(frozen=True, slots=True)
class Chosen:
    """A row the user opened (Enter, double click) or moved to: its number and its object."""

    number: int
    row: Any


def paint_line(
    painter: QPainter, rect: QRectF, text: str, font: QFont, ink: QColor, *, align: Qt.AlignmentFlag = _LEFT
) -> None:
    """One line of plain text, cut with … where `rect` ends."""
    painter.setFont(font)
    painter.setPen(ink)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    painter.drawText(rect, int(align) | int(Qt.TextFlag.TextSingleLine), shown)


def paint_two_lines(painter: QPainter, rect: QRectF, first: str, second: str, theme: Theme) -> None:
    """Bold line over a muted one, together centred in `rect`."""
    middle = rect.center().y()
    paint_line(
        painter, QRectF(rect.left(), middle - 20, rect.width(), 20), first, theme.font(bold=True), theme.colour("ink")
    )
    small = theme.font(theme.tokens.font.small)
    paint_line(painter, QRectF(rect.left(), middle, rect.width(), 18), second, small, theme.colour("ink_2"))


class RowDelegate(QStyledItemDelegate):
    """Paints ground, hairline and skeleton; a subclass paints the row's content in `paint_row`."""

    hairlines = True
    """Whether rows are parted by a line."""

    def __init__(self, theme: Theme, height: int = 52) -> None:
        """Rows are `height` px high."""
        super().__init__()
        self.theme = theme
        self.height = height

    def paint_row(self, painter: QPainter, rect: QRectF, row: Any, *, selected: bool) -> None:
        """Paint one row's content inside `rect` (already inset by 14 px at both sides). To be overridden."""
        raise NotImplementedError

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row with its ground."""
        theme, state = self.theme, option.state
        rect = QRectF(option.rect)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("selected" if selected else "hover"))
        if selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        if self.hairlines:
            painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        content = rect.adjusted(14, 0, -14, -1)
        row = index.data(ROW_ROLE)
        if row is None:
            self._paint_skeleton(painter, content)
        else:
            self.paint_row(painter, content, row, selected=selected)

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Fixed height; the width is the view's."""
        return QSize(100, self.height)

    def _paint_skeleton(self, painter: QPainter, rect: QRectF) -> None:
        grey = self.theme.colour("track")
        painter.fillRect(QRectF(rect.left(), rect.center().y() - 13, rect.width() * 0.3, 9), grey)
        painter.fillRect(QRectF(rect.left(), rect.center().y() + 5, rect.width() * 0.55, 7), grey)


class RowList(QTableView):
    """A list of painted rows. `chosen` (Enter or double click) and `moved` (current row) carry a `Chosen`."""

    chosen = Signal(object)
    moved = Signal(object)

    def __init__(self, delegate: RowDelegate, name: str) -> None:
        """`name` is what a screen reader calls the list."""
        super().__init__()
        self._delegate = delegate  # the view does not own its delegate
        delegate.setParent(self)
        self.setAccessibleName(name)
        self.setItemDelegate(delegate)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(delegate.height)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(delegate.height // 2)
        self.doubleClicked.connect(self._open)
        delegate.theme.changed.connect(self._repaint)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt's name
        """Show `model`'s rows and report moves in it."""
        super().setModel(model)
        if self.selectionModel() is not None:
            self.selectionModel().currentRowChanged.connect(self._moved)

    def row_at(self, number: int) -> Any:
        """Object of row `number`, or None while it is being fetched or out of range."""
        model = self.model()
        return model.index(number, 0).data(ROW_ROLE) if 0 <= number < model.rowCount() else None

    def mark(self, is_shown: Callable[[Any], bool]) -> None:
        """Let the row that looks chosen be the one that is shown, or none: after a change the numbers say nothing.

        It is looked for among the first rows, which are always read, and where the old number stands.
        """
        number, near = self.currentIndex().row(), min(self.model().rowCount(), _NEAR)
        for place in (number, *range(near)):
            row = self.row_at(place)
            if row is not None and is_shown(row):
                break
        else:
            self.selectionModel().clear()
            return
        if place != number:
            self.setAutoScroll(False)  # what a person was looking at stays where it is
            self.setCurrentIndex(self.model().index(place, 0))
            self.setAutoScroll(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens; Home and End go to the first and last row; Esc belongs to the page."""
        key, model = event.key(), self.model()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentIndex().isValid():
                self._open(self.currentIndex())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and model is not None and model.rowCount():
            self.setCurrentIndex(model.index(0 if key == Qt.Key.Key_Home else model.rowCount() - 1, 0))
        elif key == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if row is not None:
            self.chosen.emit(Chosen(index.row(), row))

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid():
            self.moved.emit(Chosen(current.row(), current.data(ROW_ROLE)))

    def _repaint(self) -> None:
        self.viewport().update()
