"""A PC that was tampered with signs what it likes: no counter takes more than head office allowed; and other doubts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_bill import Bill
from guide_app.protocol.recall import entry
from guide_app.protocol.scopes import BRAND
from guide_app.protocol.voucher import Voucher, coupon_of, holder_mark, sign_by_device
from tests.guide_app.coupons import office
from tests.guide_app.coupons.office import ALLOTMENT, BATCH, BATCH_NO, by_office
from tests.helpers.book import DEVICE_KEY, LIN, NOW, STORE, ZHOU, HandClock, actor, ident

BILL = 42_900
PLAIN = Voucher("", BATCH_NO, NOW, NOW + 7 * DAY_MS, 0, holder_mark(LIN), 1, 0)


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The counter's PC with head office's keys and Wang's allotment."""
    office.set_up(desk)
    return desk


def _made(serial: int = 2, **change: Any) -> str:
    """What Wang's PC signs if it was tampered with."""
    voucher = replace(PLAIN, coupon_id=coupon_of(ALLOTMENT, serial), serial=serial, certificate=office.certificate())
    return sign_by_device(replace(voucher, **change), DEVICE_KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"valid_until": NOW + 7 * DAY_MS + 120_000},
        {"valid_until": NOW + 400 * DAY_MS},
        {"valid_until": 0},
        {"valid_from": NOW - 60_000},
        {"valid_from": NOW + 2 * DAY_MS, "valid_until": NOW + 9 * DAY_MS},  # handed out when the lease was over
        {"value_fen": 5_000},
        {"holder": holder_mark(None)},
    ],
)
def test_no_counter_takes_what_goes_beyond(counter: Desk, change: dict[str, Any]) -> None:
    text = _made(**change)
    for deed in (
        lambda: counter.coupon_deeds.redeem(text, actor(), amount_fen=BILL, client_id=LIN),
        lambda: counter.coupons.shown(text, amount_fen=BILL),
        lambda: counter.coupons.by_code(text),
    ):
        with pytest.raises(InvalidInputError, match="超出了总部给的额度") as refused:
            deed()
        assert (refused.value.code, bool(refused.value.way_out)) == ("coupon.beyond_allotment", True)
    assert counter.coupons.redemptions() == ()
    assert counter.coupons.shown(_made(), amount_fen=BILL, client_id=LIN).verdict.usable


def test_no_other_batchs_terms(counter: Desk) -> None:
    dear = {"no": 13, "name": "立减200", "kind": "cash_off", "discount_fen": 20_000, "allot_count": 5}
    office.publish(counter, (BRAND, "coupon_template", ident(75), dear), seq=6_500)
    certificate = replace(office.certificate(), template_no=13)
    text = _made(template_no=13, certificate=certificate)
    with pytest.raises(InvalidInputError, match="签名"):
        counter.coupon_deeds.redeem(text, actor(), amount_fen=BILL)


def test_what_is_drawn_is_within_the_batchs_range(desk: Desk) -> None:
    office.set_up(desk, kind="random_off", random_min_fen=500, random_max_fen=900, min_spend_fen=0, discount_fen=0)
    for value_fen in (499, 901, 15_000):
        with pytest.raises(InvalidInputError, match="超出"):
            desk.coupon_deeds.redeem(_made(value_fen=value_fen), actor(), amount_fen=BILL, client_id=LIN)
    desk.coupon_deeds.redeem(_made(value_fen=900), actor(), amount_fen=BILL, client_id=LIN)
    assert [row.discount_fen for row in desk.coupons.redemptions()] == [900]


def test_a_clock_behind_the_lease_hands_out_what_head_office_believes(counter: Desk, clock: HandClock) -> None:
    clock.ms = NOW - 30_000
    given = counter.coupon_deeds.issue(BATCH, LIN, actor())
    assert given.claimed_at == NOW
    clock.ms = NOW
    assert counter.coupons.shown(given.token, amount_fen=BILL, client_id=LIN).verdict.usable


