"""Colour arithmetic for the drawn catalogue: sRGB triples, mixed without leaving the gamut."""

# ruff: noqa: PLR2004 - in a drawing the numbers are the content

from __future__ import annotations

from typing import Final

RGB = tuple[int, int, int]

INK: Final[RGB] = (24, 22, 28)
PAPER: Final[RGB] = (255, 253, 249)
RUBBER: Final[RGB] = (243, 241, 235)
GUM: Final[RGB] = (178, 126, 78)
STEEL: Final[RGB] = (198, 200, 204)
BRASS: Final[RGB] = (204, 168, 98)


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """`share` of `other` in `one`, channel by channel in sRGB; 0 gives `one`, 1 gives `other`."""
    first, second, third = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return first, second, third


def lighter(colour: RGB, share: float) -> RGB:
    """Move towards warm paper white."""
    return mix(colour, PAPER, share)


def darker(colour: RGB, share: float) -> RGB:
    """Move towards a cool near-black, as a shadow does."""
    return mix(colour, INK, share)


def luma(colour: RGB) -> float:
    """Perceived lightness 0-1 (Rec. 601 weights, good enough to choose a contrasting neighbour)."""
    red, green, blue = colour
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def contrast(colour: RGB, share: float) -> RGB:
    """Lighten a dark colour, darken a light one: a seam that shows on both."""
    return lighter(colour, share) if luma(colour) < 0.42 else darker(colour, share)


def hexa(colour: RGB) -> str:
    """`#rrggbb`."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
