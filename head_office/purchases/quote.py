"""试算: what a till is to pay back for goods of an order, before it does; nothing is written."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.records import Line, Short
from guide_app.protocol.scopes import store_scope
from head_office.coupons.returns import Goods, quote
from head_office.purchases.lookups import Names, look_up
from head_office.purchases.model import OrderNo, Pieces, ReceiptLine, RefundIn
from head_office.roster.queries import store_ids


class QuoteLine(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Pieces that a customer brings back."""

    qty: Pieces
    sku_code: Short = ""
    gtin: Short = ""
    title: Line = ""


class RefundQuoteIn(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Goods of an order that are to come back."""

    store_code: Short
    origin_order_no: OrderNo
    lines: Annotated[list[QuoteLine], Meta(min_length=1, max_length=500)]


class RefundQuote(Struct, frozen=True):
    """What to pay back, in all and for each line asked (fen), and the codes of coupons that come back with it."""

    total_fen: int
    lines_fen: list[int]
    coupons_back: list[str]


def quote_refund(connection: Connection, asked: RefundQuoteIn, now_ms: int) -> RefundQuote:
    """What these goods bring back now, by the refund rule of the coupons on the order (docs/coupons.md).

    Raises InvalidInputError `request.invalid` for an unknown store or order, and for goods that are not (any more) of
    the order.
    """
    store_id = store_ids(connection, {asked.store_code}).get(asked.store_code)
    if store_id is None:
        raise InvalidInputError("request.invalid", f"没有代码为「{asked.store_code}」的门店。")
    lines = [ReceiptLine(one.qty, 0, one.sku_code, one.gtin, one.title) for one in asked.lines]
    receipt = RefundIn(asked.store_code, asked.origin_order_no, asked.origin_order_no, now_ms, 0, lines)
    names = look_up(connection, store_id, [receipt])
    goods = [_goods(names, line) for line in lines]
    try:
        due = quote(connection, store_scope(store_id), asked.origin_order_no, goods, now_ms)
    except ValueError as e:
        raise InvalidInputError("request.invalid", f"「{e}」不在这张小票里, 或者已经退过。") from e
    if due is None:
        raise InvalidInputError("request.invalid", f"没有收到过小票 {asked.origin_order_no}。")
    return RefundQuote(sum(due.lines), list(due.lines), list(due.coupons_back))


def _goods(names: Names, line: ReceiptLine) -> Goods:
    variant = names.variant(line)
    title = line.title or (variant.title if variant else line.sku_code or line.gtin)
    product_id = variant.product_id if variant else None
    return Goods(variant.sku_id if variant else None, product_id, title, line.qty, 0, 0)
