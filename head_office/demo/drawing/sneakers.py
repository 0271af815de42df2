"""The parts shared by shoes with rubber soles, seen from outside, toe to the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from head_office.demo.drawing.curve import Node, Point, along, box, move, ring, shape, stroke
from head_office.demo.drawing.sheet import Sheet, bright, fold
from head_office.demo.drawing.tone import RGB, darker, lighter

GROUND: Final = 838.0
BOLD: Final[tuple[RGB, ...]] = (
    (196, 53, 59),
    (38, 74, 122),
    (24, 108, 88),
    (216, 138, 52),
    (58, 60, 66),
    (142, 92, 70),
    (226, 150, 158),
    (120, 160, 196),
)


@dataclass(frozen=True, slots=True)
class Last:
    """The measures that make one shoe's silhouette, in sheet units."""

    heel_top: float = 494
    dip: float = 556
    throat_top: Point = (464, 468)
    throat_end: Point = (742, 616)
    toe_height: float = 658
    toe_end: float = 1046
    feather: float = 776
    heel_x: float = 172
    heel_bulge: float = 12
    toe_round: float = 1.0
    instep: float = 0.34

    def upper(self) -> list[Node]:
        """Outline of the upper from the heel seat clockwise."""
        heel, top, end, feather = self.heel_x, self.heel_top, self.toe_end, self.feather
        tx, ty = self.throat_top
        vx, vy = self.throat_end
        reach = self.toe_round
        return [
            (heel + 4, feather, 1),
            (heel - self.heel_bulge, feather - 70),
            (heel + 2, feather - 170),
            (heel + 22, top + 60),
            (heel + 26, top + 14),
            (heel + 50, top - 4),
            (heel + 80, top + 20),
            (heel + 140, self.dip - 6),
            (tx - 92, self.dip - 4),
            (tx - 26, ty + 34),
            (tx, ty, 1),
            *self.throat()[1:],
            (vx + (end - vx) * 0.36, vy + (self.toe_height - vy) * 0.42),
            (end - 100, self.toe_height),
            (end - 34 * reach, self.toe_height + 42),
            (end + 2, feather - 42),
            (end - 2, feather, 1),
        ]

    def throat(self) -> list[Node]:
        """The lacing edge from the top eyelet down to the vamp."""
        (tx, ty), (vx, vy) = self.throat_top, self.throat_end
        dx, dy, bend = vx - tx, vy - ty, self.instep
        return [(tx, ty), (tx + dx * bend, ty + dy * 0.42), (tx + dx * 2 * bend, ty + dy * 0.78), (vx, vy)]

    def collar(self) -> list[Node]:
        """The top line from the heel to the first eyelet."""
        heel, (tx, ty) = self.heel_x, self.throat_top
        return [
            (heel + 50, self.heel_top - 2),
            (heel + 82, self.heel_top + 24),
            (heel + 140, self.dip - 4),
            (tx - 92, self.dip - 2),
            (tx - 28, ty + 36),
        ]

    def heel(self, width: float = 96) -> list[Node]:
        """The heel counter, `width` wide."""
        heel, top, feather = self.heel_x, self.heel_top, self.feather
        return [
            (heel + 28, top + 14),
            (heel + 50, top - 2),
            (heel + 74, top + 18),
            (heel + width * 0.86, (top + feather) / 2),
            (heel + width + 34, feather, 1),
            (heel + 4, feather, 1),
            (heel - self.heel_bulge, feather - 70),
            (heel + 4, feather - 170),
        ]


def toe_light(last: Last, strength: float = 0.4) -> list[str]:
    """The window's reflection on the toe and along the vamp."""
    vx, vy = last.throat_end
    ridge: list[Node] = [
        (vx + 70, vy + 34),
        (last.toe_end - 170, last.toe_height + 22),
        (last.toe_end - 70, last.toe_height + 52),
    ]
    return [bright(stroke(ridge), 22, strength)]


