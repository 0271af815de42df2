"""The codes on a customer's phone, a coupon's characters and its signed form, by decoders of three makers."""

from __future__ import annotations

import pytest

from bench.readers import OPENCV, ZBAR, ZXING
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.voucher import sign_by_office
from head_office.landing.qr import qr_view
from tests.guide_app.protocol.test_voucher import BY_OFFICE, OFFICE
from tests.head_office.landing.test_small_parts import drawn
from tests.helpers.readers import need_reader


@pytest.mark.parametrize("reader", [ZXING, ZBAR, OPENCV])
def test_a_coupon_on_a_phone_is_read(reader: str) -> None:
    read = need_reader(reader)
    for text in (*(make_code() for _ in range(5)), sign_by_office(BY_OFFICE, OFFICE)):
        qr = qr_view(text)
        assert read(drawn(qr.path, qr.side)) == (text,)
