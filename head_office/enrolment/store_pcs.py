"""The PCs of a store, as its guides see them: which one was last heard of when, and what waits on it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from guide_app.protocol.messages import StorePc
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id

_PCS = (
    "SELECT id::text, name, store_id::text, last_contact_ms, waiting, app_version, revoked_ms IS NOT NULL"
    " FROM device WHERE store_id = ANY(%(stores)s::uuid[]) ORDER BY store_id, name, id"
)


def list_store_pcs(connection: Connection, granted: Iterable[Scope]) -> list[StorePc]:
    """All PCs ever taken in for the stores among these scopes, by store and name."""
    stores = sorted(scope_store_id(scope) for scope in granted if scope != BRAND)
    return [StorePc(*row) for row in connection.exec_driver_sql(_PCS, {"stores": stores})]
