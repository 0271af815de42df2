"""Boots: chelsea, laced work boot, snow boot and long boot."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import Node, along, box, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.leather_shoes import GROUND, welted_sole
from head_office.demo.drawing.sheet import Sheet, bright, dark, fold
from head_office.demo.drawing.studio import contact, floor
from head_office.demo.drawing.tone import BRASS, GUM, INK, PAPER, RGB, STEEL, contrast, darker, lighter, luma, mix

_HALF: Final = 0.5
_YELLOW: Final[RGB] = (224, 180, 64)


def _ankle_creases(strength: float = 0.16) -> list[str]:
    lines: tuple[list[Node], ...] = (
        [(520, 500), (440, 540), (330, 552)],
        [(546, 548), (470, 590), (360, 606)],
        [(214, 560), (290, 590), (350, 580)],
    )
    return [stroke_ for line in lines for stroke_ in fold(stroke(line), 14, strength)]


def _toe_shine(strength: float) -> list[str]:
    ridge: list[Node] = [(740, 650), (860, 682), (960, 730)]
    return [bright(stroke(ridge), 20, strength), bright(stroke([(920, 724), (968, 752)]), 12, strength)]


def chelsea(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Elastic-sided ankle boot: 切尔西靴."""
    floor(sheet, colour, rng)
    contact(sheet, 172, 1050, GROUND - 2, lift=10)
    chunky, top = rng.says("厚底"), rng.choice((300, 322, 344))
    lift, thick = (52, 40) if chunky else (50, 20)
    seat = GROUND - lift - thick
    rear: list[Node] = [
        (214, top + 8),
        (330, top - 16),
        (486, top + 4),
        (470, top + 34),
        (330, top + 44),
        (230, top + 36),
    ]
    sheet.part(shape(rear), darker(colour, 0.5), depth=0.3, gloss=0.0, soft=9)
    body: list[Node] = [
        (178, seat + 4, 1), (162, seat - 60), (178, 650), (206, 560), (214, 460), (206, top + 6, 1),
        (330, top + 22), (492, top, 1),
        (500, 430), (530, 510), (606, 574), (720, 620), (850, 662), (968, 706), (1034, 766), (1050, 802),
        (1048, GROUND - thick - 18, 1),
        (748, GROUND - thick), (590, seat + lift * 0.45 + 4), (348, seat + 8),
    ]  # fmt: skip
    gloss = rng.choice((0.12, 0.36))
    sheet.part(
        shape(body), colour, depth=0.36, gloss=gloss, soft=26, marks=[*_ankle_creases(0.1), *_toe_shine(gloss + 0.1)]
    )
    gore: list[Node] = [
        (286, top + 18, 1),
        (352, top + 20),
        (420, top + 16, 1),
        (424, 420),
        (398, 520),
        (356, 572),
        (318, 520),
        (290, 430),
    ]
    cloth = rng.choice((INK, darker(colour, 0.5), darker(colour, 0.35)))
    sheet.part(shape(gore), cloth, depth=0.3, gloss=0.1, soft=10)
    sheet.pattern(shape(gore), f'<path d="M3 0v10" stroke="rgb{lighter(cloth, 0.24)}" stroke-width="3"/>', 9, 10)
    sheet.stitch(stroke(move(gore[2:5], 11, 0)), contrast(colour, 0.35), width=2.4)
    sheet.stitch(stroke(move(gore[5:], -11, 4)), contrast(colour, 0.35), width=2.4)
    tab: list[Node] = [(204, top + 70, 1), (196, top - 10), (214, top - 44), (236, top - 10), (234, top + 70, 1)]
    sheet.part(shape(tab), cloth, depth=0.3, gloss=0.2, soft=6)
    sheet.line(stroke([(206, 600), (232, 680), (240, seat)]), contrast(colour, 0.4), 2.4, opacity=0.5)
    edge = rng.choice((INK, darker(colour, 0.5), mix(GUM, (90, 60, 40), 0.4)))
    if chunky:
        lug_sole(sheet, edge, stitch=lighter(colour, 0.4))
    else:
        welted_sole(sheet, edge, heel=lift, thick=thick, stitch=lighter(edge, 0.35))


