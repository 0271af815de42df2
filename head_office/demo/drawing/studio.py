"""The studio: backdrops with a soft pool of light and a floor, tinted to suit the goods."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

from head_office.demo.drawing.curve import ring
from head_office.demo.drawing.hand import Hand
from head_office.demo.drawing.sheet import Sheet
from head_office.demo.drawing.tone import RGB, luma

_LIGHT_GOODS: Final[tuple[RGB, ...]] = (
    (214, 205, 194),
    (203, 208, 203),
    (206, 212, 218),
    (219, 206, 200),
    (208, 203, 212),
    (198, 204, 196),
)
_DARK_GOODS: Final[tuple[RGB, ...]] = (
    (238, 233, 226),
    (232, 235, 233),
    (231, 235, 239),
    (241, 231, 226),
    (235, 232, 238),
    (240, 236, 224),
)
_DEFS: Final = (
    '<radialGradient id="pool" cx="0.44" cy="0.36" r="0.78"><stop stop-color="#ff0" stop-opacity="0.32"/>'
    '<stop offset="0.55" stop-color="#ff0" stop-opacity="0.06"/>'
    '<stop offset="1" stop-color="#000" stop-opacity="0.20"/>'
    "</radialGradient>"
    '<linearGradient id="floor" x2="0" y2="1"><stop stop-color="#000" stop-opacity="0.13"/>'
    '<stop offset="0.3" stop-color="#000" stop-opacity="0.03"/><stop offset="1" stop-color="#ff0" stop-opacity="0.10"/>'
    "</linearGradient>"
)


def _ground(goods: RGB, rng: Hand) -> RGB:
    return rng.choice(_LIGHT_GOODS if luma(goods) > 0.62 else _DARK_GOODS)


def wall(sheet: Sheet, goods: RGB, rng: Hand) -> None:
    """Backdrop for pieces that hang or lie flat."""
    sheet.backdrop(_ground(goods, rng), '<rect width="1200" height="1200" fill="url(#pool)"/>', _DEFS)


def floor(sheet: Sheet, goods: RGB, rng: Hand, horizon: float = 640.0) -> None:
    """Backdrop with a floor for pieces that stand: a soft horizon at `horizon`."""
    light = (
        '<rect width="1200" height="1200" fill="url(#pool)"/>'
        f'<g filter="url(#{sheet.blur(26)})">'
        f'<rect x="-200" y="{horizon:.0f}" width="1600" height="{1300 - horizon:.0f}" fill="url(#floor)"/></g>'
    )
    sheet.backdrop(_ground(goods, rng), light, _DEFS)


def contact(sheet: Sheet, left: float, right: float, ground: float, *, lift: float = 0.0) -> None:
    """Shadow where goods meet the floor: a wide faint pool and a narrow dark line. `lift` raises the toe end."""
    middle, half = (left + right) / 2, (right - left) / 2
    sheet.cast(ring(middle + 18, ground + 16, half * 1.06, 40), opacity=0.26, soft=26, reach=2.0)
    sheet.cast(ring(middle - lift, ground + 2, half * 0.95, 13), opacity=0.55, soft=9, reach=2.0)
