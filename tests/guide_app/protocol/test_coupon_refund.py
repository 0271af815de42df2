from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_bill import Bill, BillLine, Ticket
from guide_app.protocol.coupon_refund import Sale, refund
from guide_app.protocol.coupon_terms import returned_until
from tests.guide_app.protocol.coupons import AT, bill, template, ticket

EIGHTY: dict[str, Any] = {"kind": "threshold_off", "min_spend_fen": 40000, "discount_fen": 8000}


def _sale(lines: list[tuple[int, int]], *used: Ticket, returned: tuple[int, ...] | None = None) -> Sale:
    return Sale(bill(*lines), used, returned or (0,) * len(lines))


@pytest.mark.parametrize(
    ("rule", "lines", "terms", "pieces", "back"),
    [
        # A piece comes back at what was paid for it, not at its price: the case most shops get wrong.
        ("share", [(30000, 1), (20000, 1)], EIGHTY, (0, 1), (0, 16800)),
        # What is kept does not reach the threshold any more: 300 of 500 - 80 were due, so 120 come back.
        ("reprice", [(30000, 1), (20000, 1)], EIGHTY, (0, 1), (0, 12000)),
        # It still does: the whole coupon stays with what is kept.
        ("reprice", [(45000, 1), (20000, 1)], EIGHTY, (0, 1), (0, 20000)),
        ("share", [(45000, 1), (20000, 1)], EIGHTY, (1, 1), (39462, 17538)),
        ("reprice", [(45000, 1), (20000, 1)], EIGHTY, (1, 1), (39462, 17538)),
        # One of three pieces that cost 100 together after the coupon.
        ("share", [(200, 3)], {"discount_fen": 100}, (1,), (33,)),
        # Below zero it is nothing: she does not pay for bringing something back.
        ("reprice", [(39000, 1), (1000, 1)], EIGHTY, (0, 1), (0, 0)),
    ],
)
def test_what_comes_back(
    rule: str, lines: list[tuple[int, int]], terms: dict[str, Any], pieces: tuple[int, ...], back: tuple[int, ...]
) -> None:
    assert refund(_sale(lines, ticket(refund_rule=rule, **terms)), pieces).lines == back


def test_the_coupon_comes_back_with_everything_it_helped_to_buy() -> None:
    sale = _sale([(45000, 1), (20000, 1)], ticket(**EIGHTY))
    assert refund(sale, (1, 0)).coupons_back == ()
    assert refund(sale, (1, 1)).coupons_back == ("c1",)


def test_a_coupon_that_what_is_kept_does_not_earn_comes_back() -> None:
    sale = _sale([(30000, 1), (20000, 1)], ticket(refund_rule="reprice", **EIGHTY))
    assert refund(sale, (0, 1)).coupons_back == ("c1",)


@pytest.mark.parametrize("rule", ["share", "reprice"])
@pytest.mark.parametrize("terms", [EIGHTY, {"kind": "cash_off", "discount_fen": 100}])
def test_by_either_rule_the_coupon_comes_back_once_with_all_of_the_bill(rule: str, terms: dict[str, Any]) -> None:
    used = ticket(refund_rule=rule, **terms)
    assert refund(_sale([(45000, 1), (20000, 1)], used), (1, 1)).coupons_back == ("c1",)
    assert refund(_sale([(45000, 1), (20000, 1)], used, returned=(0, 1)), (1, 0)).coupons_back == ("c1",)


def test_it_comes_back_for_those_pieces_only_that_it_was_for() -> None:
    shoes = ticket(discount_fen=500, for_products=["p0"])
    assert refund(_sale([(3000, 1), (2000, 1)], shoes), (1, 0)).coupons_back == ("c1",)


def test_more_than_was_kept_cannot_come_back() -> None:
    with pytest.raises(ValueError, match="2 of 1"):
        refund(_sale([(3000, 1)], returned=(1,)), (1,))


def test_a_returned_coupon_never_holds_shorter_than_before() -> None:
    assert returned_until(AT - 1, AT, 7) == AT + 7 * DAY_MS
    assert returned_until(AT + 30 * DAY_MS, AT, 7) == AT + 30 * DAY_MS
    assert returned_until(0, AT, 7) == 0


SALES = st.builds(
    lambda lines, rule, least, off, percent: Sale(
        Bill(tuple(BillLine(f"p{i}", "", qty, amount) for i, (amount, qty) in enumerate(lines)), AT),
        (
            Ticket(
                "a",
                template(1, kind="threshold_off", min_spend_fen=least, discount_fen=off, refund_rule=rule),
            ),
            Ticket("b", template(2, kind="percent_off", percent_off=percent)),
        ),
        (0,) * len(lines),
    ),
    st.lists(st.tuples(st.integers(0, 90_000), st.integers(1, 4)), min_size=1, max_size=4),
    st.sampled_from(["share", "reprice"]), st.integers(0, 90_000), st.integers(0, 90_000), st.integers(0, 100),
)  # fmt: skip


@given(SALES, st.randoms(use_true_random=False))
def test_in_whatever_order_once_all_is_back_exactly_what_was_paid_is_back(sale: Sale, rng: Random) -> None:
    pieces = [i for i, line in enumerate(sale.bill.lines) for _ in range(line.qty)]
    rng.shuffle(pieces)
    returned, refunded = list(sale.returned), 0
    while pieces:
        together = [pieces.pop() for _ in range(rng.randint(1, len(pieces)))]
        now = [together.count(i) for i in range(len(returned))]
        back = refund(Sale(sale.bill, sale.used, tuple(returned)), now, refunded)
        assert all(part >= 0 for part in back.lines)
        refunded += back.total_fen
        assert refunded <= sum(sale.paid)
        returned = [before + n for before, n in zip(returned, now, strict=True)]
    assert refunded == sum(sale.paid)
