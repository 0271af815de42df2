"""Dots for thermal printers: a poster of one colour as ESC/POS (receipts), TSPL or ZPL II (labels). Pure.

Only each language's raster command is used, so what is printed is what the preview shows and the check has read:

- ESC/POS: `GS v 0` (Epson, ESC/POS command reference, "Print raster bit image"), 1 = black, top row first.
- TSPL: `BITMAP` (TSC, TSPL/TSPL2 programming manual), 0 = black.
- ZPL II: `^GFA` (Zebra, ZPL II programming guide, "Graphic Field"), hexadecimal, 1 = black.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guide_app.base.errors import InvalidInputError

Language = Literal["escpos", "tspl", "zpl"]

_BYTE = 8
_BAND = 256
"""Rows in one raster command: small printers have little memory, and they print a band while the next one comes."""

_MOST_ROWS = 16_384
_FEED_LINES = 3


@dataclass(frozen=True, slots=True)
class Bitmap:
    """`width` x `height` dots; each row whole bytes, the leftmost dot the highest bit, 1 = black."""

    width: int
    height: int
    data: bytes

    def __post_init__(self) -> None:
        if self.width < 1 or not 1 <= self.height <= _MOST_ROWS or len(self.data) != self.row_bytes * self.height:
            raise InvalidInputError("print.bitmap", "这张图打印机放不下。", "请换一个版式。")

    @property
    def row_bytes(self) -> int:
        """Bytes in one row."""
        return -(-self.width // _BYTE)

    def rows(self, first: int, count: int) -> bytes:
        """So many rows from `first` on."""
        return self.data[first * self.row_bytes : (first + count) * self.row_bytes]

    def black(self, x: int, y: int) -> bool:
        """Whether the dot is black."""
        return bool(self.data[y * self.row_bytes + x // _BYTE] >> (_BYTE - 1 - x % _BYTE) & 1)

    def moved(self, right: int, down: int) -> Bitmap:
        """The same dots so many further right and down (negative: left and up); what leaves the paper is cut off."""
        row_bits = self.row_bytes * _BYTE
        paper = ((1 << self.width) - 1) << (row_bits - self.width)
        empty = bytes(self.row_bytes)
        rows = []
        for y in range(self.height):
            source = y - down
            row = int.from_bytes(self.rows(source, 1)) if 0 <= source < self.height else 0
            shifted = row >> right if right >= 0 else row << -right
            rows.append((shifted & paper).to_bytes(self.row_bytes) if row else empty)
        return Bitmap(self.width, self.height, b"".join(rows))

    def cropped(self, width: int) -> Bitmap:
        """The middle `width` dots (a multiple of 8), for a printer that reaches no further; narrower ones stay."""
        if width >= self.width:
            return self
        left = (self.width - width) // 2
        shifted = self.moved(-left, 0)
        kept = width // _BYTE
        rows = (shifted.rows(y, 1)[:kept] for y in range(self.height))
        return Bitmap(kept * _BYTE, self.height, b"".join(rows))


def escpos(bitmap: Bitmap, *, cut: bool = True) -> bytes:
    """A receipt: reset, bands of raster, feed, and a partial cut where there is a cutter (others pass it over)."""
    out = bytearray(b"\x1b@")
    for first in range(0, bitmap.height, _BAND):
        band = bitmap.rows(first, _BAND)
        count = len(band) // bitmap.row_bytes
        out += b"\x1dv0\x00" + bitmap.row_bytes.to_bytes(2, "little") + count.to_bytes(2, "little") + band
    out += b"\x1bd" + bytes([_FEED_LINES])
    if cut:
        out += b"\x1dVB\x00"
    return bytes(out)


def tspl(bitmap: Bitmap, width_mm: float, height_mm: float, *, gap_mm: float = 2.0, copies: int = 1) -> bytes:
    """Labels of this size with `gap_mm` between them."""
    inverted = bytes(byte ^ 0xFF for byte in bitmap.data)
    head = (
        f"SIZE {width_mm:g} mm,{height_mm:g} mm\r\nGAP {gap_mm:g} mm,0 mm\r\nDIRECTION 1\r\nREFERENCE 0,0\r\nCLS\r\n"
        f"BITMAP 0,0,{bitmap.row_bytes},{bitmap.height},0,"
    )
    return head.encode("ascii") + inverted + f"\r\nPRINT 1,{_copies(copies)}\r\n".encode("ascii")


def zpl(bitmap: Bitmap, *, copies: int = 1) -> bytes:
    """Labels as wide and high as the bitmap."""
    size = len(bitmap.data)
    return (
        f"^XA^PW{bitmap.width}^LL{bitmap.height}^LH0,0^FO0,0^GFA,{size},{size},{bitmap.row_bytes},"
        f"{bitmap.data.hex().upper()}^FS^PQ{_copies(copies)}^XZ\r\n"
    ).encode("ascii")


def encoded(
    language: Language, bitmap: Bitmap, width_mm: float, height_mm: float, *, gap_mm: float = 2.0, copies: int = 1
) -> bytes:
    """The print job in the printer's language."""
    if language == "escpos":
        return escpos(bitmap) * _copies(copies)
    if language == "tspl":
        return tspl(bitmap, width_mm, height_mm, gap_mm=gap_mm, copies=copies)
    return zpl(bitmap, copies=copies)


def _copies(count: int) -> int:
    if not 1 <= count <= 999:  # noqa: PLR2004 - three digits, as the label languages allow at least
        raise InvalidInputError("print.copies", "份数应在 1 到 999 之间。", "请改份数。")
    return count
