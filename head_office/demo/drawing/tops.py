"""Light tops: T-shirt, polo and shirt."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, box, flip, ring, shape, stroke, symmetric
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet, dark
from head_office.demo.drawing.sneakers import BOLD, leaf_mark
from head_office.demo.drawing.studio import wall
from head_office.demo.drawing.tone import PAPER, RGB, contrast, darker, lighter, luma, mix
from head_office.demo.drawing.torso import (
    Torso,
    body_folds,
    both,
    buttons,
    cuff,
    hang,
    inside_back,
    long_sleeve,
    neck_band,
    rib_band,
    roundness,
    shirt_collar,
    short_sleeve,
    sleeve_folds,
)

_HALF: Final = 0.5


def stripes(colour: RGB, *, period: float, share: float = 0.4) -> str:
    """A tile of horizontal stripes."""
    return f'<rect width="20" height="{period * share:.0f}" fill="rgb{colour}"/>'


def _print(sheet: Sheet, colour: RGB, rng: Hand, outline: str) -> None:
    accent = rng.choice([c for c in BOLD if abs(luma(c) - luma(colour)) > 0.18] or list(BOLD))
    style = rng.promised({"枫叶": 0, "条纹": 1, "口袋": 4, "打底": 6, "重磅": 5}, (2, 3, 5))
    if style == 0:
        leaf_mark(sheet, AXIS, 520, 190, accent)
    elif style == 1:
        sheet.pattern(outline, stripes(accent, period=46, share=0.34), 20, 46)
    elif style == 2:
        sheet.flat(ring(AXIS, 500, 96), accent)
        sheet.flat(
            shape([(480, 560, 1), (540, 500), (590, 540), (650, 470), (720, 560, 1), (690, 590), (510, 590)]),
            darker(accent, 0.4),
        )
        sheet.line("M500 622H700M530 646H670", accent, 7)
    elif style == 3:
        sheet.flat(box(400, 420, 400, 96), accent, opacity=0.95)
        sheet.flat(box(400, 530, 400, 26), accent, opacity=0.7)
    elif style == 4:
        sheet.line(box(668, 420, 110, 124, 10), contrast(colour, 0.3), 3, opacity=0.7)
        sheet.stitch("M668 446h110", contrast(colour, 0.3), width=2.4)
    elif style == 5:
        leaf_mark(sheet, 700, 420, 46, accent)


def tshirt(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Crew or V neck T-shirt: T恤."""
    wall(sheet, colour, rng)
    wide = rng.says("落肩", "重磅")
    torso = Torso(
        neck_y=rng.choice((238, 250, 258)), hem=rng.randint(258, 280), waist=rng.randint(248, 266),
        shoulder=290 if wide else 266, drop=66 if wide else 54, chest=282 if wide else 260,
    )  # fmt: skip
    sleeve = short_sleeve(torso, length=rng.randint(196, 226))
    outline = torso.outline()
    hang(sheet, [outline, shape(sleeve), shape(flip(sleeve))])
    inside_back(sheet, torso, colour)
    both(
        sheet,
        sleeve,
        colour,
        [dark(stroke([(sleeve[6][0], 380), (sleeve[6][0] + 40, 430)]), 40, 0.18)],
        depth=0.3,
        gloss=0.18,
        soft=18,
    )
    hem: list[Node] = [
        (sleeve[3][0] - 4, sleeve[3][1] - 18),
        (sleeve[4][0], sleeve[4][1] - 18),
        (sleeve[5][0] + 6, sleeve[5][1] - 22),
    ]
    for nodes in (hem, flip(hem)):
        sheet.stitch(stroke(nodes), contrast(colour, 0.3), width=2.2)
    sheet.part(outline, colour, depth=0.15, gloss=0.14, soft=30, marks=[*body_folds(torso, rng), *roundness(torso)])
    _print(sheet, colour, rng, outline)
    for off in (16, 24):
        low: list[Node] = [
            (AXIS - torso.hem + 2, torso.hem_y - off),
            (AXIS, torso.hem_y + torso.sag - off),
            (AXIS + torso.hem - 2, torso.hem_y - off),
        ]
        sheet.stitch(stroke(low), contrast(colour, 0.3), width=2.0)
    neck_band(sheet, torso, darker(colour, 0.06), rng.choice((20, 28)))


