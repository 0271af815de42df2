from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_bill import obstacles
from guide_app.protocol.coupon_terms import discount
from guide_app.protocol.scopes import store_scope
from head_office.coupons.model import Template, is_on_offer, ticket_of, validity
from head_office.coupons.redeem import Redemption
from head_office.coupons.settle import Given, Settled, settle

AT = 1_780_000_000_000


def _template(**changes: Any) -> Template:
    return Template(**{"id": "t", "name": "券", "kind": "threshold_off", "status": "active", **changes})


@given(
    kind=st.sampled_from(["threshold_off", "percent_off", "cash_off"]),
    amount=st.integers(0, 10_000_000),
    least=st.integers(0, 100_000),
    off=st.integers(0, 200_000),
    percent=st.integers(0, 100),
    cap=st.integers(0, 50_000),
)
def test_a_discount_stays_between_nothing_and_the_bill(
    kind: str, amount: int, least: int, off: int, percent: int, cap: int
) -> None:
    ours = _template(kind=kind, min_spend_fen=least, discount_fen=off, percent_off=percent, max_discount_fen=cap)
    assert 0 <= discount(ours, amount) <= amount


def test_nine_tenths_is_rounded_down_in_the_customers_price() -> None:
    assert discount(_template(kind="percent_off", percent_off=10), 999) == 100


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ({"valid_days": 7, "valid_until": AT + 30 * DAY_MS}, (AT, AT + 7 * DAY_MS)),
        ({"valid_days": 7, "valid_until": AT + DAY_MS}, (AT, AT + DAY_MS)),
        ({"valid_until": AT + 30 * DAY_MS}, (AT, AT + 30 * DAY_MS)),
        ({"valid_days": 7}, (AT, AT + 7 * DAY_MS)),
        ({"valid_from": AT + DAY_MS, "valid_until": AT + 2 * DAY_MS}, (AT + DAY_MS, AT + 2 * DAY_MS)),
        ({}, (AT, 0)),
    ],
)
def test_how_long_a_coupon_may_be_used(terms: dict[str, int], expected: tuple[int, int]) -> None:
    assert validity(_template(**terms), AT) == expected


def test_only_what_is_active_and_not_over_is_handed_out() -> None:
    assert is_on_offer(_template(), AT)
    assert is_on_offer(_template(valid_until=AT + 1), AT)
    assert not is_on_offer(_template(valid_until=AT), AT)
    assert not is_on_offer(_template(status="paused"), AT)


@pytest.mark.parametrize(
    ("coupon", "amount", "code"),
    [
        ({}, 30_000, ""),
        ({}, 0, ""),
        ({}, 29_999, "coupon.min_spend"),
        ({"status": "redeemed"}, 30_000, "coupon.redeemed"),
        ({"status": "void"}, 30_000, "coupon.void"),
        ({"valid_until": AT}, 30_000, "coupon.expired"),
        ({"valid_from": AT + 1}, 30_000, "coupon.not_yet"),
        ({"status": "expired", "valid_until": AT + 1}, 30_000, ""),
    ],
)
def test_what_keeps_a_coupon_from_being_used(coupon: dict[str, Any], amount: int, code: str) -> None:
    plain = {"status": "claimed", "valid_from": AT - 1, "valid_until": AT + 1, "value_fen": 0}
    ticket = ticket_of("c", {**plain, **coupon}, _template(min_spend_fen=30_000))
    asked = Redemption("r", store_scope("018f0000-0000-7000-8000-0000000000a1"), "", "", amount, AT, None)
    assert [o.code for o in obstacles(ticket, asked.bill)] == ([code] if code else [])


SH, BJ = "store-sh", "store-bj"


@pytest.mark.parametrize(
    ("second", "copied", "bearer", "rule"),
    [
        (Given(BJ, offline=True), False, "brand", "twice.offline"),
        (Given(BJ, offline=True, told=True), False, "store", "twice.known"),
        (Given(BJ, offline=False), False, "store", "twice.known"),
        (Given(SH, offline=True), False, "store", "twice.same_store"),
        (Given(BJ, offline=True, beyond_limit=True), False, "store", "beyond.limit"),
        (Given(BJ, offline=True), True, "issuer", "serial.copied"),
    ],
)
def test_who_bears_a_discount_given_twice(second: Given, copied: bool, bearer: str, rule: str) -> None:
    assert settle(Given(SH, offline=True), second, copied=copied) == Settled(bearer, rule)  # type: ignore[arg-type]  # literal
