"""Sneakers: court shoe, chunky sneaker and runner."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import Node, box, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet
from head_office.demo.drawing.sneakers import (
    BOLD,
    GROUND,
    Last,
    cup_sole,
    eyestay,
    inside,
    laces,
    leaf_mark,
    toe_creases,
    toe_light,
    tongue,
)
from head_office.demo.drawing.studio import contact, floor
from head_office.demo.drawing.tone import GUM, PAPER, RGB, RUBBER, contrast, darker, lighter, luma, mix

_DARK: Final = 0.3


def _lace_colour(colour: RGB) -> RGB:
    return PAPER if luma(colour) > _DARK else lighter(colour, 0.78)


def begin(sheet: Sheet, last: Last, colour: RGB, rng: Hand) -> None:
    """Floor and contact shadow of a rubber-soled shoe."""
    floor(sheet, colour, rng)
    contact(sheet, last.heel_x - 6, last.toe_end + 4, GROUND - 4, lift=14)


def white_sneaker(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Minimal court shoe: 小白鞋."""
    last = Last(
        toe_height=658 + rng.randint(-8, 8),
        dip=554 + rng.randint(-8, 8),
        throat_end=(736 + rng.randint(-14, 18), 616),
    )
    accent = rng.choice(BOLD)
    style = rng.promised({"撞色": 0, "透气": 1, "枫叶": 2, "极简": 3, "云感": 4}, (0, 3, 4))
    begin(sheet, last, colour, rng)
    inside(sheet, last, colour)
    tongue(sheet, last, lighter(colour, 0.1), label=accent)
    sheet.part(
        shape(last.upper()), colour, depth=0.36, gloss=0.5, soft=24, marks=[*toe_creases(last), *toe_light(last)]
    )
    tab = accent if style in {0, 2, 4} else mix(colour, accent, 0.16)
    sheet.part(shape(last.heel()), tab, depth=0.34, gloss=0.3, soft=14)
    sheet.stitch(stroke(last.heel(106)[2:5]), contrast(colour, 0.3), width=2.4)
    band = eyestay(last)
    sheet.part(shape(band), lighter(colour, 0.12), depth=0.26, gloss=0.35, soft=9)
    sheet.stitch(stroke([(n[0] - 2, n[1] - 9) for n in band[4:8]]), contrast(colour, 0.3), width=2.4)
    _court_side(sheet, last, colour, accent, style)
    sheet.stitch(stroke(move(last.collar(), 0, 13)), contrast(colour, 0.28), width=2.4)
    laces(sheet, last, _lace_colour(colour))
    gum = rng.says("生胶")
    thick = 84 if rng.says("厚底") else 62
    cup_sole(sheet, last, GUM if gum else RUBBER, thick=thick, outsole=GUM if style == 2 else None)


def _court_side(sheet: Sheet, last: Last, colour: RGB, accent: RGB, style: int) -> None:
    vx, vy = last.throat_end
    low = last.feather
    if style == 0:
        swing: list[Node] = [(308, low, 1), (372, low, 1), (470, 690), (560, 560, 1), (524, 545, 1), (420, 670)]
        sheet.part(shape(swing), accent, depth=0.22, gloss=0.22, soft=8)
    elif style == 1:
        for row in range(3):
            for col in range(6):
                sheet.flat(ring(440 + col * 22 + row * 8, 664 + row * 22, 4.0), contrast(colour, 0.4), opacity=0.75)
    elif style == 2:
        leaf_mark(sheet, 420, 660, 64, accent, turn=12)
    else:
        seam: list[Node] = [(vx - 56, vy + 46), (vx - 88, vy + 110), (vx - 40, low)]
        sheet.line(stroke(seam), contrast(colour, 0.3), 2.4, opacity=0.7)
        sheet.stitch(stroke(move(seam, -11, 0)), contrast(colour, 0.28), width=2.4)
    if style in {1, 3}:
        toe: list[Node] = [(vx + 66, vy + 16), (vx + 30, vy + 84), (vx + 52, low)]
        sheet.line(stroke(toe), contrast(colour, 0.3), 2.4, opacity=0.55)
        sheet.stitch(stroke(move(toe, 10, 0)), contrast(colour, 0.28), width=2.4)


