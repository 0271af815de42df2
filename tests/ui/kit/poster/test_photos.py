from __future__ import annotations

import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from tests.ui.kit.poster.conftest import encoded
from ui.kit.poster.photos import PhotoCache, PhotoError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from ui.kit.poster.photos import Fit

pytestmark = pytest.mark.usefixtures("qapp")
SMOOTH = Qt.TransformationMode.SmoothTransformation


def flat_png(side: int) -> bytes:
    """A PNG of `side` x `side` black pixels, one bit each: small on disk, huge in memory."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((side // 8 + 1) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_bomb_is_refused_with_its_size() -> None:
    bomb = flat_png(12_000)
    assert len(bomb) < 100_000
    with pytest.raises(PhotoError) as refused:
        PhotoCache().open(bomb)
    assert refused.value.code == "photo.too_large"
    assert "12000×12000" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "photo.format"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "photo.format"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "photo.format"),
        (flat_png(64)[:60], "photo.unreadable"),
    ],
)
def test_what_is_no_photo_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PhotoError) as refused:
        PhotoCache().open(data)
    assert refused.value.code == code


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match=r"gone\.jpg"):
        PhotoCache().open(tmp_path / "gone.jpg")


def test_an_empty_cutout_is_refused() -> None:
    clear = QImage(50, 50, QImage.Format.Format_ARGB32)
    clear.fill(0)
    with pytest.raises(PhotoError, match="透明"):
        PhotoCache().open(encoded(clear, "PNG"))


def test_cutouts_are_told_from_photos_with_an_idle_alpha_channel(cutout: bytes, snapshot: bytes) -> None:
    idle = QImage(60, 60, QImage.Format.Format_ARGB32)
    idle.fill(QColor("#336699"))
    cache = PhotoCache()
    assert cache.open(cutout).cutout
    assert not cache.open(snapshot).cutout
    assert not cache.open(encoded(idle, "PNG")).cutout


def test_a_pale_corner_is_told_from_one_with_something_dark_in_it() -> None:
    studio = QImage(300, 300, QImage.Format.Format_RGB32)
    studio.fill(QColor("#E8E6E0"))
    cache = PhotoCache()
    assert cache.open(encoded(studio, "JPG")).pale
    painter = QPainter(studio)
    painter.fillRect(120, 10, 30, 30, QColor("#3A2A22"))
    painter.end()
    assert not cache.open(encoded(studio, "JPG")).pale


def test_a_cutout_loses_its_empty_border(cutout: bytes) -> None:
    cache = PhotoCache()
    shown = cache.scaled(cache.open(cutout), QSize(600, 600), "contain")
    assert shown.width() == 600
    assert shown.height() < 400


def test_cover_fills_and_contain_fits(snapshot: bytes) -> None:
    cache = PhotoCache()
    photo = cache.open(snapshot)
    assert cache.scaled(photo, QSize(400, 100), "cover").size() == QSize(400, 100)
    assert cache.scaled(photo, QSize(400, 100), "contain").size() == QSize(100, 100)


@pytest.mark.parametrize("size", [QSize(2000, 1400), QSize(700, 1300), QSize(60, 60)])
@pytest.mark.parametrize("fit", ["cover", "contain"])
def test_a_large_photo_decoded_anew_shows_the_same(snapshot: bytes, size: QSize, fit: Fit, tmp_path: Path) -> None:
    """Large JPEGs are scaled while they are decoded; what is not JPEG, or has gone, from what is in memory."""
    file = tmp_path / "street.jpg"
    file.write_bytes(snapshot)
    photos = PhotoCache()
    photo = photos.open(file)
    anew = photos.scaled(photo, size, fit, 0.2)
    file.unlink()
    photos = PhotoCache()
    kept = photos.open(encoded(QImage.fromData(snapshot), "PNG"))
    in_memory = photos.scaled(kept, size, fit, 0.2)
    assert (anew.size(), anew.format()) == (in_memory.size(), in_memory.format())
    assert mean_difference(anew, in_memory) < 3


def test_a_photo_whose_file_has_gone_serves_on(snapshot: bytes, tmp_path: Path) -> None:
    file = tmp_path / "street.jpg"
    file.write_bytes(snapshot)
    photos = PhotoCache()
    photo = photos.open(file)
    file.unlink()
    assert photos.scaled(photo, QSize(1800, 1800), "cover").size() == QSize(1800, 1800)


def mean_difference(one: QImage, other: QImage) -> float:
    """Of the grey values of two pictures of one size, 0-255."""
    grey = QImage.Format.Format_Grayscale8
    rows = [picture.convertToFormat(grey).scaled(64, 64, mode=SMOOTH) for picture in (one, other)]
    pairs = zip(bytes(rows[0].constBits()), bytes(rows[1].constBits()), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (64 * 64)


def test_the_focus_chooses_what_is_cut_off() -> None:
    image = QImage(100, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for y in range(100):
        for x in range(100):
            image.setPixelColor(x, y, QColor("black"))
    cache = PhotoCache()
    photo = cache.open(encoded(image, "PNG"))
    top, bottom = (cache.scaled(photo, QSize(50, 50), "cover", focus).pixelColor(25, 25).red() for focus in (0.0, 1.0))
    assert (top, bottom) == (0, 255)


def test_a_path_and_the_same_bytes_are_one_photo(tmp_path: Path, snapshot: bytes) -> None:
    file = tmp_path / "shoe.jpg"
    file.write_bytes(snapshot)
    cache = PhotoCache()
    assert cache.open(file).key == cache.open(snapshot).key


def test_the_cache_keeps_to_its_bytes_and_forgets_nothing_it_can_make_again(snapshot: bytes) -> None:
    cache = PhotoCache(max_bytes=5_000_000)
    photo = cache.open(snapshot)
    sizes = [cache.scaled(photo, QSize(side, side), "cover").width() for side in range(100, 900, 50)]
    assert sizes == list(range(100, 900, 50))
    assert cache.used_bytes() <= 5_000_000 + 900 * 900 * 4


def test_many_threads_may_ask_at_once(snapshot: bytes) -> None:
    cache = PhotoCache()
    photo = cache.open(snapshot)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda i: cache.scaled(photo, QSize(50 + i % 3, 50), "cover").width(), range(60)))
    assert found == [50 + i % 3 for i in range(60)]


def test_a_large_photo_is_decoded_no_larger_than_posters_need(qapp: QApplication) -> None:
    del qapp
    wide = QImage(6000, 3000, QImage.Format.Format_RGB32)
    wide.fill(QColor("#446688"))
    cache = PhotoCache()
    cache.open(encoded(wide.transformed(QTransform()), "JPG"))
    assert cache.used_bytes() <= 2600 * 1300 * 4
