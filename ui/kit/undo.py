"""Undo of the last deeds: what Ctrl+Z and the toast's 撤销 take back."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from ui.kit.work import Undo, Work


class UndoStack(QObject):
    """Remembers the last changes that can be taken back, newest last. Cleared when the guide changes."""

    undone = Signal(object)
    """`Undo` that has just been taken back."""

    def __init__(self, work: Work, limit: int = 50) -> None:
        """Listen to `work` for changes that offer an undo; keep at most `limit`."""
        super().__init__()
        self._work = work
        self._limit = limit
        self._deeds: list[Undo] = []
        work.offered_undo.connect(self.push)

    def __len__(self) -> int:
        return len(self._deeds)

    def push(self, undo: Undo) -> None:
        """Remember one more; the oldest falls off the end."""
        self._deeds.append(undo)
        del self._deeds[: -self._limit]

    def clear(self) -> None:
        """Forget everything, e.g. because another guide took over the PC."""
        self._deeds.clear()

    def undo(self, which: Undo | None = None) -> bool:
        """Take back `which` (the newest when left out); False when there is nothing to take back.

        It leaves the stack at once, so that a second Ctrl+Z reaches the deed before it.
        """
        if not self._deeds or (which is not None and which not in self._deeds):
            return False
        deed = which or self._deeds[-1]
        self._deeds.remove(deed)

        def told(_value: Any) -> None:
            self.undone.emit(deed)

        self._work.change(deed.revert, owner=self, done=told)
        return True
