"""Photos cut square, as posts and albums show them."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from guide_app.sharing.content import Photo
from ui.kit.poster.photos import PhotoCache

_FREE = 0.08


def square(photos: PhotoCache, photo: Photo, edge: int) -> QImage:
    """The photo as an opaque square of `edge` pixels: filled and cut, a cut-out whole on white. Raises PhotoError."""
    made = QImage(edge, edge, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    room = edge - 2 * round(edge * _FREE) if photo.cutout else edge
    picture = photos.scaled(photo, QSize(room, room), "contain" if photo.cutout else "cover")
    painter = QPainter(made)
    painter.drawImage(QPoint((edge - picture.width()) // 2, (edge - picture.height()) // 2), picture)
    painter.end()
    return made