def dad_shoe(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Chunky layered sneaker: 老爹鞋."""
    last = Last(
        heel_top=456, dip=522, throat_top=(456, 430), throat_end=(748, 590), toe_height=630, feather=742, heel_bulge=18
    )
    accent = rng.choice(BOLD)
    panel = mix(colour, (150, 150, 152), 0.34) if rng.random() < 0.6 else lighter(colour, 0.45)
    begin(sheet, last, colour, rng)
    inside(sheet, last, colour)
    tongue(sheet, last, panel, height=74, label=accent)
    upper = shape(last.upper())
    sheet.part(upper, mix(colour, panel, 0.5), depth=0.36, gloss=0.3, soft=24)
    sheet.pattern(
        upper, f'<circle cx="6" cy="6" r="2.6" fill="rgb{darker(colour, 0.4)}"/>', 12, 12, turn=30, opacity=0.4
    )
    low = last.feather
    quarter: list[Node] = [
        (300, low, 1), (262, 640), (304, 576), (430, 536), (520, 580), (600, 650), (720, low, 1)
    ]  # fmt: skip
    sheet.part(shape(quarter), colour, depth=0.3, gloss=0.4, soft=12)
    _vx, _vy = last.throat_end
    guard: list[Node] = [
        (640, low, 1), (700, 690), (800, 654), (920, 650), (last.toe_end - 60, 652), (last.toe_end - 10, 700),
        (last.toe_end, low, 1),
    ]  # fmt: skip
    sheet.part(shape(guard), panel, depth=0.3, gloss=0.4, soft=12)
    sheet.stitch(stroke(move(guard[1:5], 4, 10)), contrast(panel, 0.3), width=2.4)
    bolt: list[Node] = [(330, 720, 1), (470, 600), (612, 566, 1), (560, 640), (430, 730, 1)]
    sheet.part(shape(bolt), accent, depth=0.24, gloss=0.3, soft=8)
    band = eyestay(last, 50)
    sheet.part(shape(band), colour, depth=0.3, gloss=0.35, soft=9)
    sheet.stitch(stroke([(n[0] - 2, n[1] - 10) for n in band[4:8]]), contrast(colour, 0.3), width=2.4)
    sheet.part(shape(last.heel(84)), panel, depth=0.34, gloss=0.3, soft=12)
    sheet.part(box(last.heel_x + 10, 560, 60, 74, 20), accent, depth=0.3, gloss=0.3, soft=8)
    laces(sheet, last, _lace_colour(colour), width=15)
    _wave_sole(sheet, last, RUBBER, accent, thick=104)


def _wave_sole(sheet: Sheet, last: Last, rubber: RGB, accent: RGB, thick: float) -> None:
    """A sculpted foam sole: waves, a coloured insert, cut lugs."""
    left, right, top = last.heel_x - 30, last.toe_end + 22, last.feather - 10
    wall: list[Node] = [
        (left + 18, top - 34), (left + 90, top - 6), (left + 240, top + 16), (500, top - 4), (640, top + 18),
        (800, top + 4),
        (right - 110, top + 2), (right - 26, top - 20), (right + 2, top + 8), (right - 8, top + thick - 44),
        (right - 60, top + thick - 8), (right - 180, top + thick + 4, 1), (left + 70, top + thick + 4, 1),
        (left + 14, top + thick - 20),
        (left - 12, top + 40),
    ]  # fmt: skip
    sheet.part(shape(wall), rubber, depth=0.44, gloss=0.36, soft=15)
    insert: list[Node] = [
        (left + 20, top + 36), (left + 150, top + 40), (left + 330, top + 64), (left + 200, top + 76),
        (left + 40, top + 70)
    ]  # fmt: skip
    sheet.part(shape(insert), accent, depth=0.26, gloss=0.3, soft=8)
    for k in range(7):
        x = 470 + k * 74
        sheet.line(
            stroke([(x, top + 34), (x + 26, top + 58), (x + 22, top + thick - 16)]),
            darker(rubber, 0.24),
            4,
            opacity=0.7,
        )
    for k in range(14):
        lug = left + 74 + k * (right - left - 250) / 13
        sheet.line(f"M{lug:.0f} {top + thick - 8:.0f}v12", darker(rubber, 0.5), 6, opacity=0.7)


def runner(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Knit running shoe on a rocker foam sole: 运动鞋."""
    last = Last(
        heel_top=474, dip=546, throat_top=(470, 458), throat_end=(746, 606), toe_height=656, feather=758,
        heel_bulge=20, toe_round=1.3,
    )  # fmt: skip
    accent, foam = rng.choice(BOLD), rng.choice((RUBBER, (226, 236, 238), (250, 222, 196)))
    begin(sheet, last, colour, rng)
    inside(sheet, last, colour)
    tongue(sheet, last, darker(colour, 0.12), height=64, label=accent)
    upper = shape(last.upper())
    sheet.part(upper, colour, depth=0.36, gloss=0.24, soft=26, marks=toe_light(last, 0.25))
    tile = f'<path d="M0 5h10M5 0v10" stroke="rgb{contrast(colour, 0.5)}" stroke-width="1.8"/>'
    sheet.pattern(upper, tile, 10, 10, turn=rng.choice((18, 38, 62)), opacity=0.42)
    for k in range(4):
        x = 430 + 74 * k
        rib: list[Node] = [(x + 46, 530 + 26 * k), (x + 6, 640), (x - 34, last.feather)]
        sheet.line(stroke(rib), accent, 13 - k, opacity=0.92)
        sheet.line(stroke(rib), lighter(accent, 0.4), 3, opacity=0.6)
    cage: list[Node] = [
        (880, last.feather, 1), (900, 700), (960, 672), (last.toe_end - 44, 690),
        (last.toe_end, last.feather, 1)
    ]  # fmt: skip
    sheet.part(shape(cage), darker(colour, 0.25), depth=0.3, gloss=0.4, soft=10)
    sheet.part(shape(last.heel(100)), darker(colour, 0.28), depth=0.34, gloss=0.4, soft=13)
    leaf_mark(sheet, last.heel_x + 48, 620, 44, lighter(accent, 0.3))
    sheet.part(shape(eyestay(last, 30)), darker(colour, 0.2), depth=0.26, gloss=0.3, soft=8)
    laces(sheet, last, accent if rng.random() < 0.4 else _lace_colour(colour), width=11, drop=20)
    _rocker(sheet, last, foam, accent)


def _rocker(sheet: Sheet, last: Last, foam: RGB, accent: RGB) -> None:
    left, right, top = last.heel_x - 46, last.toe_end + 24, last.feather - 8
    wall: list[Node] = [
        (left + 34, top - 22), (left + 150, top + 2), (460, top + 14), (760, top + 6),
        (right - 100, top - 4), (right - 20, top - 26),
        (right, top - 2), (right - 60, top + 50), (right - 180, top + 84), (640, top + 90),
        (left + 150, top + 88), (left + 40, top + 66),
        (left - 6, top + 18),
    ]  # fmt: skip
    sheet.part(shape(wall), foam, depth=0.42, gloss=0.36, soft=15)
    sheet.line(
        stroke([(left + 14, top + 26), (420, top + 46), (720, top + 36), (right - 30, top + 8)]),
        darker(foam, 0.22),
        3,
        opacity=0.7,
    )
    tread: list[Node] = [
        (left + 70, top + 74), (300, top + 82), (640, top + 80), (right - 190, top + 74),
        (right - 66, top + 50), (right - 180, top + 86),
        (640, top + 93), (left + 150, top + 91),
    ]  # fmt: skip
    sheet.part(shape(tread), accent, depth=0.3, gloss=0.1, soft=5)
