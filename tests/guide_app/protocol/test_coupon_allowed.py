"""What a PC signed within its allotment is believed to the last minute, and nothing beyond it ever is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_allowed import excess
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.protocol.coupon_terms import validity
from guide_app.protocol.voucher import MINUTE_MS, Certificate, Voucher, holder_mark
from tests.guide_app.protocol.coupons import AT, template

HOURS = 48
LEASE = Certificate("a", 1, 1, b"", 4, 20_000, AT, AT + HOURS * 3_600_000, 1)
YEARS = 3_000 * DAY_MS
terms_of_time = st.builds(
    lambda begins, ends, days, next_day: template(
        valid_from=begins, valid_until=ends, valid_days=days, starts_next_day=next_day
    ),
    st.sampled_from([0, AT - 5 * DAY_MS, AT + 7_777_777, AT + 9 * DAY_MS]),
    st.sampled_from([0, AT + 10 * DAY_MS, AT + 30 * DAY_MS + 12_345]),
    st.integers(0, 40),
    st.booleans(),
)
claims = st.integers(LEASE.starts_at, LEASE.expires_at - 1)


def _times(terms: CouponTemplate) -> dict[str, Any]:
    return {name: getattr(terms, name) for name in ("valid_from", "valid_until", "valid_days", "starts_next_day")}


def _signed(terms: CouponTemplate, claimed_at: int) -> Voucher:
    """What a genuine PC signs, as it stands in whole minutes."""
    begins, until = validity(claimed_at, **_times(terms))
    minutes = begins // MINUTE_MS * MINUTE_MS, -(-until // MINUTE_MS) * MINUTE_MS
    return Voucher("c", terms.no, *minutes, 0, holder_mark("她"), 1, 0, LEASE)


@given(terms=terms_of_time, claimed_at=claims)
def test_what_an_honest_pc_signs_is_believed(terms: CouponTemplate, claimed_at: int) -> None:
    voucher = _signed(terms, claimed_at)
    assert (excess(voucher, terms), excess(voucher, terms, claimed_at)) == ("", "")


@given(terms=terms_of_time, claimed_at=claims, more=st.integers(1, YEARS // MINUTE_MS))
def test_no_longer_life_is_believed(terms: CouponTemplate, claimed_at: int, more: int) -> None:
    voucher = _signed(terms, claimed_at)
    if not voucher.valid_until:
        return
    longer = replace(voucher, valid_until=voucher.valid_until + more * MINUTE_MS)
    endless = replace(voucher, valid_until=0)
    assert (excess(longer, terms, claimed_at), excess(endless, terms, claimed_at)) == ("time", "time")
    assert excess(endless, terms) == "time"
    # Vouchers tell minutes: within the one of the claim nobody can tell. Nor can anybody tell when one was handed out
    # that begins with its batch, later than itself.
    if more > 1 and validity(claimed_at, **_times(terms))[0] > terms.valid_from:
        assert excess(longer, terms) == "time"


@given(terms=terms_of_time, begins=st.integers(0, YEARS), life=st.integers(0, YEARS))
def test_whatever_is_believed_an_honest_pc_could_have_signed(terms: CouponTemplate, begins: int, life: int) -> None:
    begins = (AT - 20 * DAY_MS + begins) // MINUTE_MS * MINUTE_MS
    voucher = Voucher("c", terms.no, begins, begins + life // MINUTE_MS * MINUTE_MS, 0, holder_mark("她"), 1, 0, LEASE)
    if not excess(voucher, terms):
        latest = max(validity(at, **_times(terms))[1] or 1 << 62 for at in (LEASE.starts_at, LEASE.expires_at - 1))
        assert voucher.valid_until <= -(-latest // MINUTE_MS) * MINUTE_MS
        earliest, last = (validity(at, **_times(terms))[0] for at in (LEASE.starts_at, LEASE.expires_at - 1))
        assert earliest - MINUTE_MS < voucher.valid_from <= last


@pytest.mark.parametrize("claimed_at", [LEASE.starts_at - 1, LEASE.expires_at, 0, 1 << 52])
def test_it_was_handed_out_within_the_lease(claimed_at: int) -> None:
    terms = template(valid_days=7)
    assert excess(_signed(terms, AT), terms, claimed_at) == "time"


def test_a_beginning_out_of_all_reason_is_no_crash() -> None:
    terms = template(valid_days=7)
    far = ((1 << 32) - 1) * MINUTE_MS
    for next_day in (False, True):
        odd = template(valid_days=7, starts_next_day=next_day)
        assert excess(replace(_signed(terms, AT), valid_from=far, valid_until=far), odd) == "time"
        assert excess(replace(_signed(terms, AT), valid_from=0), odd) == "time"


@pytest.mark.parametrize(
    ("change", "terms", "beyond"),
    [
        ({"value_fen": 1}, {}, "value"),
        ({"value_fen": 499}, {"kind": "random_off", "random_min_fen": 500, "random_max_fen": 900}, "value"),
        ({"value_fen": 901}, {"kind": "random_off", "random_min_fen": 500, "random_max_fen": 900}, "value"),
        ({"value_fen": 900}, {"kind": "random_off", "random_min_fen": 500, "random_max_fen": 900}, ""),
        ({"value_fen": 20_001}, {"kind": "random_off", "random_min_fen": 500, "random_max_fen": 90_000}, "value"),
        ({"holder": holder_mark(None)}, {}, "holder"),
        ({"holder": holder_mark(None)}, {"transferable": True}, ""),
        ({"template_no": 2}, {}, "batch"),
    ],
)
def test_neither_worth_nor_holder_nor_batch(change: dict[str, Any], terms: dict[str, Any], beyond: str) -> None:
    batch = template(valid_days=7, **terms)
    assert excess(replace(_signed(batch, AT), **change), batch) == beyond


def test_head_office_binds_itself() -> None:
    terms = template(valid_days=7)
    assert excess(replace(_signed(terms, AT), certificate=None, valid_until=AT + YEARS), terms) == ""
