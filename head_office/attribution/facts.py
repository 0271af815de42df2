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
# The till's register stays where the till is; the sale may have moved on with its customer.
_LEFT = (
    "SELECT r.order_no, g.to_store::text, r.purchase_id::text FROM receipt r JOIN gone g"
    " ON g.store_id = r.store_id AND g.kind = 'purchase' AND g.id = r.purchase_id AND g.mark = 'l'"
    " WHERE r.store_id = %(store)s::uuid AND r.order_no = ANY(%(orders)s) AND g.to_store IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM purchase p WHERE p.store_id = r.store_id AND p.id = r.purchase_id)"
)
_WENT = (
    "SELECT to_store::text FROM gone WHERE store_id = %(store)s::uuid AND kind = 'purchase'"
    " AND id = %(purchase)s::uuid AND mark = 'l' AND NOT EXISTS (SELECT 1 FROM purchase p"
    " WHERE p.store_id = gone.store_id AND p.id = gone.id)"
)
_SHARES_ELSEWHERE = (
    "SELECT %(order)s, a.guide_id::text, sum(a.amount_fen)::bigint, (array_agg(a.rule ORDER BY a.seq))[1]"
    " FROM purchase sold JOIN purchase p ON p.store_id = sold.store_id"
    "  AND (p.id = sold.id OR p.origin_order_no = sold.order_no AND p.client_id = sold.client_id)"
    " JOIN attribution a ON a.store_id = p.store_id AND a.purchase_id = p.id"
    " WHERE sold.store_id = %(store)s::uuid AND sold.id = %(purchase)s::uuid GROUP BY a.guide_id ORDER BY a.guide_id"
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
    found = list(connection.exec_driver_sql(_SHARES, values))
    for order_no, store_id, purchase_id in _moved_away(connection, values):
        keys = {"store": store_id, "purchase": purchase_id, "order": order_no}
        found += list(connection.exec_driver_sql(_SHARES_ELSEWHERE, keys))
    amounts: dict[tuple[str, str | None], int] = defaultdict(int)
    rules: dict[tuple[str, str | None], RuleName] = {}
    for order_no, guide_id, amount, rule in found:
        amounts[order_no, guide_id] += amount
        rules.setdefault((order_no, guide_id), rule)
    shares: dict[str, list[Share]] = defaultdict(list)
    for (order_no, guide_id), amount in amounts.items():
        shares[order_no].append(Share(guide_id, amount, rules[order_no, guide_id]))
    return shares


def _moved_away(connection: Connection, values: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Sales of this store's till that have left it with their customers: order number, and where each is now."""
    found = []
    for order_no, first, purchase_id in connection.exec_driver_sql(_LEFT, values).all():
        here, further = first, first
        while further is not None:
            here = further
            further = connection.exec_driver_sql(_WENT, {"store": here, "purchase": purchase_id}).scalar_one_or_none()
        found.append((order_no, here, purchase_id))
    return found


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
