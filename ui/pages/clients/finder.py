"""The field above the book: it has the keyboard as soon as the page is shown, so that whoever types finds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.kit.inline import Field

_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class FinderField(Field):
    """Arrows and page keys move in the list of what was found; Ctrl+Z takes back what was done last, deed or typing."""

    def __init__(self, move: Callable[[QKeyEvent], None]) -> None:
        """`move` hands a key to the list."""
        super().__init__()
        self._move = move
        self._typed_last = False
        self.textEdited.connect(self._type)

    def yield_undo(self) -> None:
        """A deed was done on whom was found: until somebody types again, Ctrl+Z is about that deed."""
        self._typed_last = False

    def isUndoAvailable(self) -> bool:  # noqa: N802 - Qt's name
        """Whether Ctrl+Z is about what was typed here."""
        return self._typed_last and super().isUndoAvailable()

    def _type(self, _text: str) -> None:
        self._typed_last = True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Type here, move there."""
        if event.key() in _MOVES:
            self._move(event)
        else:
            super().keyPressEvent(event)
