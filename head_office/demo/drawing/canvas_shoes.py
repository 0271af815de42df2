"""Canvas shoe, suede board shoe and children's shoe."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from dataclasses import replace

from head_office.demo.drawing.curve import Node, along, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.lace_ups import begin
from head_office.demo.drawing.sheet import Sheet, bright, dark
from head_office.demo.drawing.sneakers import (
    BOLD,
    Last,
    cup_sole,
    eyestay,
    inside,
    laces,
    leaf_mark,
    side_wall,
    toe_light,
    tongue,
)
from head_office.demo.drawing.tone import GUM, PAPER, RGB, RUBBER, contrast, darker, lighter, mix


def canvas(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Vulcanised canvas shoe, low or high: 帆布鞋."""
    high = rng.says("高帮")
    base = Last(toe_height=672, heel_bulge=4, throat_end=(720, 640), heel_top=502, dip=556, throat_top=(468, 478))
    last = (
        replace(base, heel_top=278, dip=318, throat_top=(430, 256), throat_end=(736, 640), instep=0.2) if high else base
    )
    begin(sheet, last, colour, rng)
    inside(sheet, last, lighter(colour, 0.5))
    tongue(sheet, last, colour, height=44)
    upper = shape(last.upper())
    sheet.part(upper, colour, depth=0.34, gloss=0.16, soft=26)
    weave = f'<path d="M0 2h4M6 6h4M2 0v4M8 4v4" stroke="rgb{contrast(colour, 0.5)}" stroke-width="1.4"/>'
    sheet.pattern(upper, weave, 10, 8, opacity=0.4)
    vx, vy = last.throat_end
    seam: list[Node] = [(vx - 60, vy + 24), (vx - 100, vy + 80), (vx - 90, last.feather)]
    for off in (0, 9):
        sheet.stitch(stroke(move(seam, off, 0)), lighter(colour, 0.7), width=2.8)
        sheet.stitch(stroke(move(last.collar(), 0, 12 + off)), lighter(colour, 0.7), width=2.8)
    sheet.stitch(stroke(move(last.throat(), -40, 30)), lighter(colour, 0.7), width=2.8)
    strip = last.heel(30)
    sheet.part(shape(strip), mix(colour, PAPER, 0.1), depth=0.3, gloss=0.2, soft=10)
    if high:
        sheet.part(ring(338, 470, 50), PAPER, depth=0.2, gloss=0.2, soft=8)
        leaf_mark(sheet, 338, 470, 70, rng.choice(BOLD))
    end, tip = last.toe_end, last.toe_height
    cap: list[Node] = [
        (vx + 122, last.feather, 1), (vx + 114, 716), (vx + 156, 672), (end - 100, tip - 2), (end - 30, tip + 40),
        (end + 6, last.feather - 40), (end + 3, last.feather, 1),
    ]  # fmt: skip
    sheet.part(shape(cap), RUBBER, depth=0.32, gloss=0.5, soft=13)
    laces(sheet, last, PAPER, count=8 if high else 6, width=13, drop=22)
    cup_sole(
        sheet,
        last,
        RUBBER,
        thick=80 if rng.says("厚底") else 58,
        stripe=rng.choice(BOLD[:3]) if rng.random() < 0.7 else darker(colour, 0.1),
    )


