"""Jeans, pressed trousers, joggers and shorts."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, box, flip, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet, bright, dark, fold
from head_office.demo.drawing.sneakers import BOLD, leaf_mark
from head_office.demo.drawing.studio import wall
from head_office.demo.drawing.tone import BRASS, PAPER, RGB, contrast, darker, lighter, luma, mix
from head_office.demo.drawing.torso import (
    both,
    buttons,
    hang,
    rib_band,
)

_HALF: Final = 0.5
_THREAD: Final[RGB] = (206, 156, 86)


@dataclass(frozen=True, slots=True)
class Legs:
    """Half widths of a pair of trousers, in sheet units."""

    waist: float = 176
    hip: float = 232
    crotch: float = 500
    hem: float = 1100
    outer: float = 240
    inner: float = 92
    knee: float = 228
    knee_inner: float = 62

    def right(self) -> list[Node]:
        """Right leg from the waistband down."""
        middle = (self.crotch + self.hem) / 2
        return [
            (AXIS, 160, 1),
            (AXIS + self.waist, 156, 1),
            (AXIS + self.waist + 34, 260),
            (AXIS + self.hip, 400),
            (AXIS + self.knee + 6, middle),
            (AXIS + self.outer, self.hem, 1),
            (AXIS + (self.outer + self.inner) / 2, self.hem + 10),
            (AXIS + self.inner, self.hem, 1),
            (AXIS + self.knee_inner, middle),
            (AXIS + 12, self.crotch, 1),
            (AXIS, self.crotch - 16, 1),
        ]

    def all(self) -> str:
        """Both legs as one outline."""
        return shape(self.right()) + shape(flip(self.right()))


def _leg_marks(legs: Legs, rng: Hand, *, crease: bool) -> list[str]:
    middle = (legs.crotch + legs.hem) / 2
    mid_x = AXIS + (legs.knee + legs.knee_inner) / 2
    lines: list[list[Node]] = [
        [(AXIS + 16, legs.crotch + 4), (AXIS + 90, legs.crotch - 40), (AXIS + 170, legs.crotch - 60)],
        [(AXIS + 20, legs.crotch + 30), (AXIS + 100, legs.crotch + 26), (AXIS + 160, legs.crotch + 8)],
        [(mid_x - 70, middle + rng.uniform(-40, 10)), (mid_x, middle + 16), (mid_x + 70, middle - 10)],
        [(mid_x - 60, middle + 60), (mid_x + 10, middle + 70), (mid_x + 70, middle + 40)],
        [(mid_x - 40, legs.hem - 70), (mid_x + 30, legs.hem - 50), (AXIS + legs.outer, legs.hem - 70)],
    ]
    marks = [m for line in lines for m in fold(stroke(line), 15, 0.12 if crease else 0.17)]
    side: list[Node] = [(AXIS + legs.hip, 400), (AXIS + legs.knee, middle), (AXIS + legs.outer, legs.hem)]
    marks.append(dark(stroke(move(side, 6, 0)), 60, 0.26))
    marks.append(
        dark(
            stroke(
                [
                    (AXIS + legs.knee_inner - 14, legs.crotch + 40),
                    (AXIS + legs.knee_inner, middle),
                    (AXIS + legs.inner, legs.hem),
                ]
            ),
            34,
            0.2,
        )
    )
    if crease:
        line: list[Node] = [(AXIS + 112, 250), (mid_x, middle), (AXIS + (legs.outer + legs.inner) / 2, legs.hem)]
        marks += [bright(stroke(line), 7, 0.5), dark(stroke(move(line, 9, 0)), 8, 0.3)]
    else:
        marks.append(bright(stroke([(AXIS + 130, 330), (mid_x - 6, middle), (mid_x + 6, legs.hem)]), 46, 0.16))
    return marks


def _pants(sheet: Sheet, colour: RGB, rng: Hand, legs: Legs, *, crease: bool = False) -> None:
    wall(sheet, colour, rng)
    hang(sheet, [legs.all()])
    rear: list[Node] = [
        (AXIS - legs.waist, 104, 1),
        (AXIS, 92),
        (AXIS + legs.waist, 104, 1),
        (AXIS + legs.waist - 20, 150, 1),
        (AXIS, 168),
        (AXIS - legs.waist + 20, 150, 1),
    ]
    sheet.part(shape(rear), darker(colour, 0.4), depth=0.3, gloss=0.0, soft=10)
    both(sheet, legs.right(), colour, _leg_marks(legs, rng, crease=crease), depth=0.22, gloss=0.16, soft=26)


def _waistband(sheet: Sheet, legs: Legs, colour: RGB, *, loops: bool = True) -> None:
    half = legs.waist
    band: list[Node] = [
        (AXIS - half + 4, 104, 1),
        (AXIS, 124),
        (AXIS + half - 4, 104, 1),
        (AXIS + half + 6, 166, 1),
        (AXIS, 186),
        (AXIS - half - 6, 166, 1),
    ]
    sheet.part(shape(band), lighter(colour, 0.03), depth=0.32, gloss=0.22, soft=9)
    if loops:
        for x in (-130, -60, 78, 140):
            sheet.part(box(AXIS + x - 8, 106, 16, 74, 4), lighter(colour, 0.05), depth=0.3, gloss=0.3, soft=4)


def _fly(sheet: Sheet, colour: RGB, thread: RGB) -> None:
    sheet.line("M600 184V486", contrast(colour, 0.5), 3, opacity=0.7)
    sheet.stitch("M646 188V330Q646 400 606 424", thread, width=2.8)


def jeans(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Five-pocket jeans: 牛仔裤, straight, slim, wide or flared."""
    cut = rng.promised({"直筒": 0, "修身": 1, "小脚": 1, "阔腿": 2, "喇": 3}, (0, 1))
    legs = (
        Legs(),
        Legs(outer=196, inner=86, knee=204, knee_inner=54, hip=224),
        Legs(outer=296, inner=70, knee=266, knee_inner=46),
        Legs(outer=276, inner=64, knee=206, knee_inner=72),
    )[cut]
    _pants(sheet, colour, rng, legs)
    outline = legs.all()
    sheet.pattern(
        outline,
        f'<path d="M0 2h9" stroke="rgb{lighter(colour, 0.35)}" stroke-width="1.4"/>',
        9,
        6,
        turn=-52,
        opacity=0.45,
    )
    if rng.random() < 0.6:
        fade = [
            bright(stroke([(AXIS + 118 * s, 330), (AXIS + 140 * s, 560), (AXIS + 150 * s, 760)]), w, 0.09)
            for s in (-1, 1)
            for w in (40, 80, 120)
        ]
        sheet.glow(outline, fade, soft=22)
    thread = _THREAD if luma(colour) < 0.7 else darker(colour, 0.3)
    for side in (-1, 1):
        pocket: list[Node] = [(AXIS + 62 * side, 184), (AXIS + 92 * side, 260), (AXIS + 214 * side, 290)]
        sheet.line(stroke(pocket), darker(colour, 0.5), 4, opacity=0.7)
        sheet.stitch(stroke(move(pocket, 0, 10)), thread, width=2.6)
        sheet.stitch(stroke(move(pocket, 0, 19)), thread, width=2.6)
        for x, y in ((70, 196), (204, 282)):
            sheet.flat(ring(AXIS + x * side, y, 6), BRASS, edge=0.6)
        seam: list[Node] = [
            (AXIS + (legs.inner + 14) * side, legs.hem - 24),
            (AXIS + (legs.inner + legs.outer) / 2 * side, legs.hem - 14),
            (AXIS + (legs.outer - 4) * side, legs.hem - 24),
        ]
        sheet.stitch(stroke(seam), thread, width=2.8)
    _fly(sheet, colour, thread)
    _waistband(sheet, legs, colour)
    sheet.stitch("M430 116Q600 140 770 116", thread, width=2.4)
    sheet.flat(ring(600, 152, 15), darker(BRASS, 0.3))
    sheet.flat(ring(599, 150, 13), BRASS, edge=0.6)
    if rng.random() < 0.25:
        for x, y in ((700, 720), (494, 690)):
            sheet.flat(
                shape([(x - 46, y), (x, y - 16), (x + 46, y), (x, y + 18)]),
                lighter(colour, 0.75),
                opacity=0.85,
                edge=0.3,
            )
            for k in range(7):
                sheet.line(f"M{x - 40} {y - 9 + k * 3}h80", lighter(colour, 0.3), 1.4, opacity=0.8)


