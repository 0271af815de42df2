"""What every deed about one client asks first: that she is in this book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.base.errors import NotFoundError


def known_client(conn: Connection, client_id: str) -> Mapping[str, Any]:
    """Her record's columns and `store_id`. Raises NotFoundError."""
    row = conn.exec_driver_sql("SELECT * FROM client WHERE id = ?", (client_id,)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(
            "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id
        )
    return dict(row)
