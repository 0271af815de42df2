"""Which stores a PC may see besides its own: an area manager's laptop, help for a week.

A grant is never deleted, it ends, now or at a moment ahead: from then on its records are purged from the PC at its next
contact, and what was done there before is still taken.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.protocol.scopes import store_scope
from head_office.enrolment.devices import DeviceLine, list_devices
from head_office.feed.heads import ensure_head
from head_office.store import audit
from head_office.store.tables import KIND_TABLES

_GRANT = (
    "INSERT INTO device_grant (store_id, device_id, scope_id, granted_ms, ended_ms)"
    " VALUES (%(store)s::uuid, %(device)s::uuid, %(scope)s::uuid, %(now_ms)s, %(until)s)"
    " ON CONFLICT (store_id, device_id, scope_id) DO UPDATE SET ended_ms = excluded.ended_ms"
)
_END = (
    "UPDATE device_grant SET ended_ms = %(now_ms)s WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid"
    " AND scope_id = %(scope)s::uuid AND (ended_ms IS NULL OR ended_ms > %(now_ms)s)"
)


def grant(connection: Connection, device_id: str, store_code: str, until_ms: int | None, now_ms: int) -> DeviceLine:
    """Let a device see a store from now on, or until a moment. A grant that ended begins again.

    Raises NotFoundError for an unknown device or store, InvalidInputError for a moment that has passed.
    """
    line, store_id = _device(connection, device_id), _store(connection, store_code)
    if until_ms is not None and until_ms <= now_ms:
        raise InvalidInputError("grant.until", "截止时间已经过了。", "写一个将来的日期, 或不写。")
    ensure_head(connection, store_scope(store_id))
    values = {"store": line.store_id, "device": device_id, "scope": store_id, "now_ms": now_ms, "until": until_ms}
    connection.exec_driver_sql(_GRANT, values)
    detail = {"device_id": device_id, "scope": store_id, "until": until_ms}
    audit.record(connection, now_ms, "office", "device.grant", detail, store_id=line.store_id)
    return line


def end_grant(connection: Connection, device_id: str, store_code: str, now_ms: int) -> bool:
    """Let a device see a store no longer; returns whether it could. Raises NotFoundError."""
    line, store_id = _device(connection, device_id), _store(connection, store_code)
    values = {"store": line.store_id, "device": device_id, "scope": store_id, "now_ms": now_ms}
    ended = connection.exec_driver_sql(_END, values).rowcount > 0
    if ended:
        detail = {"device_id": device_id, "scope": store_id}
        audit.record(connection, now_ms, "office", "device.grant_end", detail, store_id=line.store_id)
    return ended


def _device(connection: Connection, device_id: str) -> DeviceLine:
    line = next((line for line in list_devices(connection) if line.id == device_id), None)
    if line is None:
        raise NotFoundError("device.unknown", f"没有设备 {device_id}。", "head-office devices 列出所有设备。")
    return line


def _store(connection: Connection, code: str) -> str:
    store = KIND_TABLES["store"]
    found: str | None = connection.scalar(sa.select(store.c.id).where(store.c.code == code))
    if found is None:
        raise NotFoundError("store.unknown", f"没有代码为「{code}」的门店。", "请先导入门店。")
    return found