def toe_creases(last: Last, strength: float = 0.12) -> list[str]:
    """Two faint walking creases behind the toe."""
    vx, vy = last.throat_end
    first: list[Node] = [(vx + 40, vy + 22), (vx + 14, vy + 52), (vx + 6, vy + 92)]
    second: list[Node] = [(vx + 84, vy + 30), (vx + 62, vy + 62), (vx + 56, vy + 100)]
    return [*fold(stroke(first), 9, strength), *fold(stroke(second), 9, strength * 0.8)]


def inside(sheet: Sheet, last: Last, colour: RGB) -> None:
    """The lining of the far side, seen through the opening."""
    heel, (tx, ty) = last.heel_x, last.throat_top
    far: list[Node] = [
        (heel + 40, last.heel_top + 10),
        (heel + 110, last.dip - 52),
        (tx - 90, last.dip - 66),
        (tx - 10, ty + 6),
        (tx - 40, last.dip + 10),
        (heel + 120, last.dip + 16),
    ]
    sheet.part(shape(far), darker(colour, 0.45), depth=0.3, gloss=0.0, soft=12)


def tongue(sheet: Sheet, last: Last, colour: RGB, *, height: float = 58, label: RGB | None = None) -> None:
    """The tongue standing out behind the lacing."""
    (tx, ty), (vx, vy) = last.throat_top, last.throat_end
    outline: list[Node] = [
        (tx - 52, ty + 74),
        (tx - 66, ty + 6),
        (tx - 66, ty - height * 0.8),
        (tx - 44, ty - height),
        (tx - 8, ty - height * 0.8),
        (tx + 32, ty - 10),
        *move(last.throat()[1:3], 20, -14),
        (vx + 6, vy - 10),
        (vx - 40, vy + 16),
        *move([last.throat()[1]], -30, 20),
        (tx + 10, ty + 90),
    ]
    sheet.part(shape(outline), colour, depth=0.34, gloss=0.25, soft=12)
    if label is not None:
        with sheet.placed(f"rotate(42 {tx - 30:.0f} {ty - height * 0.4:.0f})"):
            sheet.flat(box(tx - 56, ty - height * 0.7, 46, 24, 4), label, edge=0.4)


def laces(
    sheet: Sheet, last: Last, colour: RGB, *, count: int = 6, drop: float = 26, width: float = 13, bow: bool = True
) -> None:
    """Bars of lace over the throat, from each eyelet to the tongue, and a small bow."""
    line = last.throat()
    for i in range(count):
        x, y = along(line, 0.05 + 0.92 * i / count)
        ex, ey = x - 22, y + drop
        sheet.line(ring(ex, ey, 5), (40, 38, 42), 5, opacity=0.8)
        bar = stroke([(ex, ey), (ex + 14, ey - 16), (x + 14, y - 10), (x + 36, y - 12)])
        sheet.line(bar, darker(colour, 0.4), width + 4, opacity=0.6)
        sheet.line(bar, colour, width)
        sheet.line(bar, lighter(colour, 0.5), width * 0.3, opacity=0.7)
    if not bow:
        return
    x, y = along(line, 0.03)
    loops: tuple[list[Node], ...] = (
        [(x + 8, y - 8), (x + 44, y - 46), (x + 76, y - 30), (x + 50, y - 2), (x + 10, y - 4)],
        [(x + 8, y - 6), (x + 26, y + 30), (x + 50, y + 48)],
        [(x + 8, y - 6), (x + 48, y + 14), (x + 86, y + 20)],
    )
    for loop in loops:
        sheet.line(stroke(loop), darker(colour, 0.4), width * 0.7 + 4, opacity=0.55)
        sheet.line(stroke(loop), colour, width * 0.7)


