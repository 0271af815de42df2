"""The things of a look side by side: a tile for each, with its photo, its name and its price. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guide_app.base.money import yuan
from guide_app.sharing.drawing import EM_ASCENT, Box, Colour, Command, FillRect, Image, TextRun
from guide_app.sharing.typeset import Font, Span, clean, clusters, fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from guide_app.sharing.content import LookItem
    from guide_app.sharing.template import Items
    from guide_app.sharing.typeset import Measure

_LINE = 1.25
_LETTER = 0.5
_FLATTEST, _TALLEST = 1.15, 1.5
_TRIO, _MOST_BESIDE = 3, 4
_WIDE = 1.6
"""A box this many times wider than high takes up to four tiles in one row."""


def tiles(
    layer: Items, box: Box, items: Sequence[LookItem], measure: Measure, colour: Callable[[str], Colour]
) -> tuple[Command, ...]:
    """Tiles that fill `box`: two beside each other, three with the first one larger, four to six in rows."""
    commands: list[Command] = []
    for place, item in zip(_places(box, len(items), layer.gap), items, strict=True):
        commands += _tile(layer, place, item, measure, colour)
    return tuple(commands)


def _places(box: Box, count: int, gap: float) -> list[Box]:
    wide = box.width > _WIDE * box.height
    if count == _TRIO and not wide:  # the first one tall at the left, two above each other at the right
        left, right = _beside(box, 2, gap)
        return [left, *_below(right, 2, gap)]
    if count < _TRIO or (wide and count <= _MOST_BESIDE):
        return _beside(box, count, gap)
    upper, lower = _below(box, 2, gap)
    return [*_beside(upper, count // 2, gap), *_beside(lower, count - count // 2, gap)]


def _beside(box: Box, count: int, gap: float) -> list[Box]:
    width = (box.width - gap * (count - 1)) / max(count, 1)
    return [Box(box.x + n * (width + gap), box.y, width, box.height) for n in range(count)]


def _below(box: Box, count: int, gap: float) -> list[Box]:
    height = (box.height - gap * (count - 1)) / count
    return [Box(box.x, box.y + n * (height + gap), box.width, height) for n in range(count)]


def _tile(
    layer: Items, place: Box, item: LookItem, measure: Measure, colour: Callable[[str], Colour]
) -> Iterator[Command]:
    yield FillRect(place, colour(layer.fill), layer.radius)
    inner = place.inset(layer.pad)
    price_size = layer.size * layer.price_size
    words = (layer.size + price_size) * _LINE
    picture = Box(inner.x, inner.y, inner.width, inner.height - words - layer.pad)
    yield from _face(layer, _framed(picture), item, measure, colour)
    top = inner.bottom - words
    name = [Span(clean(item.name), Font(layer.size))]
    yield from _line(name, Box(inner.x, top, inner.width, layer.size), layer, measure, colour(layer.colour))
    price = [Span(yuan(item.price_fen), Font(price_size, 700))]
    below = Box(inner.x, top + layer.size * _LINE, inner.width, price_size)
    yield from _line(price, below, layer, measure, colour(layer.price_colour))


def _framed(box: Box) -> Box:
    """The middle of `box` with sides so alike that a square photo keeps most of itself."""
    width, height = min(box.width, box.height * _FLATTEST), min(box.height, box.width * _TALLEST)
    return Box(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)


def _face(
    layer: Items, box: Box, item: LookItem, measure: Measure, colour: Callable[[str], Colour]
) -> Iterator[Command]:
    """The photo; without one, the first sign of the name."""
    if item.photo is not None:
        yield Image(box, item.photo, "contain" if item.photo.cutout else "cover", 0.5, layer.radius / 2)
        return
    size = min(box.width, box.height) * _LETTER
    sign, font = clusters(clean(item.name))[0], Font(size, 700)
    width = measure.width(sign, font)
    middle = box.y + (box.height - size) / 2
    x, baseline = box.x + (box.width - width) / 2, middle + EM_ASCENT * size
    yield TextRun(x, baseline, sign, font, colour(layer.letter_colour), width)


def _line(spans: Sequence[Span], box: Box, layer: Items, measure: Measure, colour: Colour) -> Iterator[TextRun]:
    """One line in the middle of the box, shrunk or cut to its width."""
    setting = fit(spans, box.width, 1, measure, layer.smallest)
    for line in setting.lines:
        left = box.x + (box.width - line.width) / 2
        baseline = box.y + (box.height - box.height * setting.scale) / 2 + EM_ASCENT * box.height * setting.scale
        for piece in line.pieces:
            yield TextRun(left + piece.x, baseline, piece.span.text, piece.span.font, colour, piece.width)
