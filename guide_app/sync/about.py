"""A few words that tell a person which record is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row

#: Fields that say in a glance which record is meant, in order of preference.
_NAMING = ("name", "title", "body", "order_no", "code", "coupon_code", "status")
#: A coupon is known by its code, whatever receipt it was used on.
_NAMING_COUPON = ("code", *_NAMING)
_LENGTH = 40
#: The coupon that an allotment is of: asked for by its template, given back by its own id.
_ALLOTTED = "SELECT name FROM coupon_template WHERE id = coalesce(?, (SELECT template_id FROM allotment WHERE id = ?))"
#: The variant that a hold or transfer is about: a request names it, an answer goes by the request's id.
_VARIANT = """
    SELECT k.product_id, p.name, k.colour, k.size FROM sku k LEFT JOIN product p ON p.id = k.product_id
    WHERE k.id = coalesce(:sku, (SELECT sku_id FROM stock_request WHERE id = :request))"""


def about(conn: Connection, kind: str, record_id: str, data: Mapping[str, Any]) -> str:
    """A few words that name the record: its client's name, its own name, or what it says.

    `kind` is a record kind or the first word of a command; `data` what is known of its fields.
    """
    client = data.get("client_id") or (record_id if kind == "client" else None)
    if client is None and kind == "client_tag":
        client = conn.exec_driver_sql("SELECT client_id FROM client_tag WHERE id = ?", (record_id,)).scalar()
    if client is None and kind == "coupon":
        client = conn.exec_driver_sql("SELECT client_id FROM coupon WHERE id = ?", (record_id,)).scalar()
    name = client and conn.exec_driver_sql("SELECT name FROM client WHERE id = ?", (client,)).scalar()
    naming = _NAMING_COUPON if kind == "coupon" else _NAMING
    text = next((str(data[field]) for field in naming if data.get(field)), "")
    if kind == "stock":
        text = _goods(conn, record_id, data)
    if kind == "allotment":
        text = conn.exec_driver_sql(_ALLOTTED, (data.get("template_id"), record_id)).scalar() or ""
    if kind == "task" and not text:
        text = conn.exec_driver_sql("SELECT title FROM task WHERE id = ?", (record_id,)).scalar() or ""
    words = [str(name)] if name else []
    if text and text not in words:
        words.append(text)
    joined = " · ".join(words)
    return joined if len(joined) <= _LENGTH else joined[: _LENGTH - 1] + "…"


def product_of(conn: Connection, kind: str, record_id: str, data: Mapping[str, Any]) -> str:
    """The id of the product that a command on holds and transfers is about; empty for every other kind of change."""
    row = _variant(conn, record_id, data) if kind.startswith("stock.") else None
    return str(row[0] or "") if row else ""


def _goods(conn: Connection, record_id: str, data: Mapping[str, Any]) -> str:
    row = _variant(conn, record_id, data)
    what = " ".join(filter(None, (row.name, row.colour, row.size))) if row else ""
    told = f"{what} × {data['qty']}" if what and "qty" in data else what
    source = conn.exec_driver_sql("SELECT name FROM store WHERE id = ?", (data.get("from_store"),)).scalar()
    return f"{told} · {source}" if told and source else told


def _variant(conn: Connection, record_id: str, data: Mapping[str, Any]) -> Row[Any] | None:
    return conn.exec_driver_sql(_VARIANT, {"sku": data.get("sku_id"), "request": record_id}).first()
