"""Quilted outer layers: down jacket and down waistcoat."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from itertools import pairwise
from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, flip, shape, stroke, symmetric
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.jackets import slant_pockets, zipper
from head_office.demo.drawing.sheet import Sheet, bright, dark, fold
from head_office.demo.drawing.sneakers import leaf_mark
from head_office.demo.drawing.studio import wall
from head_office.demo.drawing.tone import BRASS, INK, PAPER, RGB, STEEL, darker, lighter, luma
from head_office.demo.drawing.torso import (
    Torso,
    both,
    hang,
    rib_band,
    roundness,
)

_HALF: Final = 0.5
_SLEEVE_END: Final = (AXIS + 372, 905.0)
_WRIST: Final[list[Node]] = [
    (_SLEEVE_END[0] + 2, _SLEEVE_END[1] - 4, 1),
    (_SLEEVE_END[0] - 4, _SLEEVE_END[1] + 40, 1),
    (_SLEEVE_END[0] - 98, _SLEEVE_END[1] + 52, 1),
    (_SLEEVE_END[0] - 106, _SLEEVE_END[1] + 12, 1),
]


def _puffed(half: list[Node], rolls: list[float], bulge: float) -> list[Node]:
    """A right half outline whose outer side swells between the quilting heights."""
    top, bottom = half[0], half[-1]
    side: list[Node] = []
    for a, b in pairwise(rolls):
        share_a, share_m = (a - rolls[0]) / (rolls[-1] - rolls[0]), ((a + b) / 2 - rolls[0]) / (rolls[-1] - rolls[0])
        xa = half[1][0] + (half[2][0] - half[1][0]) * share_a
        xm = half[1][0] + (half[2][0] - half[1][0]) * share_m + bulge
        side += [(xa, a, 1), (xm, (a + b) / 2)]
    return [top, *side, (half[2][0], rolls[-1], 1), bottom]


def _quilt(rolls: list[float], half: float, strength: float) -> list[str]:
    """Light of horizontal down rolls."""
    marks: list[str] = []
    for a, b in pairwise(rolls):
        seam: list[Node] = [(AXIS - half, b - 2), (AXIS, b + 8), (AXIS + half, b - 2)]
        crown: list[Node] = [
            (AXIS - half, a + (b - a) * 0.3),
            (AXIS, a + (b - a) * 0.38),
            (AXIS + half, a + (b - a) * 0.3),
        ]
        marks += [dark(stroke(seam), 26, strength), bright(stroke(crown), 24, strength * 0.7)]
    return marks


def down_jacket(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Quilted down jacket: 羽绒服, short or long, hooded or with a stand collar."""
    wall(sheet, colour, rng)
    long = rng.says("长款")
    _down(sheet, colour, rng, bottom=1080 if long else 960, sleeves=True)


