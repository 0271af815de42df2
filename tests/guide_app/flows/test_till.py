"""A bill at the counter: what comes off which line, why a coupon is not the one, and whose sale it will be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.coupons.holds import HOLD_MS
from guide_app.flows.desk import Desk
from guide_app.flows.till import Draft, TillLine
from guide_app.performance.whose import LINK_DAYS, Touch, judge
from guide_app.protocol.coupon_code import check_character
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.attribution import rules
from tests.guide_app.coupons import office
from tests.guide_app.coupons.office import by_office, publish
from tests.helpers.book import CHEN, COUPON_CODE, LI, LIN, LOAFER, NOW, SNEAKER, STORE, WANG, HandClock, actor, ident

NINE, BIG, CASH = ident(401), ident(402), ident(403)
GOODS = (TillLine(LOAFER, "软底乐福鞋 黑色 37", 1, 56_900), TillLine(SNEAKER, "云感小白鞋", 2, 85_800))


def code(n: int) -> str:
    data = f"2222222222{n:03d}".replace("0", "9").replace("1", "8")
    return data + check_character(data)


def offer(n: int, template_id: str, **terms: Any) -> tuple[tuple[str, str, str, dict[str, Any]], ...]:
    """A batch and Chen's coupon of it."""
    span = {"valid_from": NOW - DAY_MS, "valid_until": NOW + 9 * DAY_MS}
    return (
        (BRAND, "coupon_template", template_id, {"no": n, **span, **terms}),
        (store_scope(STORE), "coupon", ident(n), {"template_id": template_id, "code": code(n), "client_id": CHEN,
                                                  "guide_id": WANG, "claimed_at": NOW - DAY_MS, **span}),
    )  # fmt: skip


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """Chen has 满400减80, 会员 9 折 (not with others), 满2000减230 and 30 off."""
    office.set_up(desk)
    publish(
        desk,
        *offer(501, NINE, name="会员 9 折", kind="percent_off", percent_off=10, stacking=False),
        *offer(502, BIG, name="满2000减230", min_spend_fen=200_000, discount_fen=23_000),
        *offer(503, CASH, name="30 元券", kind="cash_off", discount_fen=3_000),
        seq=6_100,
    )
    return desk


def test_shares_sum_to_the_discount_and_to_what_is_paid(counter: Desk) -> None:
    seen = counter.till.reckon(Draft("b", (COUPON_CODE,), lines=GOODS), WANG)
    assert (seen.discount_fen, seen.payable_fen) == (8_000, 142_700 - 8_000)
    assert seen.shares == (3_190, 4_810)
    assert seen.usable
    assert (seen.buyer.name, seen.buyer.is_new) == ("陈雅婷", False)  # type: ignore[union-attr]


def test_one_coupon_shown_by_code_and_by_voucher_comes_off_once(counter: Desk) -> None:
    given = counter.coupon_deeds.issue(office.BATCH, CHEN, actor())
    seen = counter.till.reckon(Draft("b", (given.code, given.token), lines=GOODS), WANG)
    assert ([one.coupon.id for one in seen.laid], seen.discount_fen) == ([given.id], 5_000)
    assert seen.proven == {given.id}


def test_a_signature_that_is_another_coupons_proves_nothing(counter: Desk) -> None:
    foreign = by_office()
    row = {"template_id": CASH, "code": code(503), "client_id": CHEN, "guide_id": WANG, "token": foreign}
    span = {"claimed_at": NOW - DAY_MS, "valid_from": NOW - DAY_MS, "valid_until": NOW + DAY_MS}
    publish(counter, (store_scope(STORE), "coupon", ident(503), {**row, **span}), seq=6_900)
    assert counter.till.reckon(Draft("b", (code(503),), lines=GOODS), WANG).proven == frozenset()


