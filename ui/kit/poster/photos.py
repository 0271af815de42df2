"""Product photos for posters: opened with limits, decoded no larger than needed, kept scaled."""

from __future__ import annotations

import hashlib
import math
import threading
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, qGray

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.content import Photo

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_PIXELS = 64_000_000
"""More are refused before decoding (a compressed file of some kB can ask for gigabytes)."""

MAX_FILE_BYTES = 40_000_000

PHOTO_BYTES = 96_000_000
"""Of decoded and scaled photos, so much is kept."""

_FORMATS = frozenset({"jpeg", "png", "webp"})
_MASTER_EDGE = 2600
_AT_ONCE_PIXELS = 2_000_000
"""Scaling more holds Python's lock, and with it the window's thread, for longer than a frame."""

_SAMPLE = 24
_TRIM_GRID = 128
_FAINT = 8
_BRAND_WIDTH, _BRAND_PART, _PALE = 0.6, 6, 130
_OPAQUE = 250
_CLEAR_SHARE = 0.03

Fit = Literal["cover", "contain"]


class PhotoError(InvalidInputError):
    """A photo cannot be used on a poster; the sentence says why."""


class PhotoCache:
    """Decoded and scaled photos, the least recently used dropped beyond `max_bytes`. Safe for several threads."""

    def __init__(self, max_bytes: int = PHOTO_BYTES) -> None:
        self._max_bytes = max_bytes
        self._images: OrderedDict[tuple[object, ...], QImage] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, source: bytes | Path) -> Photo:
        """Decode `source` once and say what it is. Raises PhotoError for what is not a usable photo."""
        data = _read(source)
        key = hashlib.sha256(data).hexdigest()
        master = self._remember((key,), lambda: _decode(data))
        return Photo(source, key, cutout=_is_cutout(master), pale=_is_pale(master))

    def scaled(self, photo: Photo, size: QSize, fit: Fit, focus: float = 0.5) -> QImage:
        """The photo in `size` pixels: `cover` fills it and is cut, `contain` lies within it. Raises PhotoError."""

        def make() -> QImage:
            master = self._remember((photo.key,), lambda: _decode(_read(photo.source)))
            large = max(_area(master.size()), _area(size)) > _AT_ONCE_PIXELS
            anew = _fitted_anew(photo, master.size(), size, fit, focus) if large else None
            return _fitted(master, size, fit, focus) if anew is None else anew

        return self._remember((photo.key, size.width(), size.height(), fit, focus), make)

    def used_bytes(self) -> int:
        """Memory that the kept pictures take."""
        with self._lock:
            return self._total()

    def _total(self) -> int:
        return sum(i.sizeInBytes() for i in self._images.values())

    def _remember(self, key: tuple[object, ...], make: Callable[[], QImage]) -> QImage:
        with self._lock:
            if key in self._images:
                self._images.move_to_end(key)
                return self._images[key]
        image = make()
        with self._lock:
            self._images[key] = image
            self._images.move_to_end(key)
            while len(self._images) > 1 and self._total() > self._max_bytes:
                self._images.popitem(last=False)
        return image


def photo_bytes(photo: Photo) -> bytes:
    """The file that a photo is. Raises PhotoError where it has gone or is too large."""
    return _read(photo.source)


