"""Her size of what was scanned, here and in the neighbouring stores: the answer to 「37 码有吗」 in one glance."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.clients.sizes import Line, size_kind
from guide_app.clients.stated_sizes import SIZE_FIELDS

_CLIENT = "SELECT name, shoe_size, top_size, trousers_size, ring_size FROM client WHERE id = ?"
_PRODUCT = "SELECT name, category FROM product WHERE id = ?"
_STOCK = """
    SELECT coalesce(sum(max(0, s.available - coalesce((SELECT sum(r.qty) FROM stock_request r
            WHERE r.sku_id = k.id AND r.store_id = s.store_id AND r.from_store = s.store_id AND r.state = 'accepted'
                AND r.until > :now), 0))), 0),
        min(s.as_of), count(s.id), group_concat(n.stores, '|')
    FROM sku k LEFT JOIN stock s ON s.id = k.id AND s.store_id = (SELECT store_id FROM device)
        LEFT JOIN stock_nearby n ON n.id = k.id AND n.store_id = (SELECT store_id FROM device)
    WHERE k.product_id = :product AND k.size = :size"""
_BOUGHT = """
    SELECT l.size FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id JOIN product o ON o.id = l.product_id
    WHERE p.client_id = ? AND p.kind = 'sale' AND o.category = ? AND l.size <> ''
    GROUP BY l.size ORDER BY sum(l.qty) DESC, max(p.at) DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class HerSize:
    """How many pieces there are in her size. `available` None: never reported; `as_of` UTC ms.

    `stated`: she said the size; otherwise it is the one she bought most of this category. `elsewhere` are pieces in
    neighbouring stores.
    """

    name: str
    size: str
    stated: bool
    available: int | None
    as_of: int
    elsewhere: int


def her_size(conn: Connection, client_id: str, product_id: str, now_ms: int) -> HerSize | None:
    """Her size of a product and its stock; None where no size of hers is known or the product has no sizes.

    What is kept for somebody at `now_ms` (UTC ms) is not there for her.
    """
    hers = conn.exec_driver_sql(_CLIENT, (client_id,)).mappings().one_or_none()
    product = conn.exec_driver_sql(_PRODUCT, (product_id,)).one_or_none()
    if hers is None or product is None:
        return None
    name, category = product
    kind = size_kind(Line("", "", 0, "sale", "", None, name, "", "1", 1, 0, category))
    said: str = hers[SIZE_FIELDS[kind]] if kind is not None else ""
    size = said or conn.exec_driver_sql(_BOUGHT, (client_id, category)).scalar() or ""
    if not size:
        return None
    asked = {"product": product_id, "size": size, "now": now_ms}
    pieces, as_of, reported, nearby = conn.exec_driver_sql(_STOCK, asked).one()
    elsewhere = sum(int(store[1]) for part in (nearby or "").split("|") if part for store in json.loads(part))
    return HerSize(hers["name"], size, bool(said), pieces if reported else None, as_of or 0, elsewhere)
