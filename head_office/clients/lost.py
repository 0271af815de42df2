"""Whose data may be on a PC that was lost: for telling the people and the authority (个人信息保护法 57).

A PC may hold every client of the stores that it could see: its own and those granted to it, also for a time, unless the
grant had ended and the PC was heard of since (it purged that store then). Clients who have left such a store since the
PC's last contact are still on it; of those erased since, only the number is known. Who came into a store after the last
contact is not on it, but is listed as well where the office cannot tell when she came.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.errors import NotFoundError
from guide_app.base.ids import NIL
from head_office.enrolment.devices import DeviceLine, list_devices

_SCOPES = (
    "SELECT g.scope_id::text, coalesce(s.code, '') FROM device_grant g LEFT JOIN store s ON s.id = g.scope_id"
    " WHERE g.store_id = %(store)s::uuid AND g.device_id = %(device)s::uuid AND g.scope_id <> %(brand)s::uuid"
    " AND NOT (g.ended_ms IS NOT NULL AND g.ended_ms < %(heard)s) ORDER BY 2"
)
# Live clients that may have been there at the last contact; and those who left the store since, where they are now.
_CLIENTS = (
    "SELECT s.code, c.id::text, c.name, c.phone, c.wechat,"
    " (SELECT count(*) FROM purchase p WHERE p.store_id = c.store_id AND p.client_id = c.id)"
    " FROM client c JOIN store s ON s.id = c.store_id"
    " WHERE c.store_id = ANY(%(stores)s::uuid[]) AND c.created_at <= %(heard)s"
    " UNION ALL"
    " SELECT s.code, c.id::text, c.name, c.phone, c.wechat,"
    " (SELECT count(*) FROM purchase p WHERE p.store_id = c.store_id AND p.client_id = c.id)"
    " FROM gone g JOIN client c ON c.store_id = g.to_store AND c.id = g.id JOIN store s ON s.id = g.store_id"
    " WHERE g.store_id = ANY(%(stores)s::uuid[]) AND g.kind = 'client' AND g.mark = 'l' AND g.at_ms >= %(heard)s"
    " AND NOT g.to_store = ANY(%(stores)s::uuid[])"
    " ORDER BY 1, 3, 2"
)
_ERASED = (
    "SELECT count(DISTINCT client_id) FROM erasure WHERE store_id = ANY(%(stores)s::uuid[]) AND at_ms >= %(heard)s"
    " AND NOT EXISTS (SELECT 1 FROM erasure_confirmation c WHERE c.store_id = erasure.store_id"
    " AND c.client_id = erasure.client_id AND c.device_id = %(device)s::uuid)"
)


@dataclass(frozen=True, slots=True)
class Affected:
    """A client who may be on the PC, in the store by which she is; how many receipts name her."""

    store_code: str
    client_id: str
    name: str
    phone: str
    wechat: str
    receipts: int


@dataclass(frozen=True, slots=True)
class Loss:
    """What may be on a device: the stores it could see, the clients, and how many it holds who were erased since."""

    device: DeviceLine
    stores: tuple[str, ...]
    clients: tuple[Affected, ...]
    erased: int


def what_may_be_on(connection: Connection, device_id: str) -> Loss:
    """All who may be on a device. One that has said that its book is destroyed holds nobody. Raises NotFoundError."""
    line = next((line for line in list_devices(connection) if line.id == device_id), None)
    if line is None:
        raise NotFoundError("device.unknown", f"没有设备 {device_id}。", "head-office devices 列出所有设备。")
    if line.wiped_ms is not None:
        return Loss(line, (), (), 0)
    values = {"store": line.store_id, "device": line.id, "brand": NIL, "heard": line.last_contact_ms}
    scopes = connection.exec_driver_sql(_SCOPES, values).all()
    values = {**values, "stores": [row[0] for row in scopes]}
    clients = tuple(Affected(*row) for row in connection.exec_driver_sql(_CLIENTS, values))
    erased = connection.exec_driver_sql(_ERASED, values).scalar_one()
    return Loss(line, tuple(row[1] for row in scopes), clients, erased)