def polo(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Piqué polo with a knitted collar."""
    wall(sheet, colour, rng)
    torso = Torso(neck_y=244, neck=86)
    sleeve = short_sleeve(torso, length=200)
    outline = torso.outline()
    hang(sheet, [outline, shape(sleeve), shape(flip(sleeve))])
    inside_back(sheet, torso, colour)
    both(sheet, sleeve, colour, [], depth=0.3, gloss=0.18, soft=18)
    trim = rng.choice(BOLD) if rng.says("撞色") else darker(colour, 0.14)
    band: list[Node] = [
        (sleeve[3][0] - 14, sleeve[3][1] - 26, 1),
        (sleeve[3][0], sleeve[3][1], 1),
        sleeve[4],
        (sleeve[5][0], sleeve[5][1], 1),
        (sleeve[5][0] + 6, sleeve[5][1] - 30, 1),
        (sleeve[4][0] - 4, sleeve[4][1] - 28),
    ]
    for nodes in (band, flip(band)):
        rib_band(sheet, shape(nodes), trim, soft=5)
    sheet.part(outline, colour, depth=0.15, gloss=0.14, soft=30, marks=[*body_folds(torso, rng), *roundness(torso)])
    sheet.pattern(
        outline, f'<circle cx="3" cy="3" r="1.5" fill="rgb{contrast(colour, 0.5)}"/>', 7, 7, turn=45, opacity=0.3
    )
    sheet.part(box(AXIS - 24, 244, 48, 190, 6), lighter(colour, 0.05), depth=0.24, gloss=0.2, soft=6)
    buttons(sheet, AXIS, (286, 396), 3, PAPER if luma(colour) < 0.7 else mix(colour, (90, 80, 70), 0.5))
    shirt_collar(sheet, torso, trim, point=66, spread=40, gap=6)
    leaf_mark(sheet, 706, 420, 40, contrast(colour, 0.7))


def shirt(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Long-sleeved shirt: 衬衫, plain, striped or checked."""
    wall(sheet, colour, rng)
    torso = Torso(
        neck=84, neck_y=240, hem_y=1030, sag=-10, waist=rng.randint(238, 258), hem=258, shoulder=262, chest=256
    )
    sleeve = long_sleeve(torso, end=950, width=86)
    half = torso.half()
    half[8:] = [(AXIS + torso.hem, 960, 1), (AXIS + torso.hem * 0.72, 1030), (AXIS + 60, 1064), (AXIS, 1064)]
    outline = shape(symmetric(half))
    hang(sheet, [outline, shape(sleeve), shape(flip(sleeve))])
    inside_back(sheet, torso, colour)
    style = rng.promised({"条纹": 1, "格纹": 2}, (0,))
    sleeves = both(sheet, sleeve, colour, sleeve_folds(sleeve), depth=0.32, gloss=0.2, soft=18)
    _weave(sheet, sleeves[0], colour, style, turn=17)
    _weave(sheet, sleeves[1], colour, style, turn=-17)
    wrist = cuff(sleeve, 74)
    for nodes in (wrist, flip(wrist)):
        sheet.part(shape(nodes), lighter(colour, 0.04), depth=0.3, gloss=0.25, soft=8)
    buttons(sheet, sleeve[4][0] - 26, (sleeve[4][1] - 30, sleeve[4][1] - 30), 1, PAPER, size=8)
    sheet.part(outline, colour, depth=0.15, gloss=0.14, soft=28, marks=[*body_folds(torso, rng), *roundness(torso)])
    _weave(sheet, outline, colour, style, turn=0)
    placket = f"M{AXIS - 24} 246H{AXIS + 24}V1064H{AXIS - 24}Z"
    sheet.part(placket, lighter(colour, 0.05), depth=0.2, gloss=0.16, soft=6)
    _weave(sheet, placket, colour, style, turn=0)
    for x in (AXIS - 17, AXIS + 17):
        sheet.stitch(f"M{x} 260V1058", contrast(colour, 0.28), width=2.0)
    pearl = PAPER if luma(colour) < 0.75 else (214, 206, 194)
    buttons(sheet, AXIS, (300, 960), 7, pearl)
    if rng.random() < 0.7:
        pocket: list[Node] = [(676, 440, 1), (794, 440, 1), (794, 556, 1), (735, 586, 1), (676, 556, 1)]
        sheet.part(shape(pocket), colour, depth=0.2, gloss=0.12, soft=6)
        _weave(sheet, shape(pocket), colour, style, turn=0)
        sheet.stitch("M676 462h118", contrast(colour, 0.28), width=2.0)
    shirt_collar(sheet, torso, colour)


def _weave(sheet: Sheet, d: str, colour: RGB, style: int, *, turn: float) -> None:
    line = contrast(colour, 0.45)
    if style == 1:
        sheet.pattern(d, f'<path d="M4 0v20" stroke="rgb{line}" stroke-width="4"/>', 22, 20, turn=turn, opacity=0.75)
    elif style == 2:
        tile = (
            f'<path d="M10 0v60M0 10h60" stroke="rgb{line}" stroke-width="18" stroke-opacity="0.4"/>'
            f'<path d="M40 0v60M0 40h60" stroke="rgb{line}" stroke-width="4" stroke-opacity="0.6"/>'
        )
        sheet.pattern(d, tile, 60, 60, turn=turn)
