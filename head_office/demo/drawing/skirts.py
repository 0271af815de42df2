"""Skirt and dress."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, box, flip, shape, stroke, symmetric
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet, fold
from head_office.demo.drawing.studio import wall
from head_office.demo.drawing.tone import BRASS, PAPER, RGB, STEEL, darker, lighter, luma
from head_office.demo.drawing.torso import (
    Torso,
    both,
    buttons,
    hang,
    long_sleeve,
    neck_band,
    roundness,
    shirt_collar,
    short_sleeve,
)

_HALF: Final = 0.5
_THREAD: Final[RGB] = (206, 156, 86)


def skirt(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Pleated, A-line or pencil skirt: 半裙."""
    wall(sheet, colour, rng)
    style = rng.promised({"百褶": 0, "A字": 1, "排扣": 1, "鱼尾": 2, "包臀": 2}, (0, 1, 2))
    low, wide = ((980, 330), (900, 296), (960, 200))[style]
    half: list[Node] = [
        (AXIS, 210),
        (AXIS + 160, 196, 1),
        (AXIS + 226, 420),
        (AXIS + wide, low, 1),
        (AXIS + wide * 0.5, low + 24),
        (AXIS, low + 30),
    ]
    outline = shape(symmetric(half))
    hang(sheet, [outline])
    count = (15, 5, 3)[style]
    marks: list[str] = []
    for k in range(count):
        share = (k + 0.5) / count * 2 - 1
        line: list[Node] = [(AXIS + 150 * share, 250), (AXIS + 222 * share, 430), (AXIS + wide * share, low + 30)]
        marks += fold(stroke(line), 15 if style == 0 else 26, 0.26 if style == 0 else 0.13)
    sheet.part(outline, colour, depth=0.22, gloss=0.2, soft=30, marks=marks)
    _skirt_cloth(sheet, outline, colour, rng)
    if style == 0:
        for k in range(count + 1):
            share = k / count * 2 - 1
            line = [
                (AXIS + 152 * share, 250),
                (AXIS + 222 * share, 430),
                (AXIS + wide * share * 0.995, low + 24 * (1 - share * share)),
            ]
            sheet.line(stroke(line), darker(colour, 0.4), 2.4, opacity=0.5)
    elif rng.says("排扣"):
        sheet.part(box(AXIS - 20, 232, 40, low - 205, 4), lighter(colour, 0.03), depth=0.2, gloss=0.2, soft=5)
        buttons(sheet, AXIS, (290, low - 60), 6, rng.choice((BRASS, (120, 92, 66), PAPER)), size=12)
    elif style == 2:
        sheet.line(f"M{AXIS + 96} {low + 24}V{low - 190}", darker(colour, 0.5), 4, opacity=0.8)
    band: list[Node] = [
        (AXIS - 160, 172, 1),
        (AXIS, 190),
        (AXIS + 160, 172, 1),
        (AXIS + 168, 232, 1),
        (AXIS, 250),
        (AXIS - 168, 232, 1),
    ]
    sheet.part(shape(band), lighter(colour, 0.04), depth=0.32, gloss=0.24, soft=8)


def _skirt_cloth(sheet: Sheet, outline: str, colour: RGB, rng: Hand) -> None:
    style = rng.promised({"格纹": 0, "碎花": 1, "波点": 2}, (3,))
    accent = rng.choice([PAPER, lighter(colour, 0.55), darker(colour, 0.45)])
    if style == 0:
        tile = (
            f'<path d="M14 0v80M0 14h80" stroke="rgb{accent}" stroke-width="22" stroke-opacity="0.28"/>'
            f'<path d="M54 0v80M0 54h80" stroke="rgb{accent}" stroke-width="4" stroke-opacity="0.6"/>'
        )
        sheet.pattern(outline, tile, 80, 80)
    elif style == 1:
        flower = "".join(
            f'<circle cx="{x}" cy="{y}" r="6"/>' for x, y in ((24, 15), (33, 22), (29, 33), (18, 33), (14, 22))
        )
        tile = (
            f'<g fill="rgb{accent}" fill-opacity="0.9">{flower}<circle cx="66" cy="66" r="5"/>'
            f'</g><circle cx="24" cy="25" r="4" fill="rgb{_THREAD}"/>'
        )
        sheet.pattern(outline, tile, 90, 84, turn=12)
    elif style == 2:
        sheet.pattern(outline, f'<circle cx="14" cy="14" r="6" fill="rgb{accent}"/>', 44, 44, turn=45, opacity=0.9)


