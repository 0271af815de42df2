"""Leather shoes on a welted sole: loafer and derby."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import Node, along, box, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet, bright, fold
from head_office.demo.drawing.studio import contact, floor
from head_office.demo.drawing.tone import BRASS, GUM, INK, RGB, STEEL, contrast, darker, lighter, luma, mix

GROUND: Final = 838.0
_LINING: Final[RGB] = (206, 176, 140)


def welted_sole(
    sheet: Sheet,
    colour: RGB,
    *,
    left: float = 178,
    right: float = 1048,
    heel: float = 50,
    heel_width: float = 168,
    thick: float = 20,
    stitch: RGB | None = None,
) -> None:
    """A leather sole on a stacked heel: `heel` high, `thick` at the ball; `stitch` shows the welt."""
    seat = GROUND - heel - thick
    sole: list[Node] = [
        (left - 6, seat - 2, 1),
        (left + 170, seat + 2),
        ((left + right) / 2 - 20, seat + heel * 0.45),
        (right - 300, GROUND - thick - 8),
        (right - 120, GROUND - thick - 12),
        (right + 6, GROUND - thick - 26, 1),
        (right + 2, GROUND - 22),
        (right - 120, GROUND - 4),
        (right - 300, GROUND),
        ((left + right) / 2 - 20, seat + heel * 0.45 + thick),
        (left + 170, seat + thick + 2),
        (left - 8, seat + thick, 1),
    ]
    block: list[Node] = [
        (left - 8, seat + thick - 2, 1),
        (left + heel_width, seat + thick - 2, 1),
        (left + heel_width - 10, GROUND, 1),
        (left + 2, GROUND, 1),
    ]
    sheet.part(shape(block), darker(colour, 0.2), depth=0.4, gloss=0.25, soft=10)
    for k in (1, 2):
        y = seat + thick + (heel * k) / 3
        sheet.line(
            f"M{left - 4:.0f} {y:.0f}H{left + heel_width - 6:.0f}", contrast(darker(colour, 0.2), 0.3), 2, opacity=0.5
        )
    sheet.line(f"M{left:.0f} {GROUND - 4:.0f}H{left + heel_width - 12:.0f}", INK, 8, opacity=0.85)
    sheet.part(shape(sole), colour, depth=0.3, gloss=0.35, soft=7)
    if stitch is not None:
        welt: list[Node] = [(n[0], n[1] + 7) for n in sole[2:6]]
        sheet.stitch(stroke(welt), stitch, width=3.4, opacity=0.95)


def feather(heel: float, thick: float = 20, left: float = 178, right: float = 1048) -> list[Node]:
    """The line where upper meets sole, from toe back to heel, a little below the sole's top edge."""
    seat = GROUND - heel - thick
    return [
        (right, GROUND - thick - 20, 1),
        (right - 120, GROUND - thick - 6),
        (right - 300, GROUND - thick - 2),
        ((left + right) / 2 - 20, seat + heel * 0.45 + 6),
        (left + 170, seat + 8),
        (left, seat + 4, 1),
    ]


def toe_gloss(strength: float, *, x: float = 930, y: float = 724) -> list[str]:
    """Window light on a polished toe."""
    ridge: list[Node] = [(x - 170, y - 50), (x - 60, y - 18), (x + 40, y + 28)]
    spot: list[Node] = [(x - 8, y + 6), (x + 36, y + 32)]
    return [bright(stroke(ridge), 20, strength), bright(stroke(spot), 12, strength)]


def _sole_colour(colour: RGB, rng: Hand) -> RGB:
    return rng.choice((darker(colour, 0.45), (58, 42, 34), (40, 38, 40), mix(GUM, (90, 60, 40), 0.3)))


