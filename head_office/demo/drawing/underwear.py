"""Underwear, sold discreetly: camisole and boxer briefs."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, move, ring, shape, stroke, symmetric
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet
from head_office.demo.drawing.sneakers import BOLD
from head_office.demo.drawing.studio import wall
from head_office.demo.drawing.tone import PAPER, RGB, contrast, darker, lighter
from head_office.demo.drawing.torso import (
    Torso,
    body_folds,
    hang,
    rib_band,
    roundness,
)

_HALF: Final = 0.5


def camisole(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Seamless camisole: underwear."""
    wall(sheet, colour, rng)
    v = rng.choice((0, 30))
    half: list[Node] = [
        (AXIS, 400 + v), (AXIS + 70, 386), (AXIS + 140, 330, 1), (AXIS + 160, 332, 1), (AXIS + 176, 420),
        (AXIS + 206, 500, 1), (AXIS + 176, 720),
        (AXIS + 200, 960, 1), (AXIS, 976),
    ]  # fmt: skip
    outline = shape(symmetric(half))
    hang(sheet, [outline])
    rear: list[Node] = [(AXIS - 196, 480), (AXIS, 440), (AXIS + 196, 480), (AXIS, 520)]
    sheet.part(shape(rear), darker(colour, 0.3), depth=0.2, gloss=0.0, soft=10)
    for side in (-1, 1):
        sheet.line(
            stroke(
                [
                    (AXIS + 150 * side, 334),
                    (AXIS + 120 * side, 200),
                    (AXIS + 96 * side, 150),
                    (AXIS + 130 * side, 250),
                    (AXIS + 170 * side, 460),
                ]
            ),
            darker(colour, 0.16),
            13,
        )
        sheet.flat(ring(AXIS + 150 * side, 330, 9), (206, 190, 150))
    torso = replace(Torso(), chest=196, waist=176, hem=200, hem_y=960, armpit_y=500)
    sheet.part(
        outline, colour, depth=0.28, gloss=0.26, soft=24, marks=[*body_folds(torso, rng, 0.1), *roundness(torso, 0.18)]
    )
    lace = (
        f'<path d="M0 14q8 -16 16 0t16 0M0 6h32" stroke="rgb{contrast(colour, 0.4)}" fill="none" '
        'stroke-width="2.4"/>'
        f'<circle cx="8" cy="16" r="2.4" fill="rgb{contrast(colour, 0.4)}"/>'
    )
    trim: list[Node] = [
        (AXIS - 206, 500, 1),
        (AXIS - 150, 336, 1),
        (AXIS - 70, 390),
        (AXIS, 404 + v),
        (AXIS + 70, 390),
        (AXIS + 150, 336, 1),
        (AXIS + 206, 500, 1),
        (AXIS + 110, 450),
        (AXIS, 470 + v),
        (AXIS - 110, 450),
    ]
    sheet.part(shape(trim), lighter(colour, 0.12), depth=0.18, gloss=0.14, soft=8)
    sheet.pattern(shape(trim), lace, 32, 22, opacity=0.8)
    sheet.stitch(
        stroke(move([(AXIS - 200, 940), (AXIS, 956), (AXIS + 200, 940)], 0, 0)), contrast(colour, 0.3), width=2.2
    )


def briefs(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Men's boxer briefs: underwear."""
    wall(sheet, colour, rng)
    half: list[Node] = [
        (AXIS, 380), (AXIS + 250, 366, 1), (AXIS + 268, 470), (AXIS + 310, 660), (AXIS + 322, 790, 1),
        (AXIS + 180, 812), (AXIS + 54, 800, 1),
        (AXIS + 30, 740), (AXIS, 716),
    ]  # fmt: skip
    outline = shape(symmetric(half))
    hang(sheet, [outline])
    sheet.part(outline, colour, depth=0.34, gloss=0.2, soft=26)
    pouch: list[Node] = [
        (AXIS - 84, 444, 1),
        (AXIS + 84, 444, 1),
        (AXIS + 100, 580),
        (AXIS + 30, 736),
        (AXIS, 716),
        (AXIS - 30, 736),
        (AXIS - 100, 580),
    ]
    sheet.part(shape(pouch), colour, depth=0.24, gloss=0.2, soft=20)
    sheet.stitch(stroke([(AXIS, 450), (AXIS + 4, 600), (AXIS, 712)]), contrast(colour, 0.35), width=2.4)
    for side in (-1, 1):
        sheet.stitch(
            stroke([(AXIS + 54 * side, 784), (AXIS + 180 * side, 794), (AXIS + 320 * side, 772)]),
            contrast(colour, 0.35),
            width=2.4,
        )
    band: list[Node] = [
        (AXIS - 252, 364, 1),
        (AXIS, 378),
        (AXIS + 252, 364, 1),
        (AXIS + 260, 436, 1),
        (AXIS, 450),
        (AXIS - 260, 436, 1),
    ]
    elastic = rng.choice(BOLD) if rng.random() < _HALF else darker(colour, 0.3)
    rib_band(sheet, shape(band), elastic, pitch=7)
    sheet.line(stroke([(AXIS - 254, 400), (AXIS, 414), (AXIS + 254, 400)]), PAPER, 7, opacity=0.85)
