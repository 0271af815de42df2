"""Tables that are looked at: whole lines are chosen, nothing is typed, and Tab leads out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

ID = Qt.ItemDataRole.UserRole
"""Whose line it is."""


def line_table(name: str, heads: Sequence[str], *, wide: int = 0) -> QTableWidget:
    """An empty table; `name` is what a screen reader calls it, the column `wide` takes the room that is left."""
    made = QTableWidget(0, len(heads))
    made.setAccessibleName(name)
    made.setHorizontalHeaderLabels(list(heads))
    made.verticalHeader().hide()
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTabKeyNavigation(False)
    made.setShowGrid(False)
    header = made.horizontalHeader()
    header.setHighlightSections(False)  # a bold head would say that its column is chosen
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
    return made


def fill_lines(
    table: QTableWidget, rows: Sequence[Sequence[str]], ids: Sequence[str], figures: Sequence[int] = ()
) -> None:
    """Show these lines, each with its `ID`; the columns `figures` stand at the right."""
    table.setRowCount(len(rows))
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for line, (words, ident) in enumerate(zip(rows, ids, strict=True)):
        for place, text in enumerate(words):
            item = QTableWidgetItem(text)
            item.setData(ID, ident)
            if place in figures:
                item.setTextAlignment(right)
            table.setItem(line, place, item)
    for place in figures:
        head = table.horizontalHeaderItem(place)
        if head is not None:
            head.setTextAlignment(right)