def eyestay(last: Last, depth: float = 44) -> list[Node]:
    """The reinforced band under the lacing, `depth` wide."""
    (tx, ty), (vx, vy) = last.throat_top, last.throat_end
    return [
        *last.throat(),
        (vx + 24, vy + depth * 0.8),
        (vx - 62, vy + depth),
        (vx - 160, vy - 26),
        (tx - 8, ty + depth + 62),
        (tx - 44, ty + depth + 40),
        (tx - 34, ty + 48),
    ]


def side_wall(
    last: Last, thick: float, *, spring: float = 14, heel_back: float = 12, toe_ahead: float = 16
) -> list[Node]:
    """Outline of a flat rubber sole, `thick` high at the heel, lifted `spring` at the toe."""
    left, right, top = last.heel_x - heel_back, last.toe_end + toe_ahead, last.feather - 12
    return [
        (left + 8, top - 2),
        (left + 130, top + 6),
        ((left + right) / 2, top + 12),
        (right - 150, top + 4),
        (right - 30, top - 12),
        (right, top + 4),
        (right - 6, top + thick - 26 - spring),
        (right - 50, top + thick + 6 - spring),
        (right - 150, top + thick + 8, 1),
        (left + 50, top + thick + 8, 1),
        (left + 4, top + thick - 10),
        (left - 4, top + 22),
    ]


def cup_sole(
    sheet: Sheet,
    last: Last,
    colour: RGB,
    *,
    thick: float = 62,
    stripe: RGB | None = None,
    outsole: RGB | None = None,
) -> None:
    """A flat rubber cup sole with side-wall stitching, a `stripe` or an `outsole` in another rubber."""
    wall = side_wall(last, thick)
    left, right, top = last.heel_x - 12, last.toe_end + 16, last.feather - 12
    sheet.part(shape(wall), colour, depth=0.42, gloss=0.35, soft=13)
    if outsole is not None:
        tread: list[Node] = [
            (left + 6, top + thick - 8, 1),
            (left + 200, top + thick - 6, 1),
            (right - 180, top + thick - 6, 1),
            (right - 22, top + thick - 34, 1),
            (right - 50, top + thick - 8),
            (right - 150, top + thick + 9, 1),
            (left + 50, top + thick + 9, 1),
        ]
        sheet.part(shape(tread), outsole, depth=0.3, gloss=0.1, soft=6)
    groove: list[Node] = [
        (left + 6, top + 18),
        ((left + right) / 2, top + 29),
        (right - 140, top + 22),
        (right - 6, top + 8),
    ]
    sheet.line(stroke(groove), darker(colour, 0.25), 2.6, opacity=0.7)
    if stripe is not None:
        for share, width in ((0.5, 8.0), (0.78, 4.0)):
            band: list[Node] = [
                (left + 2, top + thick * share),
                ((left + right) / 2, top + thick * (share + 0.1)),
                (right - 140, top + thick * (share + 0.02)),
                (right - 4, top + thick * (share - 0.2)),
            ]
            sheet.line(stroke(band), stripe, width)
    else:
        sheet.stitch(stroke([(n[0], n[1] + 12) for n in groove]), darker(colour, 0.3), width=2.6, opacity=0.6)


def leaf_mark(sheet: Sheet, x: float, y: float, size: float, colour: RGB, *, turn: float = 0.0) -> None:
    """The house mark: a five-lobed maple leaf, `size` across."""
    half = [
        (0.0, -0.5), (0.08, -0.3), (0.2, -0.36), (0.17, -0.1), (0.36, -0.22), (0.4, -0.12), (0.52, -0.08),
        (0.4, 0.06), (0.44, 0.14), (0.2, 0.24), (0.24, 0.34), (0.03, 0.3), (0.03, 0.52),
    ]  # fmt: skip
    points = [*half, *[(-px, py) for px, py in reversed(half)]]
    d = "M" + "L".join(f"{x + px * size:.1f} {y + py * size:.1f}" for px, py in points) + "Z"
    with sheet.placed(f"rotate({turn:.0f} {x:.0f} {y:.0f})"):
        sheet.flat(d, colour)
