"""The self-check of a finished picture: as made, as a chat program passes it on, and at half size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

from guide_app.sharing.check import CheckReport, Pixels, Reading, decode, inspect, judge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guide_app.sharing.drawing import Drawing

CHAT_EDGE, CHAT_QUALITY = 1280, 70
"""What chat programs make of a picture: its longer edge in pixels and the JPEG quality."""


def verify(drawing: Drawing, picture: QImage, *, thorough: bool = True) -> CheckReport:
    """Check the drawing's rules, then decode `picture` (and, `thorough`, what chats make of it).

    Raises PosterRefused.
    """
    inspect(drawing)
    gtins = [bars.symbol.text for bars in drawing.bars()]
    return judge(drawing.url, readings(picture, thorough=thorough, bars=bool(gtins)), gtins)


def readings(picture: QImage, *, thorough: bool = True, bars: bool = False) -> Iterator[Reading]:
    """What the decoder reads in each variant of `picture`; GTINs (`bars`), which no phone reads, not at half size."""
    yield read(picture, "original", bars=bars)
    if thorough:
        yield read(as_in_chat(picture), f"{CHAT_EDGE} px, JPEG {CHAT_QUALITY}", bars=bars)
        yield read(_scaled(picture, max(picture.width(), picture.height()) // 2), "50 %")


def as_in_chat(picture: QImage) -> QImage:
    """The picture after a chat program: at most `CHAT_EDGE` pixels long, through JPEG."""
    small = _scaled(picture, min(CHAT_EDGE, max(picture.width(), picture.height())))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(CHAT_QUALITY)
    if not writer.write(small):
        raise RuntimeError(writer.errorString())
    return QImage.fromData(buffer.data())


def read(picture: QImage, variant: str, *, bars: bool = False) -> Reading:
    """Decode the picture's memory in place; `plain` lives until the decoder is done with it."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    seen = Pixels(plain.width(), plain.height(), plain.bytesPerLine(), plain.constBits())
    return decode(seen, variant, bars=bars)


def _scaled(picture: QImage, edge: int) -> QImage:
    return picture.scaled(edge, edge, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
