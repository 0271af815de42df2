from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.external_coupon import ExternalCheck, ExternalTold, ExternalUse
from head_office.coupons.external.desk import Counter, ExternalDesk
from head_office.coupons.external.port import ExternalCoupons, Held, RefusedByIssuerError, Terms, UnsettledError, Use
from head_office.coupons.external.wechat import SOURCE, WechatCoupons
from head_office.coupons.signing import ensure_signing
from head_office.deeds import push_rules
from head_office.feed.write import in_transaction
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_template, new_id, put_all, rows_of
from tests.helpers import wechat_pay as fake
from tests.helpers.plain_book import HeldClock


def _use(**more: Any) -> ExternalUse:
    said = {"request_no": new_id(), "code": fake.CODE, "stock_id": fake.STOCK, "amount_fen": 42_000, "order_no": "A1"}
    return ExternalUse(**{**said, **more})


def _redemptions(pc: Pc) -> list[dict[str, Any]]:
    return rows_of(pc.engine, "redemption")


def test_it_is_used_once_and_stands_in_the_stores_books(desk: ExternalDesk, counter: Counter, pc: Pc) -> None:
    checked = desk.check(counter, ExternalCheck(code=fake.CODE, stock_id=fake.STOCK, amount_fen=42_000))
    assert (checked.state, checked.discount_fen, checked.min_spend_fen) == ("usable", 5_000, 30_000)
    least = ExternalCheck(code=fake.CODE, stock_id=fake.STOCK, amount_fen=30_000)
    assert desk.check(counter, least).state == "usable", "from 300 yuan on, not above"
    asked = _use()
    told = desk.use(counter, asked)
    assert (told.state, told.discount_fen, told.name) == ("used", 5_000, "微信满300减50")
    assert desk.use(counter, asked) == told
    (row,) = _redemptions(pc)
    assert (row["id"], row["source"], row["source_name"]) == (asked.request_no, "wechat", "微信满300减50")
    assert (row["coupon_code"], row["order_no"], row["amount_fen"], row["discount_fen"], row["status"]) == (
        fake.CODE, "A1", 42_000, 5_000, "confirmed",
    )  # fmt: skip
    pc.pull()
    assert [key[1] for key in pc.held if key[2] == asked.request_no] == ["redemption"]


def test_a_moment_without_a_zone_is_chinas(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, clock: HeldClock
) -> None:
    pay.zoneless = True
    assert desk.use(counter, _use()).used_at == clock.now_ms() // 1000 * 1000


def test_a_second_counter_is_refused(desk: ExternalDesk, counter: Counter, pc: Pc) -> None:
    desk.use(counter, _use())
    assert desk.use(counter, _use(order_no="A2")).reason == "coupon.redeemed"
    assert len(_redemptions(pc)) == 1


def test_two_counters_at_once_use_it_once(desk: ExternalDesk, counter: Counter, pc: Pc) -> None:
    with ThreadPoolExecutor(2) as both:
        told = list(both.map(lambda n: desk.use(counter, _use(order_no=f"A{n}")), range(2)))
    assert sorted(one.state for one in told) == ["refused", "used"]
    assert len(_redemptions(pc)) == 1


@pytest.mark.parametrize("lost", ["lose", "fail_after"])
def test_a_lost_answer_is_settled_by_the_same_number(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc, lost: str
) -> None:
    asked = _use()
    setattr(pay, lost, 1 if lost == "lose" else [500])
    assert desk.use(counter, asked).state == "unsettled"
    assert _redemptions(pc) == []
    assert desk.use(counter, asked).state == "used"
    assert len(_redemptions(pc)) == 1


def test_another_counter_finds_the_lost_answer(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc
) -> None:
    asked = _use()
    pay.lose = 1
    assert desk.use(counter, asked).state == "unsettled"
    pay.lose = 1
    assert desk.use(counter, _use(order_no="A2")).reason == "external.in_hand"
    assert desk.use(counter, _use(order_no="A2")).reason == "coupon.redeemed"
    assert [row["id"] for row in _redemptions(pc)] == [asked.request_no]
    assert desk.use(counter, asked).state == "used"