def test_the_best_combination_is_offered_with_why_not_the_others(counter: Desk) -> None:
    seen = counter.till.reckon(Draft("b", (COUPON_CODE,), lines=GOODS), WANG)
    better = seen.better
    assert better is not None
    assert (better.texts, better.total_fen) == ((code(501),), 14_270)
    said = {o.coupon.terms.name: (o.laid, o.rivals, o.off_fen, tuple(map(str, o.shown.verdict.reasons)))
            for o in seen.options}  # fmt: skip
    assert said["满400减80"] == (True, (), 8_000, ())
    assert said["会员 9 折"] == (False, ("满400减80",), 14_270, ())
    assert said["30 元券"] == (False, (), 3_000, ())
    assert said["满2000减230"][3] == ("还差 ¥573 才到门槛",)
    best = counter.till.reckon(Draft("b", better.texts, (COUPON_CODE, code(503)), lines=GOODS), WANG)
    assert best.better is None
    assert best.discount_fen == 14_270


def test_a_later_coupon_takes_the_place_of_what_it_does_not_go_with(counter: Desk) -> None:
    draft = Draft("b", (COUPON_CODE, code(503)), lines=GOODS)
    both = counter.till.reckon(draft, WANG)
    assert [one.coupon.terms.name for one in both.laid] == ["满400减80", "30 元券"]
    assert both.discount_fen == 11_000
    nine = counter.till.reckon(draft.with_coupon(code(501)), WANG)
    assert [one.coupon.terms.name for one in nine.laid] == ["会员 9 折"]
    assert set(nine.draft.beside) == {COUPON_CODE, code(503)}


def test_the_bill_is_hers_whose_coupon_lies_on_it(counter: Desk) -> None:
    span = {"valid_from": NOW - DAY_MS, "valid_until": NOW + DAY_MS}
    lins = {"template_id": CASH, "code": code(504), "client_id": LIN, "guide_id": WANG, "claimed_at": NOW - DAY_MS}
    publish(counter, (store_scope(STORE), "coupon", ident(504), lins | span), seq=6_900)
    seen = counter.till.reckon(Draft("b", (code(501), code(504))), WANG)
    assert [one.coupon.code for one in seen.laid] == [code(504)], "Chen's does not go with others"
    assert seen.buyer is not None
    assert seen.buyer.id == LIN


def test_goods_are_known_by_their_tags(counter: Desk) -> None:
    publish(counter, *offer(505, ident(405), name="新品券", kind="cash_off", discount_fen=100, for_tags=["新品"]),
            seq=6_300)  # fmt: skip
    bill = Draft("b", (code(505),), lines=GOODS)
    assert counter.till.reckon(bill, WANG).laid[0].verdict.codes == ("coupon.goods",)
    counter.db.apply(
        lambda a: a.conn.exec_driver_sql("UPDATE product SET tags = '[\"新品\"]' WHERE id = ?", (SNEAKER,))
    )
    assert counter.till.reckon(bill, WANG).shares == (0, 100)


def test_new_customers_and_levels_are_read_from_the_book(counter: Desk) -> None:
    publish(
        counter,
        *offer(504, ident(404), name="新客券", kind="cash_off", discount_fen=100, new_only=True, transferable=True),
        seq=6_200,
    )
    old = counter.till.reckon(Draft("b", (code(504),), amount_fen=5_000), WANG)
    assert old.laid[0].verdict.codes == ("coupon.new_only",)
    new = counter.till.reckon(Draft("b", (code(504),), client_id=LIN, amount_fen=5_000), WANG)
    assert new.usable
    assert new.buyer is not None
    assert new.buyer.is_new


def test_who_only_brought_something_back_is_a_new_customer(counter: Desk) -> None:
    back = {"order_no": "R1", "at": NOW - DAY_MS, "kind": "return", "total_fen": -5_000, "client_id": LIN}
    publish(counter, (store_scope(STORE), "purchase", ident(510), back), seq=6_950)
    buyer = counter.till.reckon(Draft("b", client_id=LIN, amount_fen=5_000), WANG).buyer
    assert buyer is not None
    assert buyer.is_new