def lug_sole(sheet: Sheet, colour: RGB, *, stitch: RGB | None, left: float = 168, right: float = 1058) -> None:
    """A commando sole: grooved side wall, welt stitching, lugs cut into the tread."""
    top = GROUND - 74
    wall: list[Node] = [
        (left, top - 14, 1), (left + 180, top - 10), (590, top + 6), (760, top + 20),
        (right - 130, top + 18), (right, top + 6, 1),
        (right + 2, top + 36), (right - 60, GROUND - 6), (right - 160, GROUND, 1), (430, GROUND, 1),
        (402, GROUND - 26, 1), (352, GROUND - 26, 1),
        (340, GROUND, 1), (left + 6, GROUND, 1), (left - 8, top + 30),
    ]  # fmt: skip
    sheet.part(shape(wall), colour, depth=0.36, gloss=0.26, soft=11)
    upper_edge: list[Node] = [
        (left + 6, top - 2),
        (left + 180, top + 2),
        (590, top + 18),
        (760, top + 32),
        (right - 130, top + 30),
        (right - 10, top + 18),
    ]
    for k in (1, 2):
        sheet.line(stroke(move(upper_edge, 0, 4 + 9 * k)), contrast(colour, 0.3), 3, opacity=0.6)
    for k in range(15):
        x = left + 20 + k * 58
        if not 320 < x < 430:
            sheet.line(f"M{x:.0f} {GROUND - 20:.0f}l8 18", contrast(colour, 0.35), 5, opacity=0.6)
    if stitch is not None:
        sheet.stitch(stroke(upper_edge), stitch, width=4.2, opacity=1.0)


