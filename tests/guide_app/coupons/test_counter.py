import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.coupons.model import told
from guide_app.coupons.queries import redemptions_of
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_bill import Obstacle
from guide_app.protocol.coupon_code import make_code, show_code
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.protocol.coupon_terms import discount
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from tests.helpers.book import COUPON_CODE, LIN, OFFER, STORE, WANG, HandClock, actor, ident

TERMS = st.builds(
    CouponTemplate,
    kind=st.sampled_from(["threshold_off", "percent_off", "cash_off"]),
    min_spend_fen=st.integers(0, 100_000),
    discount_fen=st.integers(0, 100_000),
    percent_off=st.integers(0, 100),
    max_discount_fen=st.integers(0, 50_000),
)


@given(TERMS, st.integers(0, 10**7))
def test_a_discount_never_exceeds_the_bill_its_cap_or_works_below_the_threshold(
    terms: CouponTemplate, amount: int
) -> None:
    off = discount(terms, amount)
    assert 0 <= off <= amount
    if amount < terms.min_spend_fen:
        assert off == 0
    if terms.kind == "percent_off" and terms.max_discount_fen:
        assert off <= terms.max_discount_fen


def test_known_discounts() -> None:
    eighty = CouponTemplate(kind="threshold_off", min_spend_fen=40000, discount_fen=8000)
    assert discount(eighty, 68280) == 8000
    assert discount(eighty, 39999) == 0
    assert discount(CouponTemplate(kind="percent_off", percent_off=10, max_discount_fen=10000), 68280) == 6828
    assert discount(CouponTemplate(kind="percent_off", percent_off=10, max_discount_fen=5000), 68280) == 5000
    assert discount(CouponTemplate(kind="cash_off", discount_fen=3000), 2000) == 2000


def test_a_coupon_is_redeemed_once(desk: Desk) -> None:
    held, verdict = desk.coupons.verify(show_code(COUPON_CODE).lower(), 68280)
    assert verdict.usable
    assert verdict.discount_fen == 8000
    assert held.client_name == "陈雅婷"
    assert desk.coupon_deeds.redeem(COUPON_CODE, actor(), order_no="NJ-1", amount_fen=68280).status == "redeemed"
    with pytest.raises(InvalidInputError, match="已核销"):
        desk.coupon_deeds.redeem(COUPON_CODE, actor())
    rows = desk.db.query(lambda c: c.exec_driver_sql("SELECT op, kind FROM outbox").all())
    assert [tuple(r) for r in rows] == [("command", "coupon.redeem")]


def test_why_a_coupon_cannot_be_used(desk: Desk, clock: HandClock) -> None:
    with pytest.raises(InvalidInputError, match="还差"):
        desk.coupon_deeds.redeem(COUPON_CODE, actor(), amount_fen=100)
    clock.ms += 30 * DAY_MS
    with pytest.raises(InvalidInputError, match="已过期"):
        desk.coupon_deeds.redeem(COUPON_CODE, actor())


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (600, 1_320, "只在 10:00 到 22:00 可用"),  # also when it is past ten at night
        (605, 0, "只在 10:05 到 24:00 可用"),
        (1_320, 120, "只在 22:00 到 2:00 可用"),
    ],
)
def test_the_hours_of_a_coupon_are_told_whole(begins: int, ends: int, words: str) -> None:
    terms = CouponTemplate(kind="cash_off", day_from=begins, day_until=ends)
    assert str(told(Obstacle("coupon.hour", begins), terms)) == words


def test_a_mistyped_code_and_an_unknown_one_are_told_apart(desk: Desk) -> None:
    wrong = COUPON_CODE[:-1] + ("A" if COUPON_CODE[-1] != "A" else "B")
    with pytest.raises(InvalidInputError, match="打错"):
        desk.coupons.verify(wrong)
    with pytest.raises(NotFoundError, match="要联网由总部来认"):
        desk.coupons.verify(make_code())


