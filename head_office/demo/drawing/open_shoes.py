"""Summer shoes: strap sandal, footbed slide and heeled sandal."""

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import Node, box, move, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.leather_shoes import GROUND
from head_office.demo.drawing.sheet import Sheet, bright
from head_office.demo.drawing.studio import contact, floor
from head_office.demo.drawing.tone import BRASS, INK, RGB, STEEL, contrast, darker, lighter, mix

_CORK: Final[RGB] = (190, 148, 104)
_HALF: Final = 0.5


def _buckle(sheet: Sheet, x: float, y: float, metal: RGB, turn: float) -> None:
    with sheet.placed(f"rotate({turn:.0f} {x:.0f} {y:.0f})"):
        frame = box(x - 26, y - 30, 52, 60, 10)
        sheet.line(frame, darker(metal, 0.5), 12)
        sheet.line(frame, metal, 9)
        sheet.line(frame, lighter(metal, 0.75), 2.4)
        sheet.line(f"M{x:.0f} {y - 30:.0f}v62", metal, 7)


def _footbed(sheet: Sheet, cork: RGB, sole: RGB, *, thick: float) -> None:
    """Anatomic footbed over an outsole."""
    top = GROUND - thick
    bed: list[Node] = [
        (168, top - 10), (230, top - 22), (380, top + 2), (540, top - 8), (740, top + 16), (920, top + 8),
        (1030, top - 14), (1056, top + 6),
        (1040, top + 44), (900, top + 58), (500, top + 58), (200, top + 56), (162, top + 30),
    ]  # fmt: skip
    sheet.part(shape(bed), cork, depth=0.38, gloss=0.22, soft=13)
    speck = (
        f'<circle cx="5" cy="7" r="2.2" fill="rgb{darker(cork, 0.4)}"/>'
        f'<circle cx="17" cy="18" r="1.6" fill="rgb{darker(cork, 0.3)}"/>'
    )
    sheet.pattern(shape(bed), speck, 24, 24, turn=17, opacity=0.6)
    lining: list[Node] = [
        (180, top - 8),
        (230, top - 18),
        (380, top + 6),
        (540, top - 4),
        (740, top + 20),
        (920, top + 12),
        (1030, top - 8),
    ]
    sheet.line(stroke(lining), mix(cork, (120, 90, 70), 0.5), 9)
    tread: list[Node] = [
        (168, top + 44, 1), (500, top + 54), (900, top + 52), (1042, top + 34, 1), (1030, GROUND - 12),
        (900, GROUND, 1), (190, GROUND, 1),
        (164, GROUND - 14),
    ]  # fmt: skip
    sheet.part(shape(tread), sole, depth=0.34, gloss=0.2, soft=8)
    for k in range(16):
        sheet.line(f"M{200 + k * 52} {GROUND - 12}v11", contrast(sole, 0.35), 5, opacity=0.5)


