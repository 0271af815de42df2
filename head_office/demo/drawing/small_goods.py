"""Belt, cap, knitted hat, scarf and socks."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

import math
from typing import Final

from head_office.demo.drawing.curve import AXIS, Node, box, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.knits import bobble, stitches
from head_office.demo.drawing.sheet import Sheet, bright, fold
from head_office.demo.drawing.sneakers import BOLD, leaf_mark
from head_office.demo.drawing.studio import contact, floor, wall
from head_office.demo.drawing.tone import BRASS, PAPER, RGB, STEEL, contrast, darker, lighter, luma
from head_office.demo.drawing.torso import hang, rib_band

_HALF: Final = 0.5


def _loop(rx: float, ry: float, y: float, width: float, *, near: bool) -> str:
    """Half of a belt's coil: the near half bulges down, the far half up."""
    there, back = (0, 1) if near else (1, 0)
    return (
        f"M{AXIS - rx} {y}A{rx} {ry} 0 0 {there} {AXIS + rx} {y}v{width}A{rx} {ry} 0 0 {back} {AXIS - rx} {y + width}Z"
    )


def belt(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Leather belt, coiled: 皮带."""
    wall(sheet, colour, rng)
    metal = rng.choice((BRASS, STEEL, (84, 84, 90)))
    outer, width = 330.0, rng.choice((84, 98, 112))
    cy = 600.0
    rx, ry = outer - 60, (outer - 60) * 0.6
    hollow = ring(AXIS, cy + width, rx, ry)
    sheet.cast(ring(AXIS, cy + width + 6, outer, outer * 0.62) + hollow, opacity=0.4, soft=16, dx=14, dy=14, hole=True)
    sheet.part(_loop(outer, outer * 0.62, cy, width, near=False), darker(colour, 0.3), depth=0.3, gloss=0.1, soft=18)
    inner = outer - 66
    sheet.part(_loop(inner, inner * 0.6, cy + 6, width, near=True), darker(colour, 0.12), depth=0.4, gloss=0.2, soft=14)
    front = _loop(outer, outer * 0.62, cy, width, near=True)
    shine = (
        f"M{AXIS - outer * 0.86} {cy + outer * 0.33}A{outer} {outer * 0.62} 0 0 0 {AXIS + 40} {cy + outer * 0.62 + 20}"
    )
    sheet.part(front, colour, depth=0.42, gloss=0.36, soft=22, marks=[bright(shine, 26, 0.35)])
    for dy in (9, width - 9):
        sheet.stitch(
            f"M{AXIS - outer} {cy + dy}A{outer} {outer * 0.62} 0 0 0 {AXIS + outer} {cy + dy}",
            contrast(colour, 0.45),
            width=2.8,
        )
    for k in range(5):
        angle = math.radians(112 + k * 9)
        x, y = AXIS + outer * math.cos(angle), cy + outer * 0.62 * math.sin(angle) + width / 2
        sheet.flat(ring(x, y, 7, 6), darker(colour, 0.75))
    bx, by = AXIS + 96, cy + outer * 0.62 * math.sin(math.radians(73)) + width / 2
    with sheet.placed(f"rotate(-9 {bx:.0f} {by:.0f})"):
        sheet.part(
            box(bx + 66, by - width / 2 - 4, 34, width + 8, 6), darker(colour, 0.06), depth=0.34, gloss=0.3, soft=8
        )
        frame = box(bx - 52, by - width / 2 - 20, 104, width + 40, 16)
        sheet.line(frame, darker(metal, 0.5), 24)
        sheet.line(frame, metal, 19)
        sheet.line(box(bx - 56, by - width / 2 - 24, 108, width + 44, 18), lighter(metal, 0.8), 4, opacity=0.9)
        sheet.line(f"M{bx - 54:.0f} {by:.0f}H{bx + 58:.0f}", darker(metal, 0.4), 17)
        sheet.line(f"M{bx - 54:.0f} {by:.0f}H{bx + 58:.0f}", metal, 12)


def cap(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Baseball cap: 棒球帽."""
    floor(sheet, colour, rng, 640)
    contact(sheet, 250, 1010, 822)
    second = rng.choice(BOLD) if rng.random() < 0.35 else colour
    crown: list[Node] = [
        (262, 730, 1),
        (250, 600),
        (300, 440),
        (420, 346),
        (560, 324),
        (690, 370),
        (770, 480),
        (800, 620),
        (806, 690, 1),
        (640, 742),
        (450, 764),
    ]
    sheet.part(
        shape(crown),
        colour,
        depth=0.36,
        gloss=0.2,
        soft=36,
        marks=[*fold(stroke([(330, 700), (340, 660), (420, 640)]), 14, 0.12)],
    )
    for seam in (
        [(560, 326), (450, 420), (400, 560), (396, 756)],
        [(560, 326), (640, 440), (672, 580), (668, 730)],
        [(560, 326), (360, 410), (280, 560), (268, 700)],
    ):
        sheet.line(stroke(seam), contrast(colour, 0.4), 2.8, opacity=0.5)
        sheet.stitch(stroke(move(seam, 9, 2)), contrast(colour, 0.32), width=2.4)
        sheet.stitch(stroke(move(seam, -9, 2)), contrast(colour, 0.32), width=2.4)
    for x, y in ((350, 500), (520, 450)):
        sheet.line(ring(x, y, 10), contrast(colour, 0.45), 5)
    visor: list[Node] = [
        (520, 740),
        (640, 706),
        (800, 664),
        (900, 680),
        (1000, 740),
        (1036, 790),
        (1010, 812),
        (900, 792),
        (760, 790),
        (620, 812),
        (510, 796),
    ]
    sheet.cast(shape(visor), opacity=0.4, soft=14, dy=18)
    sheet.part(shape(visor), second, depth=0.36, gloss=0.28, soft=20)
    for k in range(1, 5):
        row: list[Node] = [
            (540 + k * 10, 742 + k * 11),
            (660 + k * 16, 716 + k * 13),
            (810 + k * 18, 682 + k * 16),
            (920 + k * 14, 706 + k * 16),
            (990 + k * 7, 762 + k * 8),
        ]
        sheet.stitch(stroke(row), contrast(second, 0.35), width=2.4)
    sheet.part(ring(560, 322, 20, 13), second, depth=0.34, gloss=0.3, soft=6)
    leaf_mark(
        sheet,
        668,
        560,
        rng.choice((96, 128)),
        rng.choice((PAPER, *BOLD[:4])) if luma(colour) < _HALF else rng.choice(BOLD[:5]),
        turn=8,
    )


def beanie(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Knitted hat: 针织帽, with or without a pompon."""
    wall(sheet, colour, rng)
    crown: list[Node] = [
        (320, 720, 1),
        (318, 560),
        (380, 380),
        (500, 286),
        (AXIS, 270),
        (700, 286),
        (820, 380),
        (882, 560),
        (880, 720, 1),
    ]
    hang(sheet, [shape(crown)])
    if rng.says("毛球"):
        bobble(sheet, rng.choice((PAPER, lighter(colour, 0.4), rng.choice(BOLD))), rng, x=AXIS, y=236, radius=92)
    ribs = [
        m
        for k in range(9)
        for m in fold(stroke([(360 + k * 60, 720), (390 + k * 52, 480), (AXIS + (k - 4) * 14, 280)]), 20, 0.16)
    ]
    sheet.part(shape(crown), colour, depth=0.36, gloss=0.14, soft=36, marks=ribs)
    stitches(sheet, shape(crown), colour, scale=1.9)
    fold_over: list[Node] = [
        (302, 700),
        (310, 664),
        (AXIS, 684),
        (890, 664),
        (898, 700),
        (896, 850),
        (880, 874),
        (AXIS, 896),
        (320, 874),
        (304, 850),
    ]
    sheet.cast(shape(fold_over), opacity=0.4, soft=12, dy=-8)
    rib_band(sheet, shape(fold_over), darker(colour, 0.05), pitch=24, soft=18)
    sheet.part(box(740, 760, 80, 56, 6), rng.choice(BOLD), depth=0.25, gloss=0.2, soft=5)
    leaf_mark(sheet, 780, 788, 40, PAPER)


def scarf(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Fringed scarf, tied once: 围巾."""
    wall(sheet, colour, rng)
    accent = rng.choice(BOLD)
    style = rng.promised({"格纹": 0, "条纹": 1}, (2,))
    tails: list[tuple[list[Node], float]] = [
        ([(540, 480, 1), (680, 470, 1), (770, 760), (800, 980, 1), (640, 1000, 1), (610, 760)], 1000),
        ([(520, 480, 1), (660, 490, 1), (620, 780), (590, 1040, 1), (410, 1026, 1), (450, 760)], 1040),
    ]
    loop: list[Node] = [
        (330, 330),
        (430, 240),
        (AXIS, 214),
        (770, 240),
        (870, 330),
        (850, 450),
        (740, 530),
        (AXIS, 560),
        (460, 530),
        (350, 450),
    ]
    hang(sheet, [shape(loop), *(shape(t) for t, _ in tails)])
    for nodes, low in tails:
        for k in range(16):
            x0, x1 = nodes[3][0], nodes[4][0]
            x = x0 + (x1 - x0) * (k + 0.5) / 16
            sheet.line(
                f"M{x:.0f} {low - 12:.0f}q{rng.uniform(-8, 8):.0f} 40 {rng.uniform(-6, 6):.0f} 80",
                mixed(colour, accent, style, k),
                7,
            )
        marks = [
            m
            for dx in (-46, 0, 44)
            for m in fold(
                stroke(
                    [
                        (600 + dx, 500),
                        ((nodes[2][0] + nodes[5][0]) / 2 + dx, 760),
                        ((nodes[3][0] + nodes[4][0]) / 2 + dx, low),
                    ]
                ),
                18,
                0.18,
            )
        ]
        sheet.part(shape(nodes), colour, depth=0.36, gloss=0.14, soft=22, marks=marks)
        _scarf_cloth(sheet, shape(nodes), colour, accent, style)
    hole: list[Node] = [(430, 330), (AXIS, 290), (770, 330), (720, 400), (AXIS, 424), (480, 400)]
    folds = [
        m for dy in (0, 46, 92) for m in fold(stroke([(350, 370 + dy), (AXIS, 452 + dy), (850, 370 + dy)]), 22, 0.22)
    ]
    sheet.part(shape(loop), colour, depth=0.38, gloss=0.16, soft=26, marks=folds)
    _scarf_cloth(sheet, shape(loop), colour, accent, style)
    sheet.part(shape(hole), darker(colour, 0.5), depth=0.4, gloss=0.0, soft=18)
    knot: list[Node] = [(520, 470), (AXIS, 440), (690, 470), (700, 570), (AXIS, 600), (510, 570)]
    sheet.part(
        shape(knot),
        colour,
        depth=0.4,
        gloss=0.2,
        soft=20,
        marks=[*fold(stroke([(540, 480), (600, 530), (680, 540)]), 16, 0.2)],
    )
    _scarf_cloth(sheet, shape(knot), colour, accent, style)


def mixed(colour: RGB, accent: RGB, style: int, k: int) -> RGB:
    """Colour of the k-th fringe thread."""
    return accent if style < 2 and k % 3 == 0 else darker(colour, 0.08)


def _scarf_cloth(sheet: Sheet, d: str, colour: RGB, accent: RGB, style: int) -> None:
    if style == 0:
        tile = (
            f'<path d="M24 0v120M0 24h120" stroke="rgb{accent}" stroke-width="34" stroke-opacity="0.4"/>'
            f'<path d="M84 0v120M0 84h120" stroke="rgb{PAPER}" stroke-width="7" stroke-opacity="0.7"/>'
        )
        sheet.pattern(d, tile, 120, 120, turn=8)
    elif style == 1:
        sheet.pattern(d, f'<rect width="20" height="34" fill="rgb{accent}" fill-opacity="0.85"/>', 20, 110, turn=6)
    stitches(sheet, d, colour, scale=1.1)


def socks(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """A pair of socks: 袜, crew or ankle."""
    wall(sheet, colour, rng)
    top = rng.promised({"船袜": 520, "保暖": 200}, (220, 280))
    style = rng.promised({"波点": 1, "商务": 3, "船袜": 0}, (0, 2))
    accent = rng.choice([c for c in BOLD if abs(luma(c) - luma(colour)) > 0.12] or list(BOLD))
    for dx, dy, shade in ((190, -50, 0.1), (0, 40, 0.0)):
        tone = darker(colour, shade)
        with sheet.placed(f"translate({dx} {dy})"):
            _sock(sheet, tone, accent, top, style)


def _sock(sheet: Sheet, colour: RGB, accent: RGB, top: float, style: int) -> None:
    body: list[Node] = [
        (270, top, 1), (276, 560), (262, 660), (270, 760), (330, 840), (450, 858), (640, 880), (760, 880),
        (820, 820), (806, 736), (720, 694), (590, 672),
        (500, 610), (474, 500), (480, top, 1),
    ]  # fmt: skip
    d = shape(body)
    sheet.cast(d, opacity=0.32, soft=20, dx=14, dy=20)
    creases = [
        *fold(stroke([(500, 600), (420, 630), (350, 690)]), 16, 0.16),
        *fold(stroke([(476, 540), (400, 560), (330, 600)]), 14, 0.12),
    ]
    sheet.part(d, colour, depth=0.34, gloss=0.16, soft=28, marks=creases)
    if style == 0:
        sheet.pattern(d, f'<rect width="20" height="26" fill="rgb{accent}" fill-opacity="0.9"/>', 20, 60)
    elif style == 1:
        sheet.pattern(d, f'<circle cx="16" cy="16" r="10" fill="rgb{accent}"/>', 60, 60, turn=45)
    elif style == 2:
        leaf_mark(sheet, 376, (top + 620) / 2, 76, accent)
    ribs = f'<path d="M3 0v10" stroke="rgb{contrast(colour, 0.4)}" stroke-width="2" stroke-opacity="0.4"/>'
    sheet.pattern(d, ribs, 10, 10)
    heel: list[Node] = [(264, 700), (272, 764), (330, 842), (430, 856, 1), (400, 770), (340, 706), (264, 680)]
    toe: list[Node] = [(660, 880, 1), (760, 880), (820, 820), (806, 738), (740, 702, 1), (700, 780)]
    patch = accent if style else darker(colour, 0.12)
    sheet.part(shape(heel), patch, depth=0.32, gloss=0.16, soft=12)
    sheet.part(shape(toe), patch, depth=0.32, gloss=0.16, soft=12)
    band: list[Node] = [
        (266, top - 4, 1),
        (376, top - 14),
        (484, top - 4, 1),
        (480, top + 86, 1),
        (376, top + 96),
        (270, top + 86, 1),
    ]
    rib_band(sheet, shape(band), darker(colour, 0.06), pitch=12, soft=12)
    sheet.line(f"M272 {top + 30:.0f}Q376 {top + 18:.0f} 482 {top + 30:.0f}", accent, 11)
