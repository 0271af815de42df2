"""Short outer layers: blouson and denim jacket, and the base that all outer layers share."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from head_office.demo.drawing.curve import AXIS, Node, box, flip, move, ring, shape, stroke
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet, dark
from head_office.demo.drawing.sneakers import BOLD
from head_office.demo.drawing.studio import wall
from head_office.demo.drawing.tone import BRASS, PAPER, RGB, STEEL, contrast, darker, lighter, mix
from head_office.demo.drawing.torso import (
    Torso,
    body_folds,
    both,
    cuff,
    hang,
    inside_back,
    long_sleeve,
    rib_band,
    roundness,
    shirt_collar,
    sleeve_folds,
)


def base(
    sheet: Sheet, torso: Torso, colour: RGB, rng: Hand, *, end: float, width: float = 100, spread: float = 128
) -> tuple[str, list[Node]]:
    """Backdrop, shadow, inside back, sleeves and body; returns the outline and the right sleeve."""
    wall(sheet, colour, rng)
    sleeve = long_sleeve(torso, end=end, width=width, spread=spread)
    outline = torso.outline()
    hang(sheet, [outline, shape(sleeve), shape(flip(sleeve))])
    inside_back(sheet, torso, colour, lining=mix(colour, (120, 100, 90), 0.4))
    both(sheet, sleeve, colour, sleeve_folds(sleeve, 0.17), depth=0.36, gloss=0.2, soft=24)
    sheet.part(
        outline, colour, depth=0.19, gloss=0.16, soft=32, marks=[*body_folds(torso, rng, 0.1), *roundness(torso)]
    )
    return outline, sleeve


def zipper(sheet: Sheet, top: float, bottom: float, metal: RGB, *, x: float = AXIS) -> None:
    """A zip with its slider down the front."""
    sheet.line(f"M{x} {top:.0f}V{bottom:.0f}", darker(metal, 0.6), 13)
    sheet.line(f"M{x} {top:.0f}V{bottom:.0f}", metal, 8, dash="2 6")
    sheet.flat(box(x - 6, top + 14, 12, 40, 4), metal, edge=0.7)


def front_edge(sheet: Sheet, torso: Torso, colour: RGB, top: float, x: float = AXIS) -> None:
    """The closing edge with its row of stitches."""
    sheet.line(f"M{x} {top:.0f}V{torso.hem_y + torso.sag:.0f}", contrast(colour, 0.5), 3, opacity=0.7)
    sheet.stitch(f"M{x - 12} {top + 20:.0f}V{torso.hem_y + torso.sag - 6:.0f}", contrast(colour, 0.3), width=2.2)


def slant_pockets(sheet: Sheet, colour: RGB, *, x: float = 150, top: float = 740, size: float = 130) -> None:
    """Two slanted welt pockets."""
    for side in (-1, 1):
        welt: list[Node] = [
            (AXIS + x * side, top, 1), (AXIS + (x + 26) * side, top + 4, 1),
            (AXIS + (x + 66) * side, top + size, 1), (AXIS + (x + 40) * side, top + size, 1)
        ]  # fmt: skip
        sheet.part(shape(welt), darker(colour, 0.08), depth=0.3, gloss=0.2, soft=6)


def jacket(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Zipped blouson with rib or stand collar: 夹克."""
    torso = Torso(neck_y=210, neck=92, hem_y=940, hem=264, chest=276, waist=276, shoulder=278, drop=64, shoulder_y=192)
    outline, sleeve = base(sheet, torso, colour, rng, end=920)
    metal = rng.choice((STEEL, BRASS))
    ribbed = rng.says("螺纹", "飞行", "棒球", "短款") or rng.chance(0.2)
    rib = darker(colour, 0.22) if rng.random() < 0.6 else mix(colour, PAPER, 0.12)
    if rng.says("拼色"):
        yoke: list[Node] = [
            (AXIS - 276, 250),
            (AXIS - 150, 200),
            (AXIS, 214),
            (AXIS + 150, 200),
            (AXIS + 276, 250),
            (AXIS + 256, 430, 1),
            (AXIS, 452),
            (AXIS - 256, 430, 1),
        ]
        sheet.flat(shape(yoke), rng.choice(BOLD), opacity=0.95, edge=0.3)
    for side in (-1, 1):
        seam: list[Node] = [(AXIS + 270 * side, 420), (AXIS + 180 * side, 440), (AXIS + 20 * side, 446)]
        sheet.line(stroke(seam), contrast(colour, 0.4), 2.6, opacity=0.5)
        sheet.stitch(stroke(move(seam, 0, 10)), contrast(colour, 0.3), width=2.2)
    slant_pockets(sheet, colour)
    wrist = cuff(sleeve, 64)
    for nodes, turn in ((wrist, -12), (flip(wrist), 12)):
        if ribbed:
            rib_band(sheet, shape(nodes), rib, turn=turn)
        else:
            sheet.part(shape(nodes), darker(colour, 0.06), depth=0.3, gloss=0.2, soft=8)
    hem: list[Node] = [
        (AXIS - 268, 926, 1),
        (AXIS, 940),
        (AXIS + 268, 926, 1),
        (AXIS + 250, 1000, 1),
        (AXIS, 1014),
        (AXIS - 250, 1000, 1),
    ]
    if ribbed:
        rib_band(sheet, shape(hem), rib)
        collar: list[Node] = [
            (AXIS - 100, 206, 1),
            (AXIS - 84, 150),
            (AXIS, 132),
            (AXIS + 84, 150),
            (AXIS + 100, 206, 1),
            (AXIS + 40, 236),
            (AXIS, 240),
            (AXIS - 40, 236),
        ]
        rib_band(sheet, shape(collar), rib, soft=10)
        sheet.glow(shape(collar), [dark(stroke([(AXIS - 80, 160), (AXIS, 176), (AXIS + 80, 160)]), 24, 0.4)], soft=8)
    else:
        sheet.part(shape(hem), darker(colour, 0.06), depth=0.3, gloss=0.2, soft=8)
        shirt_collar(sheet, torso, lighter(colour, 0.04), point=86, spread=56, gap=6)
    zipper(sheet, 226, 1010, metal)
    del outline


