"""A few words that tell a person which record is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

#: Fields that say in a glance which record is meant, in order of preference.
_NAMING = ("name", "title", "body", "order_no", "code", "coupon_code", "status")
#: A coupon is known by its code, whatever receipt it was used on.
_NAMING_COUPON = ("code", *_NAMING)
_LENGTH = 40


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
    if kind == "task" and not text:
        text = conn.exec_driver_sql("SELECT title FROM task WHERE id = ?", (record_id,)).scalar() or ""
    words = [str(name)] if name else []
    if text and text not in words:
        words.append(text)
    joined = " · ".join(words)
    return joined if len(joined) <= _LENGTH else joined[: _LENGTH - 1] + "…"
