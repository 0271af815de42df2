"""GTINs as symbols: what they say, where they stand, and that too small a place is refused, never squeezed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.gtin import check_digit
from guide_app.protocol.poster_layers import BarCode, Symbology, Template
from guide_app.protocol.poster_rules import MIN_BAR_MM, problems
from guide_app.sharing.barcode import bar_symbol, till_digits
from guide_app.sharing.check import PosterRefused, inspect
from guide_app.sharing.drawing import Bars, Box, Circle, Colour, Drawing, TextRun, extent
from guide_app.sharing.layout import layout
from tests.guide_app.sharing.posters import FULL, TEMPLATES, Ems

BLACK = Colour(0, 0, 0)
_LEFT = {
    "0": ("0001101", "0100111"), "1": ("0011001", "0110011"), "2": ("0010011", "0011011"), "3": ("0111101", "0100001"),
    "4": ("0100011", "0011101"), "5": ("0110001", "0111001"), "6": ("0101111", "0000101"), "7": ("0111011", "0010001"),
    "8": ("0110111", "0001001"), "9": ("0001011", "0010111"),
}  # fmt: skip
"""ISO/IEC 15420, number sets A and B; set C is the complement of A."""

_PARITY = ("AAAAAA", "AABABB", "AABBAB", "AABBBA", "ABAABB", "ABBAAB", "ABBBAA", "ABABAB", "ABABBA", "ABBABA")


def by_the_standard(digits: str) -> str:
    left = "".join(_LEFT[d][_PARITY[int(digits[0])][n] == "B"] for n, d in enumerate(digits[1:7]))
    right = "".join("".join("10"[int(bit)] for bit in _LEFT[d][0]) for d in digits[7:])
    return f"101{left}01010{right}101"


def gtins(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length - 1, max_size=length - 1).map(lambda d: f"{d}{check_digit(d)}")


def placed(template: Template, box: tuple[float, float, float, float], symbology: Symbology = "ean") -> Template:
    """The template with its bar code in another box."""
    layers = [
        msgspec.structs.replace(layer, box=box, symbology=symbology) if isinstance(layer, BarCode) else layer
        for layer in template.layers
    ]
    return msgspec.structs.replace(template, layers=tuple(layers))


def drawn(template: str = "shelf", gtin: str = FULL.gtin) -> Drawing:
    return layout(TEMPLATES[template], replace(FULL, gtin=gtin), Ems())


@given(gtins(13))
def test_bars_are_those_of_the_standard(gtin: str) -> None:
    (row,) = bar_symbol("ean", gtin).rows
    assert "".join("01"[module] for module in row) == by_the_standard(gtin)


@given(gtins(13))
def test_a_number_means_the_same_however_it_is_written(gtin: str) -> None:
    plain = bar_symbol("ean", gtin)
    assert bar_symbol("ean", f"0{gtin}") == plain
    assert bar_symbol("datamatrix", gtin) == bar_symbol("datamatrix", f"0{gtin}")
    assert till_digits(f"0{gtin}") == gtin


def test_eight_and_twelve_digits_have_their_bars_and_a_case_has_none() -> None:
    assert (bar_symbol("ean", "96385074").kind, bar_symbol("ean", "96385074").width) == ("ean8", 67)
    assert bar_symbol("ean", "012345678905").text == "0012345678905"
    assert till_digits("16901234567899") == ""
    with pytest.raises(InvalidInputError, match="箱码"):
        bar_symbol("ean", "16901234567899")
    assert bar_symbol("datamatrix", "16901234567899").text == "(01)16901234567899"
    assert till_digits("no number") == ""


def test_the_label_for_the_shelf_has_bars_with_margins_and_its_number() -> None:
    drawing = drawn()
    inspect(drawing)
    (bars,) = drawing.bars()
    assert bars.module >= MIN_BAR_MM
    assert bars.quiet[0] >= 11 - 1e-6
    assert bars.quiet[1] >= 7 - 1e-6
    digits = "".join(run.text for run in drawing.commands if isinstance(run, TextRun) and run.text.isdigit())
    assert FULL.gtin in digits
    for run in (run for run in drawing.commands if isinstance(run, TextRun) and run.text in FULL.gtin[1:]):
        assert extent(run).y > bars.box.bottom - 5 * bars.module
        assert extent(run).bottom < drawing.height - TEMPLATES["shelf"].safe + 1e-6
    assert f"条码：{FULL.gtin}" in drawing.alternative


def test_without_a_number_the_label_keeps_its_link_and_leaves_the_bars_out() -> None:
    drawing = drawn(gtin="")
    inspect(drawing)
    assert (drawing.bars(), len(drawing.symbols())) == ([], 1)
    with pytest.raises(PosterRefused) as refused:
        inspect(drawn("jewel", ""))
    assert refused.value.reason == "gtin"


def test_the_label_for_jewellery_has_price_and_number_and_no_link() -> None:
    drawing = drawn("jewel")
    inspect(drawing)
    (bars,) = drawing.bars()
    assert (bars.symbol.text, bars.symbol.width) == (f"(01)0{FULL.gtin}", 16)
    assert bars.module >= 0.375  # three dots at 203 dpi
    assert (drawing.symbols(), drawing.url) == ([], "")
    assert "489" in {run.text for run in drawing.commands if isinstance(run, TextRun)}


@pytest.mark.parametrize(
    ("box", "symbology", "code"),
    [
        ((1.5, 27, 29.8, 11), "ean", "bar_module"),
        ((1.5, 30, 44, 8), "ean", "bar_height"),
        ((1.5, 27, 5.9, 11), "datamatrix", "bar_module"),
        ((20, 27, 44, 11), "ean", "safe"),
    ],
)
def test_a_place_that_is_too_small_is_named(
    box: tuple[float, float, float, float], symbology: Symbology, code: str
) -> None:
    assert [p.code for p in problems(placed(TEMPLATES["shelf"], box, symbology))] == [code]


def test_the_smallest_place_will_do() -> None:
    assert list(problems(placed(TEMPLATES["shelf"], (1.5, 27, 29.84, 11)))) == []
    assert list(problems(placed(TEMPLATES["shelf"], (1.5, 27, 5.95, 5.95), "datamatrix"))) == []


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("bar_quiet", lambda b: replace(b, quiet=(10.9, 7.0))),
        ("bar_quiet", lambda b: replace(b, quiet=(11.0, 6.9))),
        ("bar_size", lambda b: replace(b, box=Box(5, 28, 95 * 0.26, 6))),
        ("contrast", lambda b: replace(b, dark=Colour(150, 150, 150))),
        ("inverted", lambda b: replace(b, dark=Colour(255, 255, 255), light=BLACK)),
    ],
)
def test_bars_that_no_till_reads_are_refused_before_painting(reason: str, change: Callable[[Bars], Bars]) -> None:
    drawing = drawn()
    commands = tuple(change(c) if isinstance(c, Bars) else c for c in drawing.commands)
    with pytest.raises(PosterRefused) as refused:
        inspect(replace(drawing, commands=commands))
    assert refused.value.reason == reason


def test_nothing_may_lie_over_the_bars_or_beside_them() -> None:
    drawing = drawn()
    (bars,) = drawing.bars()
    beside = Circle(bars.box.x - 2 * bars.module, bars.box.y + 2, 0.3, BLACK)
    with pytest.raises(PosterRefused) as refused:
        inspect(replace(drawing, commands=(*drawing.commands, beside)))
    assert refused.value.reason == "bar_covered"


def test_digits_that_are_no_number_are_refused() -> None:
    with pytest.raises(InvalidInputError):
        replace(FULL, gtin="6901234567893")
