"""Open-throated shoes: mary jane, ballet flat and pump."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import Node, box, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.leather_shoes import feather, toe_gloss, welted_sole
from head_office.demo.drawing.sheet import Sheet, bright, fold
from head_office.demo.drawing.studio import contact, floor
from head_office.demo.drawing.tone import BRASS, INK, RGB, STEEL, contrast, darker, lighter, luma, mix

GROUND: Final = 838.0
_LINING: Final[RGB] = (206, 176, 140)


def mary_jane(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Round toe, open instep, strap and buckle: 玛丽珍."""
    floor(sheet, colour, rng)
    contact(sheet, 182, 1030, GROUND - 2, lift=14)
    lift = rng.promised({"粗跟": 100, "软底": 54}, (54, 70, 78))
    straps = 2 if rng.says("双带") else 1
    seat = GROUND - lift - 18
    metal = rng.choice((BRASS, STEEL))
    far: list[Node] = [
        (216, seat - 216),
        (300, seat - 170),
        (440, 640),
        (600, 650),
        (742, 664),
        (600, 720),
        (420, 724),
        (280, seat - 100),
    ]
    sheet.part(shape(far), mix(_LINING, lighter(colour, 0.4), 0.3), depth=0.45, gloss=0.0, soft=14)
    top: list[Node] = [
        (204, seat - 214),
        (228, seat - 220),
        (268, seat - 150),
        (360, 720 - lift * 0.2),
        (500, 734),
        (630, 712),
        (716, 658),
        (770, 640),
    ]
    body: list[Node] = [
        (184, seat + 4, 1), (170, seat - 60), (182, seat - 140), *top, (860, 648), (950, 680), (1018, 740),
        (1034, 800),
        *feather(lift, 18, 184, 1030),
    ]  # fmt: skip
    sheet.part(shape(body[:-1]), colour, depth=0.36, gloss=0.36, soft=20, marks=toe_gloss(0.55, x=914, y=716))
    sheet.stitch(stroke(move(top[1:], 0, 13)), contrast(colour, 0.35), width=2.2)
    for k in range(straps):
        dx = 130 * k - (60 if straps == 2 else 0)
        rear: list[Node] = [
            (470 + dx, 566), (512 + dx, 540), (566 + dx, 574), (606 + dx, 652), (616 + dx, 690, 1),
            (578 + dx, 690, 1), (566 + dx, 650),
            (534 + dx, 598), (500 + dx, 580),
        ]  # fmt: skip
        sheet.part(shape(rear), darker(colour, 0.42), depth=0.3, gloss=0.1, soft=7)
        strap: list[Node] = [
            (414 + dx, 764, 1), (410 + dx, 690), (440 + dx, 600), (486 + dx, 548), (528 + dx, 540),
            (520 + dx, 566), (490 + dx, 600),
            (464 + dx, 664), (462 + dx, 774, 1),
        ]  # fmt: skip
        sheet.part(shape(strap), colour, depth=0.3, gloss=0.45, soft=8)
        frame = box(416 + dx, 656, 54, 48, 9)
        with sheet.placed(f"rotate(12 {443 + dx} 680)"):
            sheet.line(frame, darker(metal, 0.45), 11)
            sheet.line(frame, metal, 8)
            sheet.line(frame, lighter(metal, 0.75), 2.4)
            sheet.line(f"M{443 + dx} 656v50", metal, 6)
    welted_sole(sheet, darker(colour, 0.4), left=184, right=1030, heel=lift, heel_width=150, thick=18)