def slide(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Two-strap footbed slide, or one broad band: 拖鞋."""
    floor(sheet, colour, rng)
    contact(sheet, 166, 1052, GROUND - 2)
    thick, metal = rng.choice((84, 104)), rng.choice((BRASS, STEEL))
    top = GROUND - thick
    double = rng.says("双扣", "外穿")
    inner: list[Node] = [
        (470, top),
        (520, top - 150),
        (640, top - 196),
        (900, top - 60),
        (940, top + 10),
        (700, top + 16),
    ]
    sheet.part(shape(inner), darker(colour, 0.5), depth=0.3, gloss=0.0, soft=12)
    if double:
        for dx, dy, scale in ((0, 0, 1.0), (230, 26, 0.84)):
            strap: list[Node] = [
                (440 + dx, top + 20, 1), (452 + dx, top - 90 * scale + dy),
                (500 + dx, top - 186 * scale + dy), (580 + dx, top - 222 * scale + dy),
                (650 + dx, top - 196 * scale + dy), (668 + dx, top - 120 * scale + dy), (640 + dx, top - 50),
                (622 + dx, top + 26, 1),
            ]  # fmt: skip
            sheet.part(shape(strap), colour, depth=0.36, gloss=0.38, soft=16)
            sheet.stitch(stroke(move(strap[1:4], 14, 6)), contrast(colour, 0.35), width=2.4)
            sheet.stitch(stroke(move(strap[4:7], -14, 6)), contrast(colour, 0.35), width=2.4)
            _buckle(sheet, 548 + dx, top - 92 * scale + dy, metal, 8)
    else:
        band: list[Node] = [
            (440, top + 20, 1), (462, top - 90), (530, top - 190), (640, top - 216), (780, top - 150),
            (890, top - 60), (920, top + 20, 1)
        ]  # fmt: skip
        sheet.part(
            shape(band),
            colour,
            depth=0.36,
            gloss=0.3,
            soft=22,
            marks=[bright(stroke([(540, top - 160), (650, top - 180), (780, top - 110)]), 18, 0.3)],
        )
        sheet.stitch(stroke(move(band[1:6], 4, 16)), contrast(colour, 0.35), width=2.6)
        sheet.line(stroke([(530, top - 60), (660, top - 100), (800, top - 40)]), lighter(colour, 0.5), 8, opacity=0.8)
    _footbed(sheet, _CORK if double else mix(colour, INK, 0.2), INK if double else darker(colour, 0.35), thick=thick)


def sandal(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Strapped sandal with an ankle strap: 凉鞋, flat or on a block heel."""
    floor(sheet, colour, rng)
    heeled = rng.says("跟", "一字带")
    metal = rng.choice((BRASS, STEEL))
    if heeled:
        _heeled(sheet, colour, metal, rng)
        return
    contact(sheet, 166, 1052, GROUND - 2)
    top = GROUND - 70
    _ankle(sheet, colour, metal, x=250, y=top - 250, low=top)
    for start, peak, end in (
        ((560, top), (600, top - 190), (700, top + 6)),
        ((730, top + 6), (770, top - 130), (880, top + 6)),
    ):
        rear: list[Node] = [(start[0] + 30, start[1]), (peak[0] + 40, peak[1] + 16), (end[0] + 50, end[1])]
        sheet.line(stroke(rear), darker(colour, 0.5), 26)
        strap: list[Node] = [
            (start[0], top + 22, 1), (start[0] + 2, peak[1] + 90), (peak[0] + 10, peak[1]),
            (peak[0] + 66, peak[1] - 4), (peak[0] + 84, peak[1] + 40),
            (start[0] + 92, peak[1] + 110), (start[0] + 84, top + 26, 1),
        ]  # fmt: skip
        sheet.part(shape(strap), colour, depth=0.36, gloss=0.4, soft=13)
        sheet.stitch(stroke(move(strap[1:3], 12, 4)), contrast(colour, 0.35), width=2.4)
    link: list[Node] = [(624, top - 170), (700, top - 130), (800, top - 110)]
    sheet.line(stroke(link), darker(colour, 0.4), 30, opacity=0.6)
    sheet.line(stroke(link), colour, 25)
    _footbed(sheet, mix(_CORK, colour, 0.15), rng.choice((INK, (236, 230, 220))), thick=70)


def _ankle(sheet: Sheet, colour: RGB, metal: RGB, *, x: float, y: float, low: float, forked: bool = True) -> None:
    """Heel sling and ankle strap with its buckle."""
    sheet.line(stroke([(x - 50, y + 20), (x + 60, y - 26), (x + 190, y + 4)]), darker(colour, 0.5), 22)
    sling: list[Node] = [
        (x - 70, low + 20, 1),
        (x - 66, y + 110),
        (x - 62, y + 10),
        (x - 20, y - 2),
        (x - 8, y + 110),
        (x + 30, low + 24, 1),
    ]
    sheet.part(shape(sling), colour, depth=0.36, gloss=0.38, soft=11)
    front: list[Node] = [
        (x + 300, low + 24, 1),
        (x + 250, y + 150),
        (x + 176, y + 30),
        (x + 206, y + 2),
        (x + 290, y + 120),
        (x + 356, low + 24, 1),
    ]
    if forked:
        sheet.part(shape(front), colour, depth=0.36, gloss=0.38, soft=11)
    band: list[Node] = [(x - 62, y + 24), (x + 60, y + 62), (x + 200, y + 24)]
    sheet.line(stroke(band), darker(colour, 0.45), 36, opacity=0.7)
    sheet.line(stroke(band), colour, 30)
    sheet.line(stroke(move(band, 0, -8)), lighter(colour, 0.4), 5, opacity=0.6)
    _buckle(sheet, x + 86, y + 58, metal, -4)


def _heeled(sheet: Sheet, colour: RGB, metal: RGB, rng: Hand) -> None:
    contact(sheet, 640, 1010, GROUND - 2)
    contact(sheet, 214, 330, GROUND - 2)
    block: list[Node] = [(206, 610, 1), (392, 668, 1), (350, 740), (338, GROUND, 1), (222, GROUND, 1), (210, 720)]
    sheet.part(shape(block), rng.choice((colour, _CORK, darker(colour, 0.4))), depth=0.38, gloss=0.3, soft=13)
    _ankle(sheet, colour, metal, x=276, y=392, low=590, forked=False)
    for k, x in enumerate((660, 800)):
        y = 600 + 74 * k
        sheet.line(stroke([(x + 40, y + 20), (x + 110, y + 40), (x + 130, 800)]), darker(colour, 0.5), 22)
        strap: list[Node] = [
            (x - 30, 812, 1),
            (x - 26, y + 90),
            (x + 20, y + 10),
            (x + 70, y),
            (x + 96, y + 30),
            (x + 66, y + 100),
            (x + 52, 824, 1),
        ]
        sheet.part(shape(strap), colour, depth=0.36, gloss=0.42, soft=11)
    bed: list[Node] = [
        (200, 590), (260, 590), (400, 656), (560, 756), (700, 802), (860, 800), (1020, 790), (1030, 812),
        (940, GROUND), (700, GROUND), (540, 790),
        (380, 690), (250, 632), (200, 620),
    ]  # fmt: skip
    sheet.part(shape(bed), mix(colour, _CORK, 0.5), depth=0.34, gloss=0.3, soft=8)
    sheet.line(
        stroke([(210, 590), (300, 606), (480, 704), (700, 802), (1010, 792)]), lighter(_CORK, 0.4), 6, opacity=0.8
    )