def test_freight_is_to_be_paid_with_the_goods(counter: Desk) -> None:
    draft = Draft("b", (COUPON_CODE,), lines=GOODS, freight_fen=1_200)
    assert counter.till.reckon(draft, WANG).payable_fen == 142_700 + 1_200 - 8_000
    assert Draft("b", amount_fen=5_000, freight_fen=1_200).total_fen == 6_200


def test_a_signature_is_told_and_an_unknown_voucher_is_good(counter: Desk) -> None:
    text = by_office()
    seen = counter.till.reckon(Draft("b", (text,), amount_fen=40_000), WANG)
    (shown,) = seen.laid
    assert (seen.usable, {*seen.proven}, shown.coupon.known) == (True, {shown.coupon.id}, "signature")
    assert seen.state.recalls_at == NOW
    wrong = counter.till.reckon(Draft("b", (text[:-3],), amount_fen=40_000), WANG)
    assert (wrong.laid, wrong.refused[0].error.code) == ((), "coupon.forged")


def test_a_hold_is_for_its_bill_alone_and_survives_no_restart(counter: Desk, clock: HandClock) -> None:
    held = counter.coupons.by_code(COUPON_CODE).id
    counter.coupon_holds.hold("mine", [held], actor())
    draft = Draft("mine", (COUPON_CODE,), lines=GOODS)
    assert counter.till.reckon(draft, WANG).usable
    other = counter.till.reckon(Draft("other", (COUPON_CODE,), lines=GOODS), WANG)
    assert other.laid[0].verdict.codes == ("coupon.held",)
    clock.ms += HOLD_MS + 1
    assert counter.till.reckon(Draft("other", (COUPON_CODE,), lines=GOODS), WANG).usable
    counter.coupon_holds.hold("mine", [held], actor())
    counter.coupon_holds.release_all()
    assert counter.till.reckon(Draft("other", (COUPON_CODE,), lines=GOODS), WANG).usable


def test_several_coupons_are_redeemed_with_their_lines(counter: Desk) -> None:
    seen = counter.till.reckon(Draft("b", (COUPON_CODE, code(503)), lines=GOODS), WANG)
    counter.coupon_deeds.redeem_bill(seen.draft.texts, seen.bill, actor(), bill_id="b", order_no="NJ-9")
    rows = counter.coupons.redemptions(order_no="NJ-9")
    assert sorted(row.discount_fen for row in rows) == [3_000, 8_000]
    assert {row.amount_fen for row in rows} == {142_700}


def test_whose_sale_it_will_be(counter: Desk) -> None:
    seen = counter.till.reckon(Draft("b", (COUPON_CODE,), lines=GOODS), LI)
    assert (seen.outlook.guide_id, seen.outlook.rule) == (WANG, "coupon")
    assert [t["rule"] for t in seen.outlook.evidence["touches"]] == ["coupon", "bound", "served"]
    bound = counter.till.reckon(Draft("b", client_id=CHEN, lines=GOODS), LI)
    assert (bound.outlook.guide_id, bound.outlook.rule) == (WANG, "bound")


TOUCHES = st.lists(
    st.builds(
        lambda rule, guide, n, days: Touch(rule, guide, ident(n), NOW - days * DAY_MS if rule == "link" else 0, rule),
        st.sampled_from(["coupon", "link", "bound", "served"]),
        st.sampled_from([WANG, LI]),
        st.integers(1, 40),
        st.integers(-1, 2 * LINK_DAYS),
    ),
    max_size=8,
)


@given(TOUCHES)
def test_this_pc_judges_a_sale_as_head_office_will(touches: list[Touch]) -> None:
    theirs = rules.rule(
        100,
        NOW,
        [rules.Touch(t.rule, t.guide_id, t.ref, t.at, t.what) for t in touches],  # type: ignore[arg-type]
    )
    ours = judge(NOW, touches)
    assert (ours.guide_id, ours.rule) == (theirs.guide_id, theirs.rule)
    assert ours.evidence["touches"] == theirs.evidence["touches"]
    assert LINK_DAYS == rules.LINK_DAYS
