"""Refunds of bills with coupons: what is paid back, when the coupon comes back, in whatever order things arrive."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.scopes import BRAND
from guide_app.protocol.voucher import verify
from head_office.coupons.signing import ensure_signing, public_keys
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.feed.write import in_transaction
from head_office.purchases.ingest import take_receipts
from head_office.purchases.model import PurchaseIn, Receipt, ReceiptLine, RefundIn, Taken
from head_office.purchases.quote import QuoteLine, RefundQuote, RefundQuoteIn, quote_refund
from tests.head_office.kit import (
    NOW,
    SECRET,
    Pc,
    enrol_device,
    make_guide,
    make_store,
    make_template,
    new_id,
    put_all,
    rows_of,
)

SHOES = [new_id() for _ in range(3)]


@dataclass
class Till:
    """A store with three pairs of shoes, a till, and one coupon."""

    pc: Pc
    guide_id: str
    coupon_id: str = ""
    code: str = ""
    template_id: str = ""

    def coupon(self, **terms: Any) -> None:
        """Hand a coupon out: 50 off from 300 unless told otherwise."""
        self.template_id = make_template(self.pc.engine, **terms)
        client_id, self.coupon_id, self.code = new_id(), new_id(), make_code()
        asked: dict[str, Any] = {
            "template_id": self.template_id,
            "code": self.code,
            "client_id": client_id,
            "claimed_at": NOW,
        }
        self.pc.push(
            self.pc.mutation("put", "client", client_id, name="王姐"),
            self.pc.mutation("command", "coupon.issue", self.coupon_id, guide_id=self.guide_id, **asked),
        )

    def take(self, *receipts: Receipt, now_ms: int = NOW + DAY_MS) -> list[Taken]:
        taken = in_transaction(self.pc.engine, lambda c: take_receipts(c, SECRET, receipts, now_ms))
        assert check_feed(self.pc.engine).ok
        return taken

    def sell(self, *paid: int, off: int = 5_000, coupon: bool = True) -> list[Taken]:
        """Sell one pair a line at what is paid for it; the till shares the coupon by price."""
        whole = sum(paid) + off
        lines = [
            ReceiptLine(1, fen, sku_code=f"S{i}", discount_fen=round(off * fen / sum(paid)))
            for i, fen in enumerate(paid)
        ]
        assert sum(line.discount_fen for line in lines) == off == whole - sum(paid)
        code = self.code if coupon else ""
        return self.take(PurchaseIn("SH01", "A1", NOW, sum(paid), lines, discount_fen=off, coupon_code=code))

    def refund(self, *pairs: int, paid_back: int, order_no: str = "R1", now_ms: int = NOW + DAY_MS) -> list[Taken]:
        parts = [ReceiptLine(1, 0, sku_code=f"S{i}") for i in pairs[1:]]
        lines = [ReceiptLine(1, paid_back, sku_code=f"S{pairs[0]}"), *parts]
        return self.take(RefundIn("SH01", order_no, "A1", NOW + DAY_MS, paid_back, lines), now_ms=now_ms)

    def quote(self, *pairs: int) -> RefundQuote:
        asked = RefundQuoteIn("SH01", "A1", [QuoteLine(1, f"S{i}") for i in pairs])
        with self.pc.engine.begin() as connection:
            return quote_refund(connection, asked, NOW + DAY_MS)

    def redeem(self, order_no: str = "A1", amount: int = 40_000) -> list[tuple[str, str]]:
        asked: dict[str, Any] = {"code": self.code, "order_no": order_no, "amount_fen": amount, "at": NOW}
        pushed = self.pc.push(
            self.pc.mutation("command", "coupon.redeem", new_id(), redemption_id=new_id(), **asked),
            now_ms=NOW + 2 * DAY_MS,
        )
        return [(result.status, result.code) for result in pushed.results]

    @property
    def held(self) -> dict[str, Any]:
        return next(row for row in rows_of(self.pc.engine, "coupon") if row["id"] == self.coupon_id)

    @property
    def used(self) -> dict[str, Any]:
        return rows_of(self.pc.engine, "redemption")[0]


@pytest.fixture
def till(office_engine: Engine) -> Till:
    store_id = make_store(office_engine)
    for i, product in enumerate(SHOES):
        put_all(office_engine, BRAND, "product", {product: {"no": i + 1, "spu": f"P{i}", "category": "鞋"}})
        put_all(office_engine, BRAND, "sku", {new_id(): {"product_id": product, "code": f"S{i}"}})
    in_transaction(office_engine, lambda c: ensure_signing(c, SECRET, NOW))
    return Till(Pc(office_engine, enrol_device(office_engine), push_rules(SECRET)), make_guide(office_engine, store_id))


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


def test_what_was_not_bought_is_not_quoted(till: Till) -> None:
    till.coupon()
    till.sell(40_000)
    with pytest.raises(InvalidInputError, match="不在这张小票里"):
        till.quote(2)
    with pytest.raises(InvalidInputError, match="没有收到过小票"), till.pc.engine.begin() as connection:
        quote_refund(connection, RefundQuoteIn("SH01", "A9", [QuoteLine(1, "S0")]), NOW)
    till.refund(0, paid_back=40_000)
    with pytest.raises(InvalidInputError, match="已经退过"):
        till.quote(0)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("store_id", "id", "seq", "extra")}
