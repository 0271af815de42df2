"""What a deed in a window costs: how long the event loop stands still, and when all that follows from it has come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, thread_time

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.kit.work import Work

_MS = 1000
_NS = 1_000_000_000
_BEAT_MS = 1
_CALM_BEATS = 5
_WAITED = Path("/proc/thread-self/schedstat")
_TELLS = _WAITED.exists()


@dataclass(frozen=True, slots=True)
class Answered:
    """What one deed took, in milliseconds.

    `rest` until nothing was under way; `cpu` of the GUI thread's processor in all; `stand` the longest for which the
    loop answered nobody, `stand_own` the same without what it waited for a processor (Linux tells), which other
    programs on the machine lengthen: own work, and waiting for Python's lock.
    """

    rest: float
    cpu: float
    stand: float
    stand_own: float


def _queued() -> float:
    """For how many seconds this thread stood ready and had no processor (Linux: proc(5), schedstat); 0 elsewhere."""
    return int(_WAITED.read_bytes().split()[1]) / _NS if _TELLS else 0.0


class Watch:
    """Runs the event loop after a deed until nothing is under way, and notes how long it stands still."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._loop = QEventLoop()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._wall = self._wait = self._rest = 0.0
        self._worst = self._worst_own = 0.0
        self._calm = 0

    def after(self, deed: Callable[[], object]) -> Answered:
        """Do `deed` on the GUI thread, then let the loop run till all that followed from it has come."""
        self._calm, self._worst, self._worst_own = 0, 0.0, 0.0
        busy, self._wait = thread_time(), _queued()
        began = self._wall = perf_counter()
        deed()
        self._timer.start()
        self._loop.exec()
        self._timer.stop()
        spent = thread_time() - busy
        return Answered(*(n * _MS for n in (self._rest - began, spent, self._worst, self._worst_own)))

    def _beat(self) -> None:
        wall, wait = perf_counter(), _queued()
        stand = wall - self._wall
        self._worst = max(self._worst, stand)
        self._worst_own = max(self._worst_own, stand - (wait - self._wait))
        self._wall, self._wait = wall, wait
        if self._work.pending():
            self._calm = 0
            return
        if not self._calm:
            self._rest = wall
        self._calm += 1
        if self._calm > _CALM_BEATS:
            self._loop.quit()


def typed(watch: Watch, field: QWidget, text: str) -> list[Answered]:
    """Each letter as a key press or, outside ASCII, as an input method commits it; waits for what follows from it."""
    return [watch.after(lambda letter=letter: _letter(field, letter)) for letter in text]  # type: ignore[misc]


def _letter(field: QWidget, letter: str) -> None:
    event: QEvent
    if letter.isascii():
        event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
    else:
        event = QInputMethodEvent()
        event.setCommitString(letter)
    QApplication.sendEvent(field, event)