def test_a_refusal_after_a_lost_answer_is_no_answer(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc
) -> None:
    asked = _use()
    pay.lose = 1
    assert desk.use(counter, asked).state == "unsettled"
    pay.coupons[fake.CODE].used_by = "as if the number were not known any more"
    told = desk.use(counter, asked)
    assert (told.state, told.reason) == ("unsettled", "external.doubt")
    assert asked.request_no in told.detail
    assert [one.request_no for one, _ in desk.settle_open()[1]] == [asked.request_no]
    desk.settle_by_hand(asked.request_no, used=True, by="王经理")
    assert desk.use(counter, asked).state == "used"
    assert len(_redemptions(pc)) == 1
    with pytest.raises(NotFoundError):
        desk.settle_by_hand(asked.request_no, used=False, by="王经理")


def test_answers_that_nobody_waited_for_are_fetched(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc
) -> None:
    pay.lose = 1
    desk.use(counter, _use())
    done, left = desk.settle_open()
    assert ([one.state for one in done], left) == (["used"], [])
    assert len(_redemptions(pc)) == 1


def test_an_answer_that_is_forged_uses_nothing_up_and_loses_nothing(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc
) -> None:
    asked = _use()
    pay.forge = True
    told = desk.use(counter, asked)
    assert told.state == "unsettled"
    assert not [one for one in pay.heard if one.startswith("POST")]  # already what the batch is worth was not believed
    pay.forge = False
    assert desk.use(counter, asked).state == "used"
    assert len(_redemptions(pc)) == 1


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (_use(amount_fen=29_999), "coupon.min_spend"),
        (_use(stock_id="99"), "external.batch"),
        (_use(code="12345"), "external.batch"),
        (_use(stock_id=fake.OTHER_STOCK), "external.batch"),
    ],
)
def test_what_cannot_be_is_refused_before_wechat_is_asked(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, asked: ExternalUse, reason: str
) -> None:
    assert desk.use(counter, asked).reason == reason
    assert not [one for one in pay.heard if one.startswith("POST")]


def test_a_refusal_of_wechats_is_final(desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc) -> None:
    pay.coupons[fake.CODE].state = "EXPIRED"
    asked = _use()
    first = desk.use(counter, asked)
    assert first.state == "refused"
    assert "券已过期" in first.detail
    pay.coupons[fake.CODE].state = "SENDED"
    assert desk.use(counter, asked) == first
    assert _redemptions(pc) == []


def test_other_coupons_on_the_order_must_be_allowed(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc
) -> None:
    put_all(pc.engine, pc.scope, "redemption", {new_id(): {"order_no": "A1", "discount_fen": 1_000, "at": NOW}})
    assert desk.use(counter, _use()).reason == "coupon.exclusive"
    pay.coupons["WX123456789"] = fake.Coupon(fake.OTHER_STOCK)
    told = desk.use(counter, _use(code="WX123456789", stock_id=fake.OTHER_STOCK, amount_fen=9_999))
    assert (told.state, told.discount_fen) == ("used", 9_999 - 8_799)


def test_without_credentials_it_is_off_and_says_so(pc: Pc, counter: Counter, clock: HeldClock) -> None:
    off = ExternalDesk(pc.engine, {}, clock)
    assert not off.is_on
    assert off.use(counter, _use()) == ExternalTold(
        state="refused", reason="external.off", detail="总部没有配置这个系统的券 (docs/coupons.md), 不能核销。"
    )


def test_goods_that_come_back_free_the_coupon(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc, clock: HeldClock
) -> None:
    asked = _use()
    with pytest.raises(NotFoundError):
        desk.give_back(asked.request_no, "王经理")
    desk.use(counter, asked)
    pay.lose = 1
    with pytest.raises(UnsettledError):
        desk.give_back(asked.request_no, "王经理")
    clock.move(60_000)
    assert desk.give_back(asked.request_no, "王经理")
    (row,) = _redemptions(pc)
    assert row["returned_at"] is not None
    assert desk.use(counter, asked).reason == "external.returned"
    with pytest.raises(InvalidInputError):
        desk.give_back(asked.request_no, "王经理")
    assert desk.use(counter, _use(order_no="A9")).state == "used"


class Slow:
    """WeChat Pay, whose first asking hangs until the second is under way, and ends first, without having arrived."""

    def __init__(self, system: WechatCoupons, first: GuideError) -> None:
        self._system = system
        self._first = first
        self._asked = 0
        self.hangs, self._second, self.ended = threading.Event(), threading.Event(), threading.Event()

    source = SOURCE

    def terms(self, stock_id: str) -> Terms:
        return self._system.terms(stock_id)

    def look_up(self, code: str, holder: str) -> Held:
        return self._system.look_up(code, holder)

    def give_back(self, code: str, stock_id: str, request_no: str) -> int:
        return self._system.give_back(code, stock_id, request_no)

    def redeem(self, use: Use) -> int:
        self._asked += 1
        if self._asked == 1:
            self.hangs.set()
            assert self._second.wait(60)
            raise self._first
        at = self._system.redeem(use)
        self._second.set()
        assert self.ended.wait(60)
        return at


