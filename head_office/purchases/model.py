"""小票: receipts as tills send them, and what must hold before one is taken in. Money in fen, moments in UTC ms."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.records import Id, Line, Ms, Short

OrderNo = Annotated[str, Meta(min_length=1, max_length=64)]
Pieces = Annotated[int, Meta(ge=1, le=10_000)]
Paid = Annotated[int, Meta(ge=0, le=1 << 40)]


class ClientRef(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a till knows the customer; the first that finds a client of the store counts."""

    id: Id | None = None
    member_no: Short = ""
    phone: Short = ""


class ReceiptLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line: `amount_fen` is what is paid (or paid back) for `qty` pieces after discounts, never negative."""

    qty: Pieces
    amount_fen: Paid
    sku_code: Short = ""
    gtin: Short = ""
    title: Line = ""
    discount_fen: Paid = 0


class PurchaseIn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A sale. `order_no` is unique in its store; `total_fen` must be the sum of the lines' `amount_fen`."""

    store_code: Short
    order_no: OrderNo
    at: Ms
    total_fen: Paid
    lines: Annotated[list[ReceiptLine], Meta(min_length=1, max_length=500)]
    discount_fen: Paid = 0
    guide_number: Short = ""
    client: ClientRef | None = None
    coupon_code: Short = ""
    channel: Short = ""


class RefundIn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A return of goods of `origin_order_no`, with positive amounts; it is kept as a purchase with negative ones.

    The customer is the original's; `client` counts where the original is not known.
    """

    store_code: Short
    order_no: OrderNo
    origin_order_no: OrderNo
    at: Ms
    total_fen: Paid
    lines: Annotated[list[ReceiptLine], Meta(min_length=1, max_length=500)]
    guide_number: Short = ""
    channel: Short = ""
    client: ClientRef | None = None


Receipt = PurchaseIn | RefundIn


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one receipt. `problem` says why it was rejected; `coupon` why its coupon could not be used."""

    order_no: str
    status: Literal["applied", "duplicate", "rejected"]
    purchase_id: str
    client_id: str | None = None
    guide_id: str | None = None
    rule: str = ""
    coupon: str = ""
    problem: str = ""


def check(receipts: Sequence[Receipt]) -> None:
    """Raise InvalidInputError, naming receipt and line, unless every total is exact and every line says what it is."""
    seen: set[tuple[str, str]] = set()
    for i, receipt in enumerate(receipts):
        place = f"第 {i + 1} 张小票 ({receipt.order_no})"
        for n, line in enumerate(receipt.lines, 1):
            if not (line.sku_code or line.gtin or line.title):
                raise InvalidInputError("request.invalid", f"{place} 第 {n} 行: sku_code、gtin、title 至少要有一个。")
        total = sum(line.amount_fen for line in receipt.lines)
        if total != receipt.total_fen:
            last = len(receipt.lines)
            sentence = f"{place} 第 1 至 {last} 行合计 {total} 分, 与 total_fen {receipt.total_fen} 分不符。"
            raise InvalidInputError("request.invalid", sentence)
        name = (receipt.store_code, receipt.order_no)
        if name in seen:
            raise InvalidInputError("request.invalid", f"{place}: 同一批里单号重复。")
        seen.add(name)


def content_hash(receipt: Receipt) -> bytes:
    """What a repeated receipt is recognised by."""
    return hashlib.sha256(msgspec.json.encode(receipt)).digest()
