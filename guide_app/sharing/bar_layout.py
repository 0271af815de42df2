"""Where a GTIN's symbol stands in its box: quiet zones, guards, digits (GS1 General Specifications, 5.2.3). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide_app.protocol.poster_rules import DATAMATRIX_QUIET, EAN8_QUIET, EAN_DIGITS, EAN_QUIET, MAX_BAR_MM
from guide_app.sharing.barcode import bar_symbol
from guide_app.sharing.drawing import EM_ASCENT, Bars, Box, Colour, Command, FillRect, TextRun
from guide_app.sharing.typeset import Font

if TYPE_CHECKING:
    from guide_app.protocol.poster_layers import Symbology
    from guide_app.sharing.barcode import BarSymbol
    from guide_app.sharing.drawing import Unit
    from guide_app.sharing.typeset import Measure

_DROP, _DIGIT_GAP = 5.0, 0.6
"""Modules: guard bars reach down by the first, digits stand the second below the bars."""


def bar_code(
    symbology: Symbology, box: Box, gtin: str, unit: Unit, colours: tuple[Colour, Colour], measure: Measure
) -> tuple[Command, ...]:
    """The symbol of `gtin` in the middle of `box`, dark on light; nothing where there is no number.

    Raises InvalidInputError for a number that the symbol cannot say.
    """
    if not gtin:
        return ()
    symbol = bar_symbol(symbology, gtin)
    return (
        FillRect(box, colours[1]),
        *(_bars(symbol, box, unit, colours, measure) if symbol.linear else (_matrix(symbol, box, unit, colours),)),
    )


def _matrix(symbol: BarSymbol, box: Box, unit: Unit, colours: tuple[Colour, Colour]) -> Bars:
    module = _whole(min(box.width, box.height) / (symbol.width + 2 * DATAMATRIX_QUIET), unit)
    side = module * symbol.width
    left, top = box.x + (box.width - side) / 2, box.y + (box.height - side) / 2
    spare = min(left - box.x, top - box.y) / module
    return Bars(Box(left, top, side, side), symbol, *colours, (spare, spare))


def _bars(
    symbol: BarSymbol, box: Box, unit: Unit, colours: tuple[Colour, Colour], measure: Measure
) -> tuple[Command, ...]:
    """Digits come first: the one in the left quiet zone belongs there, and nothing may be painted after the bars."""
    quiet = EAN_QUIET if symbol.kind == "ean13" else EAN8_QUIET
    module = box.width / (symbol.width + sum(quiet))
    module = _whole(min(module, MAX_BAR_MM) if unit == "mm" else module, unit)
    whole = module * (symbol.width + sum(quiet))
    left = box.x + (box.width - whole) / 2 + quiet[0] * module
    height = box.height - (EAN_DIGITS - _DROP + _DIGIT_GAP) * module
    bars = Box(left, box.y, symbol.width * module, height)
    spare = (left - box.x) / module, (box.right - bars.right) / module
    digits = _digits(symbol, bars, module, colours[0], measure)
    return (*digits, Bars(bars, symbol, *colours, spare, _DROP * module))


def _digits(symbol: BarSymbol, bars: Box, module: float, colour: Colour, measure: Measure) -> list[TextRun]:
    """The number under the bars: an EAN-13's first digit left of them, the others in two groups between the guards."""
    font = Font(EAN_DIGITS * module)
    half = len(symbol.text) // 2
    first, rest = (symbol.text[:1], symbol.text[1:]) if symbol.kind == "ean13" else ("", symbol.text)
    baseline = bars.bottom - (_DROP - _DIGIT_GAP) * module + EM_ASCENT * font.size
    cell = (symbol.width - 11) / 2
    places = [(3 + cell / 2, rest[:half]), (symbol.width - 3 - cell / 2, rest[half:])]
    if first:
        places.insert(0, (-_DROP - 1, first))
    runs = []
    for middle, text in places:
        taken = measure.width(text, font)
        runs.append(TextRun(bars.x + middle * module - taken / 2, baseline, text, font, colour, taken))
    return runs


def _whole(module: float, unit: Unit) -> float:
    """On a pixel canvas a module is a whole number of pixels, so edges stay sharp."""
    return module if unit == "mm" else max(1.0, float(int(module)))