def skate(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Suede board shoe: 板鞋."""
    last = Last(toe_height=656, heel_top=500, dip=554, throat_top=(470, 474), throat_end=(716, 616), toe_round=0.8)
    second = rng.choice(BOLD) if rng.random() < 0.5 else lighter(colour, 0.35)
    begin(sheet, last, colour, rng)
    inside(sheet, last, lighter(colour, 0.3))
    tongue(sheet, last, darker(colour, 0.1), height=66, label=PAPER)
    sheet.part(shape(last.upper()), colour, depth=0.36, gloss=0.16, soft=30)
    vx, vy = last.throat_end
    toe: list[Node] = [
        (vx - 20, last.feather, 1), (vx + 10, 690), (vx + 60, vy + 40), (vx + 150, vy + 26),
        (last.toe_end - 100, last.toe_height + 4),
        (last.toe_end - 32, last.toe_height + 44), (last.toe_end, last.feather - 42),
        (last.toe_end - 2, last.feather, 1),
    ]  # fmt: skip
    sheet.part(shape(toe), second, depth=0.34, gloss=0.18, soft=18)
    sheet.stitch(stroke(move(toe[1:4], 10, 6)), lighter(second, 0.5), width=2.6)
    wave: list[Node] = [(300, 700), (400, 640), (470, 690), (560, 720), (640, 640)]
    sheet.line(stroke(wave), lighter(second, 0.1), 22)
    sheet.stitch(stroke(move(wave, 0, -15)), lighter(colour, 0.6), width=2.4)
    sheet.stitch(stroke(move(wave, 0, 15)), lighter(colour, 0.6), width=2.4)
    sheet.part(shape(last.heel(90)), second, depth=0.34, gloss=0.2, soft=14)
    sheet.part(shape(eyestay(last)), lighter(colour, 0.06), depth=0.26, gloss=0.2, soft=9)
    sheet.stitch(stroke(move(last.collar(), 0, 13)), lighter(colour, 0.5), width=2.4)
    laces(sheet, last, PAPER, width=15)
    cup_sole(sheet, last, RUBBER if rng.random() < 0.7 else GUM, thick=66, outsole=GUM if rng.random() < 0.4 else None)


def kids(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Short round shoe with hook-and-loop straps: 童鞋."""
    last = Last(
        heel_x=262, toe_end=962, heel_top=420, dip=498, throat_top=(486, 408), throat_end=(690, 584), toe_height=604,
        feather=752, heel_bulge=16, toe_round=1.5,
    )  # fmt: skip
    accent, pale = rng.choice(BOLD), lighter(colour, 0.5)
    begin(sheet, last, colour, rng)
    inside(sheet, last, colour)
    tongue(sheet, last, pale, height=66, label=accent)
    sheet.part(shape(last.upper()), colour, depth=0.34, gloss=0.34, soft=26, marks=toe_light(last, 0.4))
    toe: list[Node] = [
        (780, last.feather, 1), (770, 690), (810, 628), (880, 606), (last.toe_end - 48, 640),
        (last.toe_end + 2, 710),
        (last.toe_end - 2, last.feather, 1),
    ]  # fmt: skip
    sheet.part(shape(toe), pale, depth=0.3, gloss=0.5, soft=14)
    sheet.part(shape(last.heel(104)), accent, depth=0.3, gloss=0.3, soft=14)
    if rng.says("彩虹"):
        for k, band in enumerate(rng.sample(BOLD, 4)):
            sheet.line(f"M{400 + k * 18} 740a{86 - k * 18} {86 - k * 18} 0 0 1 {172 - k * 36} 0", band, 15)
    else:
        leaf_mark(sheet, 470, 676, rng.randint(78, 100), lighter(accent, 0.15), turn=rng.randint(-24, 12))
    if rng.says("绒"):
        for k in range(34):
            x, y = along(last.collar(), k / 33)
            sheet.flat(ring(x, y - 4, 19, 16), mix((236, 226, 208), PAPER, rng.random()))
    for k in range(2):
        dx, dy = 96 * k, 82 * k
        strap: list[Node] = [
            (424 + dx, 520 + dy), (414 + dx, 478 + dy), (500 + dx, 410 + dy), (560 + dx, 398 + dy),
            (590 + dx, 440 + dy), (540 + dx, 476 + dy),
            (470 + dx, 530 + dy),
        ]  # fmt: skip
        sheet.part(shape(strap), pale if k else accent, depth=0.3, gloss=0.35, soft=9)
        sheet.stitch(stroke(move(strap[1:4], 6, 12)), PAPER, width=2.6)
    _kid_sole(sheet, last, RUBBER, accent)


def _kid_sole(sheet: Sheet, last: Last, rubber: RGB, accent: RGB) -> None:
    wall = side_wall(last, 86, spring=22)
    sheet.part(shape(wall), rubber, depth=0.42, gloss=0.4, soft=15)
    left, top = last.heel_x, last.feather
    for k in range(9):
        x = left + 40 + k * 74
        sheet.flat(ring(x, top + 42, 14), accent if k % 2 else lighter(accent, 0.45))
    sheet.glow(
        shape(wall),
        [dark(f"M{left} {top + 82}H{last.toe_end}", 14, 0.3), bright(f"M{left} {top + 12}H{last.toe_end}", 8, 0.3)],
        soft=6,
    )
