"""Pictures, files and previews of posters. All of it works away from the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter

from ui.kit.poster.fonts import FAMILIES, QtMeasure
from ui.kit.poster.jpeg import JPEG_QUALITY, encode_jpeg
from ui.kit.poster.painter import Surface, new_canvas, paint
from ui.kit.poster.pdf import pdf_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guide_app.sharing.drawing import Drawing
    from ui.kit.poster.photos import PhotoCache

PRINT_DPI = 300
WEBP_QUALITY = 86

_PNG_COMPRESSION = 20
"""Qt's 0-100; this is zlib's level 1: a quarter of the default's time for a file about 15 % larger."""

_MM_PER_INCH = 25.4
_MM_PER_METRE = 1000
_LONGEST_EDGE = 2400


class PosterRenderer:
    """Renders drawings. `measure` is what `guide_app.sharing.layout.layout` wants for the same fonts."""

    def __init__(self, photos: PhotoCache, families: Sequence[str] = FAMILIES) -> None:
        self.photos = photos
        self.families = tuple(families)
        self.measure = QtMeasure(families)

    def picture(self, drawing: Drawing, dpi: float = PRINT_DPI) -> QImage:
        """The poster in its own pixels; one in millimetres at `dpi`. Opaque. Raises PhotoError."""
        return self._painted(drawing, dpi / _MM_PER_INCH if drawing.unit == "mm" else 1.0)

    def preview(self, drawing: Drawing, room: QSize, ratio: float = 1.0) -> QImage:
        """The poster as large as fits into `room` (logical pixels) on a screen of `ratio` device pixels each."""
        scale = min(room.width() / drawing.width, room.height() / drawing.height) * ratio
        image = self._painted(drawing, scale)
        image.setDevicePixelRatio(ratio)
        return image

    def png(self, drawing: Drawing, dpi: float = PRINT_DPI) -> bytes:
        """The picture as a PNG file without alpha. Raises PhotoError."""
        return encode_png(self.picture(drawing, dpi))

    def jpeg(self, drawing: Drawing, quality: int = JPEG_QUALITY, dpi: float = PRINT_DPI) -> bytes:
        """The picture as a JPEG file. Raises PhotoError."""
        return encode_jpeg(self.picture(drawing, dpi), quality)

    def pdf(self, *pages: Drawing) -> bytes:
        """A PDF with a page for each drawing; all have the first one's size. Raises PhotoError."""
        return pdf_document(pages, self.photos, self.families)

    def print_on(self, painter: QPainter, drawing: Drawing, pixels_per_unit: float) -> None:
        """Paint on a printer's page, from the painter's origin. Raises PhotoError."""
        finest = PRINT_DPI / _MM_PER_INCH if drawing.unit == "mm" else 1.0
        surface = Surface(pixels_per_unit, flat_scale=min(pixels_per_unit, finest))
        paint(drawing, painter, surface, self.photos, self.families)

    def _painted(self, drawing: Drawing, scale: float) -> QImage:
        image = new_canvas(max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale)))
        painter = QPainter(image)
        paint(drawing, painter, Surface(scale), self.photos, self.families)
        painter.end()
        if drawing.unit == "mm":  # so that a print of the file has the true size
            image.setDotsPerMeterX(round(scale * _MM_PER_METRE))
            image.setDotsPerMeterY(round(scale * _MM_PER_METRE))
        return image


def dots_per_inch(drawing: Drawing) -> float:
    """Dots an inch for the picture of a drawing in millimetres: fine, but no larger than a chat can make use of."""
    return min(PRINT_DPI, _LONGEST_EDGE / max(drawing.width, drawing.height) * _MM_PER_INCH)


def encode_png(picture: QImage) -> bytes:
    """A PNG file of an opaque picture."""
    return _encoded(picture, b"png", compression=_PNG_COMPRESSION)


def encode_webp(picture: QImage, quality: int = WEBP_QUALITY) -> bytes:
    """A WebP file of a picture; `quality` 0-100."""
    return _encoded(picture.convertToFormat(QImage.Format.Format_RGB888), b"webp", quality=quality)


def _encoded(picture: QImage, kind: bytes, *, compression: int | None = None, quality: int | None = None) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(kind))
    if compression is not None:
        writer.setCompression(compression)
    if quality is not None:
        writer.setQuality(quality)
    if not writer.write(picture):
        raise RuntimeError(writer.errorString())
    return bytes(buffer.data().data())