def _read(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            if source.stat().st_size > MAX_FILE_BYTES:
                raise _file_too_large()
            data = source.read_bytes()
        except OSError as e:
            sentence = QCoreApplication.translate("Photo", "打不开照片 {name}：{reason}。").format(
                name=source.name, reason=e.strerror
            )
            raise PhotoError("photo.unreadable", sentence, QCoreApplication.translate("Photo", "请重新选择。")) from e
    if len(data) > MAX_FILE_BYTES:
        raise _file_too_large()
    return data


def _file_too_large() -> PhotoError:
    limit = MAX_FILE_BYTES // 1_000_000
    return PhotoError(
        "photo.too_large",
        QCoreApplication.translate("Photo", "照片文件超过 {limit} MB。").format(limit=limit),
        QCoreApplication.translate("Photo", "请先缩小照片。"),
    )


def _another() -> str:
    return QCoreApplication.translate("Photo", "请换一张照片。")


def _decode(data: bytes) -> QImage:
    """The upright picture, its longer edge at most `_MASTER_EDGE`; sRGB, premultiplied where it has alpha."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if reader.format().toStdString() not in _FORMATS:
        raise PhotoError(
            "photo.format", QCoreApplication.translate("Photo", "照片不是 JPEG、PNG 或 WebP。"), _another()
        )
    size = reader.size()
    pixels = size.width() * size.height()
    if pixels > MAX_PIXELS:
        raise PhotoError(
            "photo.too_large",
            QCoreApplication.translate("Photo", "照片 {width}×{height} 像素太大。").format(
                width=size.width(), height=size.height()
            ),
            QCoreApplication.translate("Photo", "请缩小到 {limit} 百万像素以内。").format(
                limit=MAX_PIXELS // 1_000_000
            ),
        )
    if max(size.width(), size.height()) > _MASTER_EDGE and reader.supportsOption(
        QImageIOHandler.ImageOption.ScaledSize
    ):
        reader.setScaledSize(size.scaled(_MASTER_EDGE, _MASTER_EDGE, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        sentence = QCoreApplication.translate("Photo", "照片无法读取：{reason}。").format(reason=reader.errorString())
        raise PhotoError("photo.unreadable", sentence, _another())
    if max(image.width(), image.height()) > _MASTER_EDGE:
        image = image.scaled(
            _MASTER_EDGE,
            _MASTER_EDGE,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    if not image.hasAlphaChannel():
        return image.convertToFormat(QImage.Format.Format_RGB32)
    return _trimmed(image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))


def _trimmed(image: QImage) -> QImage:
    """The picture without its see-through border, so that products of all photographers come out equally large.

    The border is found on a small copy, hence to about one part in `_TRIM_GRID`.
    """
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(_TRIM_GRID, _TRIM_GRID, mode=smooth).convertToFormat(QImage.Format.Format_Alpha8)
    data, stride = bytes(small.constBits()), small.bytesPerLine()
    rows = [data[y * stride : y * stride + _TRIM_GRID] for y in range(_TRIM_GRID)]
    used_y = [y for y, row in enumerate(rows) if max(row) > _FAINT]
    used_x = [x for x in range(_TRIM_GRID) if max(row[x] for row in rows) > _FAINT]
    if not used_y or not used_x:
        raise PhotoError("photo.empty", QCoreApplication.translate("Photo", "照片是全透明的。"), _another())
    across, down = image.width() / _TRIM_GRID, image.height() / _TRIM_GRID
    left, top = int(used_x[0] * across), int(used_y[0] * down)
    right, bottom = math.ceil((used_x[-1] + 1) * across), math.ceil((used_y[-1] + 1) * down)
    return image.copy(QRect(left, top, right - left, bottom - top))


def _is_cutout(image: QImage) -> bool:
    """Whether a noticeable part of the picture is see-through (an alpha channel alone says nothing)."""
    if not image.hasAlphaChannel():
        return False
    small = image.scaled(_SAMPLE, _SAMPLE, mode=Qt.TransformationMode.SmoothTransformation)
    clear = sum(small.pixelColor(x, y).alpha() < _OPAQUE for x in range(_SAMPLE) for y in range(_SAMPLE))
    return clear > _CLEAR_SHARE * _SAMPLE * _SAMPLE


def _is_pale(image: QImage) -> bool:
    """Whether dark letters would stand out everywhere in the upper left."""
    corner = image.copy(QRect(0, 0, max(1, round(image.width() * _BRAND_WIDTH)), max(1, image.height() // _BRAND_PART)))
    small = corner.scaled(_SAMPLE, _SAMPLE, mode=Qt.TransformationMode.SmoothTransformation)
    return all(qGray(small.pixel(x, y)) >= _PALE for x in range(_SAMPLE) for y in range(_SAMPLE))


def _fitted(image: QImage, size: QSize, fit: Fit, focus: float) -> QImage:
    cut, size = _placed(image.size(), size, fit, focus)
    part = image if cut == image.rect() else image.copy(cut)
    return part.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _fitted_anew(photo: Photo, master: QSize, size: QSize, fit: Fit, focus: float) -> QImage | None:
    """The same decoded anew in this size, for upright JPEG; None for other pictures.

    `QImage.scaled` keeps Python's lock until it is done, `QImageReader.read` gives it back meanwhile.
    """
    try:
        data = _read(photo.source)
    except PhotoError:  # the file has gone since it was opened: what was decoded then serves on
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    upright = reader.transformation() == QImageIOHandler.Transformation.TransformationNone
    if reader.format().toStdString() != "jpeg" or not upright:
        return None
    cut, size = _placed(master, size, fit, focus)
    whole = reader.size()
    across, down = whole.width() / master.width(), whole.height() / master.height()
    left, top = round(cut.x() * across), round(cut.y() * down)
    reader.setClipRect(QRect(left, top, round(cut.width() * across), round(cut.height() * down)))
    reader.setScaledSize(size)
    image = reader.read()
    return None if image.isNull() else image.convertToFormat(QImage.Format.Format_RGB32)


def _placed(whole: QSize, size: QSize, fit: Fit, focus: float) -> tuple[QRect, QSize]:
    """Which part of a picture is shown, and how large."""
    keep = Qt.AspectRatioMode.KeepAspectRatio
    if fit == "contain":
        return QRect(QPoint(), whole), whole.scaled(size, keep)
    cut = size.scaled(whole, keep)
    left, top = (whole.width() - cut.width()) // 2, round((whole.height() - cut.height()) * focus)
    return QRect(left, top, cut.width(), cut.height()), size


def _area(size: QSize) -> int:
    return size.width() * size.height()
