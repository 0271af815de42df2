"""亲密名单: the few clients that a guide knows closely. At most fifteen fit (Dunbar: How Many Friends, 2010, ch. 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError
from guide_app.store.copied_shares import COPIED_SHARE

MOST_INTIMATE = 15
_NAMED = 3

# Hers who was contacted longest ago first: she is the one to give her place.
_LIST = f"""
    SELECT c.name FROM client c
    WHERE c.starred AND c.archived_at IS NULL AND c.merged_into IS NULL AND c.id <> :client
        AND c.primary_guide_id IS :guide
    ORDER BY max(coalesce((SELECT max(n.at) FROM note n
            WHERE n.client_id = c.id AND n.kind IN ('call', 'message', 'visit')), 0),
        coalesce((SELECT max(share.at) FROM share WHERE share.client_id = c.id AND NOT {COPIED_SHARE}), 0)), c.id"""


def require_place(conn: Connection, client: Mapping[str, Any]) -> None:
    """Raise InvalidInputError, naming whom to take off, if the list of this client's guide is full without her."""
    params = {"client": client["id"], "guide": client["primary_guide_id"]}
    held = [row[0] for row in conn.exec_driver_sql(_LIST, params)]
    if len(held) >= MOST_INTIMATE:
        raise InvalidInputError(
            "intimate.full",
            "亲密名单最多 {most} 位, 已经满了。",
            "先移出一位, 最久没有联系的是 {names}。",
            most=MOST_INTIMATE,
            names="、".join(held[:_NAMED]),
        )
