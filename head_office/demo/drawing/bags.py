"""Bags: tote, flap bag and daypack."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, along, box, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet, bright, fold
from head_office.demo.drawing.sneakers import BOLD, leaf_mark
from head_office.demo.drawing.studio import contact, floor
from head_office.demo.drawing.tone import BRASS, RGB, STEEL, contrast, darker, lighter, luma

_HALF: Final = 0.5
_FLOOR: Final = 930.0


def _handle(sheet: Sheet, nodes: list[Node], colour: RGB, width: float = 22) -> None:
    line = stroke(nodes)
    sheet.line(line, darker(colour, 0.5), width + 5, opacity=0.8)
    sheet.line(line, colour, width)
    sheet.line(stroke(move(nodes, -width * 0.16, -width * 0.2)), lighter(colour, 0.4), width * 0.22, opacity=0.7)


def tote(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Structured tote bag: 托特包."""
    floor(sheet, colour, rng, 720)
    contact(sheet, 240, 960, _FLOOR)
    metal, trim = rng.choice((BRASS, STEEL)), darker(colour, 0.3) if rng.random() < _HALF else (122, 78, 48)
    rise = rng.randint(170, 250)
    _handle(sheet, [(446, 470), (460, rise + 40), (AXIS, rise), (740, rise + 40), (754, 470)], darker(trim, 0.25))
    inner: list[Node] = [(262, 446, 1), (AXIS, 432), (938, 446, 1), (920, 480, 1), (AXIS, 490), (280, 480, 1)]
    sheet.part(shape(inner), darker(colour, 0.55), depth=0.2, gloss=0.0, soft=8)
    body: list[Node] = [
        (258, 452, 1),
        (AXIS, 474),
        (942, 452, 1),
        (962, 700),
        (952, 910),
        (930, _FLOOR),
        (270, _FLOOR),
        (248, 910),
        (238, 700),
    ]
    slump = [
        *fold(stroke([(340, 470), (360, 640), (330, 800)]), 22, 0.1),
        *fold(stroke([(850, 470), (836, 620), (870, 800)]), 22, 0.12),
    ]
    sheet.part(
        shape(body),
        colour,
        depth=0.36,
        gloss=0.26,
        soft=34,
        marks=[*slump, bright(stroke([(420, 500), (410, 900)]), 60, 0.1)],
    )
    for side in (-1, 1):
        corner: list[Node] = [
            (AXIS + 352 * side, 800),
            (AXIS + 330 * side, 850),
            (AXIS + 240 * side, _FLOOR, 1),
            (AXIS + 334 * side, _FLOOR),
            (AXIS + 352 * side, 906),
        ]
        sheet.part(shape(corner), trim, depth=0.34, gloss=0.3, soft=9)
        tab: list[Node] = [
            (AXIS + 128 * side, 450, 1),
            (AXIS + 180 * side, 450, 1),
            (AXIS + 180 * side, 540),
            (AXIS + 154 * side, 566),
            (AXIS + 128 * side, 540),
        ]
        sheet.part(shape(tab), trim, depth=0.34, gloss=0.34, soft=7)
        sheet.line(ring(AXIS + 154 * side, 462, 17), metal, 8)
        sheet.flat(ring(AXIS + 154 * side, 532, 7), metal, edge=0.6)
    _handle(sheet, [(446, 478), (452, rise + 96), (AXIS, rise + 50), (748, rise + 96), (754, 478)], trim)
    sheet.stitch(stroke([(266, 486), (AXIS, 508), (934, 486)]), contrast(colour, 0.4), width=3)
    if rng.random() < 0.6:
        leaf_mark(sheet, AXIS, 690, 110, metal)
    else:
        sheet.part(box(500, 640, 200, 84, 8), trim, depth=0.3, gloss=0.3, soft=7)
        leaf_mark(sheet, AXIS, 682, 52, lighter(trim, 0.5))


