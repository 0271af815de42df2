"""What customers asked for in vain (缺货登记), counted per variant over all stores, beside what there is of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

_ASKED = (
    "SELECT p.spu, p.name, coalesce(k.code, ''), m.colour, m.size, count(*), count(DISTINCT m.store_id),"
    " coalesce((SELECT sum(s.available) FROM stock s WHERE s.id = m.sku_id), 0), max(m.at)"
    " FROM missing_size m JOIN product p ON p.id = m.product_id LEFT JOIN sku k ON k.id = m.sku_id"
    " WHERE m.at >= %(since)s GROUP BY p.id, p.spu, p.name, k.code, m.sku_id, m.colour, m.size"
    " ORDER BY count(*) DESC, max(m.at) DESC LIMIT %(limit)s"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A variant asked for `times` times in `stores` stores, last at `last_ms`; `available` in all stores together."""

    spu: str
    name: str
    code: str
    colour: str
    size: str
    times: int
    stores: int
    available: int
    last_ms: int


def asked_in_vain(connection: Connection, since_ms: int, limit: int) -> tuple[Asked, ...]:
    """The variants most asked for in vain since `since_ms` (UTC ms)."""
    rows = connection.exec_driver_sql(_ASKED, {"since": since_ms, "limit": limit})
    return tuple(Asked(*row) for row in rows)
