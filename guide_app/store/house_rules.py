"""What head office set for all stores, by name (docs/house-rules.md)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.store.codec import decode_json


def house_rule(conn: Connection, name: str) -> Mapping[str, Any]:
    """The value of a house rule; empty if head office set none, so that the house's defaults hold."""
    text = conn.exec_driver_sql("SELECT value FROM house_rule WHERE name = ? ORDER BY id DESC", (name,)).scalar()
    value: Mapping[str, Any] = decode_json(text) if text else {}
    return value
