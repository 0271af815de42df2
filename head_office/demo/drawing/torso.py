"""The upper body every top shares: outline, sleeves, cuffs, collars and folds, hung straight, light from upper left."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, box, flip, move, ring, shape, stroke, symmetric
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet, bright, dark, fold, shadow_area
from head_office.demo.drawing.tone import RGB, contrast, darker, lighter, luma

LABEL: Final[RGB] = (240, 236, 228)


@dataclass(frozen=True, slots=True)
class Torso:
    """Half widths from the axis and heights of a top, in sheet units."""

    neck: float = 92
    neck_y: float = 246
    shoulder_y: float = 172
    shoulder: float = 268
    drop: float = 56
    chest: float = 262
    armpit_y: float = 440
    waist: float = 254
    hem: float = 264
    hem_y: float = 990
    sag: float = 14

    def half(self) -> list[Node]:
        """Right half of the body without sleeves, neck to hem."""
        tip = self.shoulder_y + self.drop
        return [
            (AXIS, self.neck_y),
            (AXIS + self.neck * 0.62, self.neck_y - (self.neck_y - self.shoulder_y) * 0.3),
            (AXIS + self.neck, self.shoulder_y, 1),
            (AXIS + self.neck + (self.shoulder - self.neck) * 0.55, self.shoulder_y + self.drop * 0.46),
            (AXIS + self.shoulder, tip, 1),
            (AXIS + self.shoulder - 28, tip + (self.armpit_y - tip) * 0.5),
            (AXIS + self.chest, self.armpit_y, 1),
            (AXIS + self.waist, (self.armpit_y + self.hem_y) / 2),
            (AXIS + self.hem, self.hem_y, 1),
            (AXIS + self.hem * 0.5, self.hem_y + self.sag * 0.8),
            (AXIS, self.hem_y + self.sag),
        ]

    def outline(self) -> str:
        """The whole body."""
        return shape(symmetric(self.half()))

    def neckline(self) -> list[Node]:
        """The front neck edge from left to right."""
        low = self.neck_y - (self.neck_y - self.shoulder_y) * 0.3
        return [
            (AXIS - self.neck, self.shoulder_y),
            (AXIS - self.neck * 0.62, low),
            (AXIS, self.neck_y),
            (AXIS + self.neck * 0.62, low),
            (AXIS + self.neck, self.shoulder_y),
        ]


def short_sleeve(torso: Torso, *, length: float = 210, flare: float = 0) -> list[Node]:
    """Right short sleeve."""
    x, y = AXIS + torso.shoulder, torso.shoulder_y + torso.drop
    return [
        (x - 60, y - 12),
        (x - 4, y - 2),
        (x + 62, y + length * 0.46),
        (x + 124 + flare, y + length, 1),
        (x + 60 + flare, y + length + 34),
        (AXIS + torso.chest - 4 + flare * 0.4, y + length + 44, 1),
        (AXIS + torso.chest - 8, torso.armpit_y - 10),
        (x - 70, y + 90),
    ]


def long_sleeve(torso: Torso, *, end: float = 930, width: float = 84, spread: float = 150) -> list[Node]:
    """Right long sleeve hanging a little away from the body."""
    x, y = AXIS + torso.shoulder, torso.shoulder_y + torso.drop
    out = x + spread
    return [
        (x - 60, y - 14),
        (x - 2, y),
        (x + 58, y + 150),
        ((x + out) / 2 + 36, (y + end) / 2 - 20),
        (out, end - 12, 1),
        (out - width * 0.5, end + 8),
        (out - width, end + 12, 1),
        ((x + out) / 2 - width * 0.66, (y + end) / 2 + 40),
        (AXIS + torso.chest + 4, torso.armpit_y + 26),
        (AXIS + torso.chest - 30, torso.armpit_y - 60),
    ]


def sleeve_folds(sleeve: list[Node], strength: float = 0.16) -> list[str]:
    """Elbow folds of a right long sleeve."""
    top, elbow_out, elbow_in = sleeve[2], sleeve[3], sleeve[7]
    lines: tuple[list[Node], ...] = (
        [
            (elbow_in[0] + 6, elbow_in[1] - 60),
            (elbow_in[0] + 50, elbow_in[1] - 40),
            (elbow_out[0] - 14, elbow_out[1] + 10),
        ],
        [
            (elbow_in[0] + 4, elbow_in[1] + 6),
            (elbow_in[0] + 46, elbow_in[1] - 6),
            (elbow_out[0] - 30, elbow_out[1] + 60),
        ],
        [(elbow_in[0] - 34, elbow_in[1] - 150), (elbow_in[0] + 16, elbow_in[1] - 190), (top[0] - 10, top[1] + 60)],
    )
    return [mark for line in lines for mark in fold(stroke(line), 13, strength)]


def both(sheet: Sheet, right: list[Node], colour: RGB, marks: list[str], **look: float) -> tuple[str, str]:
    """A right piece and its mirror image; the mirrored one gets its own folds. Returns both outlines."""
    left = shape(flip(right))
    sheet.part(left, colour, marks=[f'<g transform="matrix(-1 0 0 1 1200 0)">{m}</g>' for m in marks], **look)
    sheet.part(shape(right), colour, marks=marks, **look)
    return left, shape(right)


def body_folds(torso: Torso, rng: Hand, strength: float = 0.13) -> list[str]:
    """Folds of a hanging body: from the armpits inwards, a few long falls to the hem."""
    right, low = AXIS + torso.chest, torso.hem_y
    lines: list[list[Node]] = [
        [(right - 8, torso.armpit_y + 14), (right - 80, torso.armpit_y + 60), (right - 150, torso.armpit_y + 84)],
        [
            (2 * AXIS - right + 8, torso.armpit_y + 10),
            (2 * AXIS - right + 90, torso.armpit_y + 46),
            (2 * AXIS - right + 150, torso.armpit_y + 50),
        ],
    ]
    for share in (-0.62, -0.2, 0.24, 0.58):
        x = AXIS + torso.hem * (share + rng.uniform(-0.08, 0.08))
        top = low - rng.uniform(150, 330)
        lines.append([(x + rng.uniform(-26, 26), top), (x + 8, (top + low) / 2), (x, low + 20)])
    return [mark for line in lines for mark in fold(stroke(line), rng.uniform(14, 24), strength)]


def roundness(torso: Torso, strength: float = 0.22) -> list[str]:
    """The turn of the body away from the light: shade down the right side, a little down the left."""
    side = AXIS + torso.chest
    return [
        dark(
            stroke([(side + 4, torso.armpit_y), (AXIS + torso.waist + 4, 700), (AXIS + torso.hem, torso.hem_y + 10)]),
            90,
            strength,
        ),
        dark(
            stroke(
                [(2 * AXIS - side - 10, torso.armpit_y), (AXIS - torso.waist - 8, 700), (AXIS - torso.hem, torso.hem_y)]
            ),
            46,
            strength * 0.7,
        ),
        *(
            bright(stroke([(AXIS - torso.chest * 0.46, 60), (AXIS - torso.waist * 0.5, 1180)]), width, strength * 0.17)
            for width in (60, 120, 180)
        ),
    ]


def hang(sheet: Sheet, outlines: list[str]) -> None:
    """The shadow a hanging piece throws on the wall."""
    for d in outlines:
        sheet.cast(d, opacity=0.30, soft=22, dx=18, dy=26)


def inside_back(sheet: Sheet, torso: Torso, colour: RGB, *, rise: float = 16, lining: RGB | None = None) -> None:
    """The inside of the back seen through the neck, with the label."""
    neck, top = torso.neck, torso.shoulder_y
    hole: list[Node] = [
        (AXIS - neck - 6, top - 2, 1),
        (AXIS, top - rise),
        (AXIS + neck + 6, top - 2, 1),
        (AXIS + neck * 0.66, torso.neck_y),
        (AXIS, torso.neck_y + 30),
        (AXIS - neck * 0.66, torso.neck_y),
    ]
    sheet.part(
        shape(hole),
        darker(colour if lining is None else lining, 0.22),
        depth=0.2,
        gloss=0.0,
        soft=14,
        marks=[shadow_area(shape(hole), 0.12)],
    )
    sheet.line(
        stroke([(AXIS - neck, top), (AXIS, top - rise + 16), (AXIS + neck, top)]), contrast(colour, 0.3), 3, opacity=0.6
    )
    sheet.flat(box(AXIS - 26, top + 6, 52, 30, 3), LABEL if luma(colour) < 0.8 else (70, 66, 64), edge=0.3)


def rib_band(sheet: Sheet, d: str, colour: RGB, *, pitch: float = 11, turn: float = 0.0, soft: float = 8) -> None:
    """A ribbed knit band (cuff, hem, neck)."""
    sheet.part(d, colour, depth=0.34, gloss=0.2, soft=soft)
    tile = f'<path d="M3 0v10" stroke="rgb{contrast(colour, 0.5)}" stroke-width="2.4" stroke-opacity="0.55"/>'
    sheet.pattern(d, tile, pitch, 10, turn=turn)


def neck_band(sheet: Sheet, torso: Torso, colour: RGB, width: float = 24, *, ribbed: bool = True) -> None:
    """A band round a crew neck."""
    edge = torso.neckline()
    outer = [
        (n[0] + (n[0] - AXIS) * width / 150, n[1] + width * (1.0 if 0 < i < 4 else 0.3), *n[2:])
        for i, n in enumerate(edge)
    ]
    d = shape(
        [
            (edge[0][0], edge[0][1], 1),
            *edge[1:4],
            (edge[4][0], edge[4][1], 1),
            (outer[4][0], outer[4][1], 1),
            *reversed(outer[1:4]),
            (outer[0][0], outer[0][1], 1),
        ]
    )
    sheet.part(d, colour, depth=0.26, gloss=0.25, soft=6)
    if ribbed:
        for k in range(25):
            share = (k + 0.5) / 25
            x = AXIS - torso.neck + 2 * torso.neck * share
            deep = 1 - abs(2 * share - 1) ** 2.4
            y = torso.shoulder_y + (torso.neck_y - torso.shoulder_y) * deep
            sheet.line(
                f"M{x:.0f} {y + 3:.0f}l{(x - AXIS) * width / 170:.0f} {width * 0.75:.0f}",
                contrast(colour, 0.4),
                2,
                opacity=0.4,
            )
    sheet.stitch(stroke(move(outer, 0, 6)), contrast(colour, 0.3), width=2.2, opacity=0.6)


def cuff(sleeve: list[Node], height: float = 56) -> list[Node]:
    """The band at the end of a right long sleeve."""
    (ox, oy), (ix, iy) = sleeve[4][:2], sleeve[6][:2]
    return [
        (ox + 4, oy - height, 1),
        (ox - 4, oy + 6, 1),
        ((ox + ix) / 2, (oy + iy) / 2 + 8),
        (ix + 4, iy + 4, 1),
        (ix - 8, iy - height, 1),
        ((ox + ix) / 2, (oy + iy) / 2 - height + 6),
    ]


def shirt_collar(
    sheet: Sheet, torso: Torso, colour: RGB, *, point: float = 76, spread: float = 44, gap: float = 10
) -> None:
    """Two collar leaves with a stand."""
    top, neck, mid = torso.shoulder_y, torso.neck, torso.neck_y
    stand: list[Node] = [
        (AXIS - neck, top),
        (AXIS - neck * 0.7, top - 44),
        (AXIS, top - 54),
        (AXIS + neck * 0.7, top - 44),
        (AXIS + neck, top),
        (AXIS + neck * 0.6, top + 4),
        (AXIS, top - 12),
        (AXIS - neck * 0.6, top + 4),
    ]
    sheet.part(shape(stand), darker(colour, 0.14), depth=0.3, gloss=0.1, soft=9)
    leaf: list[Node] = [
        (AXIS + gap, mid + 4, 1),
        (AXIS + neck * 0.5, top + 26),
        (AXIS + neck * 0.72, top - 42, 1),
        (AXIS + neck + 12, top + 2),
        (AXIS + neck * 0.62 + spread, mid + point * 0.62, 1),
        (AXIS + neck * 0.62, mid + point * 0.36),
    ]
    for nodes in (flip(leaf), leaf):
        sheet.part(shape(nodes), lighter(colour, 0.05), depth=0.3, gloss=0.3, soft=8)
        inner = [
            (
                n[0] + (AXIS + (1 if n[0] > AXIS else -1) * neck * 0.7 - n[0]) * 0.14,
                n[1] + (top + 40 - n[1]) * 0.14,
                *n[2:],
            )
            for n in nodes
        ]
        sheet.stitch(stroke(inner[3:] + inner[:1]), contrast(colour, 0.3), width=2.0)


def buttons(sheet: Sheet, x: float, span: tuple[float, float], count: int, colour: RGB, *, size: float = 9) -> None:
    """A row of four-hole buttons from the first height of `span` to the second."""
    top, bottom = span
    for k in range(count):
        y = top + (bottom - top) * k / max(1, count - 1)
        sheet.flat(ring(x + 2, y + 3, size), darker(colour, 0.6), opacity=0.4)
        sheet.flat(ring(x, y, size), colour, edge=0.5)
        sheet.line(ring(x, y, size * 0.7), contrast(colour, 0.3), 1.6, opacity=0.6)
        for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            sheet.flat(ring(x + dx * size * 0.26, y + dy * size * 0.26, max(1.2, size * 0.13)), contrast(colour, 0.7))
