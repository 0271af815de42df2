"""Pictures of widgets for people who judge the look: any widget at a given size into a PNG."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget


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
