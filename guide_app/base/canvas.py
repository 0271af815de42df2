"""Colours and rectangles of posters: what both ends need to judge a template."""

from __future__ import annotations

from typing import NamedTuple

_LINEAR_LIMIT, _LINEAR_SLOPE = 0.04045, 12.92
_LUMA = (0.2126, 0.7152, 0.0722)
_FLARE = 0.05


class Colour(NamedTuple):
    """Red, green, blue and opacity, each 0-255 (sRGB)."""

    red: int
    green: int
    blue: int
    alpha: int = 255

    @classmethod
    def parse(cls, text: str) -> Colour:
        """`#RRGGBB` or `#RRGGBBAA`. Raises ValueError."""
        if len(text) not in (7, 9) or text[0] != "#":
            raise ValueError(f"not a colour: {text!r}")
        return cls(*bytes.fromhex(text[1:]))

    def luminance(self) -> float:
        """Relative luminance 0-1 (WCAG 2, definition of relative luminance)."""
        return sum(w * _linear(c / 255) for w, c in zip(_LUMA, self[:3], strict=True))

    def contrast(self, other: Colour) -> float:
        """Contrast ratio 1-21 (WCAG 2)."""
        low, high = sorted((self.luminance(), other.luminance()))
        return (high + _FLARE) / (low + _FLARE)


class Box(NamedTuple):
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Box:
        """The same rectangle elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def scaled(self, by: float) -> Box:
        """The same rectangle in units of which `by` make one of these."""
        return Box(self.x * by, self.y * by, self.width * by, self.height * by)

    def inset(self, by: float) -> Box:
        """The rectangle `by` smaller on each side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def meets(self, other: Box) -> bool:
        """Whether the two share an area."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom


def _linear(c: float) -> float:
    return c / _LINEAR_SLOPE if c <= _LINEAR_LIMIT else ((c + 0.055) / 1.055) ** 2.4
