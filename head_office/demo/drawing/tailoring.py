"""Tailored outer layers: blazer, coat and trench."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, box, flip, move, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.jackets import base, front_edge, slant_pockets
from head_office.demo.drawing.sheet import Sheet
from head_office.demo.drawing.tone import BRASS, INK, PAPER, RGB, contrast, darker, lighter, mix
from head_office.demo.drawing.torso import (
    Torso,
    buttons,
    cuff,
)

_HALF: Final = 0.5
_HORN: Final[RGB] = (92, 66, 46)


def _lapels(sheet: Sheet, torso: Torso, colour: RGB, *, roll: float, width: float = 128, peak: bool = False) -> None:
    """Collar and lapels rolling to the top button at height `roll`."""
    neck, top = torso.neck, torso.shoulder_y
    stand: list[Node] = [
        (AXIS - neck - 4, top),
        (AXIS - neck * 0.7, top - 40),
        (AXIS, top - 50),
        (AXIS + neck * 0.7, top - 40),
        (AXIS + neck + 4, top),
        (AXIS + neck * 0.6, top + 6),
        (AXIS, top - 8),
        (AXIS - neck * 0.6, top + 6),
    ]
    sheet.part(shape(stand), darker(colour, 0.12), depth=0.3, gloss=0.1, soft=9)
    rise = -26 if peak else 0
    lapel: list[Node] = [
        (AXIS + 2, roll, 1), (AXIS + 30, roll - 110), (AXIS + neck * 0.8, top + 40),
        (AXIS + neck + 30, top + 76, 1), (AXIS + neck + width * 0.62, top + 118 + rise, 1),
        (AXIS + neck + width * 0.3, roll - 130),
    ]  # fmt: skip
    upper: list[Node] = [
        (AXIS + neck * 0.72, top + 44), (AXIS + neck * 0.7, top - 40), (AXIS + neck + 8, top - 2),
        (AXIS + neck + width * 0.56, top + 66, 1), (AXIS + neck + 30, top + 84, 1),
    ]  # fmt: skip
    for nodes in (flip(lapel), lapel, flip(upper), upper):
        sheet.part(shape(nodes), lighter(colour, 0.04), depth=0.32, gloss=0.22, soft=9)
    sheet.line(f"M{AXIS + neck + 52:.0f} {top + 130:.0f}l30 -8", contrast(colour, 0.5), 3, opacity=0.7)


def _v_inside(sheet: Sheet, torso: Torso, roll: float, lining: RGB) -> None:
    """The lining seen between the lapels."""
    vee: list[Node] = [
        (AXIS - torso.neck, torso.shoulder_y, 1),
        (AXIS, torso.shoulder_y - 20),
        (AXIS + torso.neck, torso.shoulder_y, 1),
        (AXIS + 4, roll, 1),
    ]
    sheet.part(shape(vee), darker(lining, 0.2), depth=0.3, gloss=0.05, soft=16)
    sheet.flat(box(AXIS - 34, torso.shoulder_y + 8, 68, 34, 3), PAPER, edge=0.3)


def _flap_pockets(sheet: Sheet, colour: RGB, top: float, *, inner: float = 76, wide: float = 140) -> None:
    for side in (-1, 1):
        flap: list[Node] = [
            (AXIS + inner * side, top, 1),
            (AXIS + (inner + wide) * side, top - 4, 1),
            (AXIS + (inner + wide) * side, top + 46),
            (AXIS + inner * side, top + 50, 1),
        ]
        sheet.part(shape(flap), colour, depth=0.34, gloss=0.2, soft=7)


def blazer(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Tailored jacket: 西装."""
    roll = rng.choice((520, 560))
    torso = Torso(
        neck=84, neck_y=roll, hem_y=1000, hem=262, chest=256, waist=232, shoulder=272, drop=40, shoulder_y=172
    )
    outline, sleeve = base(sheet, torso, colour, rng, end=930, width=92, spread=110)
    _cloth(sheet, outline, colour, rng)
    _v_inside(sheet, torso, roll, mix(colour, (110, 90, 90), 0.5))
    double = rng.says("双排扣")
    _flap_pockets(sheet, colour, 740)
    sheet.part(
        shape([(676, 420, 1), (776, 408, 1), (778, 430, 1), (678, 442, 1)]), colour, depth=0.3, gloss=0.2, soft=5
    )
    for side in (-1, 1):
        dart: list[Node] = [(AXIS + 130 * side, 480), (AXIS + 124 * side, 600), (AXIS + 140 * side, 738)]
        sheet.line(stroke(dart), contrast(colour, 0.3), 2.4, opacity=0.4)
    horn = rng.choice((_HORN, darker(colour, 0.4), BRASS))
    if double:
        sheet.line(f"M{AXIS + 60} {roll}V1012", contrast(colour, 0.5), 3, opacity=0.7)
        for x in (AXIS - 62, AXIS + 62):
            buttons(sheet, x, (roll + 10, roll + 210), 3, horn, size=14)
    else:
        front_edge(sheet, torso, colour, roll)
        buttons(sheet, AXIS + 2, (roll + 6, roll + 126), 2, horn, size=15)
    for k in range(3):
        buttons(sheet, sleeve[6][0] + 22, (sleeve[6][1] - 34 - k * 24, sleeve[6][1] - 34 - k * 24), 1, horn, size=8)
    _lapels(sheet, torso, colour, roll=roll, peak=double)


