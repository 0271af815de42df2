"""The variants of a product with their stock: what the store reports, less what is kept here, and how sure that is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.catalogue.model import SkuStock, StockFigure
from guide_app.catalogue.outlook import LOOK_BACK_MS, still_there
from guide_app.protocol.stock_records import NearbyFigure

_VARIANTS = """
    SELECT k.id, k.code, k.gtin, k.colour, k.size, k.price_fen, s.available, s.on_hand, s.reserved, s.in_transit,
        s.as_of, n.stores,
        (SELECT coalesce(sum(r.qty), 0) FROM stock_request r WHERE r.sku_id = k.id AND r.store_id = :store
            AND r.from_store = :store AND r.state = 'accepted' AND r.until > :now) AS held
    FROM sku k LEFT JOIN stock s ON s.id = k.id AND s.store_id = :store
        LEFT JOIN stock_nearby n ON n.id = k.id AND n.store_id = :store
    WHERE k.product_id = :product ORDER BY k.rank, k.colour, k.size"""
# All in one look-up by the product: what was sold of each variant in the time looked back, and since its figure.
_SOLD = """
    SELECT l.sku_id, sum(l.qty), sum(CASE WHEN p.at > s.as_of THEN l.qty ELSE 0 END)
    FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id
        JOIN stock s ON s.id = l.sku_id AND s.store_id = p.store_id
    WHERE l.product_id = :product AND p.store_id = :store AND p.kind = 'sale' AND p.at > :since AND p.at <= :now
    GROUP BY l.sku_id"""


def skus_of(conn: Connection, product_id: str, store_id: str, now_ms: int) -> tuple[SkuStock, ...]:
    """A product's variants in the catalogue's order. What is kept here counts as reserved and not as available."""
    asked = {"product": product_id, "store": store_id, "now": now_ms, "since": now_ms - LOOK_BACK_MS}
    names: dict[str, str] = {row.id: row.name for row in conn.exec_driver_sql("SELECT id, name FROM store")}
    sold = {row[0]: (row[1], row[2]) for row in conn.exec_driver_sql(_SOLD, asked)}
    first = conn.exec_driver_sql("SELECT min(at) FROM purchase WHERE store_id = ?", (store_id,)).scalar()
    watched = min(LOOK_BACK_MS, max(0, now_ms - first)) if first else 0
    skus: list[SkuStock] = []
    for r in conn.exec_driver_sql(_VARIANTS, asked):
        figures: list[StockFigure] = []
        all_sold, since = sold.get(r.id, (0, 0))
        chance = None
        if r.as_of is not None:
            left = max(0, r.available - r.held)
            own = StockFigure(
                store_id, names.get(store_id, ""), True, left, r.on_hand, r.reserved + r.held, r.in_transit, r.as_of
            )
            figures.append(own)
            chance = still_there(left - since, all_sold, watched, now_ms - r.as_of)
        figures += [_nearby(one, names) for one in _json(r.stores)]
        skus.append(
            SkuStock(r.id, r.code, r.gtin, r.colour, r.size, r.price_fen, tuple(figures), all_sold, r.held, chance)
        )
    return tuple(skus)


def _nearby(said: Any, names: Mapping[str, str]) -> StockFigure:
    """A neighbour's figures; one that knows nothing but what is available is of an older head office."""
    one = msgspec.convert(said, NearbyFigure)
    return StockFigure(
        one.store_id, names.get(one.store_id, ""), False, one.available, one.on_hand, one.reserved, one.in_transit,
        one.as_of,
    )  # fmt: skip


def _json(held: Any) -> list[Any]:
    listed: list[Any] = json.loads(held) if isinstance(held, str) else list(held or ())
    return listed