def loafer(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Slip-on with an apron seam: penny strap, metal bit, tassel or plain: 乐福鞋."""
    floor(sheet, colour, rng)
    contact(sheet, 172, 1050, GROUND - 2, lift=10)
    lift, toe = rng.choice((40, 46, 52)), rng.randint(-10, 12)
    style = rng.promised({"便士": 0, "软底": 0, "金属扣": 1, "流苏": 2, "通勤": 3}, (0, 3))
    thick = 44 if rng.says("厚底") else 20
    seat = GROUND - lift - thick
    topline: list[Node] = [(208, 560), (226, 552), (262, 584), (350, 620), (440, 608), (516, 552), (546, 516)]
    far: list[Node] = [(216, 562), (330, 572), (440, 556), (548, 512), (540, 580), (440, 626), (300, 612)]
    sheet.part(shape(far), mix(_LINING, colour, 0.2), depth=0.5, gloss=0.0, soft=14)
    profile: list[Node] = [
        (178, seat + 4, 1), (164, seat - 64), (176, 662), (194, 600), *topline, (568, 502), (600, 512),
        (680, 560), (776, 606),
        (880, 646 + toe), (968, 688 + toe), (1030, 744 + toe / 2), (1050, 798), *feather(lift, thick),
    ]  # fmt: skip
    crease = [*fold(stroke([(720, 604), (690, 650), (690, 700)]), 10, 0.12)]
    sheet.part(shape(profile[:-1]), colour, depth=0.36, gloss=0.3, soft=24, marks=[*toe_gloss(0.4), *crease])
    apron: list[Node] = [(566, 590), (660, 636), (780, 676), (890, 702 + toe), (968, 718 + toe), (994, 726 + toe)]
    sheet.line(stroke(apron), darker(colour, 0.45), 9, opacity=0.55)
    sheet.line(stroke(move(apron, 0, -5)), lighter(colour, 0.3), 4, opacity=0.6)
    sheet.line(stroke(apron), contrast(colour, 0.55), 12, opacity=0.35, dash="3 9")
    sheet.stitch(stroke(move(topline[1:], 0, 15)), contrast(colour, 0.35), width=2.4)
    back: list[Node] = [(208, 560), (232, 640), (244, seat)]
    sheet.line(stroke(back), contrast(colour, 0.4), 2.4, opacity=0.5)
    _vamp_trim(sheet, colour, style, rng)
    edge = _sole_colour(colour, rng)
    welted_sole(sheet, edge, heel=lift, thick=thick, stitch=lighter(colour, 0.4) if rng.random() < 0.5 else None)


def _vamp_trim(sheet: Sheet, colour: RGB, style: int, rng: Hand) -> None:
    strap: list[Node] = [
        (538, 520, 1), (576, 500), (650, 540, 1), (640, 610), (604, 690), (572, 778, 1), (470, 770, 1),
        (486, 700), (512, 610)
    ]  # fmt: skip
    if style == 0:
        sheet.part(shape(strap), lighter(colour, 0.05), depth=0.34, gloss=0.4, soft=12)
        sheet.stitch(stroke([(636, 556), (626, 612), (590, 692), (560, 764)]), contrast(colour, 0.35), width=2.4)
        sheet.stitch(stroke([(548, 536), (526, 612), (500, 700), (484, 760)]), contrast(colour, 0.35), width=2.4)
        slit: list[Node] = [(540, 618, 1), (566, 586), (596, 580), (622, 592, 1), (606, 622), (574, 634)]
        sheet.flat(shape(slit), darker(colour, 0.72), edge=0.5)
    elif style == 1:
        metal = rng.choice((BRASS, STEEL))
        sheet.part(shape(strap), colour, depth=0.3, gloss=0.4, soft=10)
        for x, y in ((540, 640), (622, 566)):
            sheet.line(ring(x, y, 17, 22), darker(metal, 0.4), 10, opacity=0.8)
            sheet.line(ring(x, y, 17, 22), metal, 7)
            sheet.line(ring(x - 2, y - 3, 15, 20), lighter(metal, 0.7), 2, opacity=0.9)
        sheet.line(stroke([(552, 622), (582, 596), (612, 582)]), darker(metal, 0.4), 15)
        sheet.line(stroke([(552, 621), (582, 595), (612, 581)]), metal, 11)
        sheet.line(stroke([(552, 618), (582, 592), (610, 579)]), lighter(metal, 0.75), 3)
    elif style == 2:
        sheet.line(stroke([(250, 596), (350, 640), (452, 628), (560, 572)]), darker(colour, 0.35), 9)
        for dx in (0, 34):
            tassel: list[Node] = [(594 + dx, 572, 1), (624 + dx, 576, 1), (644 + dx, 656, 1), (582 + dx, 648, 1)]
            sheet.part(shape(tassel), darker(colour, 0.1), depth=0.3, gloss=0.35, soft=6)
            for k in range(5):
                sheet.line(f"M{598 + dx + k * 6} 592L{590 + dx + k * 12} 650", darker(colour, 0.5), 2, opacity=0.6)
            sheet.part(ring(608 + dx, 572, 17, 13), lighter(colour, 0.1), depth=0.3, gloss=0.4, soft=5)
    else:
        sheet.stitch(
            stroke([(572, 530), (640, 590), (760, 642), (880, 676), (970, 696)]), contrast(colour, 0.35), width=2.4
        )
        sheet.flat(box(506, 690, 62, 22, 4), lighter(colour, 0.2), opacity=0.7, edge=0.4)


def derby(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Open-laced leather shoe: 德比鞋; half of them with a toe cap, some brogued."""
    floor(sheet, colour, rng)
    contact(sheet, 172, 1050, GROUND - 2, lift=10)
    lift, capped, holes = rng.choice((42, 48)), rng.says("三接头", "布洛克"), rng.says("布洛克")
    chunky = rng.says("厚底", "复古")
    thick = 34 if chunky else 20
    seat = GROUND - lift - thick
    far: list[Node] = [(220, 516), (330, 500), (420, 470), (480, 430), (470, 520), (380, 566), (280, 560)]
    sheet.part(shape(far), mix(_LINING, colour, 0.2), depth=0.5, gloss=0.0, soft=12)
    tongue: list[Node] = [
        (428, 500),
        (436, 424),
        (470, 404),
        (514, 436),
        (620, 540),
        (690, 596),
        (600, 620),
        (480, 560),
    ]
    sheet.part(shape(tongue), darker(colour, 0.06), depth=0.3, gloss=0.3, soft=11)
    vamp: list[Node] = [
        (520, 560), (610, 556), (690, 600), (790, 642), (900, 682), (1000, 730), (1044, 782), (1050, 806),
        *feather(lift, thick)[:4], (470, seat + 10, 1),
    ]  # fmt: skip
    sheet.part(shape(vamp), colour, depth=0.36, gloss=0.32, soft=22, marks=toe_gloss(0.5, y=728))
    facing: list[Node] = [(474, 432), (540, 500), (616, 566), (662, 606)]
    quarter: list[Node] = [
        (178, seat + 4, 1), (164, seat - 64), (178, 640), (200, 560), (214, 512), (240, 506), (284, 540),
        (350, 560), (424, 520),
        (462, 440), *facing, (664, 630), (622, 656), (584, 720), (560, seat + 22, 1), (350, seat + 10),
    ]  # fmt: skip
    sheet.part(shape(quarter), colour, depth=0.36, gloss=0.34, soft=20)
    for off in (0, 9):
        sheet.stitch(stroke(move(quarter[14:17], -12 - off, -4 - off)), contrast(colour, 0.35), width=2.4)
    sheet.stitch(stroke(move(quarter[5:10], 2, 14)), contrast(colour, 0.35), width=2.4)
    sheet.stitch(stroke(move(facing, -40, 26)), contrast(colour, 0.35), width=2.4)
    counter: list[Node] = [(238, 520), (276, 620), (330, 700), (356, seat + 6)]
    sheet.line(stroke(counter), contrast(colour, 0.4), 2.6, opacity=0.6)
    if holes:
        for i in range(16):
            x, y = along(counter, (i + 0.5) / 16)
            sheet.flat(ring(x - 12, y + 4, 3.6), darker(colour, 0.7))
    if capped:
        cap: list[Node] = [(872, 668), (838, 730), (846, 812)]
        sheet.line(stroke(cap), contrast(colour, 0.45), 3, opacity=0.7)
        sheet.stitch(stroke(move(cap, -10, 0)), contrast(colour, 0.35), width=2.4)
        if holes:
            for i in range(10):
                x, y = along(cap, (i + 0.5) / 10)
                sheet.flat(ring(x + 12, y, 4.2), darker(colour, 0.7))
    lace = darker(colour, 0.5) if luma(colour) > 0.25 else lighter(colour, 0.16)
    for i in range(5):
        x, y = along(facing, 0.06 + 0.19 * i)
        bar = stroke([(x - 20, y + 20), (x - 4, y + 2), (x + 30, y - 14)])
        sheet.line(ring(x - 20, y + 20, 5), darker(colour, 0.65), 4)
        sheet.line(bar, INK, 11, opacity=0.5)
        sheet.line(bar, lace, 8)
    bow: list[Node] = [(488, 430), (540, 396), (566, 424), (512, 440), (560, 470)]
    sheet.line(stroke(bow), lace, 7)
    edge = _sole_colour(colour, rng)
    welted_sole(sheet, edge, heel=lift, thick=thick, stitch=GUM if chunky else lighter(edge, 0.4))
