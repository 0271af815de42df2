"""The three printer languages, read back by what their manuals say, dot by dot."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.sharing.thermal import Bitmap, encoded, escpos, tspl, zpl
from tests.guide_app.sharing.raster import read_escpos, read_tspl, read_zpl

bitmaps = st.builds(
    lambda width, height, seed: Bitmap(width, height, _bits(width, height, seed)),
    st.integers(1, 70), st.integers(1, 600), st.integers(0, 2**30),
)  # fmt: skip


def _bits(width: int, height: int, seed: int) -> bytes:
    row = -(-width // 8)
    spare = row * 8 - width
    made = bytearray()
    for y in range(height):
        value = (seed * (y + 1) * 2_654_435_761) % (1 << width)
        made += (value << spare).to_bytes(row)
    return bytes(made)


@given(bitmaps)
def test_a_receipt_reads_back_as_it_was(bitmap: Bitmap) -> None:
    assert read_escpos(escpos(bitmap)).data == bitmap.data


@given(bitmaps, st.integers(1, 9))
def test_a_label_reads_back_as_it_was(bitmap: Bitmap, copies: int) -> None:
    made, found = read_tspl(tspl(bitmap, 40, 30, copies=copies))
    assert (made.data, found) == (bitmap.data, copies)
    made, found = read_zpl(zpl(bitmap, copies=copies))
    assert (made.data, found) == (bitmap.data, copies)


def test_a_label_says_its_size_and_gap() -> None:
    job = tspl(Bitmap(8, 1, b"\x80"), 40, 30.5, gap_mm=3)
    assert job.startswith(b"SIZE 40 mm,30.5 mm\r\nGAP 3 mm,0 mm\r\n")
    assert b"^PW8^LL1" in zpl(Bitmap(8, 1, b"\x80"))


def test_a_long_receipt_goes_in_bands_that_small_printers_hold() -> None:
    job = escpos(Bitmap(8, 600, b"\xff" * 600))
    heights = [int.from_bytes(found, "little") for found in re.findall(rb"\x1dv0\x00\x01\x00(..)", job, re.DOTALL)]
    assert heights == [256, 256, 88]


@given(bitmaps, st.integers(-9, 9), st.integers(-9, 9))
def test_calibration_moves_every_dot_and_cuts_at_the_edge(bitmap: Bitmap, right: int, down: int) -> None:
    moved = bitmap.moved(right, down)
    for y in range(0, bitmap.height, 7):
        for x in range(bitmap.width):
            sx, sy = x - right, y - down
            inside = 0 <= sx < bitmap.width and 0 <= sy < bitmap.height
            assert moved.black(x, y) == (inside and bitmap.black(sx, sy))


def test_a_narrower_printer_gets_the_middle() -> None:
    wide = Bitmap(32, 1, b"\x0f\xf0\x0f\xf0")
    assert wide.cropped(16) == Bitmap(16, 1, b"\xf0\x0f")
    assert wide.cropped(40) is wide


def test_what_cannot_be_printed_is_refused() -> None:
    with pytest.raises(InvalidInputError):
        Bitmap(9, 2, b"\x00\x00")
    with pytest.raises(InvalidInputError):
        encoded("zpl", Bitmap(8, 1, b"\x00"), 40, 30, copies=0)