def crossbody(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Small flap bag on a chain or strap: 斜挎包."""
    floor(sheet, colour, rng, 720)
    contact(sheet, 290, 910, _FLOOR)
    metal = rng.choice((BRASS, STEEL))
    strap: list[Node] = [(330, 560), (340, 300), (480, 180), (720, 180), (860, 300), (870, 560)]
    if rng.says("链条"):
        for k in range(60):
            x, y = along(strap, k / 60)
            sheet.line(ring(x, y, 11, 7), darker(metal, 0.3) if k % 2 else metal, 6)
            sheet.line(ring(x - 1, y - 2, 10, 6), lighter(metal, 0.7), 1.6, opacity=0.8)
    else:
        _handle(sheet, strap, darker(colour, 0.1), 17)
    body: list[Node] = [
        (300, 560),
        (330, 522),
        (870, 522),
        (900, 560),
        (914, 880),
        (880, _FLOOR),
        (320, _FLOOR),
        (286, 880),
    ]
    sheet.part(shape(body), colour, depth=0.4, gloss=0.26, soft=26)
    curve = rng.choice((700, 760, 800))
    flap: list[Node] = [
        (296, 540),
        (330, 516),
        (870, 516),
        (904, 540),
        (906, 660),
        (850, curve - 40),
        (AXIS, curve),
        (350, curve - 40),
        (294, 660),
    ]
    quilt = rng.says("菱格")
    sheet.cast(shape(flap), opacity=0.4, soft=10, dy=12)
    sheet.part(shape(flap), lighter(colour, 0.03), depth=0.34, gloss=0.34, soft=24)
    if quilt:
        tile = (
            f'<path d="M0 45L45 0L90 45L45 90Z" fill="none" stroke="rgb{darker(colour, 0.4)}" '
            'stroke-width="4" stroke-opacity="0.7"/>'
            f'<path d="M10 45L45 10" stroke="rgb{lighter(colour, 0.4)}" stroke-width="3" stroke-opacity="0.5"/>'
        )
        sheet.pattern(shape(flap), tile, 90, 90)
    else:
        sheet.stitch(
            stroke([(312, 660), (356, curve - 56), (AXIS, curve - 17), (844, curve - 56), (888, 660)]),
            contrast(colour, 0.4),
            width=2.8,
        )
    sheet.part(box(AXIS - 44, curve - 66, 88, 74, 14), metal, depth=0.34, gloss=0.7, soft=9)
    leaf_mark(sheet, AXIS, curve - 30, 46, darker(metal, 0.45))


def backpack(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Daypack: 双肩包."""
    floor(sheet, colour, rng, 720)
    contact(sheet, 310, 890, _FLOOR)
    accent = rng.choice(BOLD)
    _handle(sheet, [(540, 260), (552, 180), (AXIS, 166), (648, 180), (660, 260)], darker(colour, 0.3), 24)
    for side in (-1, 1):
        strap: list[Node] = [
            (AXIS + 260 * side, 420),
            (AXIS + 350 * side, 560),
            (AXIS + 330 * side, 800),
            (AXIS + 280 * side, 880),
        ]
        _handle(sheet, strap, darker(colour, 0.35), 34)
    body: list[Node] = [
        (AXIS, 230),
        (760, 250),
        (866, 350),
        (892, 600),
        (890, 860),
        (850, _FLOOR),
        (AXIS, 940),
        (350, _FLOOR),
        (310, 860),
        (308, 600),
        (334, 350),
        (440, 250),
    ]
    sheet.part(shape(body), colour, depth=0.38, gloss=0.24, soft=34)
    sheet.line(
        stroke([(350, 560), (372, 400), (470, 310), (AXIS, 296), (730, 310), (828, 400), (850, 560)]),
        darker(colour, 0.6),
        10,
    )
    sheet.line(
        stroke([(350, 560), (372, 400), (470, 310), (AXIS, 296), (730, 310), (828, 400), (850, 560)]),
        STEEL,
        4,
        dash="2 5",
    )
    pocket: list[Node] = [
        (380, 620),
        (410, 590),
        (790, 590),
        (820, 620),
        (828, 850),
        (800, 880),
        (400, 880),
        (372, 850),
    ]
    sheet.part(shape(pocket), darker(colour, 0.05) if rng.random() < _HALF else accent, depth=0.36, gloss=0.26, soft=18)
    sheet.line("M396 640Q600 622 804 640", STEEL, 5, dash="2 5")
    sheet.flat(box(788, 634, 14, 50, 5), STEEL, edge=0.5)
    leaf_mark(sheet, AXIS, 750, 84, lighter(colour, 0.6) if luma(colour) < _HALF else darker(colour, 0.6))
    sheet.part(box(540, 440, 120, 50, 10), darker(colour, 0.2), depth=0.3, gloss=0.3, soft=7)
