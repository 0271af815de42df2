"""A store with three pairs of shoes and a till that sells them with one coupon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.scopes import BRAND
from head_office.coupons.signing import ensure_signing
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
    """The till, its PC, and the coupon it was last given."""

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

    def redeem(self, order_no: str = "A1", amount: int = 40_000, **said: Any) -> list[tuple[str, str]]:
        asked = {"code": self.code, "order_no": order_no, "amount_fen": amount, "at": NOW + 1, **said}
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


def open_till(office_engine: Engine) -> Till:
    """The store, its goods and its till."""
    store_id = make_store(office_engine)
    for i, product in enumerate(SHOES):
        put_all(office_engine, BRAND, "product", {product: {"no": i + 1, "spu": f"P{i}", "category": "鞋"}})
        put_all(office_engine, BRAND, "sku", {new_id(): {"product_id": product, "code": f"S{i}"}})
    in_transaction(office_engine, lambda c: ensure_signing(c, SECRET, NOW))
    return Till(Pc(office_engine, enrol_device(office_engine), push_rules(SECRET)), make_guide(office_engine, store_id))
