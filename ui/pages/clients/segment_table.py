"""The clients of a list as a table: days, rhythm, outlook, and why some are left out; sorted and marked by keyboard."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLineEdit, QTableView, QWidget

from guide_app.base.clock import DAY_MS
from guide_app.base.money import yuan
from guide_app.segments.model import Line
from ui.kit.buttons import button
from ui.kit.text import label
from ui.pages.clients.dialogs import FormDialog
from ui.pages.clients.segment_words import reason_texts

_Index = QModelIndex | QPersistentModelIndex
_NEVER = 1 << 40
_COLUMNS = 7
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LineModel(QAbstractTableModel):
    """Lines with a mark each. Who may not be addressed is shown with the reason, and cannot be marked for a task."""

    marked = Signal(int)
    """How many are marked now."""

    def __init__(self, lines: Sequence[Line], now_ms: int) -> None:
        """`lines` in the order in which they are first shown."""
        super().__init__()
        self.lines = list(lines)
        self._now = now_ms
        self._marks: set[str] = set()
        self._titles = (
            self.tr("客户"), self.tr("多少天没买"), self.tr("多少天没联系"), self.tr("惯常间隔已过"),
            self.tr("可能已离开"), self.tr("90 天预计"), self.tr("能否联系"),
        )  # fmt: skip
        self._reasons: dict[str, str] = {
            **{str(why): text for why, text in reason_texts().items()},
            "": self.tr("可联系"),
        }

    def chosen(self) -> tuple[Line, ...]:
        """The marked lines; all if none is marked."""
        return tuple(line for line in self.lines if line.id in self._marks) or tuple(self.lines)

    def mark(self, rows: Sequence[int]) -> None:
        """Turn the marks of these rows: all on, unless all are on already."""
        ids = {self.lines[row].id for row in rows}
        self._marks = self._marks - ids if ids <= self._marks else self._marks | ids
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, 0))
        self.marked.emit(len(self._marks))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """Lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's
        """Columns."""
        return 0 if parent.isValid() else _COLUMNS

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802 - Qt's
        """Titles of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._titles[section]
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        """Text, mark and place of a cell."""
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self._text(line, index.column())
            return f"✓ {text}" if index.column() == 0 and line.id in self._marks else text
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < index.column() < _COLUMNS - 1:
            return _RIGHT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; what is not known comes last either way."""
        if not 0 <= column < _COLUMNS:
            return
        self.layoutAboutToBeChanged.emit()
        down = order is Qt.SortOrder.DescendingOrder
        known = [line for line in self.lines if self._key(line, column) is not None]
        unknown = [line for line in self.lines if self._key(line, column) is None]
        self.lines = sorted(known, key=lambda line: self._key(line, column), reverse=down) + unknown
        self.layoutChanged.emit()

    def _days(self, at: int) -> int | None:
        return (self._now - at) // DAY_MS if at else None

    def _key(self, line: Line, column: int) -> Any:
        return (
            line.name, self._days(line.last_at), self._days(line.contact_at) if line.contact_at else _NEVER,
            line.rhythm, line.left, line.gain_fen, self._reasons[line.why],
        )[column]  # fmt: skip

    def _text(self, line: Line, column: int) -> str:
        bought, contacted = self._days(line.last_at), self._days(line.contact_at)
        return (
            line.name,
            "—" if bought is None else f"{bought:,}",
            self.tr("从未") if contacted is None else f"{contacted:,}",
            "—" if line.rhythm is None else f"{line.rhythm:,}%",
            "—" if line.left is None else f"{line.left}%",
            "—" if line.gain_fen is None else yuan(line.gain_fen),
            self._reasons[line.why],
        )[column]


class LineTable(QTableView):
    """Space or a double click marks rows; Ctrl+1 … Ctrl+7 sort by a column, again for the other way."""

    def __init__(self, model: LineModel, name: str) -> None:
        """`name` is what a screen reader calls the table."""
        super().__init__()
        self.setModel(model)
        self._model = model
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSortIndicatorClearable(False)
        head.setSortIndicator(5, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda index: model.mark([index.row()]))
        if model.lines:
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Mark and sort; the arrows move."""
        column = event.key() - Qt.Key.Key_1
        if event.key() == Qt.Key.Key_Space:
            self._model.mark([index.row() for index in self.selectionModel().selectedRows()])
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and 0 <= column < _COLUMNS:
            head = self.horizontalHeader()
            down = head.sortIndicatorSection() != column or head.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            self.sortByColumn(column, order)
        else:
            super().keyPressEvent(event)


class TableDialog(FormDialog):
    """A list as a table; below it a task for the marked ones, or a fixed list of them."""

    task_asked = Signal(object)
    """The lines that may be addressed of those marked (of all, if none is)."""
    list_asked = Signal(object)
    """(name, lines) to be kept as a fixed list."""

    def __init__(self, parent: QWidget, title: str, lines: Sequence[Line], now: Callable[[], int]) -> None:
        """`now` gives UTC ms."""
        super().__init__(parent, title, QCoreApplication.translate("TableDialog", "派任务"))
        self.resize(980, 560)
        self.model = LineModel(lines, now())
        self.table = LineTable(self.model, title)
        self.table.setMinimumHeight(320)
        self.said = label("", "hint", wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(30)
        self.name.setPlaceholderText(self.tr("名单名称"))
        self.name.setAccessibleName(self.tr("名单名称"))
        self.keep = button(self.tr("存为固定名单"))
        self.keep.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.keep.clicked.connect(self._keep)
        line = QHBoxLayout()
        line.addWidget(self.name, 1)
        line.addWidget(self.keep)
        self.form.addRow(self.table)
        self.form.addRow(self.said)
        self.form.addRow(line)
        self.finish()
        self.model.marked.connect(self._say)
        self.accepted.connect(lambda: self.task_asked.emit(self.addressed()))
        self.table.setFocus()
        self._say(0)

    def addressed(self) -> tuple[Line, ...]:
        """Of the chosen lines those who may be addressed."""
        return tuple(line for line in self.model.chosen() if not line.why)

    def _keep(self) -> None:
        self.list_asked.emit((self.name.text().strip(), self.model.chosen()))
        self.reject()

    def _say(self, marked: int) -> None:
        chosen, reached = self.model.chosen(), len(self.addressed())
        counts: dict[str, int] = {}
        for line in chosen:
            if line.why:
                counts[line.why] = counts.get(line.why, 0) + 1
        words = reason_texts()
        left = " · ".join(f"{words[why]} {count:,}" for why, count in counts.items() if why in words)
        first = (
            self.tr("已选 {count} 位").format(count=f"{marked:,}")
            if marked
            else self.tr("全部 {count} 位 (空格键或双击标记, 点列名或 Ctrl+1-7 排序)").format(count=f"{len(chosen):,}")
        )
        out = self.tr("不联系: {reasons}").format(reasons=left) if left else ""
        self.said.setText(" · ".join(filter(None, (first, self.tr("可联系 {n} 位").format(n=f"{reached:,}"), out))))
        self.go.setText(self.tr("派任务给 {count} 位").format(count=f"{reached:,}"))
        self.go.setEnabled(reached > 0)
