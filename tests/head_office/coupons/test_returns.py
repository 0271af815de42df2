"""Refunds of bills with coupons: what is paid back, when the coupon comes back, in whatever order things arrive."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.protocol.voucher import verify
from head_office.coupons.signing import public_keys
from head_office.feed.write import in_transaction
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import ReceiptLine, RefundIn
from head_office.purchases.quote import QuoteLine, RefundQuote, RefundQuoteIn, quote_refund
from tests.head_office.coupons.till import Till
from tests.head_office.kit import (
    NOW,
    SECRET,
    new_id,
    put_all,
    rows_of,
)


def test_a_part_that_comes_back_leaves_the_coupon_used(till: Till) -> None:
    till.coupon()
    till.sell(35_000, 17_500, off=7_500 - 2_500)
    assert till.quote(1).total_fen == 17_500
    till.refund(1, paid_back=17_500)
    assert (till.held["status"], till.used["refunded_fen"], till.used["returned_at"]) == ("redeemed", 17_500, None)
    assert till.used["discount_fen"] == 5_000


def test_the_coupon_comes_back_with_the_last_piece_once(till: Till) -> None:
    till.coupon(return_days=7)
    till.sell(35_000, 17_500)
    till.refund(1, paid_back=17_500)
    assert till.quote(0) == RefundQuote(35_000, [35_000], [till.code])
    back = till.refund(0, paid_back=35_000, order_no="R2")
    again = till.refund(0, paid_back=35_000, order_no="R2")
    assert [one.status for one in (*back, *again)] == ["applied", "duplicate"]
    assert (till.held["status"], till.used["refunded_fen"]) == ("claimed", 52_500)
    assert (till.used["status"], till.used["returned_at"]) == ("confirmed", NOW + DAY_MS)
    assert [row["total_fen"] for row in rows_of(till.pc.engine, "purchase") if row["kind"] == "sale"] == [52_500]
    assert sum(row["amount_fen"] for row in rows_of(till.pc.engine, "attribution")) == 0
    till.pc.pull()
    assert till.pc.digests() == till.pc.promised()


def test_a_coupon_that_came_back_can_be_used_and_used_up_once_more(till: Till) -> None:
    till.coupon()
    till.sell(40_000)
    till.refund(0, paid_back=40_000)
    assert till.redeem("B1") == []
    assert till.redeem("B2") == [("rejected", "coupon.redeemed")]
    conflict = rows_of(till.pc.engine, "redemption")[-1]
    second = next(row for row in rows_of(till.pc.engine, "redemption") if row["order_no"] == "B1")
    assert (conflict["status"], conflict["rival_id"]) == ("conflict", second["id"])
    till.refund(0, paid_back=0, order_no="R9")  # of the first order nothing is left to come back
    assert till.held["status"] == "redeemed"


def test_a_coupon_that_expired_meanwhile_holds_so_many_days_more_and_proves_it(till: Till) -> None:
    till.coupon(valid_until=NOW + 2 * DAY_MS, return_days=7)
    before = till.held["token"]
    till.sell(40_000)
    later = NOW + 5 * DAY_MS
    till.refund(0, paid_back=40_000, now_ms=later)
    held = till.held
    assert (held["status"], held["valid_until"]) == ("claimed", later + 7 * DAY_MS)
    with till.pc.engine.connect() as connection:
        voucher = verify(held["token"], public_keys(connection))
    assert held["token"] != before
    assert later + 7 * DAY_MS <= voucher.valid_until < later + 7 * DAY_MS + 60_000


def test_one_that_holds_longer_anyway_keeps_its_end_and_its_signature(till: Till) -> None:
    till.coupon(return_days=7)
    before = till.held
    till.sell(40_000)
    till.refund(0, paid_back=40_000)
    assert (till.held["valid_until"], till.held["token"]) == (before["valid_until"], before["token"])


def test_reprice_pays_back_the_difference_and_the_coupon_with_it(till: Till) -> None:
    till.coupon(refund_rule="reprice")
    till.sell(25_000, 10_000)  # 400 - 50; without the second pair the threshold of 300 is missed
    due = till.quote(1)
    assert (due.total_fen, due.coupons_back) == (35_000 - 28_571, [till.code])
    till.refund(1, paid_back=due.total_fen)
    assert till.held["status"] == "claimed"
    assert till.quote(0).total_fen == 35_000 - due.total_fen
    till.refund(0, paid_back=till.quote(0).total_fen, order_no="R2")
    assert till.used["refunded_fen"] == 35_000


@pytest.mark.parametrize("sale_first", [True, False])
def test_the_refund_may_be_known_before_the_redemption(till: Till, *, sale_first: bool) -> None:
    till.coupon()
    if sale_first:
        till.sell(40_000, coupon=False)
        till.refund(0, paid_back=40_000)
        assert till.held["status"] == "claimed"
        assert till.redeem() == []
    else:
        till.refund(0, paid_back=40_000)
        till.sell(40_000)
    assert (till.held["status"], till.used["refunded_fen"]) == ("claimed", 40_000)
    assert till.used["returned_at"] is not None
    assert till.redeem("B1") == []


def test_refunds_of_one_order_at_once_give_the_coupon_back_once(till: Till) -> None:
    till.coupon()
    till.sell(20_000, 20_000)

    def bring(i: int) -> None:
        lines = [ReceiptLine(1, 20_000, sku_code=f"S{i}")]
        refund = RefundIn("SH01", f"R{i}", "A1", NOW + DAY_MS, 20_000, lines)
        in_transaction(till.pc.engine, lambda c: take_receipts(c, SECRET, [refund], NOW + DAY_MS))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(bring, range(2)))
    assert (till.held["status"], till.used["refunded_fen"]) == ("claimed", 40_000)


def test_a_recalled_coupon_does_not_come_back(till: Till) -> None:
    till.coupon()
    till.sell(40_000)
    put_all(till.pc.engine, till.pc.scope, "coupon", {till.coupon_id: {**_plain(till.held), "status": "void"}})
    till.refund(0, paid_back=40_000)
    assert till.held["status"] == "void"


def test_a_return_that_a_guide_wrote_down_brings_no_coupon_back(till: Till) -> None:
    till.coupon()
    till.sell(40_000, coupon=False)
    noted: dict[str, Any] = {
        "order_no": "R1",
        "origin_order_no": "A1",
        "kind": "return",
        "at": NOW,
        "total_fen": -40_000,
    }
    line: dict[str, Any] = {"title": "S0", "qty": -1, "amount_fen": -40_000}
    purchase_id = new_id()
    used: dict[str, Any] = {
        "redemption_id": new_id(),
        "code": till.code,
        "order_no": "A1",
        "amount_fen": 45_000,
        "at": NOW + 1,
    }
    pushed = till.pc.push(
        till.pc.mutation("put", "purchase", purchase_id, **noted, verified=False),
        till.pc.mutation("put", "purchase_line", new_id(), **line, purchase_id=purchase_id),
        till.pc.mutation("command", "coupon.redeem", new_id(), **used),
    )
    assert pushed.results == []
    assert (till.held["status"], till.used["refunded_fen"]) == ("redeemed", 0)


def test_one_pair_on_two_lines_of_a_refund_comes_back_once(till: Till) -> None:
    till.coupon()
    till.sell(20_000, 20_000)
    till.refund(0, 0, paid_back=20_000)
    assert (till.held["status"], till.used["refunded_fen"]) == ("redeemed", 20_000)
    till.refund(1, paid_back=20_000, order_no="R2")
    assert till.held["status"] == "claimed"


def test_a_coupon_of_another_channel_comes_back_when_its_goods_do(till: Till) -> None:
    till.coupon(refund_rule="reprice", for_channels=["live"])
    till.sell(40_000, coupon=False)
    assert till.redeem(channel="live") == []
    assert till.quote(0).coupons_back == [till.code]
    till.refund(0, paid_back=40_000)
    assert till.held["status"] == "claimed"


def test_what_was_not_bought_is_not_quoted(till: Till) -> None:
    till.coupon()
    till.sell(40_000)
    with pytest.raises(InvalidInputError, match="不在这张小票里"):
        till.quote(2)
    with pytest.raises(InvalidInputError, match=r"不在这张小票里|已经退过"):
        till.quote(0, 0)  # one was sold
    with pytest.raises(InvalidInputError, match="没有收到过小票"), till.pc.engine.begin() as connection:
        quote_refund(connection, RefundQuoteIn("SH01", "A9", [QuoteLine(1, "S0")]), NOW)
    till.refund(0, paid_back=40_000)
    with pytest.raises(InvalidInputError, match="已经退过"):
        till.quote(0)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("store_id", "id", "seq", "extra")}