def test_without_an_amount_the_most_that_it_can_be_worth_counts(counter: Desk) -> None:
    limit = {"name": "offline_redeem", "value": {"discount_fen": 12_000}}
    office.publish(counter, (BRAND, "house_rule", ident(74), limit), seq=7_000)
    for n in (90, 91):
        counter.coupon_deeds.redeem(by_office(n), actor())
    assert [row.discount_fen for row in counter.coupons.redemptions()] == [5_000, 5_000]
    with pytest.raises(InvalidInputError) as refused:
        counter.coupon_deeds.redeem(by_office(92), actor())
    assert refused.value.code == "coupon.offline_limit"
    with pytest.raises(InvalidInputError):
        counter.coupon_deeds.redeem_bill([by_office(92)], Bill((), NOW, STORE), actor())
    assert counter.coupons.state().room.discount_fen == 2_000


def test_what_only_the_bill_bounds_needs_the_amount(counter: Desk) -> None:
    tenth = {"no": BATCH_NO, "name": "九折", "kind": "percent_off", "percent_off": 10}
    office.publish(counter, (BRAND, "coupon_template", BATCH, tenth), seq=6_500)
    with pytest.raises(InvalidInputError, match="没有金额") as refused:
        counter.coupon_deeds.redeem(by_office(), actor())
    assert (refused.value.code, "输入" in refused.value.way_out) == ("coupon.amount_needed", True)
    office.publish(counter, (BRAND, "coupon_template", BATCH, {**tenth, "max_discount_fen": 3_000}), seq=6_600)
    counter.coupon_deeds.redeem(by_office(), actor())
    assert [row.discount_fen for row in counter.coupons.redemptions()] == [3_000]


def _why(counter: Desk, text: str, **asked: Any) -> tuple[str, ...]:
    verdict = counter.coupons.shown(text, amount_fen=BILL, **asked).verdict
    return (*verdict.codes, *(str(reason) for reason in verdict.reasons))


def test_she_is_known_by_her_number_and_one_of_another_store_is_told_apart(counter: Desk) -> None:
    hers = by_office(client_id=LIN)
    assert _why(counter, hers, client_id=ZHOU) == ("coupon.holder", "只能由领券的客户本人用")
    code, why = _why(counter, by_office(81, client_id=ident(500)), client_id=ZHOU)
    assert (code, "别的门店" in why, "取消选客户" in why) == ("coupon.holder", True, True)
    assert _why(counter, by_office(81, client_id=ident(500))) == ()
    counter.db.apply(lambda a: a.conn.exec_driver_sql("UPDATE client SET phone = '13800001111'"))
    assert _why(counter, hers, client_id=ZHOU) == ()  # two records of one person
    counter.db.apply(lambda a: a.conn.exec_driver_sql("UPDATE client SET phone = ''"))
    assert _why(counter, hers, client_id=ZHOU)[0] == "coupon.holder"


def test_a_coupon_of_a_lost_pc_that_nobody_had_seen_says_why(counter: Desk) -> None:
    unseen, single = _made(), by_office(82)
    office.recall(counter, entry("allotment", ALLOTMENT), entry("coupon", ident(82)), version=2)
    code, why = _why(counter, unseen, client_id=LIN)
    assert (code, "报失" in why, "另发一张" in why) == ("coupon.recalled", True, True)
    assert _why(counter, single) == ("coupon.recalled", "这张券已由总部作废")
    office.recall(counter, entry("template", BATCH), version=3)
    assert _why(counter, unseen, client_id=LIN) == ("coupon.recalled", "这批券已召回")


def test_head_office_is_told_the_most(counter: Desk) -> None:
    counter.coupon_deeds.redeem(by_office(), actor())
    ((data,),) = counter.db.query(lambda c: c.exec_driver_sql("SELECT data FROM outbox").all())
    asked = msgspec.json.decode(data)
    assert (asked["amount_fen"], asked["discount_fen"]) == (0, 5_000)
