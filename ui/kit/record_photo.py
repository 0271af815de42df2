"""Photos that hang on records: made small and plain from what a camera or the clipboard gives, and shown again."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageIOHandler, QImageReader, QPainter

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.photo import LONGEST_EDGE, photo_fault
from ui.kit.poster.photos import MAX_FILE_BYTES, MAX_PIXELS

_FORMATS = frozenset({"jpeg", "png", "webp"})
# Tried in turn until the file is small enough; at the last one even noise is.
_QUALITIES = (85, 75, 60, 45, 30, 15)


def make_plain(source: Path | QImage) -> bytes:
    """A JPEG that may travel (`guide_app.protocol.photo`) of a file or of an image from the clipboard.

    Upright, on white where it was see-through, and without a word of where, when and with what it was taken: only what
    was painted is written. Raises InvalidInputError for what is no picture, or asks for too many pixels.
    """
    image = source if isinstance(source, QImage) else _decoded(source)
    if image.isNull() or image.width() * image.height() > MAX_PIXELS:
        raise _unfit()
    if image.colorSpace().isValid():
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    size = image.size()
    if max(size.width(), size.height()) > LONGEST_EDGE:
        size = size.scaled(LONGEST_EDGE, LONGEST_EDGE, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
    plain = QImage(size, QImage.Format.Format_RGB32)  # a new one: texts of the old would be written along
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    smooth = Qt.TransformationMode.SmoothTransformation
    painter.drawImage(0, 0, image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
    painter.end()
    for quality in _QUALITIES:
        body = _written(plain, quality)
        if not photo_fault(body):
            return body
    raise _unfit()


def read_photo(body: bytes, edge: int) -> QImage:
    """The photo with a longer edge of at most `edge` pixels; null for what cannot be read."""
    if photo_fault(body):
        return QImage()
    buffer = QBuffer()
    buffer.setData(body)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"jpeg")
    size = reader.size()
    if max(size.width(), size.height()) > edge:
        reader.setScaledSize(size.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    return reader.read()


def _decoded(path: Path) -> QImage:
    """The upright picture of a file, no larger than needed; what asks for too much is refused before it is decoded."""
    try:
        large = path.stat().st_size > MAX_FILE_BYTES
    except OSError as e:
        raise _unfit() from e
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if large or reader.format().toStdString() not in _FORMATS or not 0 < size.width() * size.height() <= MAX_PIXELS:
        raise _unfit()
    if max(size.width(), size.height()) > LONGEST_EDGE and reader.supportsOption(
        QImageIOHandler.ImageOption.ScaledSize
    ):
        reader.setScaledSize(size.scaled(LONGEST_EDGE, LONGEST_EDGE, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def _written(image: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # type: ignore[call-overload]  # the binding takes text
    return bytes(buffer.data().data())


def _unfit() -> InvalidInputError:
    return InvalidInputError(
        "photo.unreadable",
        QCoreApplication.translate("Photo", "这张照片无法使用: 要 JPEG、PNG 或 WebP, 不超过 40 MB、6400 万像素。"),
        QCoreApplication.translate("Photo", "请换一张照片。"),
    )
