"""What may travel as a photo: a whole JPEG of bounded size with nothing beside the picture."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.photo import MOST_BYTES, NAMED_BY, is_name, photo_fault, photo_named
from tests.helpers.photos import from_a_camera, photo

GOOD = photo()


def _saved(**how: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", **how)
    return out.getvalue()


@pytest.mark.parametrize("body", [GOOD, _saved(progressive=True), _saved(restart_marker_rows=1), _saved(quality=1)])
def test_plain_pictures_may_travel(body: bytes) -> None:
    assert photo_fault(body) == ""


@pytest.mark.parametrize(
    "body", [from_a_camera(), _saved(comment=b"here"), _saved(icc_profile=b"profile"), _saved(xmp=b"<x/>")]
)
def test_what_says_more_than_the_picture_may_not(body: bytes) -> None:
    assert photo_fault(body) == "beside"


def test_a_thumbnail_in_the_head_may_not() -> None:
    assert GOOD[2:4] == b"\xff\xe0"
    size = int.from_bytes(GOOD[4:6])
    longer = GOOD[:4] + (size + 3).to_bytes(2) + GOOD[6 : 4 + size] + b"abc" + GOOD[4 + size :]
    assert photo_fault(longer) == "beside"


@pytest.mark.parametrize("body", [b"", b"\xff\xd8", b"<html>", GOOD[:-2], GOOD + b"behind", GOOD + GOOD])
def test_what_is_no_whole_jpeg_may_not(body: bytes) -> None:
    assert photo_fault(body) == "format"


def test_bombs_and_large_ones_may_not() -> None:
    at = GOOD.index(b"\xff\xc0") + 5
    assert photo_fault(GOOD[:at] + b"\xff\xff\xff\xff" + GOOD[at + 4 :]) == "pixels"
    assert photo_fault(GOOD[:at] + b"\0\0\0\0" + GOOD[at + 4 :]) == "pixels"
    assert photo_fault(GOOD + bytes(MOST_BYTES)) == "large"


@settings(max_examples=300)
@given(st.binary(max_size=400) | st.integers(0, len(GOOD)).map(lambda n: GOOD[:n]))
def test_nothing_that_comes_breaks_the_rule(body: bytes) -> None:
    assert photo_fault(body) in ("", "format", "beside", "pixels")
    assert photo_fault(body) != "" or body == GOOD


def test_names_stand_in_fields_of_the_records() -> None:
    assert all(field in KINDS[kind].fields for kind, field in NAMED_BY.items())
    assert photo_named("purchase", {"photo": "a" * 64}) == "a" * 64
    assert photo_named("custom_value", {"value": "一张照片"}) == ""
    assert photo_named("note", {"photo": "a" * 64}) == ""
    assert not is_name("A" * 64)