def down_vest(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Quilted down waistcoat: 羽绒马甲."""
    wall(sheet, colour, rng)
    _down(sheet, colour, rng, bottom=960, sleeves=False)


def _arm() -> tuple[list[Node], list[str]]:
    """Right sleeve with swelling rolls, and the light of its quilting."""
    x0, (x1, end) = AXIS + 268, _SLEEVE_END
    levels = [262 + (end - 262) * k / 8 for k in range(9)]
    arm: list[Node] = [(x0 - 70, 240)]
    for k, y in enumerate(levels[:-1]):
        out = x0 + (x1 - x0) * (k / 8) ** 0.8
        arm += [(out, y, 1), (out + 26, (y + levels[k + 1]) / 2)]
    arm += [(x1, end, 1), (x1 - 104, end + 16, 1)]
    for k in range(7, 2, -1):
        inner = x0 - 40 + (x1 - 104 - x0 + 40) * (k / 8)
        arm += [(inner - 10, (levels[k] + levels[k + 1]) / 2), (inner, levels[k], 1)]
    seams: list[list[Node]] = [
        [(x0 - 80 + 60 * k / 8, levels[k] + 14), (x0 + 60 + 60 * k / 8, levels[k])] for k in range(1, 8)
    ]
    return arm, [mark for seam in seams for mark in fold(stroke(seam), 20, 0.26)]


def _neck(sheet: Sheet, colour: RGB, gloss: float, *, hooded: bool) -> None:
    """Hood or inside of the collar, behind the body."""
    if hooded:
        hood: list[Node] = [(AXIS, 60), (AXIS + 96, 80), (AXIS + 156, 170), (AXIS + 140, 270), (AXIS, 320)]
        sheet.part(shape(symmetric(hood)), colour, depth=0.4, gloss=gloss, soft=24)
        hole: list[Node] = [(AXIS, 116), (AXIS + 78, 140), (AXIS + 102, 214), (AXIS, 320)]
        sheet.part(shape(symmetric(hole)), darker(colour, 0.45), depth=0.4, gloss=0.0, soft=18)
    else:
        back: list[Node] = [
            (AXIS - 100, 200),
            (AXIS - 84, 130),
            (AXIS, 112),
            (AXIS + 84, 130),
            (AXIS + 100, 200),
            (AXIS, 260),
        ]
        sheet.part(shape(back), darker(colour, 0.3), depth=0.3, gloss=0.1, soft=14)


def _down(sheet: Sheet, colour: RGB, rng: Hand, *, bottom: float, sleeves: bool) -> None:
    pitch = rng.promised({"面包": 128, "轻薄": 66, "轻暖": 74}, (82, 92, 104))
    count = round((bottom - 330) / pitch)
    rolls = [330 + (bottom - 330) * k / count for k in range(count + 1)]
    gloss = rng.choice((0.2, 0.42))
    shoulder: list[Node] = (
        [(AXIS, 220), (AXIS + 96, 190, 1), (AXIS + 190, 216), (AXIS + 268, 262)]
        if sleeves
        else [(AXIS, 220), (AXIS + 96, 190, 1), (AXIS + 216, 226, 1), (AXIS + 200, 290)]
    )
    side = _puffed([(0, 0), (AXIS + (262 if sleeves else 226), 0), (AXIS + 270, 0), (AXIS, bottom + 14)], rolls, 14)[1:]
    outline = shape(symmetric([*shoulder, *side]))
    arm, bands = _arm()
    hang(sheet, [outline, *([shape(arm), shape(flip(arm))] if sleeves else [])])
    hooded = sleeves and rng.says("连帽", "毛领")
    _neck(sheet, colour, gloss, hooded=hooded)
    if sleeves:
        both(sheet, arm, colour, bands, depth=0.36, gloss=gloss, soft=20)
        for nodes in (_WRIST, flip(_WRIST)):
            rib_band(sheet, shape(nodes), darker(colour, 0.2), turn=-8)
    sheet.part(
        outline,
        colour,
        depth=0.34,
        gloss=gloss * 0.6,
        soft=24,
        marks=[*_quilt([214, *rolls], 290, 0.24), *roundness(Torso(), 0.16)],
    )
    for y in rolls[:-1]:
        sheet.line(stroke([(AXIS - 260, y), (AXIS, y + 9), (AXIS + 260, y)]), darker(colour, 0.4), 2.4, opacity=0.45)
    if not sleeves:
        rim: list[Node] = [(AXIS + 214, 226), (AXIS + 196, 290), (AXIS + 228, 340)]
        for nodes in (rim, flip(rim)):
            sheet.line(stroke(nodes), darker(colour, 0.35), 13)
    if not hooded:
        _down_collar(sheet, colour, gloss)
    elif rng.says("毛领"):
        _fur(sheet, rng)
    zipper(sheet, 200 if not hooded else 290, bottom + 8, rng.choice((STEEL, BRASS, INK)))
    slant_pockets(sheet, colour, x=140, top=bottom - 240, size=120)
    leaf_mark(sheet, 712, 390, 46, PAPER if luma(colour) < 0.6 else darker(colour, 0.6))


def _down_collar(sheet: Sheet, colour: RGB, gloss: float) -> None:
    stand: list[Node] = [
        (AXIS - 104, 224, 1),
        (AXIS - 98, 160),
        (AXIS - 84, 128),
        (AXIS - 2, 176, 1),
        (AXIS - 2, 244, 1),
    ]
    for nodes in (stand, flip(stand)):
        sheet.part(shape(nodes), lighter(colour, 0.03), depth=0.34, gloss=gloss, soft=12)


def _fur(sheet: Sheet, rng: Hand) -> None:
    """Synthetic fur round the hood."""
    tone = rng.choice(((206, 184, 156), (236, 230, 220), (120, 100, 84)))
    path: list[Node] = [
        (AXIS - 66, 312),
        (AXIS - 124, 230),
        (AXIS - 104, 126),
        (AXIS, 86),
        (AXIS + 104, 126),
        (AXIS + 124, 230),
        (AXIS + 66, 312),
    ]
    sheet.line(stroke(path), darker(tone, 0.16), 46)
    for (ax, ay, *_), (bx, by, *_) in pairwise(path):
        for k in range(46):
            x, y = ax + (bx - ax) * k / 46, ay + (by - ay) * k / 46
            dx, dy = x - AXIS, y - 210
            size = max(1.0, (dx * dx + dy * dy) ** 0.5)
            reach = rng.uniform(-34, 40)
            end = f"l{dx / size * reach + rng.uniform(-14, 14):.0f} {dy / size * reach + rng.uniform(-14, 14):.0f}"
            sheet.line(
                f"M{x:.0f} {y:.0f}{end}",
                lighter(tone, rng.uniform(0, 0.5)) if rng.random() < 0.6 else darker(tone, rng.uniform(0, 0.3)),
                3.6,
                opacity=0.7,
            )
