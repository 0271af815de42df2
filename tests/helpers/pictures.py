"""Pictures as the blob store keeps them, drawn on the spot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter


class PictureFolder:
    """Answers where a picture lies; `bring` lets one arrive."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    def path(self, sha256: str) -> Path | None:
        """The file of this name, None before it has come."""
        place = self._folder / sha256
        return place if sha256 and place.is_file() else None

    def bring(self, sha256: str, colour: str = "#8A5B3B", size: int = 900) -> None:
        """Let a photo with a shoe-coloured middle arrive."""
        image = QImage(size, size, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        light = QLinearGradient(0, 0, 0, size)
        light.setColorAt(0, QColor("#F4EEE6"))
        light.setColorAt(1, QColor("#D8CFC2"))
        painter.fillRect(image.rect(), light)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(size // 5, size // 3, size * 3 // 5, size // 3)
        painter.end()
        if not image.save(str(self._folder / sha256), "JPG"):  # type: ignore[call-overload]
            raise OSError(sha256)

    def spoil(self, sha256: str) -> None:
        """Let a file arrive that is no picture."""
        (self._folder / sha256).write_bytes(b"<html>not a picture</html>")
