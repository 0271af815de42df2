from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS, china_datetime
from guide_app.protocol.coupon_bill import Bill, BillLine, Ticket, obstacles, take_off
from tests.guide_app.protocol.coupons import AT, bill, template, ticket

SHOES, CARE = (56900, 1), (11380, 2)


@pytest.mark.parametrize(
    ("terms", "lines", "freight", "shares"),
    [
        ({"kind": "threshold_off", "min_spend_fen": 40000, "discount_fen": 8000}, [SHOES, CARE], 0, (6667, 1333)),
        ({"kind": "cash_off", "discount_fen": 100}, [(100, 1), (100, 1), (100, 1)], 0, (34, 33, 33)),
        ({"kind": "cash_off", "discount_fen": 99999}, [(2000, 1), (1000, 1)], 0, (2000, 1000)),
        ({"kind": "percent_off", "percent_off": 10}, [(999, 1)], 0, (100,)),
        ({"kind": "percent_off", "percent_off": 10, "max_discount_fen": 5000}, [SHOES, CARE], 0, (4167, 833)),
        ({"kind": "nth_item", "nth": 2, "percent_off": 50}, [(30000, 1), (20000, 1), (10000, 1)], 0, (0, 10000, 0)),
        ({"kind": "nth_item", "nth": 2, "percent_off": 50}, [(30001, 2)], 0, (7500,)),
        ({"kind": "nth_item", "nth": 2, "percent_off": 50, "max_discount_fen": 100}, [(30000, 4)], 0, (100,)),
        ({"kind": "exchange", "gift_product_id": "p1"}, [SHOES, CARE], 0, (0, 5690)),
        ({"kind": "shipping_off", "discount_fen": 800}, [SHOES], 1200, (0,)),
        ({"kind": "cash_off", "discount_fen": 5000, "for_categories": ["鞋"]}, [SHOES, CARE], 0, (5000, 0)),
        ({"kind": "cash_off", "discount_fen": 5000, "not_products": ["p0"]}, [SHOES, CARE], 0, (0, 5000)),
    ],
)
def test_what_each_kind_takes_off(
    terms: dict[str, Any], lines: list[tuple[int, int]], freight: int, shares: tuple[int, ...]
) -> None:
    ours = ticket(**terms)
    paid = bill(*lines, categories=("鞋/乐福鞋", "护理"), freight_fen=freight)
    assert obstacles(ours, paid) == ()
    (off,) = take_off([ours], paid)
    assert off.lines == shares
    assert off.freight_fen == (800 if freight else 0)


@pytest.mark.parametrize(
    ("terms", "shares"),
    [
        ({"for_tags": ["新品", "秋冬"]}, (0, 1000)),
        ({"for_tags": ["新品"], "for_products": ["p0"]}, (835, 165)),
        ({"for_tags": ["新品"], "not_products": ["p1"]}, None),
    ],
)
def test_it_may_be_for_goods_with_a_tag(terms: dict[str, Any], shares: tuple[int, ...] | None) -> None:
    plain = bill((57700, 1), (11400, 1))
    tagged = replace(plain, lines=(plain.lines[0], replace(plain.lines[1], tags=("新品", "断码"))))
    ours = ticket(**terms)
    if shares is None:
        assert [one.code for one in obstacles(ours, tagged)] == ["coupon.goods"]
    else:
        assert take_off([ours], tagged)[0].lines == shares


def test_a_drawn_amount_is_what_was_drawn() -> None:
    drawn = ticket(kind="random_off", value_fen=888, random_min_fen=1, random_max_fen=999)
    assert take_off([drawn], bill((56900, 1)))[0].total_fen == 888


