"""Every kind of link, as the symbol that posters and labels carry, by decoders of three makers."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bench.readers import OPENCV, ZBAR, ZXING
from guide_app.protocol.link import Subject
from guide_app.sharing.link import LinkKey, subject_link
from guide_app.sharing.qr import qr_matrix
from tests.helpers.readers import need_reader

ORIGINS = ("https://s.cn", "https://links.redmaple-footwear.example.com:8443")
SCALE, QUIET = 4, 4

readers = pytest.mark.parametrize("reader", [ZXING, ZBAR, OPENCV])


def drawn(text: str) -> Image.Image:
    matrix = qr_matrix(text)
    rows = Image.frombytes("L", (matrix.size, matrix.size), bytes(255 * (not m) for row in matrix.rows for m in row))
    side = (matrix.size + 2 * QUIET) * SCALE
    page = Image.new("L", (side, side), 255)
    page.paste(rows.resize((matrix.size * SCALE,) * 2, Image.Resampling.NEAREST), (QUIET * SCALE,) * 2)
    return page


def link(origin: str, subject: Subject, gtin: str = "", number: int = 1) -> str:
    key = LinkKey(number % 50, bytes([number % 251]) * 32, origin)
    return subject_link(key, subject, number, guide_no=231, coupon_no=number % 99, share_no=number, gtin=gtin).url


@readers
@pytest.mark.parametrize(("origin", "subject"), list(product(ORIGINS, Subject)))
def test_every_kind_of_link_is_read(origin: str, subject: Subject, reader: str) -> None:
    read = need_reader(reader)
    for gtin in ("", "6901234567892") if subject is Subject.PRODUCT else ("",):
        url = link(origin, subject, gtin)
        assert read(drawn(url)) == (url,)


@readers
@given(number=st.integers(1, (1 << 20) - 1))
@settings(max_examples=40)
def test_whatever_numbers_stand_in_a_link_it_is_read(reader: str, number: int) -> None:
    url = link("https://s.redmaple.cn", Subject.PRODUCT, number=number)
    assert need_reader(reader)(drawn(url)) == (url,)
