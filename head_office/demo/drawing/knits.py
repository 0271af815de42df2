"""Knitwear: pullover, turtleneck, cardigan and knitted waistcoat."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

import math
from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, flip, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet, dark, fold
from head_office.demo.drawing.sneakers import BOLD
from head_office.demo.drawing.studio import wall
from head_office.demo.drawing.tone import PAPER, RGB, contrast, darker, lighter, luma
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
    sleeve_folds,
)

_HALF: Final = 0.5


def stitches(sheet: Sheet, d: str, colour: RGB, *, scale: float = 1.0, turn: float = 0.0) -> None:
    """Stocking stitch: columns of small Vs."""
    width, height = 21 * scale, 17 * scale
    tile = (
        f'<path d="M{width * 0.06:.1f} {height * 0.1:.1f}L{width / 2:.1f} {height * 0.8:.1f}'
        f'L{width * 0.94:.1f} {height * 0.1:.1f}"'
        f' fill="none" stroke="rgb{contrast(colour, 0.5)}" stroke-width="{2.6 * scale:.1f}" stroke-opacity="0.38"/>'
    )
    sheet.pattern(d, tile, width, height, turn=turn)


def _cable(sheet: Sheet, inside: str, colour: RGB, *, x: float, top: float, bottom: float) -> None:
    """A plait of two strands down the front."""
    count = int((bottom - top) / 92)
    marks: list[str] = []
    for k in range(count):
        y = top + k * 92
        for sign in (1, -1):
            strand: list[Node] = [
                (x - 26 * sign, y),
                (x - 18 * sign, y + 30),
                (x + 18 * sign, y + 62),
                (x + 26 * sign, y + 92),
            ]
            sheet.line(stroke(strand), contrast(colour, 0.32), 25, opacity=0.5)
            sheet.line(stroke(strand), colour, 20)
            sheet.line(stroke(strand), contrast(colour, 0.3), 1.6, opacity=0.5, dash="5 6")
            marks.extend(fold(stroke(strand), 10, 0.2))
    for side in (-1, 1):
        sheet.line(f"M{x + 46 * side:.0f} {top:.0f}V{bottom:.0f}", contrast(colour, 0.4), 4, opacity=0.5)
    sheet.glow(inside, marks, soft=5)


def _fair_isle(sheet: Sheet, colour: RGB, accent: RGB, y: float, half: float) -> None:
    """A patterned yoke: rows of diamonds and dots."""
    for row, (step, size) in enumerate(((52, 18), (26, 6), (52, 14), (26, 6))):
        for k in range(-int(half / step), int(half / step) + 1):
            cx, cy = AXIS + k * step + (step / 2 if row == 2 else 0), y + row * 34
            if abs(cx - AXIS) < half - size:
                d = f"M{cx} {cy - size}L{cx + size} {cy}L{cx} {cy + size}L{cx - size} {cy}Z"
                sheet.flat(d, accent if row % 2 == 0 else lighter(colour, 0.6))


def _body(sheet: Sheet, torso: Torso, colour: RGB, rng: Hand) -> str:
    """Sleeves and body of a pullover with rib cuffs; returns the body outline."""
    sleeve = long_sleeve(torso, end=920, width=94, spread=126)
    outline = torso.outline()
    hang(sheet, [outline, shape(sleeve), shape(flip(sleeve))])
    inside_back(sheet, torso, colour)
    left, right = both(sheet, sleeve, colour, sleeve_folds(sleeve, 0.15), depth=0.34, gloss=0.14, soft=22)
    stitches(sheet, left, colour, turn=14)
    stitches(sheet, right, colour, turn=-14)
    wrist = cuff(sleeve, 84)
    for nodes, turn in ((wrist, -13), (flip(wrist), 13)):
        rib_band(sheet, shape(nodes), darker(colour, 0.05), turn=turn)
    sheet.part(
        outline, colour, depth=0.19, gloss=0.1, soft=34, marks=[*body_folds(torso, rng, 0.09), *roundness(torso)]
    )
    stitches(sheet, outline, colour)
    return outline


def _hem(sheet: Sheet, torso: Torso, colour: RGB) -> None:
    half, low = torso.hem, torso.hem_y
    band: list[Node] = [
        (AXIS - half - 2, low - 16, 1), (AXIS, low), (AXIS + half + 2, low - 16, 1),
        (AXIS + half - 8, low + 62, 1), (AXIS, low + 78),
        (AXIS - half + 8, low + 62, 1),
    ]  # fmt: skip
    rib_band(sheet, shape(band), darker(colour, 0.05))


def pullover(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Crew or turtle neck pullover: 针织衫, plain, cabled, striped or patterned."""
    wall(sheet, colour, rng)
    torso = Torso(neck_y=240, neck=88, hem_y=940, hem=256, shoulder=274, chest=266, shoulder_y=184)
    outline = _body(sheet, torso, colour, rng)
    style = rng.promised({"麻花": 0, "条纹": 1, "提花": 2}, (3,))
    accent = rng.choice([c for c in BOLD if abs(luma(c) - luma(colour)) > 0.15] or list(BOLD))
    if style == 0:
        for x in (AXIS - 128, AXIS, AXIS + 128):
            _cable(sheet, outline, colour, x=x, top=290 if x == AXIS else 330, bottom=920)
    elif style == 1:
        tile = f'<rect width="20" height="44" fill="rgb{accent}" fill-opacity="0.92"/>'
        sheet.pattern(outline, tile, 20, 110)
        stitches(sheet, outline, accent)
    elif style == 2:
        _fair_isle(sheet, colour, accent, 320, 230)
    _hem(sheet, torso, colour)
    if rng.says("高领"):
        roll: list[Node] = [
            (AXIS - 94, 204, 1), (AXIS - 84, 120), (AXIS - 78, 84), (AXIS, 66), (AXIS + 78, 84),
            (AXIS + 84, 120), (AXIS + 94, 204, 1), (AXIS + 50, 250),
            (AXIS, 264), (AXIS - 50, 250),
        ]  # fmt: skip
        rib_band(sheet, shape(roll), lighter(colour, 0.03), soft=16)
        sheet.glow(shape(roll), [dark(stroke([(AXIS - 90, 168), (AXIS, 196), (AXIS + 90, 168)]), 14, 0.28)], soft=7)
    else:
        neck_band(sheet, torso, darker(colour, 0.05), 34)