@pytest.mark.parametrize(
    ("terms", "about", "code", "figure"),
    [
        ({"min_spend_fen": 100000}, {}, "coupon.min_spend", 31720),
        ({"min_qty": 5}, {}, "coupon.min_qty", 2),
        ({"kind": "nth_item", "nth": 4, "percent_off": 50}, {}, "coupon.min_qty", 1),
        ({"for_categories": ["包"]}, {}, "coupon.goods", 0),
        ({"for_products": ["p9"]}, {}, "coupon.goods", 0),
        ({"for_categories": ["鞋"], "min_spend_fen": 60000}, {}, "coupon.min_spend", 3100),
        ({"for_tags": ["新品"]}, {}, "coupon.goods", 0),
        ({"for_stores": ["s1"]}, {"store_id": "s2"}, "coupon.store", 0),
        ({"for_channels": ["store"]}, {"channel": "online"}, "coupon.channel", 0),
        ({"for_levels": ["金卡"]}, {"level": "银卡"}, "coupon.level", 0),
        ({"new_only": True}, {}, "coupon.new_only", 0),
        ({"weekdays": 0b1100000}, {}, "coupon.weekday", 0b1100000),
        ({"day_from": 18 * 60, "day_until": 22 * 60}, {}, "coupon.hour", 18 * 60),
        ({"day_from": 22 * 60, "day_until": 2 * 60}, {}, "coupon.hour", 22 * 60),
        ({"kind": "exchange", "gift_product_id": "p7"}, {}, "coupon.gift", 0),
        ({"kind": "shipping_off"}, {}, "coupon.no_freight", 0),
        ({"valid_until": AT}, {}, "coupon.expired", 0),
        ({"status": "redeemed"}, {}, "coupon.redeemed", 0),
        ({"status": "void"}, {}, "coupon.void", 0),
        ({"recalled_at": AT}, {}, "coupon.recalled", 0),
    ],
)
def test_why_a_coupon_cannot_be_used(terms: dict[str, Any], about: dict[str, Any], code: str, figure: int) -> None:
    ours = bill(SHOES, CARE, categories=("鞋/乐福鞋", "护理"), **about)
    found = obstacles(ticket(**terms), ours)
    assert [(o.code, o.figure) for o in found] == [(code, figure)]


def test_days_and_hours_turn_at_midnight_in_china() -> None:
    assert china_datetime(AT).strftime("%w %H:%M") == "3 15:00"
    wednesdays = ticket(weekdays=0b0000100)
    midnight = AT - 15 * 3_600_000
    said = [bool(obstacles(wednesdays, bill(SHOES, at=midnight + ms))) for ms in (-1, 0, DAY_MS - 1, DAY_MS)]
    assert said == [True, False, False, True]


def test_coupons_are_taken_off_what_the_former_left_and_judged_by_the_whole_bill() -> None:
    tenth = ticket(1, kind="percent_off", percent_off=10)
    fixed = ticket(2, kind="threshold_off", min_spend_fen=68280, discount_fen=8000)
    offs = take_off([fixed, tenth], bill(SHOES, CARE))
    assert [(off.ticket_id, off.total_fen) for off in offs] == [("c1", 6828), ("c2", 8000)]


KINDS = st.sampled_from(
    ["threshold_off", "percent_off", "cash_off", "exchange", "shipping_off", "nth_item", "random_off"]
)
TICKETS = st.builds(
    lambda no, kind, off, percent, cap, nth, gift: Ticket(
        f"c{no}",
        template(
            no, kind=kind, discount_fen=off, percent_off=percent, max_discount_fen=cap, nth=nth, gift_product_id=gift
        ),
        value_fen=off,
    ),
    st.integers(1, 99), KINDS, st.integers(0, 90_000), st.integers(0, 100), st.integers(0, 9000), st.integers(0, 4),
    st.sampled_from(["p0", "p1"]),
)  # fmt: skip
BILLS = st.builds(
    lambda lines, freight: Bill(
        tuple(BillLine(f"p{i}", "", qty, amount) for i, (amount, qty) in enumerate(lines)), AT, freight_fen=freight
    ),
    st.lists(st.tuples(st.integers(0, 90_000), st.integers(1, 5)), min_size=1, max_size=5),
    st.integers(0, 2000),
)


@given(st.lists(TICKETS, max_size=5, unique_by=lambda t: t.id), BILLS)
def test_whatever_is_taken_off_no_line_falls_below_zero(tickets: list[Ticket], paid: Bill) -> None:
    offs = take_off(tickets, paid)
    for i, line in enumerate(paid.lines):
        assert 0 <= sum(off.lines[i] for off in offs) <= line.amount_fen
    assert all(part >= 0 for off in offs for part in off.lines)
    assert 0 <= sum(off.freight_fen for off in offs) <= paid.freight_fen


@given(st.lists(TICKETS, max_size=4, unique_by=lambda t: t.id), BILLS, st.randoms())
def test_the_order_in_which_coupons_are_laid_down_does_not_matter(tickets: list[Ticket], paid: Bill, rng: Any) -> None:
    mixed = list(tickets)
    rng.shuffle(mixed)
    assert take_off(mixed, paid) == take_off(tickets, paid)
