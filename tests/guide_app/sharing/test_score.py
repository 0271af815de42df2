from __future__ import annotations

from dataclasses import replace

import pytest

from guide_app.sharing.drawing import Box, Colour, Drawing, Modules, TextRun, extent
from guide_app.sharing.layout import layout
from guide_app.sharing.score import FULL, score
from guide_app.sharing.template import Palette, Template
from tests.guide_app.sharing.posters import FULL as CONTENT
from tests.guide_app.sharing.posters import PALETTES, TEMPLATES, Ems

templates = pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))


def codes(drawing: Drawing) -> list[str]:
    return [finding.code for finding in score(drawing).findings]


def made(template: str = "moments") -> Drawing:
    return layout(TEMPLATES[template], CONTENT, Ems())


@templates
@pytest.mark.parametrize("palette", PALETTES.values(), ids=list(PALETTES))
def test_every_shipped_poster_has_all_points(template: Template, palette: Palette) -> None:
    found = score(layout(template, CONTENT, Ems(), palette))
    assert (found.points, [str(f.words) for f in found.findings]) == (FULL, [])


def test_a_symbol_without_words_beside_it_costs_most() -> None:
    drawing = made()
    (symbol,) = drawing.symbols()
    near = symbol.box.inset(-symbol.box.width * 0.4)
    bare = tuple(c for c in drawing.commands if not (isinstance(c, TextRun) and near.meets(extent(c))))
    found = score(replace(drawing, commands=bare))
    assert [f.code for f in found.findings] == ["symbol_words"]
    assert found.points == 75


def test_words_as_pale_as_their_ground_are_named() -> None:
    drawing = made()
    pale = tuple(
        replace(c, colour=Colour(250, 250, 250)) if isinstance(c, TextRun) and c.text == CONTENT.product else c
        for c in drawing.commands
    )
    found = score(replace(drawing, commands=pale))
    assert [f.code for f in found.findings] == ["text_contrast"]
    assert CONTENT.product in str(found.findings[0].words)


def test_a_pale_or_small_symbol_and_tiny_letters_cost_points() -> None:
    drawing = made("label")

    def worse(command: object) -> object:
        if isinstance(command, Modules):
            return replace(command, dark=Colour(110, 110, 110), box=replace_width(command, 0.8))
        if isinstance(command, TextRun):
            return replace(command, font=command.font.scaled(0.5))
        return command

    commands = tuple(worse(c) for c in drawing.commands)
    assert set(codes(replace(drawing, commands=commands))) >= {"symbol_contrast", "symbol_size", "letters"}  # type: ignore[arg-type]


def replace_width(symbol: Modules, factor: float) -> Box:
    box = symbol.box
    return box._replace(width=box.width * factor, height=box.height * factor)


def test_a_poster_that_a_reader_cannot_say_costs_points() -> None:
    assert codes(replace(made(), alternative="")) == ["spoken"]
