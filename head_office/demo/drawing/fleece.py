"""Fleece tops: sweatshirt and hoodie."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, flip, ring, shape, stroke, symmetric
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet
from head_office.demo.drawing.sneakers import BOLD, leaf_mark
from head_office.demo.drawing.studio import wall
from head_office.demo.drawing.tone import PAPER, RGB, contrast, darker, lighter, luma
from head_office.demo.drawing.torso import (
    Torso,
    body_folds,
    both,
    cuff,
    hang,
    inside_back,
    long_sleeve,
    neck_band,
    rib_band,
    roundness,
    sleeve_folds,
)

_HALF: Final = 0.5


def sweatshirt(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Crew-neck fleece: 卫衣."""
    _fleece(sheet, colour, rng, hooded=False)


def hoodie(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Hooded fleece with a pouch pocket: 连帽卫衣."""
    _fleece(sheet, colour, rng, hooded=True)


def _fleece(sheet: Sheet, colour: RGB, rng: Hand, *, hooded: bool) -> None:
    wall(sheet, colour, rng)
    torso = Torso(
        neck=90,
        neck_y=250,
        shoulder=284,
        drop=70,
        chest=280,
        waist=282,
        hem=256,
        hem_y=950,
        shoulder_y=190,
        armpit_y=460,
    )
    sleeve = long_sleeve(torso, end=930, width=104, spread=118)
    outline = torso.outline()
    hang(sheet, [outline, shape(sleeve), shape(flip(sleeve))])
    if hooded:
        back: list[Node] = [
            (AXIS, 66),
            (AXIS + 84, 84),
            (AXIS + 142, 160),
            (AXIS + 140, 250),
            (AXIS + 70, 330),
            (AXIS, 350),
        ]
        sheet.part(shape(symmetric(back)), colour, depth=0.4, gloss=0.2, soft=22)
    else:
        inside_back(sheet, torso, colour)
    both(sheet, sleeve, colour, sleeve_folds(sleeve, 0.18), depth=0.34, gloss=0.16, soft=24)
    wrist = cuff(sleeve, 66)
    rib = darker(colour, 0.1)
    for nodes, turn in ((wrist, -12), (flip(wrist), 12)):
        rib_band(sheet, shape(nodes), rib, turn=turn)
    sheet.part(
        outline, colour, depth=0.18, gloss=0.12, soft=34, marks=[*body_folds(torso, rng, 0.11), *roundness(torso)]
    )
    block = not hooded and rng.says("拼色")
    if block:
        lower: list[Node] = [
            (AXIS - 281, 640, 1),
            (AXIS, 650),
            (AXIS + 281, 640, 1),
            (AXIS + 258, 950, 1),
            (AXIS, 964),
            (AXIS - 258, 950, 1),
        ]
        sheet.flat(shape(lower), rng.choice(BOLD), edge=0.3)
    elif rng.says("枫叶"):
        leaf_mark(
            sheet,
            AXIS,
            560,
            rng.choice((84, 150, 210)),
            rng.choice((PAPER, *BOLD[:4])) if luma(colour) < 0.7 else rng.choice(BOLD),
        )
    hem: list[Node] = [
        (AXIS - 260, 934, 1),
        (AXIS, 948),
        (AXIS + 260, 934, 1),
        (AXIS + 244, 1012, 1),
        (AXIS, 1026),
        (AXIS - 244, 1012, 1),
    ]
    rib_band(sheet, shape(hem), rib)
    if not hooded:
        neck_band(sheet, torso, rib, 32)
        notch: list[Node] = [(AXIS - 26, 288, 1), (AXIS + 26, 288, 1), (AXIS, 338, 1)]
        sheet.stitch(shape(notch), contrast(colour, 0.3), width=2.2)
        return
    pouch: list[Node] = [
        (AXIS - 170, 922, 1),
        (AXIS - 178, 820),
        (AXIS - 116, 724, 1),
        (AXIS + 116, 724, 1),
        (AXIS + 178, 820),
        (AXIS + 170, 922, 1),
    ]
    sheet.part(shape(pouch), colour, depth=0.28, gloss=0.14, soft=12)
    sheet.stitch(
        stroke([(AXIS - 164, 826), (AXIS - 110, 740), (AXIS + 110, 740), (AXIS + 164, 826)]),
        contrast(colour, 0.3),
        width=2.2,
    )
    _hood(sheet, colour)


def _hood(sheet: Sheet, colour: RGB) -> None:
    opening: list[Node] = [(AXIS, 120), (AXIS + 74, 142), (AXIS + 96, 214), (AXIS + 50, 300), (AXIS, 346)]
    sheet.part(shape(symmetric(opening)), darker(colour, 0.4), depth=0.4, gloss=0.0, soft=18)
    rim: list[Node] = [
        (AXIS, 96),
        (AXIS + 92, 122),
        (AXIS + 124, 214),
        (AXIS + 76, 312),
        (AXIS - 4, 368),
        (AXIS + 0, 338),
        (AXIS + 52, 290),
        (AXIS + 94, 212),
        (AXIS + 70, 144),
        (AXIS, 122),
    ]
    for nodes in (flip(rim), rim):
        sheet.part(shape(nodes), lighter(colour, 0.04), depth=0.3, gloss=0.2, soft=10)
    for side in (-1, 1):
        cord: list[Node] = [(AXIS + 34 * side, 336), (AXIS + 46 * side, 420), (AXIS + 40 * side, 530 + 20 * side)]
        sheet.line(stroke(cord), darker(colour, 0.5), 11, opacity=0.4)
        sheet.line(stroke(cord), PAPER, 8)
        sheet.line(ring(AXIS + 34 * side, 334, 6), (150, 150, 154), 5)
        sheet.line(f"M{AXIS + 40 * side:.0f} {516 + 20 * side}v18", (150, 150, 154), 10)
