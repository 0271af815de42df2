"""Which stores a PC may see besides its own: an area manager's laptop, help for a week.

A grant is never deleted, it ends, now or at a moment ahead: from then on its records are purged from the PC at its next
contact, and what was done there before is still taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.ids import NIL
from guide_app.protocol.scopes import store_scope
from head_office.enrolment.devices import DeviceLine, list_devices
from head_office.feed.heads import ensure_head
from head_office.store import audit
from head_office.store.tables import KIND_TABLES, device, device_grant

_GRANT = (
    "INSERT INTO device_grant (store_id, device_id, scope_id, granted_ms, ended_ms)"
    " VALUES (%(store)s::uuid, %(device)s::uuid, %(scope)s::uuid, %(now_ms)s, %(until)s)"
    " ON CONFLICT (store_id, device_id, scope_id) DO UPDATE SET ended_ms = excluded.ended_ms"
)
_END = (
    "UPDATE device_grant SET ended_ms = %(now_ms)s WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid"
    " AND scope_id = %(scope)s::uuid AND (ended_ms IS NULL OR ended_ms > %(now_ms)s)"
)


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A store that a device may see, or could see once, besides its own. Moments are UTC ms; None: without end."""

    device_id: str
    device: str
    home_code: str
    store_code: str
    granted_ms: int
    ended_ms: int | None
    revoked_ms: int | None

    def state(self, now_ms: int) -> Literal["sees", "ended", "revoked"]:
        """Whether the device sees the store at `now_ms`; a revoked one sees nothing at all."""
        if self.revoked_ms is not None:
            return "revoked"
        return "ended" if self.ended_ms is not None and self.ended_ms <= now_ms else "sees"


def list_grants(connection: Connection, device_id: str | None = None, store_code: str | None = None) -> list[GrantLine]:
    """Who may see a store besides its own PCs, by store and PC; of one device or one store if they are named.

    Raises NotFoundError for an unknown device or store.
    """
    store, home = KIND_TABLES["store"], KIND_TABLES["store"].alias("home")
    query = (
        sa.select(
            device.c.id, device.c.name, sa.func.coalesce(home.c.code, ""), sa.func.coalesce(store.c.code, ""),
            device_grant.c.granted_ms, device_grant.c.ended_ms, device.c.revoked_ms,
        )
        .join_from(device_grant, device, device.c.id == device_grant.c.device_id)
        .join(store, store.c.id == device_grant.c.scope_id, isouter=True)
        .join(home, home.c.id == device_grant.c.store_id, isouter=True)
        .where(device_grant.c.scope_id.not_in([NIL, device_grant.c.store_id]))
        .order_by(store.c.code, home.c.code, device.c.name, device.c.id)
    )  # fmt: skip
    if device_id is not None:
        query = query.where(device_grant.c.device_id == _device(connection, device_id).id)
    if store_code is not None:
        query = query.where(device_grant.c.scope_id == _store(connection, store_code))
    return [GrantLine(*row) for row in connection.execute(query)]


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
