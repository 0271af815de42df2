"""核销: a coupon is used up once, wherever in the brand, by one transaction that holds its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from guide_app.base.clock import DAY_MS
from guide_app.protocol.coupon_code import normalise_code
from guide_app.protocol.coupon_terms import discount
from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.coupons.model import Template, obstacle
from head_office.coupons.queries import locate, template_by_id
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter

_CONFIRMED = (
    "SELECT order_no, at FROM redemption WHERE store_id = %(store)s::uuid AND coupon_id = %(coupon)s::uuid"
    " AND status = 'confirmed'"
)


@dataclass(frozen=True, slots=True)
class Redemption:
    """A coupon shown at a counter. `scope` is the store it was shown in; `at` UTC ms; `amount_fen` 0 if unknown."""

    id: str
    scope: Scope
    code: str
    order_no: str
    amount_fen: int
    at: int
    guide_id: str | None


@dataclass(frozen=True, slots=True)
class Redeemed:
    """What became of it: `problem` is a code of the problem table, empty when the coupon is now used up."""

    problem: str = ""
    duplicate: bool = False
    touched: tuple[Key, ...] = ()
    guide_id: str | None = None
    client_id: str | None = None


def redeem(writer: FeedWriter, asked: Redemption) -> Redeemed:
    """Use up a coupon. The same redemption again is a duplicate and changes nothing.

    A second redemption of a coupon is kept as a record in conflict: at an offline counter the price was already
    reduced, and the store must be able to see that.
    """
    shown = _shown(writer, asked.code)
    if shown is None:
        return Redeemed("coupon.unknown")
    coupon_key, coupon, template = shown
    own_key: Key = (asked.scope, "redemption", asked.id)
    about = Redeemed(touched=(coupon_key,), guide_id=coupon["guide_id"], client_id=coupon["client_id"])
    if writer.get(own_key) is not None:
        return replace(about, duplicate=True, touched=(coupon_key, own_key))
    problem = obstacle(coupon, template, asked.at, asked.amount_fen)
    if problem == "coupon.redeemed" and _is_same_sale(writer, asked, coupon_key[2]):
        return replace(about, duplicate=True)
    if problem and problem != "coupon.redeemed":
        return replace(about, problem=problem)
    record = {
        "coupon_id": coupon_key[2],
        "coupon_code": coupon["code"],
        "guide_id": asked.guide_id,
        "order_no": asked.order_no,
        "amount_fen": asked.amount_fen,
        "discount_fen": discount(template, asked.amount_fen),
        "status": "conflict" if problem else "confirmed",
        "at": asked.at,
    }
    writer.put(own_key, record)
    if not problem:
        writer.change(coupon_key, status="redeemed", redeemed_at=asked.at)
    return replace(about, problem=problem, touched=(coupon_key, own_key))


def _shown(writer: FeedWriter, code: str) -> tuple[Key, Mapping[str, Any], Template] | None:
    """The coupon behind a code, locked, and its template."""
    key = locate(writer.connection, normalise_code(code))
    coupon = writer.get(key) if key else None
    template = template_by_id(writer.connection, coupon.data["template_id"]) if coupon else None
    return (key, coupon.data, template) if key and coupon and template else None


def _is_same_sale(writer: FeedWriter, asked: Redemption, coupon_id: str) -> bool:
    """Whether till and counter PC both report one and the same use of the coupon.

    They do if the order number is the same, or if only one of them knows it and they are less than a day apart.
    """
    values = {"store": scope_store_id(asked.scope), "coupon": coupon_id}
    for order_no, at in writer.connection.exec_driver_sql(_CONFIRMED, values):
        if order_no and order_no == asked.order_no:
            return True
        if bool(order_no) != bool(asked.order_no) and abs(at - asked.at) < DAY_MS:
            return True
    return False
