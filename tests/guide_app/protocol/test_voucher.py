from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.ids import uuid7
from guide_app.protocol.coupon_code import ALPHABET, derive_code, is_valid_code
from guide_app.protocol.coupon_records import RecallList
from guide_app.protocol.recall import entry, is_genuine, sign_list
from guide_app.protocol.voucher import (
    BadVoucherError,
    Certificate,
    Voucher,
    certify,
    coupon_of,
    holder_mark,
    is_voucher,
    sign_by_device,
    sign_by_office,
    verify,
)

AT = 1_795_000_020_000
OFFICE, DEVICE, STRANGER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
KEYS = {1: OFFICE.public_key().public_bytes_raw()}
ALLOTMENT = uuid7(AT, 7)
CERTIFICATE = certify(
    Certificate(ALLOTMENT, 5, 231, DEVICE.public_key().public_bytes_raw(), 20, 160_000, AT, AT + 60_000, key_no=1),
    OFFICE,
)
BY_OFFICE = Voucher(uuid7(AT, 1), 5, AT, AT + 120_000, 0, holder_mark("陈"), key_no=1)


def _of(serial: int, certificate: Certificate = CERTIFICATE) -> Voucher:
    coupon = coupon_of(certificate.allotment_id, serial)
    return replace(BY_OFFICE, coupon_id=coupon, serial=serial, certificate=certificate)


def test_what_was_signed_is_read() -> None:
    text = sign_by_office(BY_OFFICE, OFFICE)
    assert (len(text), is_voucher(text), set(text) <= set(ALPHABET)) == (164, True, True)
    assert verify(text.lower(), KEYS) == BY_OFFICE
    text = sign_by_device(_of(3), DEVICE)
    assert (len(text), verify(text, KEYS)) == (353, _of(3))


def test_it_is_for_its_holder_or_for_whoever_brings_it() -> None:
    assert BY_OFFICE.is_for("陈")
    assert not BY_OFFICE.is_for("王")
    assert replace(BY_OFFICE, holder=holder_mark(None)).is_for("王")


@pytest.mark.parametrize("text", [sign_by_office(BY_OFFICE, OFFICE), sign_by_device(_of(3), DEVICE)])
@given(data=st.data())
def test_one_wrong_character_is_one_too_many(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(2, len(text) - 1))
    other = data.draw(st.sampled_from(ALPHABET.replace(text[at], "")))
    with pytest.raises(BadVoucherError):
        verify(text[:at] + other + text[at + 1 :], KEYS)


@pytest.mark.parametrize("text", [sign_by_office(BY_OFFICE, OFFICE), sign_by_device(_of(3), DEVICE)])
def test_a_cut_off_voucher_is_none(text: str) -> None:
    for n in range(len(text)):
        with pytest.raises(BadVoucherError):
            verify(text[:n], KEYS)


def test_forged_vouchers() -> None:
    with pytest.raises(BadVoucherError, match="signature"):
        verify(sign_by_office(BY_OFFICE, STRANGER), KEYS)
    with pytest.raises(BadVoucherError, match="unknown key"):
        verify(sign_by_office(replace(BY_OFFICE, key_no=2), OFFICE), KEYS)
    swapped = certify(replace(CERTIFICATE, device_key=STRANGER.public_key().public_bytes_raw()), STRANGER)
    with pytest.raises(BadVoucherError, match="certificate"):
        verify(sign_by_device(_of(3, swapped), STRANGER), KEYS)
    for more in (
        replace(CERTIFICATE, count=21), replace(CERTIFICATE, guide_no=232),
        replace(CERTIFICATE, expires_at=AT + 120_000), replace(CERTIFICATE, budget_fen=1),
    ):  # fmt: skip
        with pytest.raises(BadVoucherError, match="certificate"):
            verify(sign_by_device(_of(3, more), DEVICE), KEYS)


def test_nobody_gets_beyond_the_allotment() -> None:
    assert verify(sign_by_device(_of(19), DEVICE), KEYS).serial == 19
    with pytest.raises(BadVoucherError, match="beyond"):
        verify(sign_by_device(_of(20), DEVICE), KEYS)


def test_a_copied_pc_makes_the_same_coupons() -> None:
    made = {coupon_of(ALLOTMENT, serial) for serial in range(20)}
    assert made == {coupon_of(ALLOTMENT, serial) for serial in range(20)}
    assert len(made) == 20
    codes = [derive_code(b"secret", f"{ALLOTMENT}:{serial}") for serial in range(20)]
    assert all(map(is_valid_code, codes))
    assert len(set(codes)) == 20
    assert derive_code(b"another", f"{ALLOTMENT}:0") != codes[0]


def test_a_device_signs_coupons_of_its_own_allotments_only() -> None:
    with pytest.raises(ValueError, match="own allotments"):
        sign_by_device(_of(3), STRANGER)


def test_the_list_of_recalls_is_whole_or_worth_nothing() -> None:
    listed = RecallList(
        version=3, at=AT, entries=[entry("coupon", uuid7(AT, 1)), entry("device", uuid7(AT, 2))], key_no=1
    )
    signed = sign_list(listed, OFFICE)
    assert is_genuine(signed, KEYS)
    assert not is_genuine(listed, KEYS)
    assert not is_genuine(signed, {})
    for change in ({"entries": listed.entries[:1]}, {"version": 4}, {"at": AT + 1}, {"signature": "zz"}):
        changed = RecallList(**{**{f: getattr(signed, f) for f in signed.__struct_fields__}, **change})
        assert not is_genuine(changed, KEYS)