@pytest.mark.parametrize(
    "first",
    [
        UnsettledError("external.unreachable", "总部连不上微信支付。", sent=False),
        RefusedByIssuerError("微信支付", "INVALID_REQUEST", "同一请求正在处理"),
    ],
)
def test_asked_again_while_the_first_asking_hangs_it_is_used_once_and_known(
    pc: Pc, counter: Counter, coupons: WechatCoupons, clock: HeldClock, first: GuideError
) -> None:
    slow, asked = Slow(coupons, first), _use()
    desk = ExternalDesk(pc.engine, {SOURCE: slow}, clock)
    with ThreadPoolExecutor(2) as both:
        one = both.submit(desk.use, counter, asked)
        one.add_done_callback(lambda _: slow.ended.set())
        assert slow.hangs.wait(60)
        two = both.submit(desk.use, counter, asked)
        told = [one.result(), two.result()]
    assert [t.state for t in told] == ["unsettled", "used"]
    assert [row["id"] for row in _redemptions(pc)] == [asked.request_no]
    assert desk.use(counter, asked) == told[1]


def test_what_was_asked_stays_open_while_nothing_is_configured(
    desk: ExternalDesk, counter: Counter, pay: fake.WechatPay, pc: Pc, clock: HeldClock
) -> None:
    asked = _use()
    pay.lose = 1
    assert desk.use(counter, asked).state == "unsettled"
    told = ExternalDesk(pc.engine, {}, clock).use(counter, asked)
    assert (told.state, told.reason) == ("unsettled", "external.off")
    assert desk.use(counter, asked).state == "used"


_SECOND = fake.CODE[::-1]


class _Meanwhile:
    """A system whose first redeeming lasts so long that `deed` is done meanwhile."""

    def __init__(self, system: ExternalCoupons, deed: Callable[[], None]) -> None:
        self._system, self._deeds = system, [deed]

    @property
    def source(self) -> str:
        return self._system.source

    def terms(self, stock_id: str) -> Terms:
        return self._system.terms(stock_id)

    def look_up(self, code: str, holder: str) -> Held:
        return self._system.look_up(code, holder)

    def redeem(self, use: Use) -> int:
        while self._deeds:
            self._deeds.pop()()
        return self._system.redeem(use)

    def give_back(self, code: str, stock_id: str, request_no: str) -> int:
        return self._system.give_back(code, stock_id, request_no)


def test_at_the_same_moment_nothing_comes_to_lie_beside_a_coupon_that_suffers_none(
    coupons: WechatCoupons, counter: Counter, pc: Pc, pay: fake.WechatPay, clock: HeldClock
) -> None:
    told: list[str] = []
    pay.coupons[_SECOND] = fake.Coupon(fake.STOCK)
    in_transaction(pc.engine, lambda connection: ensure_signing(connection, SECRET, NOW))
    pc = Pc(pc.engine, enrol_device(pc.engine), push_rules(SECRET))
    client, template_id, code = new_id(), make_template(pc.engine, no=9), make_code()
    pc.push(pc.mutation("put", "client", client, name="王姐"))
    asked: dict[str, Any] = {"template_id": template_id, "code": code, "client_id": client, "claimed_at": NOW}
    assert pc.push(pc.mutation("command", "coupon.issue", new_id(), **asked)).results == []

    def redeemed(order_no: str) -> list[str]:
        bill: dict[str, Any] = {
            "redemption_id": new_id(),
            "code": code,
            "order_no": order_no,
            "amount_fen": 42_000,
            "at": NOW,
        }
        return [one.code for one in pc.push(pc.mutation("command", "coupon.redeem", new_id(), **bill)).results]

    def meanwhile() -> None:
        told.append(desk.use(counter, _use(code=_SECOND)).reason)
        told.extend(redeemed("A1"))

    desk = ExternalDesk(pc.engine, {SOURCE: _Meanwhile(coupons, meanwhile)}, clock)
    assert desk.use(counter, _use()).state == "used"
    assert told == ["coupon.exclusive", "coupon.exclusive"]
    assert redeemed("A2") == [], "on another receipt it may be used"
    assert desk.use(counter, _use(code=_SECOND, order_no="A2")).reason == "coupon.exclusive"
