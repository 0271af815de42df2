from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from msgspec import structs

from guide_app.protocol.poster_rules import MIN_MODULE_MM
from guide_app.sharing.check import Pixels, PosterRefused, Reading, decode, inspect, judge
from guide_app.sharing.drawing import Box, Circle, Colour, Drawing, Modules, TextRun
from guide_app.sharing.layout import layout
from guide_app.sharing.qr import qr_matrix
from guide_app.sharing.typeset import Font
from tests.guide_app.sharing.posters import FULL, TEMPLATES, Ems

if TYPE_CHECKING:
    from collections.abc import Callable

    from guide_app.sharing.drawing import Command

URL = FULL.url
BLACK, WHITE = Colour(0, 0, 0), Colour(255, 255, 255)


def drawn(template: str = "moments", change: Callable[[Modules], Modules] = lambda m: m) -> Drawing:
    drawing = layout(TEMPLATES[template], FULL, Ems())
    commands = tuple(change(c) if isinstance(c, Modules) else c for c in drawing.commands)
    return replace(drawing, commands=commands)


def refusal(drawing: Drawing) -> str:
    with pytest.raises(PosterRefused) as refused:
        inspect(drawing)
    assert refused.value.sentence
    assert refused.value.way_out
    assert refused.value.code == f"poster.{refused.value.reason}"
    return refused.value.reason


def over(drawing: Drawing, command: Command) -> Drawing:
    return replace(drawing, commands=(*drawing.commands, command))


def pixels(url: str, dark: tuple[int, int, int] = (0, 0, 0), light: tuple[int, int, int] = (255, 255, 255)) -> Pixels:
    """A picture of the symbol for `url` alone, in blue, green, red."""
    matrix, scale, quiet = qr_matrix(url), 4, 4
    side = (matrix.size + 2 * quiet) * scale
    colours = [bytes([*light, 255]), bytes([*dark, 255])]
    margin = colours[0] * (quiet * scale)
    lines = [colours[0] * side] * (quiet * scale)
    for row in matrix.rows:
        lines += [margin + b"".join(colours[m] * scale for m in row) + margin] * scale
    lines += [colours[0] * side] * (quiet * scale)
    return Pixels(side, side, side * 4, b"".join(lines))


def test_a_sound_drawing_passes() -> None:
    inspect(drawn())


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        ("quiet", lambda m: replace(m, quiet=0)),
        ("quiet", lambda m: replace(m, quiet=3.9)),
        ("contrast", lambda m: replace(m, dark=Colour(150, 150, 150))),
        ("contrast", lambda m: replace(m, dark=Colour(0, 0, 0, 120))),
        ("inverted", lambda m: replace(m, dark=WHITE, light=BLACK)),
        ("size", lambda m: replace(m, box=Box(m.box.x, m.box.y, 33 * 2.9, 33 * 2.9))),
    ],
)
def test_a_symbol_that_phones_cannot_read_is_refused_before_painting(
    reason: str, change: Callable[[Modules], Modules]
) -> None:
    assert refusal(drawn(change=change)) == reason


def test_a_template_without_quiet_zone_is_refused() -> None:
    template = TEMPLATES["moments"]
    layers = tuple(
        structs.replace(layer, quiet=0.0) if type(layer).__name__ == "Symbol" else layer for layer in template.layers
    )
    drawing = layout(structs.replace(template, layers=layers), FULL, Ems())
    assert refusal(drawing) == "quiet"


def test_print_needs_a_third_of_a_millimetre() -> None:
    def small(side: float) -> Callable[[Modules], Modules]:
        return lambda m: replace(m, box=Box(m.box.x, m.box.y, m.matrix.size * side, m.matrix.size * side))

    inspect(drawn("shelf", small(MIN_MODULE_MM)))
    assert refusal(drawn("shelf", small(MIN_MODULE_MM - 0.01))) == "size"


def test_a_drawing_without_a_symbol_is_refused() -> None:
    drawing = drawn()
    bare = replace(drawing, commands=tuple(c for c in drawing.commands if not isinstance(c, Modules)))
    assert refusal(bare) == "missing"


def test_nothing_may_lie_over_the_symbol_or_its_margin() -> None:
    drawing = drawn()
    (symbol,) = drawing.symbols()
    middle = symbol.box.x + symbol.box.width / 2, symbol.box.y + symbol.box.height / 2
    assert refusal(over(drawing, Circle(*middle, 20, WHITE))) == "covered"
    near = symbol.box.bottom + 2 * symbol.module
    assert refusal(over(drawing, TextRun(symbol.box.x, near + 30, "字", Font(40), BLACK, 40))) == "covered"
    inspect(over(drawing, Circle(100, 100, 20, WHITE)))


def test_a_good_picture_reads_its_address() -> None:
    reading = decode(pixels(URL), "original")
    assert reading.texts == (URL,)
    assert judge(URL, [reading]).passed


def test_light_on_dark_does_not_count_as_readable() -> None:
    assert decode(pixels(URL, dark=(255, 255, 255), light=(0, 0, 0)), "original").texts == ()


@pytest.mark.parametrize(
    ("readings", "reason"),
    [
        ([], "unreadable"),
        ([Reading("original", 9, 9, ())], "unreadable"),
        ([Reading("original", 9, 9, (URL,)), Reading("50 %", 4, 4, ())], "unreadable"),
        ([Reading("original", 9, 9, (URL + "x",))], "other"),
        ([Reading("original", 9, 9, (URL, "https://elsewhere.example/"))], "other"),
    ],
)
def test_anything_but_the_exact_address_is_refused(readings: list[Reading], reason: str) -> None:
    with pytest.raises(PosterRefused) as refused:
        judge(URL, readings)
    assert refused.value.reason == reason


def test_the_refusal_tells_each_variant_and_what_it_said() -> None:
    readings = [Reading("original", 9, 9, (URL,)), Reading("50 %", 4, 5, ())]
    with pytest.raises(PosterRefused) as refused:
        judge(URL, readings)
    assert refused.value.detail == "50 % 4×5: -"