def cardigan(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Buttoned V-neck cardigan: 开衫."""
    wall(sheet, colour, rng)
    torso = Torso(neck_y=430, neck=90, hem_y=930, hem=258, shoulder=272, chest=264, shoulder_y=184)
    outline = _body(sheet, torso, colour, rng)
    if rng.says("菱格"):
        tile = f'<path d="M40 0L80 60L40 120L0 60Z" fill="rgb{lighter(colour, 0.2)}" fill-opacity="0.6"/>'
        sheet.pattern(outline, tile, 80, 120)
    _hem(sheet, torso, colour)
    trim = rng.choice(BOLD) if rng.says("撞色") else darker(colour, 0.07)
    edge: list[Node] = [
        (AXIS - 92, 184, 1),
        (AXIS - 60, 300),
        (AXIS - 8, 440),
        (AXIS - 8, 1002, 1),
        (AXIS - 50, 1004, 1),
        (AXIS - 50, 460),
        (AXIS - 96, 320),
        (AXIS - 124, 190, 1),
    ]
    rib_band(
        sheet,
        shape([(2 * AXIS - n[0] + 24, n[1], *n[2:]) if n[1] > 420 else (2 * AXIS - n[0], n[1], *n[2:]) for n in edge]),
        trim,
        turn=90,
        soft=7,
    )
    rib_band(sheet, shape([(n[0] + 32, n[1], *n[2:]) if n[1] > 420 else n for n in edge]), trim, turn=90, soft=7)
    buttons(sheet, AXIS + 4, (480, 960), 6, PAPER if luma(trim) < 0.6 else (110, 84, 62), size=13)
    for side in (-1, 1):
        pocket: list[Node] = [
            (AXIS + 96 * side, 790, 1),
            (AXIS + 212 * side, 790, 1),
            (AXIS + 212 * side, 820, 1),
            (AXIS + 96 * side, 820, 1),
        ]
        rib_band(sheet, shape(pocket), trim, soft=5)


def waistcoat(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Sleeveless V-neck knit: 针织马甲."""
    wall(sheet, colour, rng)
    torso = Torso(
        neck_y=420, neck=92, hem_y=930, hem=250, shoulder=226, drop=36, chest=258, armpit_y=470, shoulder_y=190
    )
    outline = torso.outline()
    hang(sheet, [outline])
    inside_back(sheet, torso, colour)
    sheet.part(
        outline, colour, depth=0.19, gloss=0.12, soft=32, marks=[*body_folds(torso, rng, 0.1), *roundness(torso)]
    )
    accent = rng.choice(BOLD)
    style = rng.promised({"菱格": 0, "麻花": 1}, (2,))
    if style == 0:
        tile = (
            f'<path d="M60 0L120 90L60 180L0 90Z" fill="rgb{accent}" fill-opacity="0.85"/>'
            f'<path d="M0 0L120 180M120 0L0 180" stroke="rgb{PAPER}" stroke-width="3" stroke-dasharray="7 6"/>'
        )
        sheet.pattern(outline, tile, 120, 180)
    stitches(sheet, outline, colour)
    if style == 1:
        for x in (AXIS - 140, AXIS + 140):
            _cable(sheet, outline, colour, x=x, top=400, bottom=910)
    _hem(sheet, torso, colour)
    rib = darker(colour, 0.06)
    vee: list[Node] = [
        (AXIS - 92, 190, 1),
        (AXIS - 62, 300),
        (AXIS, 424, 1),
        (AXIS + 62, 300),
        (AXIS + 92, 190, 1),
        (AXIS + 122, 198, 1),
        (AXIS + 92, 320),
        (AXIS, 474, 1),
        (AXIS - 92, 320),
        (AXIS - 122, 198, 1),
    ]
    rib_band(sheet, shape(vee), rib, soft=7)
    arm: list[Node] = [
        (AXIS + 226, 226, 1),
        (AXIS + 196, 340),
        (AXIS + 258, 470, 1),
        (AXIS + 236, 486, 1),
        (AXIS + 166, 350),
        (AXIS + 194, 218, 1),
    ]
    for nodes in (arm, flip(arm)):
        rib_band(sheet, shape(nodes), rib, turn=90, soft=7)


def bobble(sheet: Sheet, colour: RGB, rng: Hand, *, x: float, y: float, radius: float) -> None:
    """A pompon of yarn."""
    sheet.part(ring(x, y, radius), colour, depth=0.4, gloss=0.25, soft=18, edge=0)
    for _ in range(150):
        angle, out = rng.uniform(0, 6.283), radius * rng.uniform(0.2, 1.06)
        px, py = x + out * math.cos(angle), y + out * math.sin(angle)
        tone = lighter(colour, 0.3) if rng.random() < _HALF else darker(colour, 0.25)
        sheet.line(f"M{px:.0f} {py:.0f}l{rng.uniform(-9, 9):.0f} {rng.uniform(-9, 9):.0f}", tone, 3.4, opacity=0.65)
