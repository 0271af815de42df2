"""The field above the book: it has the keyboard as soon as the page is shown, so that whoever types finds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.kit.inline import Field

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FinderField(Field):
    """Arrows and page keys move in the list of what was found."""

    def __init__(self, move: Callable[[QKeyEvent], None]) -> None:
        """`move` hands a key to the list."""
        super().__init__()
        self._move = move

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Type here, move there."""
        if event.key() in _MOVES:
            self._move(event)
        else:
            super().keyPressEvent(event)