def test_a_guide_gives_a_coupon_once_per_client(desk: Desk) -> None:
    held = desk.coupon_deeds.issue("满400减80", LIN, actor())
    assert (held.client_name, held.guide_name, held.status) == ("林小满", "王敏", "claimed")
    with pytest.raises(InvalidInputError, match="已领过"):
        desk.coupon_deeds.issue(OFFER, LIN, actor())
    with pytest.raises(InvalidInputError, match="没有正在发放"):
        desk.coupon_deeds.issue("不存在", LIN, actor())


@pytest.mark.parametrize(
    ("hers", "code", "said"),
    [
        ({"contact_state": "refused"}, "consent.refused", "已拒绝联系"),
        ({"flag": "complaint", "flag_why": "鞋底开胶"}, "client.flagged", "有投诉未结.*鞋底开胶"),
        ({"flag": "blocked", "flag_why": "多次恶意退货"}, "client.flagged", "已停止服务.*多次恶意退货"),
    ],
)
def test_whom_the_brand_keeps_away_from_is_given_no_coupon(
    desk: Desk, hers: dict[str, str], code: str, said: str
) -> None:
    desk.db.change(lambda uow: uow.patch("client", LIN, hers), by=WANG, origin="test")
    with pytest.raises(InvalidInputError, match=said) as caught:
        desk.coupon_deeds.issue(OFFER, LIN, actor())
    assert (caught.value.code, bool(caught.value.way_out)) == (code, True)
    commands = desk.db.query(lambda c: c.exec_driver_sql("SELECT 1 FROM outbox WHERE op = 'command'").all())
    assert commands == []


def test_a_refusal_in_another_store_counts_here_and_a_stranger_is_named(desk: Desk) -> None:
    view = RecordFrame(store_scope(STORE), "company_view", ident(9_001), 900, {"client_id": LIN, "refused": True})
    desk.db.apply(lambda applier: applier.apply([view]))
    with pytest.raises(InvalidInputError, match="已拒绝联系"):
        desk.coupon_deeds.issue(OFFER, LIN, actor())
    with pytest.raises(NotFoundError, match="没有编号为"):
        desk.coupon_deeds.issue(OFFER, ident(9_002), actor())


def test_the_counter_remembers_what_it_redeemed_and_that_head_office_has_not_answered(desk: Desk) -> None:
    assert desk.coupons.redemptions() == ()
    held = desk.coupon_deeds.redeem(COUPON_CODE, actor(), order_no="NJ-1", amount_fen=68280)
    (row,) = desk.coupons.redemptions()
    assert (row.code, row.coupon_name, row.client_name, row.guide_name) == (COUPON_CODE, "满400减80", "陈雅婷", "王敏")
    assert (row.status, row.amount_fen, row.discount_fen, row.order_no) == ("pending", 68280, 8000, "NJ-1")
    assert desk.coupons.redemptions(held.id) == (row,)
    assert desk.coupons.redemptions("another") == ()
    assert (desk.coupons.redemptions(order_no="NJ-1"), desk.coupons.redemptions(order_no="NJ-2")) == ((row,), ())
    assert desk.coupons.redemptions(held.id, order_no="NJ-2") == ()


@pytest.mark.parametrize(("said", "index"), [(("", "NJ-1"), "order_no"), (("c", ""), "coupon_id"), (("", ""), "at")])
def test_what_was_redeemed_is_looked_up_by_what_is_asked_for(desk: Desk, said: tuple[str, str], index: str) -> None:
    where, asked = redemptions_of(*said)
    statement = f"EXPLAIN QUERY PLAN SELECT 1 FROM redemption r{where} ORDER BY r.at DESC, r.id DESC LIMIT 50"
    plan = desk.db.query(lambda conn: [row[3] for row in conn.exec_driver_sql(statement, asked)])
    assert f"ix_redemption_{index}" in plan[0], plan
