"""Limits, forms, slips, visitors and QR codes, each by itself."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from guide_app.protocol.coupon_code import make_code
from head_office.landing.consent import consent_for
from head_office.landing.forms import claim_form, read_fields, withdraw_form
from head_office.landing.limits import Limiter, Rate
from head_office.landing.qr import qr_view
from head_office.landing.seal import BadSlipError, Sealer, Slip
from head_office.landing.visitor import client_address, is_own_form
from tests.head_office.landing.shop import StillClock, record_id

SLIP = Slip(record_id(1), record_id(2), record_id(3))


# --- limits -------------------------------------------------------------------------------------------------------


@given(
    count=st.integers(1, 20),
    steps=st.lists(st.integers(0, 40), max_size=80),
)
def test_never_more_than_the_rate_allows(count: int, steps: list[int]) -> None:
    clock = StillClock(0)
    limiter = Limiter(Rate(count, 100), clock.now_ms)
    taken: list[int] = []
    for step in steps:
        clock.ms += step
        if not limiter.take("k"):
            taken.append(clock.ms)
    for start in taken:
        inside = [t for t in taken if start <= t < start + 100]
        assert len(inside) <= 2 * count  # a full bucket, and what trickles in meanwhile


def test_the_wait_that_is_told_is_long_enough() -> None:
    clock = StillClock(0)
    limiter = Limiter(Rate(3, 1000), clock.now_ms)
    assert [limiter.take("k") for _ in range(3)] == [0, 0, 0]
    wait = limiter.take("k")
    assert wait == 334
    clock.ms += wait
    assert limiter.take("k") == 0


def test_memory_for_keys_is_bounded() -> None:
    limiter = Limiter(Rate(1, 1000), StillClock(0).now_ms, max_keys=2)
    for key in "abc":
        assert limiter.take(key) == 0
    assert limiter.take("c") > 0
    assert limiter.take("a") == 0  # forgotten


# --- forms --------------------------------------------------------------------------------------------------------


@given(st.binary(max_size=300))
def test_any_bytes_are_fields_or_a_clear_refusal(body: bytes) -> None:
    try:
        fields = read_fields(body)
    except ValueError:
        return
    assert all("\0" not in value for value in fields.values())


@given(st.dictionaries(st.sampled_from(["phone", "marketing", "consent_version", "wish", "coupon"]), st.text()))
def test_any_words_are_judged(fields: dict[str, str]) -> None:
    form = claim_form(fields, consent_for("红枫叶"))
    assert form.good or form.phone_error or form.message
    assert len(form.phone) <= 64
    assert withdraw_form(fields, known=True).good
    assert len(withdraw_form(fields, known=False).coupon) <= 64


# --- slips --------------------------------------------------------------------------------------------------------


def test_a_slip_comes_back_as_it_was_and_says_nothing() -> None:
    sealer = Sealer(b"k" * 32)
    sealed = sealer.seal(SLIP)
    assert sealer.open(sealed) == SLIP
    assert sealed.replace("-", "").replace("_", "").isalnum()
    assert SLIP.client_id not in sealed
    assert sealer.seal(SLIP) != sealed


_URL_SAFE = str.maketrans("+/", "-_")


@given(st.integers(0, 200), st.characters(codec="ascii"))
def test_no_altered_slip_opens(at: int, letter: str) -> None:
    sealer = Sealer(b"k" * 32)
    sealed = sealer.seal(SLIP)
    changed = sealed[:at] + letter + sealed[at + 1 :]
    # The last character carries bits that base64 does not use, and the decoder takes + and / for - and _ too; whatever
    # still opens says the same.
    try:
        assert sealer.open(changed) == SLIP
    except BadSlipError:
        return
    assert changed.translate(_URL_SAFE) == sealed or at >= len(sealed) - 1


def test_slips_of_another_office_do_not_open() -> None:
    with pytest.raises(BadSlipError):
        Sealer(b"a" * 32).open(Sealer(b"b" * 32).seal(SLIP))


# --- visitors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "counted"),
    [
        ("203.0.113.7", "", 0, "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", 0, "203.0.113.7"),
        ("10.0.0.1", "198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1", 1, "198.51.100.1"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", 2, "198.51.100.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "", 0, "203.0.113.7"),
        ("", "", 0, ""),
    ],
)
def test_who_is_counted(peer: str, forwarded: str, proxies: int, counted: str) -> None:
    assert client_address(peer, {"x-forwarded-for": forwarded}, proxies) == counted


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "https://a.example", "host": "a.example"}, False),
        ({"origin": "https://a.example:8443", "host": "a.example:8443"}, True),
        ({"origin": "https://a.example", "host": "b.example"}, False),
        ({"origin": "null", "host": "b.example"}, False),
    ],
)
def test_whose_form_it_is(headers: dict[str, str], own: bool) -> None:
    assert is_own_form(headers) == own


# --- QR -----------------------------------------------------------------------------------------------------------


def test_the_drawn_code_reads_back() -> None:
    for _ in range(20):
        code = make_code()
        qr = qr_view(code)
        assert qr.side == 21 + 8
        read = zxingcpp.read_barcode(drawn(qr.path, qr.side))
        assert read is not None
        assert read.text == code


def drawn(path: str, side: int) -> Image.Image:
    """The path `M<x> <y>h<n>v1h-<n>z…` as a picture, 8 px a module."""
    image = Image.new("L", (side * 8, side * 8), 255)
    pen = ImageDraw.Draw(image)
    for part in path.split("M")[1:]:
        x, rest = part.split(" ")
        y, n = rest.split("h")[0], rest.split("h")[1].split("v")[0]
        left, top = int(x) * 8, int(y) * 8
        pen.rectangle((left, top, left + int(n) * 8 - 1, top + 7), fill=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return Image.open(out)
