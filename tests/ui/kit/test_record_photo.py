"""Photos for records: small, upright, plain, and nothing of what the camera knew."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.photo import LONGEST_EDGE, MOST_BYTES, photo_fault
from tests.helpers.photos import from_a_camera
from ui.kit.record_photo import make_plain, read_photo


def test_what_the_camera_knew_is_not_kept(tmp_path: Path) -> None:
    taken = from_a_camera((3000, 2000))
    assert b"CANARY-MAKER" in taken
    (tmp_path / "IMG.jpg").write_bytes(taken)
    body = make_plain(tmp_path / "IMG.jpg")
    assert photo_fault(body) == ""
    assert len(body) <= MOST_BYTES, "noise is the worst that a camera can give"
    assert b"CANARY" not in body
    assert b"Exif" not in body
    image = read_photo(body, LONGEST_EDGE)
    assert (image.width(), image.height()) == (1600, 1066)
    assert read_photo(body, 144).width() == 144


def test_a_picture_lying_on_its_side_is_put_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (80, 40), "red").save(tmp_path / "side.jpg", exif=exif.tobytes())
    image = read_photo(make_plain(tmp_path / "side.jpg"), 200)
    assert (image.width(), image.height()) == (40, 80)


def test_see_through_becomes_white_and_texts_stay_behind() -> None:
    image = QImage(30, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    image.setText("Comment", "CANARY")
    body = make_plain(image)
    assert b"CANARY" not in body
    assert read_photo(body, 30).pixelColor(5, 5).lightness() > 250


@pytest.mark.qt_log_ignore("Premature end|JPEG")
@pytest.mark.parametrize("name", ["page.html", "bomb.png", "none.jpg", "part.jpg"])
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "page.html").write_bytes(b"<html>")
    (tmp_path / "part.jpg").write_bytes(from_a_camera()[:40])
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    (tmp_path / "bomb.png").write_bytes(head + b"\0\0\0\0")
    with pytest.raises(InvalidInputError, match="无法使用"):
        make_plain(tmp_path / name)


def test_what_came_broken_is_shown_as_nothing() -> None:
    assert read_photo(b"<html>", 100).isNull()
