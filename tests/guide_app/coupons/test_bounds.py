"""What head office could not take is refused at the counter, before the discount is given."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_bill import Bill, BillLine
from guide_app.protocol.coupon_bounds import BESIDE, LINES, ORDER_NO
from guide_app.protocol.recall import entry, kept
from tests.guide_app.coupons import office
from tests.guide_app.coupons.office import ALLOTMENT, BATCH, by_office
from tests.helpers.book import LIN, LOAFER, NOW, STORE, ZHOU, actor

LINE = BillLine(LOAFER, "女鞋/乐福鞋", 1, 56_900)


@pytest.fixture
def counter(desk: Desk) -> Desk:
    """The counter's PC with head office's keys."""
    office.set_up(desk)
    return desk


def _bill(*lines: BillLine, **other: Any) -> Bill:
    return Bill(lines, NOW, STORE, **other)


@pytest.mark.parametrize(
    ("texts", "bill", "order_no", "code", "bound"),
    [
        (1, _bill(LINE), "9" * (ORDER_NO + 1), "coupon.order_no", "65 个字符, 最多 64 个"),
        (1, _bill(*[LINE] * (LINES + 1)), "A1", "coupon.too_many_lines", "201 行商品, 用券的单最多 200 行"),
        (BESIDE + 2, _bill(LINE), "A1", "coupon.too_many", "12 张券, 一张单最多 11 张"),
        (1, _bill(LINE, BillLine(LOAFER, "", -1, 0)), "A1", "coupon.not_a_sale", "退货"),
        (1, _bill(LINE, freight_fen=-1), "A1", "coupon.not_a_sale", "负数"),
        (1, _bill(LINE, freight_fen=(1 << 53) + 1), "A1", "coupon.amount", "金额太大"),
    ],
)
def test_beyond_a_bound_nothing_is_given(
    counter: Desk, texts: int, bill: Bill, order_no: str, code: str, bound: str
) -> None:
    shown = [by_office(n) for n in range(200, 200 + texts)]
    with pytest.raises(InvalidInputError, match=bound) as refused:
        counter.coupon_deeds.redeem_bill(shown, bill, actor(), order_no=order_no)
    assert (refused.value.code, bool(refused.value.way_out)) == (code, True)
    assert counter.coupons.redemptions() == ()


def test_at_the_bounds_it_is_given_and_every_line_is_told(counter: Desk) -> None:
    lines = [*[LINE] * (LINES - 1), BillLine(None, "", 1, 100)]
    counter.coupon_deeds.redeem_bill([by_office()], _bill(*lines), actor(), order_no="9" * ORDER_NO)
    ((data,),) = counter.db.query(lambda c: c.exec_driver_sql("SELECT data FROM outbox").all())
    asked = msgspec.json.decode(data)
    assert (len(asked["lines"]), asked["lines"][-1]["amount_fen"], len(asked["order_no"])) == (LINES, 100, ORDER_NO)


def test_what_a_lost_pc_had_handed_out_is_good_by_its_very_voucher(counter: Desk) -> None:
    given, other = (counter.coupon_deeds.issue(BATCH, LIN, actor()) for _ in range(2))
    office.recall(counter, entry("allotment", ALLOTMENT), kept(given.token), version=2)
    assert counter.coupons.shown(given.token, amount_fen=42_900).verdict.usable
    assert counter.coupons.shown(given.code, amount_fen=42_900).verdict.usable
    assert counter.coupons.shown(other.token, amount_fen=42_900).verdict.codes == ("coupon.recalled",)
    office.recall(counter, entry("allotment", ALLOTMENT), kept(given.token), entry("coupon", given.id), version=3)
    assert counter.coupons.shown(given.token, amount_fen=42_900).verdict.codes == ("coupon.recalled",)
    assert counter.coupons.shown(by_office(300), amount_fen=42_900).verdict.usable


def test_she_may_use_it_after_her_records_were_merged_and_a_stranger_not_by_its_code_either(counter: Desk) -> None:
    given = counter.coupon_deeds.issue(BATCH, LIN, actor())

    def codes(text: str, client_id: str) -> tuple[str, ...]:
        return counter.coupons.shown(text, amount_fen=42_900, client_id=client_id).verdict.codes

    assert (codes(given.code, ZHOU), codes(given.token, ZHOU)) == (("coupon.holder",), ("coupon.holder",))
    counter.db.apply(lambda a: a.conn.exec_driver_sql("UPDATE client SET merged_into = ? WHERE id = ?", (ZHOU, LIN)))
    assert (codes(given.code, ZHOU), codes(given.token, ZHOU)) == ((), ())
