"""The self-check of a finished picture: as made, as a chat program passes it on, and at half size."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter

from guide_app.sharing.check import CheckReport, Pixels, Reading, decode, inspect, judge, symbol_area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guide_app.sharing.drawing import Box, Drawing

CHAT_EDGE, CHAT_QUALITY = 1280, 70
"""What chat programs make of a picture: its longer edge in pixels and the JPEG quality."""


_BLOCK = 16
"""Pixels that JPEG with halved colour codes together (ITU-T T.81 A.2): what lies outside leaves them as they are."""


def verify(drawing: Drawing, picture: QImage, *, thorough: bool = True) -> CheckReport:
    """Check the drawing's rules, then decode `picture` (and, `thorough`, what chats make of it).

    Raises PosterRefused.
    """
    inspect(drawing)
    gtins = [bars.symbol.text for bars in drawing.bars()]
    area = symbol_area(drawing)
    shown = area.scaled(picture.width() / drawing.width) if area else None
    return judge(drawing.url, readings(picture, thorough=thorough, bars=bool(gtins), area=shown), gtins)


def readings(
    picture: QImage, *, thorough: bool = True, bars: bool = False, area: Box | None = None
) -> Iterator[Reading]:
    """What the decoder reads in each variant of `picture`; GTINs (`bars`), which no phone reads, not at half size.

    The chat's picture is made and read only round `area` (the symbols, in pixels of `picture`) where that is given:
    foreign symbols, in a photo, say, are seen as made and at half size.
    """
    yield read(picture, "original", bars=bars)
    if thorough:
        yield read(as_in_chat(picture, area), f"{CHAT_EDGE} px, JPEG {CHAT_QUALITY}", bars=bars)
        yield read(_scaled(picture, max(picture.width(), picture.height()) // 2), "50 %")


def as_in_chat(picture: QImage, area: Box | None = None) -> QImage:
    """The picture after a chat program: at most `CHAT_EDGE` pixels long, through JPEG.

    With `area`, in pixels of `picture`, the part `chat_part` of the same, bit for bit but for its outermost pixels.
    """
    small = _scaled(picture, min(CHAT_EDGE, max(picture.width(), picture.height())))
    if area is not None:
        small = small.copy(chat_part(area.scaled(small.width() / picture.width()), small.size()))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(CHAT_QUALITY)
    if not writer.write(small):
        raise RuntimeError(writer.errorString())
    return QImage.fromData(buffer.data())


def chat_part(area: Box, size: QSize) -> QRect:
    """The whole JPEG blocks that `area` touches and one more all round, as far as a picture of `size` goes.

    The ring is there because colour, stored at half size, is blended over the edges of blocks.
    """
    left, top = (math.floor(edge / _BLOCK - 1) * _BLOCK for edge in (area.x, area.y))
    right, bottom = (math.ceil(edge / _BLOCK + 1) * _BLOCK for edge in (area.right, area.bottom))
    return QRect(left, top, right - left, bottom - top) & QRect(QPoint(), size)


def read(picture: QImage, variant: str, *, bars: bool = False) -> Reading:
    """Decode the picture's memory in place; `plain` lives until the decoder is done with it."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    seen = Pixels(plain.width(), plain.height(), plain.bytesPerLine(), plain.constBits())
    return decode(seen, variant, bars=bars)


def _scaled(picture: QImage, edge: int) -> QImage:
    return picture.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
