"""Photographs of codes that are out of focus, in the dark or askew, as a shop's telephone takes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QTransform
from PySide6.QtWidgets import QApplication

from guide_app.sharing.decode import read_codes
from tests.helpers.real_data import need_real_data
from ui.kit.glances import glances

EAN = "6901234567892"
SMOOTH, FREE = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.IgnoreAspectRatio


def photograph(qapp: QApplication) -> QImage:
    """A bar code on a grey counter, two and a half pixels for each line."""
    del qapp
    made = Image.fromarray(zxingcpp.create_barcode(EAN, zxingcpp.BarcodeFormat.EAN13).to_image(scale=5))
    shades = made.tobytes()
    code = QImage(shades, made.width, made.height, made.width, QImage.Format.Format_Grayscale8)
    page = QImage(480, 360, QImage.Format.Format_RGB32)
    page.fill(QColor(190, 188, 180))
    painter = QPainter(page)
    painter.drawImage(110, 110, code.scaled(round(made.width / 2), 140, FREE, SMOOTH))
    painter.end()
    return page


def blurred(picture: QImage) -> QImage:
    """As out of focus as a telephone is that is held too near."""
    for much in (1.5, 1.57, 1.64, 1.71):  # one after the other they spread a line as a lens does
        picture = picture.scaled(picture.size() / much, FREE, SMOOTH).scaled(picture.size(), FREE, SMOOTH)
    return picture


def in_shadow(picture: QImage) -> QImage:
    light = QLinearGradient(0, 0, picture.width(), 0)
    light.setColorAt(0.3, QColor(0, 0, 0, 190))
    light.setColorAt(0.7, QColor(0, 0, 0, 30))
    painter = QPainter(picture)
    painter.fillRect(picture.rect(), light)
    painter.end()
    return picture


def slanted(picture: QImage) -> QImage:
    return picture.transformed(QTransform().rotate(45), SMOOTH)


@pytest.mark.parametrize("harm", [blurred, in_shadow, slanted])
def test_a_harmed_photograph_is_read(qapp: QApplication, harm: Callable[[QImage], QImage]) -> None:
    assert read_codes(glances(harm(photograph(qapp)))) == (EAN,)


def test_a_photograph_out_of_focus_needs_more_than_one_glance(qapp: QApplication) -> None:
    first = next(glances(blurred(photograph(qapp))))
    assert read_codes((first, first)) == ()


@pytest.mark.parametrize("size", [QSize(1, 1), QSize(2, 900), QSize(4000, 3000)])
def test_any_size_is_looked_at_within_bounds(qapp: QApplication, size: QSize) -> None:
    del qapp
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    seen = list(glances(picture))
    assert len(seen) == 8
    assert (seen[0].width, seen[0].height) == (size.width(), size.height())
    assert all(max(one.width, one.height) <= 2 * 1600 for one in seen[1:])
    assert read_codes(seen) == ()


@pytest.mark.parametrize(("folder", "least", "of"), [("ean13-2", 24, 28), ("ean13-4", 20, 22)])
def test_real_photographs_of_bar_codes(qapp: QApplication, folder: str, least: int, of: int) -> None:
    del qapp
    files = sorted(need_real_data(f"scan/{folder}").glob("*.webp"))
    both_lines_of_a_book = {"9784872348880", "1920081045006"}
    right = 0
    for file in files:
        expected, read = file.with_suffix(".txt").read_text("utf-8").strip(), read_codes(glances(QImage(str(file))))
        right += expected in read
        assert set(read) <= {expected} | both_lines_of_a_book, file.name
    assert (right >= least, len(files)) == (True, of)
