"""When nothing has been asked of the book for a while."""

from PySide6.QtCore import QObject, QTimer, Signal

from ui.kit.work import Work


class RestWatch(QObject):
    """Emits `came` once after every stretch of work, when for `seconds` there was none; sync's changes are work too."""

    came = Signal()

    def __init__(self, work: Work, seconds: float) -> None:
        """Watch `work` from now on."""
        super().__init__()
        self._work = work
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self._look)
        work.calm.connect(self._timer.start)
        work.changed.connect(self._wait)

    def stop(self) -> None:
        """Emit nothing any more."""
        self._timer.stop()
        self._work.calm.disconnect(self._timer.start)
        self._work.changed.disconnect(self._wait)

    def _wait(self, _change: object) -> None:
        self._timer.start()

    def _look(self) -> None:
        if not self._work.pending():  # what is still under way tells when it is over
            self.came.emit()
