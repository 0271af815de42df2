"""The trail of deeds that someone must answer for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.ids import NIL, uuid7
from head_office.store.tables import audit

_RANDOM_BITS = 74


def new_id(now_ms: int) -> str:
    """A fresh UUIDv7 for the moment `now_ms` (UTC ms); may be called from any thread."""
    return uuid7(now_ms, secrets.randbits(_RANDOM_BITS))


def record(
    connection: Connection,
    now_ms: int,
    actor: str,
    deed: str,
    detail: Mapping[str, Any],
    *,
    store_id: str = NIL,
) -> str:
    """Write one line of the trail and return its id. `detail` names ids and numbers, never personal data."""
    values = {
        "store_id": store_id,
        "id": new_id(now_ms),
        "at_ms": now_ms,
        "actor": actor,
        "deed": deed,
        "detail": dict(detail),
    }
    connection.execute(sa.insert(audit), values)
    return str(values["id"])
