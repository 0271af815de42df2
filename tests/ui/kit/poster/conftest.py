"""Photos drawn on the spot, once a run, and a renderer, for the poster tests."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QImageWriter, QLinearGradient, QPainter, QPainterPath

from ui.kit.poster.photos import PhotoCache
from ui.kit.poster.render import PosterRenderer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def encoded(image: QImage, kind: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image)
    return bytes(buffer.data().data())


def shoe(image: QImage) -> QImage:
    """A shoe in the middle of `image`."""
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    w, h = image.width(), image.height()
    path = QPainterPath(QPointF(0.2 * w, 0.65 * h))
    path.cubicTo(0.2 * w, 0.4 * h, 0.35 * w, 0.35 * h, 0.45 * w, 0.45 * h)
    path.cubicTo(0.6 * w, 0.6 * h, 0.8 * w, 0.55 * h, 0.8 * w, 0.65 * h)
    path.closeSubpath()
    painter.fillPath(path, QColor("#3A2A22"))
    painter.end()
    return image


@pytest.fixture(scope="session")
def snapshot(qapp: QApplication) -> bytes:
    """A JPEG with as much detail as a street."""
    del qapp
    image = QImage(1500, 1500, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 0, 1500)
    sky.setColorAt(0, QColor("#FDFDFD"))
    sky.setColorAt(1, QColor("#7A6A58"))
    painter.fillRect(image.rect(), sky)
    dice = random.Random(7)  # noqa: S311 - a picture, not a secret
    for _ in range(2500):
        colour = QColor.fromHsv(dice.randrange(360), dice.randrange(90), dice.randrange(40, 230), 70)
        painter.fillRect(QRectF(dice.random() * 1500, dice.random() * 1500, 12, 30), colour)
    painter.end()
    return encoded(shoe(image), "JPG")


@pytest.fixture(scope="session")
def cutout(qapp: QApplication) -> bytes:
    """A PNG whose background is see-through, with a wide empty border."""
    del qapp
    image = QImage(1200, 1000, QImage.Format.Format_ARGB32)
    image.fill(0)
    return encoded(shoe(image), "PNG")


@pytest.fixture
def photos() -> PhotoCache:
    return PhotoCache()


@pytest.fixture
def renderer(qapp: QApplication, photos: PhotoCache) -> PosterRenderer:
    del qapp
    return PosterRenderer(photos)
