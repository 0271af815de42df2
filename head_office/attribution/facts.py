"""Gathers what speaks for each guide when a receipt comes in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.attribution.rules import LINK_DAYS, RuleName, Share, Touch

_EVENTS = (
    "SELECT client_id::text, guide_id::text, id::text, at, kind FROM share_event WHERE store_id = %(store)s::uuid"
    " AND client_id = ANY(%(clients)s::uuid[]) AND guide_id IS NOT NULL AND at BETWEEN %(since)s AND %(until)s"
    " ORDER BY at, id"
)
_CLIENTS = (
    "SELECT id::text, primary_guide_id::text FROM client WHERE store_id = %(store)s::uuid"
    " AND id = ANY(%(clients)s::uuid[]) AND primary_guide_id IS NOT NULL"
)
_REDEEMED = (
    "SELECT r.order_no, c.guide_id::text, r.coupon_id::text, r.at FROM redemption r"
    " JOIN coupon_code k ON k.code = r.coupon_code"
    " JOIN coupon c ON c.store_id = k.store_id AND c.id = k.coupon_id"
    " WHERE r.store_id = %(store)s::uuid AND r.order_no = ANY(%(orders)s) AND r.order_no <> ''"
    " AND r.status = 'confirmed' AND c.guide_id IS NOT NULL ORDER BY r.at, r.id"
)
_SHARES = (
    "SELECT coalesce(nullif(p.origin_order_no, ''), p.order_no) AS origin, a.guide_id::text,"
    " sum(a.amount_fen)::bigint, (array_agg(a.rule ORDER BY a.seq))[1]"
    " FROM purchase p JOIN attribution a ON a.store_id = p.store_id AND a.purchase_id = p.id"
    " WHERE p.store_id = %(store)s::uuid AND (p.order_no = ANY(%(orders)s)"
    " OR p.origin_order_no = ANY(%(orders)s) AND p.origin_order_no <> '')"
    " GROUP BY origin, a.guide_id ORDER BY origin, a.guide_id"
)


@dataclass(frozen=True, slots=True)
class Sale:
    """What the rules need to know of a receipt. `at` is UTC ms."""

    order_no: str
    at: int
    client_id: str | None
    served_by: str | None


def touches_of(connection: Connection, scope: Scope, sales: Sequence[Sale]) -> dict[str, list[Touch]]:
    """For each order number, everything that speaks for a guide, oldest first."""
    if not sales:
        return {}
    store = scope_store_id(scope)
    clients = sorted({sale.client_id for sale in sales if sale.client_id})
    # Twice the window, so that the evidence also shows what came just too early.
    span = {
        "store": store,
        "clients": clients,
        "since": min(sale.at for sale in sales) - 2 * LINK_DAYS * DAY_MS,
        "until": max(sale.at for sale in sales),
    }
    events: dict[str, list[Touch]] = defaultdict(list)
    for client_id, guide_id, event_id, at, kind in connection.exec_driver_sql(_EVENTS, span):
        events[client_id].append(Touch("link", guide_id, event_id, at, kind))
    bound = dict(tuple(row) for row in connection.exec_driver_sql(_CLIENTS, span))
    coupons: dict[str, list[Touch]] = defaultdict(list)
    orders = {"store": store, "orders": [sale.order_no for sale in sales]}
    for order_no, guide_id, coupon_id, at in connection.exec_driver_sql(_REDEEMED, orders):
        coupons[order_no].append(Touch("coupon", guide_id, coupon_id, at, "coupon"))
    return {sale.order_no: _of_one(sale, events, bound, coupons) for sale in sales}


def shares_of(connection: Connection, scope: Scope, order_nos: Sequence[str]) -> dict[str, list[Share]]:
    """For each original order number, what each guide has of it after the returns so far."""
    values = {"store": scope_store_id(scope), "orders": list(order_nos)}
    shares: dict[str, list[Share]] = defaultdict(list)
    for order_no, guide_id, amount, rule in connection.exec_driver_sql(_SHARES, values):
        shares[order_no].append(Share(guide_id, amount, rule))
    return shares


def _of_one(
    sale: Sale,
    events: Mapping[str, Sequence[Touch]],
    bound: Mapping[str, str],
    coupons: Mapping[str, Sequence[Touch]],
) -> list[Touch]:
    standing: list[tuple[RuleName, str | None]] = [
        ("bound", bound.get(sale.client_id) if sale.client_id else None),
        ("served", sale.served_by),
    ]
    return [
        *coupons.get(sale.order_no, ()),
        *(touch for touch in events.get(sale.client_id or "", ()) if touch.at <= sale.at),
        *(Touch(name, guide_id, sale.client_id, 0, name) for name, guide_id in standing if guide_id),
    ]
