"""Posters as dots of a thermal printer, and dots as a picture again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.check import inspect, judge, require_module
from guide_app.sharing.drawing import Image
from guide_app.sharing.thermal import Bitmap, encoded
from ui.kit.poster.painter import snapped
from ui.kit.poster.verify import read

if TYPE_CHECKING:
    from guide_app.sharing.drawing import Drawing
    from guide_app.sharing.printers import Printer
    from ui.kit.poster.render import PosterRenderer

_MM_PER_INCH = 25.4


def dots(renderer: PosterRenderer, drawing: Drawing, dots_mm: float) -> Bitmap:
    """A drawing in millimetres at `dots_mm` dots to one; the symbol's modules are whole dots. Raises PhotoError.

    Letters and lines are cut at half grey; only where there is a photo grey becomes a pattern.
    """
    picture = renderer.picture(drawing, dots_mm * _MM_PER_INCH).convertToFormat(QImage.Format.Format_Grayscale8)
    patterned = any(isinstance(command, Image) for command in drawing.commands)
    kind = Qt.ImageConversionFlag.DiffuseDither if patterned else Qt.ImageConversionFlag.ThresholdDither
    mono = picture.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.MonoOnly | kind)
    width, height, row = mono.width(), mono.height(), -(-mono.width() // 8)
    table = mono.colorTable()
    flip = 0x00 if table and table[1] & 0xFF < table[0] & 0xFF else 0xFF
    bits, stride = bytes(mono.constBits()), mono.bytesPerLine()
    spare = (0xFF << (row * 8 - width)) & 0xFF
    rows = bytearray()
    for y in range(height):
        line = bytearray(byte ^ flip for byte in bits[y * stride : y * stride + row])
        line[-1] &= spare
        rows += line
    return Bitmap(width, height, bytes(rows))


def raw_job(renderer: PosterRenderer, drawing: Drawing, printer: Printer, copies: int = 1) -> bytes:
    """A drawing in millimetres as a job in the printer's language; its dots are read back before.

    Raises PosterRefused where a reader would not get the poster's address from the very dots that go to the printer,
    InvalidInputError for drawings in pixels, PhotoError.
    """
    if drawing.unit != "mm":
        raise InvalidInputError(
            "print.pixels",
            QCoreApplication.translate("Poster", "这个版式没有毫米尺寸, 小票机和标签机打不了。"),
            QCoreApplication.translate("Poster", "请换一个纸面版式。"),
        )
    bitmap = dots(renderer, drawing, printer.dots_mm)
    if printer.language == "escpos" and printer.reach:
        bitmap = bitmap.cropped(printer.reach)
    bitmap = bitmap.moved(round(printer.right_mm * printer.dots_mm), round(printer.down_mm * printer.dots_mm))
    bars = drawing.bars()
    if drawing.url or bars:
        inspect(drawing)
        for one in bars:
            require_module(one, "mm", snapped(one.module * printer.dots_mm) / printer.dots_mm)
        seen = read(picture_of(bitmap), f"{printer.dots_mm:g}/mm", bars=bool(bars))
        judge(drawing.url, [seen], [one.symbol.text for one in bars])
    width, height = round(bitmap.width / printer.dots_mm, 1), drawing.height
    return encoded(printer.language, bitmap, width, height, gap_mm=printer.gap_mm, copies=copies)


def picture_of(bitmap: Bitmap) -> QImage:
    """The dots as a picture, one pixel each: what a preview shows and a reader reads."""
    made = QImage(bitmap.data, bitmap.width, bitmap.height, bitmap.row_bytes, QImage.Format.Format_Mono)
    made.setColorTable([0xFFFFFFFF, 0xFF000000])
    return made.convertToFormat(QImage.Format.Format_RGB32)
