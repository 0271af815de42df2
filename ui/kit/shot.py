"""Pictures of widgets for people who judge the look: any widget at a given size into a PNG."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

_CALM_PASSES = 4
_WAKE_MS = 100  # how late a timeout may be noticed


def settle(pending: Callable[[], int], timeout_s: float = 30.0) -> None:
    """Run the event loop until `pending()` (e.g. `Work.pending`) is 0 and what its answers asked for has come too.

    Raises `TimeoutError`.
    """
    deadline = QDeadlineTimer(round(timeout_s * 1000))
    waker = QTimer()
    waker.start(_WAKE_MS)
    calm = 0
    while calm < _CALM_PASSES:
        busy = pending() > 0
        wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents if busy else QEventLoop.ProcessEventsFlag.AllEvents
        QApplication.processEvents(wait)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        calm = 0 if busy else calm + 1
        if deadline.hasExpired():
            raise TimeoutError(f"still {pending()} jobs after {timeout_s:g} s")


def take_shot(widget: QWidget, path: Path, size: QSize | None = None, ratio: float = 1.0) -> QImage:
    """Show `widget`, let its layouts and queued answers settle, and save it as PNG at `path`; returns the image.

    `size` in logical px, 1280 × 800 when left out; `ratio` device pixels to one of them. Raises `OSError` when the
    file cannot be written.
    """
    widget.resize(size or QSize(1280, 800))
    widget.show()
    for _ in range(8):  # answers arrive by queued signals and may ask for more
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    image = QImage(widget.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    widget.render(image, QPoint(0, 0))
    if not image.save(str(path)):
        raise OSError(f"cannot write {path}")
    return image