def martin(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Eight-eyelet laced boot on a lug sole: 马丁靴."""
    floor(sheet, colour, rng)
    contact(sheet, 168, 1056, GROUND - 2, lift=6)
    top, stitch = rng.choice((214, 246)), rng.choice((_YELLOW, _YELLOW, lighter(colour, 0.4)))
    seat = GROUND - 84
    rear: list[Node] = [(226, top + 12), (320, top - 18), (430, top - 4), (420, top + 40), (300, top + 44)]
    sheet.part(shape(rear), darker(colour, 0.5), depth=0.3, gloss=0.0, soft=9)
    tongue: list[Node] = [
        (404, top + 40),
        (404, top - 42),
        (448, top - 60),
        (492, top - 30),
        (520, 400),
        (620, 540),
        (700, 606),
        (600, 620),
        (480, 480),
    ]
    sheet.part(shape(tongue), darker(colour, 0.12), depth=0.32, gloss=0.3, soft=11)
    vamp: list[Node] = [
        (470, 600), (560, 560), (650, 566), (716, 610), (820, 632), (930, 660), (1016, 712), (1052, 776),
        (1052, GROUND - 62, 1),
        (760, GROUND - 48), (560, seat + 14), (440, seat + 8, 1),
    ]  # fmt: skip
    sheet.part(
        shape(vamp),
        colour,
        depth=0.36,
        gloss=0.4,
        soft=22,
        marks=[bright(stroke([(800, 668), (900, 690), (980, 736)]), 24, 0.5)],
    )
    facing: list[Node] = [(456, top, 1), (474, 340), (520, 450), (610, 560), (690, 618)]
    quarter: list[Node] = [
        (180, seat + 6, 1), (164, seat - 60), (182, 640), (214, 540), (224, 400), (216, top + 24),
        (232, top + 2), (330, top + 14),
        *facing, (668, 646), (600, 660), (540, seat + 12, 1), (350, seat + 8),
    ]  # fmt: skip
    sheet.part(shape(quarter), colour, depth=0.36, gloss=0.4, soft=22, marks=_ankle_creases(0.13))
    band: list[Node] = [(220, top + 30), (330, top + 42), (446, top + 30)]
    for off in (0, 9):
        sheet.stitch(stroke(move(band, 0, off)), stitch, width=2.6)
        sheet.stitch(stroke(move(facing, -44 - off, 26)), stitch, width=2.6)
    sheet.line(stroke([(452, top + 60), (400, 560), (392, seat)]), contrast(colour, 0.4), 2.4, opacity=0.4)
    loop: list[Node] = [(216, top + 80, 1), (196, top - 20), (218, top - 62), (240, top - 20), (244, top + 60, 1)]
    sheet.line(stroke(loop), INK, 16)
    sheet.stitch(stroke(loop), stitch, width=3)
    lace = darker(colour, 0.6) if luma(colour) > 0.3 else lighter(colour, 0.14)
    for i in range(8):
        x, y = along(facing, 0.03 + 0.12 * i)
        sheet.line(ring(x - 20, y + 14, 6), STEEL, 4)
        bar = stroke([(x - 20, y + 14), (x + 8, y - 4), (x + 40, y - 2)])
        sheet.line(bar, INK, 13, opacity=0.5)
        sheet.line(bar, lace, 9)
        sheet.line(bar, lighter(lace, 0.4), 2.4, opacity=0.7)
    for bow in (
        [(470, top + 6), (520, top - 40), (548, top - 6), (486, top + 12)],
        [(470, top + 10), (520, top + 40), (540, top + 80)],
    ):
        sheet.line(stroke(bow), lace, 8)
    lug_sole(sheet, INK if rng.random() < 0.75 else GUM, stitch=stitch)


def _roll(y: float) -> list[Node]:
    """A quilting seam round the shaft at height `y`, running out over the foot lower down."""
    ankle = max(0.0, y - 480)
    return [(206 - ankle * 0.05, y), (370, y + 24), (526 + ankle * 1.5, y - 8 + ankle * 0.06)]


def snow_boot(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Lined winter boot with a fleece collar: 雪地靴; some quilted."""
    floor(sheet, colour, rng)
    contact(sheet, 176, 1030, GROUND - 2, lift=6)
    top, quilted = (300 if rng.says("短筒", "短靴") else 250), rng.says("绗缝")
    fleece = rng.choice(((238, 228, 212), (226, 208, 184), (246, 242, 236)))
    shaft: list[Node] = [
        (190, 776, 1), (176, 700), (190, 620), (212, 540), (206, 430), (196, top + 40, 1), (352, top + 60),
        (536, top + 36, 1), (536, 440),
        (560, 510), (650, 566), (770, 596), (890, 626), (984, 680), (1022, 750), (1024, 790, 1),
    ]  # fmt: skip
    rolls = [(y, 0.2) for y in range(int(top) + 130, 760, 84)] if quilted else []
    marks = [m for y, s in rolls for m in fold(stroke(_roll(y)), 13, s)]
    sheet.part(
        shape(shaft), colour, depth=0.36, gloss=0.34 if quilted else 0.1, soft=34, marks=[*marks, *_ankle_creases(0.1)]
    )
    for y, _ in rolls:
        sheet.stitch(stroke(_roll(y)), darker(colour, 0.35), width=2.4)
    if not quilted:
        seam: list[Node] = [(350, top + 60), (364, 430), (350, 560), (372, 776)]
        sheet.line(stroke(seam), darker(colour, 0.28), 12, opacity=0.5)
        sheet.stitch(stroke(seam), lighter(colour, 0.3), width=2.6)
        patch: list[Node] = [(700, 790, 1), (716, 700), (800, 640), (900, 628), (984, 680), (1022, 750), (1024, 790, 1)]
        sheet.part(shape(patch), darker(colour, 0.14), depth=0.34, gloss=0.14, soft=18)
    cuff(sheet, fleece, top, rng)
    shell: list[Node] = [
        (186, 770, 1), (360, 780), (600, 780), (860, 774), (1026, 772), (1044, 790), (1040, GROUND - 14),
        (980, GROUND, 1), (200, GROUND, 1),
        (178, GROUND - 14),
    ]  # fmt: skip
    rubber = rng.choice((INK, RUBBER_TAN, darker(colour, 0.5)))
    sheet.part(shape(shell), rubber, depth=0.36, gloss=0.3, soft=10)
    for k in range(17):
        sheet.line(f"M{204 + k * 49} {GROUND - 22}v20", contrast(rubber, 0.35), 6, opacity=0.55)


RUBBER_TAN: Final[RGB] = (196, 160, 116)


def cuff(sheet: Sheet, fleece: RGB, top: float, rng: Hand) -> None:
    """A fleece collar: overlapping tufts with a ragged edge."""
    for row in range(4):
        for k in range(13):
            x = 196 + k * 28 + (row % 2) * 14 + rng.uniform(-5, 5)
            y = top + 6 + row * 20 + 12 * (1 - ((x - 366) / 190) ** 2) + rng.uniform(-4, 4)
            sheet.flat(ring(x, y, 24, 20), mix(darker(fleece, 0.14), lighter(fleece, 0.4), rng.random()))
    area: list[Node] = [
        (176, top - 10),
        (366, top - 4),
        (556, top - 10),
        (560, top + 80),
        (366, top + 104),
        (174, top + 80),
    ]
    sheet.glow(
        shape(area),
        [
            dark(stroke([(180, top + 84), (366, top + 104), (556, top + 80)]), 26, 0.35),
            bright(stroke([(220, top + 12), (420, top + 14)]), 24, 0.4),
        ],
        soft=12,
    )


def long_boot(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Knee-high boot on a block heel: 长筒靴."""
    floor(sheet, colour, rng)
    contact(sheet, 210, 1000, GROUND - 2, lift=10)
    lift, top = rng.choice((60, 84)), rng.choice((90, 116))
    seat = GROUND - lift - 18
    rear: list[Node] = [
        (236, top + 6),
        (360, top - 12),
        (504, top + 2),
        (480, top + 26),
        (360, top + 34),
        (250, top + 28),
    ]
    sheet.part(shape(rear), darker(colour, 0.5), depth=0.3, gloss=0.0, soft=8)
    body: list[Node] = [
        (224, seat + 4, 1), (210, seat - 50), (226, 680), (262, 590), (262, 420), (236, 240),
        (228, top + 4, 1), (360, top + 18),
        (514, top, 1), (512, 240), (482, 430), (486, 540), (540, 610), (650, 650), (790, 686), (910, 724),
        (982, 776), (998, 806, 1),
        (880, GROUND - 22), (720, GROUND - 20), (580, seat + lift * 0.4), (370, seat + 8),
    ]  # fmt: skip
    folds = [m for y in (520, 566, 612) for m in fold(stroke([(262, y - 10), (370, y + 16), (486, y - 20)]), 14, 0.15)]
    sheet.part(
        shape(body),
        colour,
        depth=0.38,
        gloss=rng.choice((0.14, 0.4)),
        soft=34,
        marks=[
            *folds,
            bright(stroke([(330, top + 60), (346, 400)]), 34, 0.18),
            bright(stroke([(760, 712), (880, 750)]), 18, 0.4),
        ],
    )
    zipper: list[Node] = [(400, top + 20), (398, 420), (384, 600), (392, seat)]
    sheet.line(stroke(zipper), contrast(colour, 0.4), 3, opacity=0.6)
    if rng.says("骑士"):
        strap: list[Node] = [(232, 640), (360, 668), (520, 606), (524, 640), (360, 706), (230, 676)]
        sheet.part(shape(strap), darker(colour, 0.12), depth=0.3, gloss=0.4, soft=8)
        sheet.line(box(346, 660, 44, 48, 8), BRASS, 7)
    else:
        sheet.stitch(stroke([(232, top + 34), (360, top + 48), (510, top + 32)]), contrast(colour, 0.35), width=2.6)
    welted_sole(
        sheet,
        darker(colour, 0.5) if luma(colour) > 0.2 else PAPER_BLACK,
        left=226,
        right=996,
        heel=lift,
        heel_width=140,
        thick=18,
    )


PAPER_BLACK: Final[RGB] = mix(INK, PAPER, 0.08)