def trousers(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Pressed trousers: 西裤."""
    legs = Legs(outer=rng.promised({"阔腿": 306, "烟管": 200, "直筒": 236}, (216,)), inner=84, knee=232, knee_inner=52)
    _pants(sheet, colour, rng, legs, crease=True)
    if rng.says("格"):
        tile = f'<path d="M10 0v60M0 10h60" stroke="rgb{contrast(colour, 0.4)}" stroke-width="3" stroke-opacity="0.5"/>'
        sheet.pattern(legs.all(), tile, 60, 60)
    for side in (-1, 1):
        sheet.line(stroke([(AXIS + 168 * side, 186), (AXIS + 196 * side, 330)]), contrast(colour, 0.5), 3, opacity=0.7)
        sheet.line(stroke([(AXIS + 92 * side, 186), (AXIS + 98 * side, 270)]), contrast(colour, 0.4), 3, opacity=0.5)
    sheet.line("M600 184V486", contrast(colour, 0.5), 3, opacity=0.7)
    _waistband(sheet, legs, colour)
    buttons(sheet, 616, (150, 150), 1, mix(colour, (70, 56, 46), 0.6), size=11)


def joggers(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Drawstring sports trousers with rib cuffs: 休闲裤."""
    legs = Legs(outer=206, inner=106, knee=240, knee_inner=52, hem=1040)
    _pants(sheet, colour, rng, legs)
    rib = darker(colour, 0.12)
    striped, stripe = rng.says("运动", "直筒"), rng.choice((PAPER, BOLD[0]))
    for side in (1, -1):
        wrist: list[Node] = [
            (AXIS + 206, 1030, 1),
            (AXIS + 156, 1044),
            (AXIS + 106, 1030, 1),
            (AXIS + 116, 1112, 1),
            (AXIS + 156, 1120),
            (AXIS + 196, 1112, 1),
        ]
        rib_band(sheet, shape(wrist if side > 0 else flip(wrist)), rib)
        sheet.line(stroke([(AXIS + 150 * side, 206), (AXIS + 208 * side, 350)]), contrast(colour, 0.5), 4, opacity=0.7)
        if striped:
            sheet.line(
                stroke([(AXIS + 214 * side, 330), (AXIS + 226 * side, 770), (AXIS + 196 * side, 1030)]),
                stripe,
                12,
                opacity=0.9,
            )
    half = legs.waist
    band: list[Node] = [
        (AXIS - half + 4, 104, 1),
        (AXIS, 120),
        (AXIS + half - 4, 104, 1),
        (AXIS + half + 10, 186, 1),
        (AXIS, 204),
        (AXIS - half - 10, 186, 1),
    ]
    rib_band(sheet, shape(band), rib)
    for side in (-1, 1):
        sheet.line(stroke([(AXIS + 16 * side, 172), (AXIS + 36 * side, 260), (AXIS + 26 * side, 330)]), PAPER, 8)
    leaf_mark(sheet, 716, 400, 44, contrast(colour, 0.75))


def shorts(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Casual shorts: 短裤."""
    legs = Legs(hem=760, outer=286, inner=36, knee=268, knee_inner=26, crotch=510)
    _pants(sheet, colour, rng, legs)
    for side in (-1, 1):
        sheet.line(stroke([(AXIS + 150 * side, 186), (AXIS + 216 * side, 330)]), contrast(colour, 0.5), 3, opacity=0.7)
        for off in (22, 30):
            sheet.stitch(
                stroke([(AXIS + 40 * side, 762 - off), (AXIS + 160 * side, 770 - off), (AXIS + 280 * side, 762 - off)]),
                contrast(colour, 0.3),
                width=2.4,
            )
    _fly(sheet, colour, contrast(colour, 0.35))
    _waistband(sheet, legs, colour)
    buttons(sheet, 600, (152, 152), 1, PAPER if luma(colour) < _HALF else (110, 84, 62), size=12)