def dress(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Waisted dress: 连衣裙, sleeveless, short- or long-sleeved; shirt, round or V neck."""
    wall(sheet, colour, rng)
    neck = rng.promised({"衬衫": 2, "缎面": 1, "碎花": 1}, (0, 1))
    sleeves = rng.promised({"针织": 2, "缎面": 0, "小黑": 0, "碎花": 1}, (0, 1, 1))
    torso = Torso(
        neck=90,
        neck_y=(236, 330, 226)[neck],
        shoulder=206,
        drop=40,
        chest=192,
        waist=150,
        hem=150,
        hem_y=520,
        armpit_y=346,
        shoulder_y=130,
        sag=10,
    )
    low, wide = rng.promised({"长裙": (1104, 250), "针织": (1080, 214)}, ((1090, 300), (1010, 276)))
    outline = torso.outline()
    fall: list[Node] = [
        (AXIS, 520),
        (AXIS + 152, 512, 1),
        (AXIS + 216, 700),
        (AXIS + wide, low, 1),
        (AXIS + wide * 0.5, low + 22),
        (AXIS, low + 28),
    ]
    lower = shape(symmetric(fall))
    sleeve = (
        long_sleeve(torso, end=700, width=74, spread=120) if sleeves == 2 else short_sleeve(torso, length=150, flare=10)
    )
    hang(sheet, [outline, lower, *([shape(sleeve), shape(flip(sleeve))] if sleeves else [])])
    back: list[Node] = [
        (AXIS - 92, 128, 1),
        (AXIS, 116),
        (AXIS + 92, 128, 1),
        (AXIS + 60, torso.neck_y),
        (AXIS, torso.neck_y + 20),
        (AXIS - 60, torso.neck_y),
    ]
    sheet.part(shape(back), darker(colour, 0.35), depth=0.3, gloss=0.0, soft=12)
    if sleeves:
        for d in both(sheet, sleeve, colour, [], depth=0.34, gloss=0.2, soft=18):
            _skirt_cloth(sheet, d, colour, Hand("cloth", rng.name))
    marks = [
        m
        for k in range(7)
        for m in fold(
            stroke(
                [
                    (AXIS + 140 * (k / 3 - 1), 530),
                    (AXIS + 200 * (k / 3 - 1), 700),
                    (AXIS + wide * (k / 3 - 1) * 0.96, low + 20),
                ]
            ),
            24,
            0.17,
        )
    ]
    sheet.part(lower, colour, depth=0.22, gloss=0.2, soft=28, marks=marks)
    _skirt_cloth(sheet, lower, colour, Hand("cloth", rng.name))
    bust = [
        m
        for side in (-1, 1)
        for m in fold(stroke([(AXIS + 176 * side, 360), (AXIS + 110 * side, 420), (AXIS + 96 * side, 510)]), 16, 0.14)
    ]
    sheet.part(outline, colour, depth=0.3, gloss=0.18, soft=24, marks=[*bust, *roundness(torso, 0.16)])
    _skirt_cloth(sheet, outline, colour, Hand("cloth", rng.name))
    if neck == 2:
        sheet.part(box(AXIS - 18, 236, 36, 284, 4), lighter(colour, 0.04), depth=0.2, gloss=0.2, soft=5)
        buttons(sheet, AXIS, (270, 480), 5, PAPER if luma(colour) < 0.7 else (120, 96, 74), size=9)
        shirt_collar(sheet, torso, lighter(colour, 0.1), point=64, spread=40, gap=8)
    elif neck == 0:
        neck_band(sheet, torso, darker(colour, 0.08), 18, ribbed=False)
    belt: list[Node] = [
        (AXIS - 156, 494, 1),
        (AXIS, 504),
        (AXIS + 156, 494, 1),
        (AXIS + 156, 534, 1),
        (AXIS, 544),
        (AXIS - 156, 534, 1),
    ]
    sheet.part(
        shape(belt), darker(colour, 0.18) if rng.random() < 0.6 else (112, 78, 52), depth=0.34, gloss=0.3, soft=6
    )
    if rng.random() < _HALF:
        sheet.line(box(AXIS - 26, 496, 52, 48, 8), rng.choice((BRASS, STEEL)), 8)
    else:
        for side in (-1, 1):
            loop: list[Node] = [(AXIS, 522), (AXIS + 54 * side, 492), (AXIS + 70 * side, 530), (AXIS + 30 * side, 540)]
            sheet.part(shape(loop), darker(colour, 0.12), depth=0.3, gloss=0.3, soft=6)
            sheet.line(
                stroke([(AXIS + 4 * side, 530), (AXIS + 24 * side, 600), (AXIS + 18 * side, 680)]),
                darker(colour, 0.14),
                12,
            )
