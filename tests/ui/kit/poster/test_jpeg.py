"""JPEG files are what Qt would have written, with the picture's own dots an inch, and nothing beside the picture."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColorSpace, QImage, QImageWriter

from guide_app.protocol.photo import photo_fault
from guide_app.sharing.layout import layout
from tests.guide_app.sharing.posters import FULL, TEMPLATES
from ui.kit.poster.jpeg import encode_jpeg
from ui.kit.poster.render import PosterRenderer


def by_qt(picture: QImage, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    assert writer.write(picture)
    return bytes(buffer.data().data())


@pytest.fixture
def picture(renderer: PosterRenderer, snapshot: bytes) -> QImage:
    photo = renderer.photos.open(snapshot)
    return renderer.picture(layout(TEMPLATES["square"], replace(FULL, photo=photo), renderer.measure))


@pytest.mark.parametrize("quality", [70, 88])
def test_a_poster_is_byte_for_byte_what_qt_writes(picture: QImage, quality: int) -> None:
    assert encode_jpeg(picture, quality) == by_qt(picture, quality)


def test_another_reader_sees_the_same_picture(picture: QImage) -> None:
    seen = cv2.imdecode(np.frombuffer(encode_jpeg(picture), np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None
    assert np.array_equal(seen, cv2.imdecode(np.frombuffer(by_qt(picture, 88), np.uint8), cv2.IMREAD_COLOR))


def test_a_print_of_the_file_has_the_true_size(renderer: PosterRenderer) -> None:
    drawing = layout(TEMPLATES["a4"], FULL, renderer.measure)
    for dpi in (300, 205.26, 203):
        made = renderer.picture(drawing, dpi)
        seen = QImage.fromData(encode_jpeg(made))
        assert (seen.width(), seen.height()) == (made.width(), made.height())
        assert seen.dotsPerMeterX() == pytest.approx(made.dotsPerMeterX(), abs=0.5 / 0.0254 + 1)
        assert seen.dotsPerMeterY() == pytest.approx(made.dotsPerMeterY(), abs=0.5 / 0.0254 + 1)


def test_nothing_stands_beside_the_picture(picture: QImage) -> None:
    picture.setText("Description", "王敏 138")
    data = encode_jpeg(picture)
    assert photo_fault(data) == ""
    assert "王敏".encode() not in data


def test_a_profile_goes_along_and_is_not_made_up(picture: QImage) -> None:
    assert not QImage.fromData(encode_jpeg(picture)).colorSpace().isValid()
    wide = QColorSpace(QColorSpace.NamedColorSpace.DisplayP3)
    picture.setColorSpace(wide)
    assert QImage.fromData(encode_jpeg(picture)).colorSpace() == wide


def test_what_is_see_through_or_grey_is_written_as_qt_shows_it() -> None:
    for kind in (QImage.Format.Format_Grayscale8, QImage.Format.Format_ARGB32):
        picture = QImage(33, 17, kind)
        picture.fill(0xFF336699)
        seen, wanted = QImage.fromData(encode_jpeg(picture)), QImage.fromData(by_qt(picture, 88))
        assert seen.pixelColor(5, 5) == wanted.pixelColor(5, 5)