def denim_jacket(sheet: Sheet, colour: RGB, rng: Hand) -> None:
    """Trucker jacket: 牛仔夹克."""
    torso = Torso(neck_y=226, neck=88, hem_y=900, hem=250, chest=268, waist=262, shoulder=272, drop=58, shoulder_y=184)
    outline, sleeve = base(sheet, torso, colour, rng, end=890, width=92)
    _twill(sheet, outline, colour)
    thread = (206, 156, 86)
    for side in (-1, 1):
        yoke: list[Node] = [(AXIS + 262 * side, 400), (AXIS + 150 * side, 410), (AXIS + 20 * side, 404)]
        for off in (0, 10):
            sheet.stitch(stroke(move(yoke, 0, off)), thread, width=2.8)
        for top, low in ((96, 70), (196, 150)):
            seam: list[Node] = [(AXIS + top * side, 410), (AXIS + low * side, 890)]
            sheet.line(stroke(seam), darker(colour, 0.4), 3, opacity=0.6)
            sheet.stitch(stroke(move(seam, 8, 0)), thread, width=2.6)
        flap: list[Node] = [
            (AXIS + 84 * side, 408, 1),
            (AXIS + 214 * side, 408, 1),
            (AXIS + 210 * side, 456, 1),
            (AXIS + 149 * side, 482, 1),
            (AXIS + 88 * side, 456, 1),
        ]
        sheet.part(shape(flap), colour, depth=0.3, gloss=0.2, soft=7)
        sheet.stitch(shape([(n[0], n[1] + (8 if n[1] < 420 else -9), 1) for n in flap]), thread, width=2.4)
        sheet.flat(ring(AXIS + 149 * side, 458, 8), BRASS, edge=0.6)
    wrist = cuff(sleeve, 62)
    for nodes in (wrist, flip(wrist)):
        sheet.part(shape(nodes), darker(colour, 0.06), depth=0.3, gloss=0.2, soft=8)
    band: list[Node] = [
        (AXIS - 254, 892, 1),
        (AXIS, 906),
        (AXIS + 254, 892, 1),
        (AXIS + 250, 956, 1),
        (AXIS, 970),
        (AXIS - 250, 956, 1),
    ]
    sheet.part(shape(band), darker(colour, 0.06), depth=0.3, gloss=0.2, soft=8)
    sheet.part(box(AXIS - 26, 236, 52, 730, 4), darker(colour, 0.04), depth=0.24, gloss=0.2, soft=6)
    for x in (AXIS - 18, AXIS + 18):
        sheet.stitch(f"M{x} 250V960", thread, width=2.4)
    for k in range(6):
        sheet.flat(ring(AXIS, 300 + k * 126, 11), BRASS, edge=0.7)
        sheet.line(ring(AXIS, 300 + k * 126, 6), darker(BRASS, 0.4), 2)
    shirt_collar(sheet, torso, colour, point=96, spread=60, gap=12)


def _twill(sheet: Sheet, d: str, colour: RGB) -> None:
    sheet.pattern(
        d, f'<path d="M0 2h9" stroke="rgb{lighter(colour, 0.35)}" stroke-width="1.4"/>', 9, 6, turn=-52, opacity=0.5
    )
