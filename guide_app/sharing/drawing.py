"""A poster as a flat list of drawing commands, in pixels or millimetres from the top left corner. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from guide_app.base.canvas import Box, Colour

# Not for the type checker alone: the print log reads drawings back by the types of their fields.
from guide_app.sharing.barcode import BarSymbol
from guide_app.sharing.content import Photo
from guide_app.sharing.qr import QrMatrix
from guide_app.sharing.typeset import Font

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Colours and boxes stand in the base; drawings are made of them.
__all__ = [
    "EM_ASCENT", "Bars", "Box", "Circle", "Colour", "Command", "Drawing", "FillRect", "Gradient", "Image", "Modules",
    "Stroke", "StrokeRect", "TextRun", "Unit", "extent", "moved",
]  # fmt: skip

Unit = Literal["px", "mm"]


@dataclass(frozen=True, slots=True)
class FillRect:
    """A filled rectangle, its corners rounded by `radius`."""

    box: Box
    colour: Colour
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class StrokeRect:
    """The outline of a rectangle, drawn inside the box's edge."""

    box: Box
    colour: Colour
    thickness: float
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours blending along a line (`angle` in degrees, 90 = downwards) or outwards from the centre."""

    box: Box
    stops: tuple[tuple[float, Colour], ...]
    kind: Literal["linear", "radial"] = "linear"
    angle: float = 90.0
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A filled circle."""

    x: float
    y: float
    radius: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    thickness: float
    colour: Colour


@dataclass(frozen=True, slots=True)
class TextRun:
    """Text on one line; `y` is the baseline, `width` what the measurer said it takes."""

    x: float
    y: float
    text: str
    font: Font
    colour: Colour
    width: float


@dataclass(frozen=True, slots=True)
class Image:
    """A photo, filling the box (`cover`, cut around the focus, 0-1 from the top) or wholly inside it (`contain`)."""

    box: Box
    photo: Photo
    fit: Literal["cover", "contain"]
    focus: float = 0.5
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Modules:
    """A QR symbol without its quiet zone: `box` is square, `quiet` the light modules that lie around it."""

    box: Box
    matrix: QrMatrix
    dark: Colour
    light: Colour
    quiet: float

    @property
    def module(self) -> float:
        """The side of one module."""
        return self.box.width / self.matrix.size


@dataclass(frozen=True, slots=True)
class Bars:
    """A GTIN's symbol without its quiet zone; `quiet` are the light modules to its left and right.

    Guard bars reach to the box's bottom, other bars end `drop` above it.
    """

    box: Box
    symbol: BarSymbol
    dark: Colour
    light: Colour
    quiet: tuple[float, float]
    drop: float = 0.0

    @property
    def module(self) -> float:
        """The width of one module."""
        return self.box.width / self.symbol.width

    def rects(self, left: float, top: float, module: float, height: float) -> Iterator[Box]:
        """The dark rectangles of a symbol drawn from (left, top), its bars `height` high."""
        short = height * (1 - self.drop / self.box.height)
        for x, y, length in self.symbol.runs():
            at = left + x * module
            if self.symbol.linear:
                yield Box(at, top, length * module, height if self.symbol.is_guard(x) else short)
            else:
                yield Box(at, top + y * module, length * module, module)


Command = FillRect | StrokeRect | Gradient | Circle | Stroke | TextRun | Image | Modules | Bars


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished layout.

    `url` is what its QR symbol must say (empty without one), `title` and `alternative` what it shows, in words.
    """

    template: str
    unit: Unit
    width: float
    height: float
    commands: tuple[Command, ...]
    url: str
    title: str
    alternative: str

    def symbols(self) -> list[Modules]:
        """The QR symbols in it."""
        return [c for c in self.commands if isinstance(c, Modules)]

    def bars(self) -> list[Bars]:
        """The GTIN symbols in it."""
        return [c for c in self.commands if isinstance(c, Bars)]


def extent(command: Command) -> Box:
    """The rectangle that a command may paint; for text, its em box."""
    match command:
        case Circle(x, y, radius):
            return Box(x - radius, y - radius, 2 * radius, 2 * radius)
        case Stroke(x1, y1, x2, y2, thickness):
            half = thickness / 2
            left, top = min(x1, x2) - half, min(y1, y2) - half
            return Box(left, top, abs(x2 - x1) + thickness, abs(y2 - y1) + thickness)
        case TextRun():
            return Box(command.x, command.y - EM_ASCENT * command.font.size, command.width, command.font.size)
        case _:
            return command.box


EM_ASCENT = 0.88
"""How much of the em box of a Chinese font lies above the baseline (the ideographic em box)."""


def moved(commands: Iterable[Command], dx: float, dy: float) -> tuple[Command, ...]:
    """The same commands, `dx` to the right and `dy` further down."""
    return tuple(_moved(c, dx, dy) for c in commands)


def _moved(command: Command, dx: float, dy: float) -> Command:
    match command:
        case Circle() | TextRun():
            return replace(command, x=command.x + dx, y=command.y + dy)
        case Stroke():
            return replace(command, x1=command.x1 + dx, y1=command.y1 + dy, x2=command.x2 + dx, y2=command.y2 + dy)
        case _:
            return replace(command, box=command.box.moved(dx, dy))
