"""Whether a coupon may be given on, for every case there is."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.protocol.coupon_gift import Gift, is_hers_alone, why_not

FREE = Gift("claimed", transferable=True, is_given=False, limit=1)
REASONS: list[tuple[str, dict[str, Any]]] = [
    ("coupon.redeemed", {"status": "redeemed"}),
    ("coupon.void", {"status": "void"}),
    ("coupon.recalled", {"is_recalled": True}),
    ("coupon.expired", {"is_over": True}),
    ("coupon.not_transferable", {"transferable": False}),
    ("coupon.given", {"is_given": True}),
    ("coupon.give_same", {"is_same": True}),
    ("coupon.give_limit", {"gave": 1}),
    ("coupon.got_limit", {"got": 1}),
]


@pytest.mark.parametrize(("why", "change"), REASONS)
def test_every_reason_has_its_word(why: str, change: dict[str, Any]) -> None:
    assert why_not(FREE) == ""
    assert why_not(replace(FREE, **change)) == why


@given(st.lists(st.sampled_from(REASONS), min_size=1))
def test_of_several_reasons_the_first_is_told(chosen: list[tuple[str, dict[str, Any]]]) -> None:
    gift = FREE
    for _, change in chosen:
        gift = replace(gift, **change)
    places = [why for why, _ in REASONS]
    expected = min((why for why, _ in chosen), key=places.index)
    if gift.status == "void" and ("coupon.redeemed", {"status": "redeemed"}) in chosen:
        expected = "coupon.void"  # a coupon has one state
    assert why_not(gift) == expected


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_nobody_gives_or_is_given_more_than_the_batch_says(limit: int, gave: int, got: int) -> None:
    allowed = not limit or max(gave, got) < limit
    assert (why_not(replace(FREE, limit=limit, gave=gave, got=got)) == "") == allowed


def test_what_was_given_by_name_is_hers_alone() -> None:
    assert not is_hers_alone(transferable=True, given_at=None)
    assert is_hers_alone(transferable=True, given_at=0)
    assert is_hers_alone(transferable=False, given_at=None)
