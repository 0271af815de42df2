"""The line above the book: deeds and search side by side, or one above the other where the window is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

_GAP = 10
_MARGINS = (10, 10, 14, 10)


class ToolRow(QWidget):
    """`deeds` before `finding`; what is to grow brings a size policy that says so."""

    def __init__(self, deeds: Sequence[QWidget], finding: Sequence[QWidget]) -> None:
        """Begin side by side."""
        super().__init__()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(*_MARGINS)
        self._halves.setSpacing(_GAP)
        first = _line(deeds)
        first.addStretch()
        self._halves.addLayout(first)
        self._halves.addLayout(_line(finding), 1)

    def stack(self, *, narrow: bool) -> None:
        """Search below the deeds, or beside them."""
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._halves.direction() is not wanted:
            self._halves.setDirection(wanted)


def _line(widgets: Sequence[QWidget]) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(_GAP)
    for widget in widgets:
        line.addWidget(widget)
    return line
