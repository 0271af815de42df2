"""A picture in several ways, for reading the codes in it: as it is, then sharpened, enlarged, evenly lit and turned.

A telephone held too near is out of focus, and a shop is unevenly lit. What makes such a photograph readable again is
taking the surroundings off each pixel: of a few pixels to sharpen (unsharp masking), of many to level the light.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from guide_app.sharing.decode import Glance

_GREY = QImage.Format.Format_Grayscale8
_SMOOTH = Qt.TransformationMode.SmoothTransformation
_FREE = Qt.AspectRatioMode.IgnoreAspectRatio

_EDGE = 1600
"""Longer edge of the pictures that are worked on, px: a bar code over a third of it has five pixels for each line."""

_MOST_ENLARGED = 2.0
_SURROUNDINGS = 32
"""Of how many pixels the light is levelled: more than the widest gap of a code, less than a shadow."""

_MIDDLE = 127.5
_SLANTED = 45
_SQUEEZED = 0.25


def glances(picture: QImage) -> Iterator[Glance]:
    """The ways to look at a picture, the most likely ones first, each made when it is asked for. On any thread."""
    grey = picture.convertToFormat(_GREY)
    yield _glance(grey)
    small = _at_most(grey, _EDGE)
    larger = min(_MOST_ENLARGED, max(1.0, _EDGE / max(1, small.width(), small.height())))
    yield _glance(_scaled(_sharpened(small, 3, 1.5), larger, larger), by_row=True)
    level = _amplified(_beside_surroundings(small, _SURROUNDINGS), 2)
    yield _glance(_scaled(_sharpened(level, 4, 2), larger, larger), by_row=True)
    crisp = _sharpened(level, 3, 1.5)
    yield _glance(_scaled(crisp, larger * 0.75, larger * 0.75))
    yield _glance(_scaled(_scaled(crisp, 1, _SQUEEZED), larger, 1))
    yield _glance(_scaled(_scaled(_sharpened(small, 6, 2), 1, _SQUEEZED), larger, 1), by_row=True)
    for straight in (crisp, small):
        yield _glance(straight.transformed(QTransform().rotate(_SLANTED), _SMOOTH).convertToFormat(_GREY))


def _glance(grey: QImage, *, by_row: bool = False) -> Glance:
    """A copy of a grey picture's memory: a view of it would not keep the picture alive."""
    return Glance(grey.width(), grey.height(), grey.bytesPerLine(), bytes(grey.constBits()), by_row)


def _at_most(grey: QImage, edge: int) -> QImage:
    longer = max(grey.width(), grey.height())
    return grey if longer <= edge else _scaled(grey, edge / longer, edge / longer)


def _scaled(grey: QImage, across: float, down: float) -> QImage:
    size = QSize(max(1, round(grey.width() * across)), max(1, round(grey.height() * down)))
    return grey if size == grey.size() else grey.scaled(size, _FREE, _SMOOTH)


def _sharpened(grey: QImage, radius: float, strength: float) -> QImage:
    """Each pixel further from the mean of its surroundings, `radius` px, by `strength` times what it differs."""
    edges = _amplified(_beside_surroundings(grey, radius), 2 * strength)
    return _amplified(_halfway(grey, edges), 2)


def _beside_surroundings(grey: QImage, radius: float) -> QImage:
    """Half of what each pixel is lighter (above the middle) or darker than its surroundings are on the whole."""
    blurred = _scaled(grey, 1 / radius, 1 / radius).scaled(grey.size(), _FREE, _SMOOTH)
    blurred.invertPixels()
    return _halfway(grey, blurred)


def _halfway(one: QImage, other: QImage) -> QImage:
    """The mean of two pictures of one size."""
    mixed = one.convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(mixed)
    painter.setOpacity(0.5)
    painter.drawImage(0, 0, other)
    painter.end()
    return mixed.convertToFormat(_GREY)


def _amplified(grey: QImage, factor: float) -> QImage:
    """Every shade `factor` times as far from the middle."""
    table = bytes(min(255, max(0, round(_MIDDLE + factor * (shade - _MIDDLE)))) for shade in range(256))
    shades = bytes(grey.constBits()).translate(table)
    return QImage(shades, grey.width(), grey.height(), grey.bytesPerLine(), _GREY).copy()
