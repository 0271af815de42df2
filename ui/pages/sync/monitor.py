"""Carries what sync says, on its own threads, to the widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from guide_app.sync.pictures import PictureState
    from guide_app.sync.watch import SyncStatus


class SyncMonitor(QObject):
    """Keeps the latest state of sync and of the pictures, and says it on the GUI thread.

    `hear_status` and `hear_pictures` may be called from any thread.
    """

    status_changed = Signal(object)
    """`SyncStatus`."""
    pictures_changed = Signal(object)
    """`PictureState`."""

    _status_heard = Signal(object)
    _pictures_heard = Signal(object)

    def __init__(self) -> None:
        """Nothing is known yet."""
        super().__init__()
        self.status: SyncStatus | None = None
        self.pictures: PictureState | None = None
        self._status_heard.connect(self._take_status, Qt.ConnectionType.QueuedConnection)
        self._pictures_heard.connect(self._take_pictures, Qt.ConnectionType.QueuedConnection)

    def hear_status(self, status: SyncStatus) -> None:
        """Pass `status` on; from any thread."""
        self._status_heard.emit(status)

    def hear_pictures(self, state: PictureState) -> None:
        """Pass `state` on; from any thread."""
        self._pictures_heard.emit(state)

    def _take_status(self, status: SyncStatus) -> None:
        self.status = status
        self.status_changed.emit(status)

    def _take_pictures(self, state: PictureState) -> None:
        self.pictures = state
        self.pictures_changed.emit(state)