def ballet(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Soft flat with a bow or a cap toe: 芭蕾鞋."""
    floor(sheet, colour, rng)
    contact(sheet, 182, 1030, GROUND - 2, lift=14)
    seat = GROUND - 24 - 14
    far: list[Node] = [(216, 610), (320, 670), (500, 700), (700, 690), (760, 690), (600, 752), (400, 752), (260, 700)]
    sheet.part(shape(far), mix(_LINING, lighter(colour, 0.4), 0.35), depth=0.45, gloss=0.0, soft=14)
    top: list[Node] = [(206, 602), (228, 596), (268, 662), (370, 738), (520, 758), (650, 738), (730, 690), (784, 668)]
    body: list[Node] = [
        (184, seat + 4, 1), (170, seat - 60), (184, 680), *top, (870, 684), (956, 712), (1020, 758),
        (1036, 806),
        *feather(24, 14, 184, 1030),
    ]  # fmt: skip
    pleats = [
        f
        for k in range(4)
        for f in fold(stroke([(800 + k * 34, 690 + k * 8), (816 + k * 34, 740), (806 + k * 36, 800)]), 8, 0.1)
    ]
    sheet.part(shape(body[:-1]), colour, depth=0.34, gloss=0.4, soft=18, marks=[*toe_gloss(0.4, x=920, y=742), *pleats])
    sheet.line(stroke(move(top, 0, 3)), darker(colour, 0.3), 9)
    sheet.stitch(stroke(move(top[1:], 0, 3)), lighter(colour, 0.4), width=2)
    if rng.says("拼色"):
        cap: list[Node] = [(884, 686), (856, 744), (870, 812), (980, 816), (1034, 806), (1018, 756), (956, 711)]
        sheet.part(shape(cap), INK if luma(colour) > 0.35 else lighter(colour, 0.7), depth=0.34, gloss=0.55, soft=14)
    for side in (-1, 1):
        loop: list[Node] = [(770, 676), (770 + 44 * side, 636), (770 + 66 * side, 660), (770 + 48 * side, 694)]
        sheet.part(shape(loop), lighter(colour, 0.08), depth=0.34, gloss=0.4, soft=6)
        sheet.line(stroke([(770, 680), (770 + 20 * side, 712), (770 + 40 * side, 740)]), colour, 9)
    sheet.part(ring(770, 677, 15, 12), lighter(colour, 0.1), depth=0.34, gloss=0.45, soft=5)
    welted_sole(sheet, mix(colour, (80, 60, 48), 0.6), left=184, right=1030, heel=24, heel_width=150, thick=14)


def pump(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Heeled court shoe, slim or block heel: 高跟鞋."""
    floor(sheet, colour, rng)
    slim = not rng.says("粗跟")
    contact(sheet, 700, 1010, GROUND - 2, lift=10)
    contact(sheet, 226, 262 if slim else 320, GROUND - 2)
    far: list[Node] = [(244, 470), (330, 540), (470, 640), (640, 700), (780, 720), (640, 760), (470, 720), (320, 600)]
    sheet.part(shape(far), mix(_LINING, lighter(colour, 0.4), 0.3), depth=0.4, gloss=0.0, soft=14)
    strapped = rng.says("一字带")
    if strapped:
        sheet.line("M244 462C260 400 450 400 468 446", darker(colour, 0.4), 15)
    heel: list[Node] = (
        [
            (204, 590, 1),
            (340, 630, 1),
            (288, 700),
            (262, 780),
            (258, GROUND, 1),
            (232, GROUND, 1),
            (226, 760),
            (206, 680),
        ]
        if slim
        else [(204, 590, 1), (390, 654, 1), (346, 740), (332, GROUND, 1), (214, GROUND, 1), (206, 720)]
    )
    sheet.part(shape(heel), colour, depth=0.38, gloss=0.4, soft=12)
    sheet.line(f"M{236 if slim else 220} {GROUND - 3}H{254 if slim else 328}", INK, 8)
    top: list[Node] = [(236, 464), (258, 458), (290, 520), (370, 620), (520, 712), (650, 744), (760, 728), (816, 704)]
    body: list[Node] = [
        (202, 600, 1), (196, 548), (214, 500), *top, (890, 734), (960, 772), (1022, 816, 1), (940, 824),
        (800, 826), (680, 806),
        (540, 744), (400, 664), (300, 620),
    ]  # fmt: skip
    sheet.part(
        shape(body),
        colour,
        depth=0.36,
        gloss=0.42,
        soft=16,
        marks=[
            bright(stroke([(850, 742), (930, 778), (990, 804)]), 12, 0.55),
            bright(stroke([(226, 500), (216, 560)]), 10, 0.4),
        ],
    )
    sole: list[Node] = [
        (300, 622),
        (400, 668),
        (540, 750),
        (680, 812),
        (800, 832),
        (940, 832),
        (1026, 818, 1),
        (940, GROUND),
        (780, GROUND),
        (660, 824),
        (520, 756),
        (390, 684),
    ]
    sheet.part(
        shape(sole), rng.choice(((176, 52, 50), (60, 44, 38), darker(colour, 0.4))), depth=0.3, gloss=0.2, soft=5
    )
    if strapped:
        loop = "M244 466C270 510 330 512 380 504C440 494 470 470 468 446"
        sheet.line(loop, darker(colour, 0.4), 20, opacity=0.7)
        sheet.line(loop, colour, 16)
        sheet.line(ring(372, 490, 15, 17), BRASS, 7)
