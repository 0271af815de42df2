"""Photos that PCs send up: of clients, in fields of head office's, and of receipts noted by hand.

A photo lies with the record that names it, is kept only while that record names it, and is handed out only to devices
that may see the record: what leaves a store with its client is at once unreadable there, and what is erased is erased
in the same transaction. Nobody reads a photo by its name alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.protocol.photo import NAMED_BY
from guide_app.protocol.scopes import BRAND, scope_store_id
from head_office.enrolment.devices import Device

#: Photos that one PC may send within 24 hours; a shop takes a few a day, a PC that joins sends none of the old ones.
MOST_A_DAY = 500

_NAMING = (
    'SELECT store_id::text FROM "{kind}" WHERE store_id = ANY(%(stores)s::uuid[]) AND id = %(record)s::uuid'
    ' AND "{field}" = %(sha256)s'
)
_HELD = (
    "SELECT bytes FROM photo WHERE store_id = %(store)s::uuid AND record_id = %(record)s::uuid AND sha256 = %(sha256)s"
)
_SENT = (
    "SELECT count(*) FROM photo WHERE store_id = ANY(%(stores)s::uuid[]) AND device_id = %(device)s::uuid"
    " AND at_ms > %(since)s"
)
_KEEP = (
    "INSERT INTO photo (store_id, record_id, kind, sha256, device_id, at_ms, bytes) VALUES (%(store)s::uuid,"
    " %(record)s::uuid, %(kind)s, %(sha256)s, %(device)s::uuid, %(now_ms)s, %(bytes)s)"
    " ON CONFLICT (store_id, record_id) DO UPDATE SET kind = excluded.kind, sha256 = excluded.sha256,"
    " device_id = excluded.device_id, at_ms = excluded.at_ms, bytes = excluded.bytes"
)
_DROP = "DELETE FROM photo WHERE store_id = ANY(%(stores)s::uuid[]) AND record_id = ANY(%(records)s::uuid[])"
_MOVE = (
    "WITH left_here AS (DELETE FROM photo WHERE store_id = %(from)s::uuid AND record_id = ANY(%(records)s::uuid[])"
    " RETURNING *) INSERT INTO photo (store_id, record_id, kind, sha256, device_id, at_ms, bytes)"
    " SELECT %(to)s::uuid, record_id, kind, sha256, device_id, at_ms, bytes FROM left_here"
    " ON CONFLICT (store_id, record_id) DO NOTHING"
)
_STRAY = (
    'DELETE FROM photo p WHERE kind = %(kind)s AND NOT EXISTS (SELECT 1 FROM "{kind}" r'
    ' WHERE r.store_id = p.store_id AND r.id = p.record_id AND r."{field}" = p.sha256)'
)


@dataclass(frozen=True, slots=True)
class Naming:
    """By which record a photo is known: the record's kind and id, and the photo's SHA-256 in hex."""

    kind: str
    record_id: str
    sha256: str


def naming_store(connection: Connection, device: Device, naming: Naming, *, lock: bool = False) -> str | None:
    """The store whose record names the photo; None if the device sees no such record.

    `lock` holds the record until the transaction ends, so that a photo never comes in behind its record's erasure.
    """
    field = NAMED_BY.get(naming.kind)
    if field is None:
        return None
    values = {"stores": _stores(device), "record": naming.record_id, "sha256": naming.sha256}
    statement = _NAMING.format(kind=naming.kind, field=field) + (" FOR SHARE" if lock else "")
    store: str | None = connection.exec_driver_sql(statement, values).scalar()
    return store


def read_photo(connection: Connection, store_id: str, naming: Naming) -> bytes | None:
    """The photo (JPEG); None if it has not come yet."""
    values = {"store": store_id, "record": naming.record_id, "sha256": naming.sha256}
    found = connection.exec_driver_sql(_HELD, values).scalar()
    return None if found is None else bytes(found)


def sent_too_many(connection: Connection, device: Device, now_ms: int) -> bool:
    """Whether the device has sent all the photos that it may within 24 hours."""
    values = {"stores": _stores(device), "device": device.device_id, "since": now_ms - DAY_MS}
    return int(connection.exec_driver_sql(_SENT, values).scalar_one()) >= MOST_A_DAY


def keep_photo(
    connection: Connection, store_id: str, naming: Naming, body: bytes, *, device_id: str, now_ms: int
) -> None:
    """Keep the photo with its record, in place of the one before."""
    values = {
        "store": store_id, "record": naming.record_id, "kind": naming.kind, "sha256": naming.sha256,
        "device": device_id, "now_ms": now_ms, "bytes": body,
    }  # fmt: skip
    connection.exec_driver_sql(_KEEP, values)


def drop_photos(connection: Connection, stores: Sequence[str], record_ids: Sequence[str]) -> None:
    """Take out the photos of these records, which this transaction holds under lock."""
    connection.exec_driver_sql(_DROP, {"stores": list(stores), "records": list(record_ids)})


def move_photos(connection: Connection, from_store: str, to_store: str, record_ids: Sequence[str]) -> None:
    """Let the photos of these records follow them to another store."""
    connection.exec_driver_sql(_MOVE, {"from": from_store, "to": to_store, "records": list(record_ids)})


def drop_stray_photos(connection: Connection) -> int:
    """Take out photos whose record names them no more, or is gone; returns how many. Nobody could read them."""
    kinds = NAMED_BY.items()
    return sum(
        connection.exec_driver_sql(_STRAY.format(kind=kind, field=field), {"kind": kind}).rowcount
        for kind, field in kinds
    )


def _stores(device: Device) -> list[str]:
    return [scope_store_id(scope) for scope in device.granted if scope != BRAND]
