"""A GTIN as a symbol for the till: EAN-13 and EAN-8 (ISO/IEC 15420), GS1 DataMatrix with AI (01) (ISO/IEC 16022).

zxing-cpp writes the modules; how large they are and what lies around them is the layout's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import zxingcpp

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import parse_gtin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _typeshed import ReadableBuffer

    from guide_app.protocol.poster_layers import Symbology

BarKind = Literal["ean13", "ean8", "datamatrix"]

_KINDS: dict[BarKind, zxingcpp.BarcodeFormat] = {
    "ean13": zxingcpp.BarcodeFormat.EAN13,
    "ean8": zxingcpp.BarcodeFormat.EAN8,
    "datamatrix": zxingcpp.BarcodeFormat.DataMatrix,
}
_GUARDS: dict[BarKind, frozenset[int]] = {
    "ean13": frozenset({0, 2, 46, 48, 92, 94}),
    "ean8": frozenset({0, 2, 32, 34, 64, 66}),
    "datamatrix": frozenset(),
}
"""At which module the bars begin that are drawn longer."""

_EAN13, _EAN8, _GTIN14 = 13, 8, 14
_DARK = 128


@dataclass(frozen=True, slots=True)
class BarSymbol:
    """Modules, top row first; in each row one byte a module, 1 = dark; bars are one row. No quiet zone.

    `text` is what a reader says: the digits, or `(01)` with fourteen of them.
    """

    kind: BarKind
    rows: tuple[bytes, ...]
    text: str

    @property
    def linear(self) -> bool:
        """Whether it is made of bars."""
        return self.kind != "datamatrix"

    @property
    def width(self) -> int:
        """Modules across."""
        return len(self.rows[0])

    @property
    def height(self) -> int:
        """Rows."""
        return len(self.rows)

    def is_guard(self, column: int) -> bool:
        """Whether the bar that begins there belongs to a guard pattern."""
        return column in _GUARDS[self.kind]

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """The dark modules as few rectangles: (column, row, modules wide), each one row high."""
        for y, row in enumerate(self.rows):
            x = row.find(1)
            while x >= 0:
                end = row.find(0, x)
                end = len(row) if end < 0 else end
                yield x, y, end - x
                x = row.find(1, end)


def till_digits(gtin: str) -> str:
    """The 8 or 13 digits that bars at a till show; empty for a case's number, which no till takes, and for no GTIN."""
    try:
        digits = parse_gtin(gtin)
    except InvalidInputError:
        return ""
    if len(digits) == _EAN8:
        return digits
    digits = digits.zfill(_GTIN14)
    return digits[1:] if digits[0] == "0" else ""


def bar_symbol(symbology: Symbology, gtin: str) -> BarSymbol:
    """The symbol of a GTIN. Raises InvalidInputError for what is none, and bars for a case (GTIN-14)."""
    digits = parse_gtin(gtin)
    if symbology == "datamatrix":
        said = f"(01){digits.zfill(_GTIN14)}"
        return _written("datamatrix", said, said)
    shown = till_digits(digits)
    if not shown:
        raise InvalidInputError("gtin.case", "「{gtin}」是箱码, 收银条码只能是单件的。", "请换单件的条码。", gtin=gtin)
    return _written("ean13" if len(shown) == _EAN13 else "ean8", shown, shown)


def _written(kind: BarKind, content: str, text: str) -> BarSymbol:
    options = {"gs1": True, "force_square": True} if kind == "datamatrix" else {}
    made = zxingcpp.create_barcode(content, _KINDS[kind], **options)
    image = memoryview(cast("ReadableBuffer", made.to_image(scale=1, add_hrt=False, add_quiet_zones=False)))
    height, width = image.shape or (0, 0)
    pixels = bytes(image)
    rows = [bytes(pixel < _DARK for pixel in pixels[y * width : (y + 1) * width]) for y in range(height)]
    return BarSymbol(kind, tuple(rows if kind == "datamatrix" else rows[:1]), text)