def _cloth(sheet: Sheet, outline: str, colour: RGB, rng: Hand) -> None:
    style = rng.promised({"格纹": 0, "水波纹": 1}, (3, 1))
    line = contrast(colour, 0.4)
    if style == 0:
        tile = (
            f'<path d="M10 0v70M34 0v70M0 10h70M0 34h70" stroke="rgb{line}" stroke-width="3" '
            'stroke-opacity="0.45"/>'
            f'<rect width="36" height="36" fill="rgb{line}" fill-opacity="0.12"/>'
        )
        sheet.pattern(outline, tile, 70, 70)
    elif style == 1:
        tile = f'<path d="M0 0l7 8l7 -8" fill="none" stroke="rgb{line}" stroke-width="2" stroke-opacity="0.4"/>'
        sheet.pattern(outline, tile, 14, 9)


def coat(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Long wool coat: 大衣."""
    roll = rng.choice((450, 500))
    torso = Torso(
        neck=80,
        neck_y=roll,
        hem_y=1110,
        hem=252,
        chest=226,
        waist=222,
        shoulder=240,
        drop=44,
        shoulder_y=140,
        armpit_y=380,
    )
    outline, sleeve = base(sheet, torso, colour, rng, end=830, width=88, spread=118)
    _cloth(sheet, outline, colour, rng)
    _v_inside(sheet, torso, roll, mix(colour, (110, 90, 90), 0.5))
    horn = rng.choice((_HORN, INK, darker(colour, 0.35)))
    belted = rng.says("系带")
    sheet.line(f"M{AXIS + 46} {roll}V1122", contrast(colour, 0.5), 3, opacity=0.75)
    for x in (AXIS - 52, AXIS + 52):
        buttons(sheet, x, (roll + 18, roll + 150), 2, horn, size=15)
    slant_pockets(sheet, colour, x=110, top=720, size=140)
    wrist = cuff(sleeve, 60)
    for nodes in (wrist, flip(wrist)):
        sheet.line(stroke(nodes[:1] + nodes[4:5]), contrast(colour, 0.4), 3, opacity=0.5)
    if belted:
        _belt(sheet, colour, 660, 226)
    _lapels(sheet, torso, colour, roll=roll, width=150, peak=rng.chance(_HALF))


def _belt(sheet: Sheet, colour: RGB, y: float, half: float) -> None:
    band: list[Node] = [
        (AXIS - half, y, 1),
        (AXIS, y + 12),
        (AXIS + half, y, 1),
        (AXIS + half, y + 52, 1),
        (AXIS, y + 64),
        (AXIS - half, y + 52, 1),
    ]
    sheet.part(shape(band), darker(colour, 0.06), depth=0.36, gloss=0.24, soft=8)
    for dx, low in ((-26, 170), (22, 230)):
        tail: list[Node] = [
            (AXIS + dx - 20, y + 50, 1),
            (AXIS + dx + 24, y + 50, 1),
            (AXIS + dx + 40, y + low, 1),
            (AXIS + dx - 4, y + low + 8, 1),
        ]
        sheet.part(shape(tail), darker(colour, 0.04), depth=0.34, gloss=0.24, soft=8)
    sheet.part(box(AXIS - 36, y + 2, 64, 64, 14), colour, depth=0.36, gloss=0.3, soft=9)


def trench(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Belted double-breasted trench coat: 风衣."""
    torso = Torso(
        neck=80,
        neck_y=400,
        hem_y=1110,
        hem=276,
        chest=228,
        waist=212,
        shoulder=240,
        drop=46,
        shoulder_y=140,
        armpit_y=380,
    )
    _, sleeve = base(sheet, torso, colour, rng, end=830, width=90, spread=120)
    _v_inside(sheet, torso, 400, (150, 120, 96))
    horn = rng.choice((_HORN, INK))
    for side in (-1, 1):
        flap: list[Node] = [
            (AXIS + 74 * side, 240),
            (AXIS + 200 * side, 196),
            (AXIS + 226 * side, 330),
            (AXIS + 190 * side, 430),
            (AXIS + 90 * side, 410),
        ]
        if side == 1 or rng.random() < 0.3:
            sheet.part(shape(flap), colour, depth=0.28, gloss=0.18, soft=9)
        epaulette: list[Node] = [
            (AXIS + 120 * side, 158, 1),
            (AXIS + 232 * side, 182, 1),
            (AXIS + 236 * side, 210, 1),
            (AXIS + 124 * side, 186),
            (AXIS + 106 * side, 170),
        ]
        sheet.part(shape(epaulette), colour, depth=0.34, gloss=0.24, soft=5)
        buttons(sheet, AXIS + 130 * side, (173, 173), 1, horn, size=8)
    sheet.line(f"M{AXIS + 70} 400V1122", contrast(colour, 0.5), 3, opacity=0.75)
    for x in (AXIS - 76, AXIS + 76):
        buttons(sheet, x, (450, 590), 2, horn, size=14)
        buttons(sheet, x, (800, 800), 1, horn, size=14)
    slant_pockets(sheet, colour, x=126, top=760, size=140)
    wrist = move(cuff(sleeve, 34), -10, -70)
    for nodes in (wrist, flip(wrist)):
        sheet.part(shape(nodes), darker(colour, 0.1), depth=0.34, gloss=0.24, soft=6)
    band: list[Node] = [
        (AXIS - 216, 650, 1),
        (AXIS, 664),
        (AXIS + 216, 650, 1),
        (AXIS + 218, 704, 1),
        (AXIS, 718),
        (AXIS - 218, 704, 1),
    ]
    sheet.part(shape(band), darker(colour, 0.05), depth=0.36, gloss=0.24, soft=8)
    sheet.line(box(AXIS - 36, 652, 70, 72, 10), darker(horn, 0.2), 13)
    sheet.line(box(AXIS - 36, 652, 70, 72, 10), lighter(horn, 0.25), 4, opacity=0.6)
    tail: list[Node] = [
        (AXIS + 40, 664, 1),
        (AXIS + 150, 676),
        (AXIS + 164, 720, 1),
        (AXIS + 120, 850, 1),
        (AXIS + 74, 836, 1),
        (AXIS + 100, 716),
    ]
    sheet.part(shape(tail), darker(colour, 0.05), depth=0.34, gloss=0.24, soft=8)
    _lapels(sheet, torso, colour, roll=404, width=170)
