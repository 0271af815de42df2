"""Photos in the book, each with the record that names it: encrypted as the book is, and gone when the record goes.

A photo is written in the transaction of the record that names it, so that there is never one without the other. What
is replaced stays for a day, so that it can be taken back; what is purged goes at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite import insert

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.photo import NAMED_BY, photo_fault
from guide_app.store.codec import json_list
from guide_app.store.tables import PHOTO
from guide_app.store.uow import UnitOfWork

_NAMED = " UNION ALL ".join(
    f'SELECT 1 FROM "{kind}" r WHERE p.kind = \'{kind}\' AND r.id = p.record_id AND r."{field}" = p.sha256'
    for kind, field in NAMED_BY.items()
)
#: Changes under way, or refused and not dealt with, may still name it.
_PENDING = "SELECT 1 FROM outbox o WHERE o.kind = p.kind AND o.id = p.record_id AND o.state IN ('waiting', 'parked')"
_LOST = f"NOT EXISTS ({_NAMED}) AND NOT EXISTS ({_PENDING} AND o.data <> '{{}}')"
_UNSENT = (
    "SELECT p.kind, p.record_id, p.sha256 FROM photo p WHERE NOT p.sent AND EXISTS (" + _NAMED + ") AND NOT EXISTS"
    " (SELECT 1 FROM outbox o WHERE o.kind = p.kind AND o.id = p.record_id AND o.state = 'waiting') ORDER BY p.at"
)
_ABSENT = "NOT EXISTS (SELECT 1 FROM photo p WHERE p.record_id = r.id AND p.sha256 = r.{field})"
_WANTED = (
    "SELECT 'custom_value', r.id, r.value FROM custom_field f JOIN custom_value r ON r.field_id = f.id"
    f" WHERE f.type = 'image' AND length(r.value) = 64 AND {_ABSENT.format(field='value')}"
    f" UNION ALL SELECT 'purchase', r.id, r.photo FROM purchase r WHERE r.photo <> '' AND length(r.photo) = 64"
    f" AND {_ABSENT.format(field='photo')}"
)
_BYTES = "SELECT bytes FROM photo WHERE record_id = ? AND sha256 = ?"
_KEEP = (
    "INSERT INTO photo (record_id, sha256, kind, client_id, at, sent, bytes) SELECT r.id, ?2, '{kind}', r.client_id,"
    ' ?3, 1, ?4 FROM "{kind}" r WHERE r.id = ?1 AND r."{field}" = ?2 ON CONFLICT DO NOTHING'
)


@dataclass(frozen=True, slots=True)
class PhotoRef:
    """Which photo: the kind and id of the record that names it, and its SHA-256 in hex."""

    kind: str
    record_id: str
    sha256: str


def checked_name(body: bytes) -> str:
    """The name of a photo that is fit to be kept. Raises InvalidInputError (`photo.unfit`) for one that is not."""
    if photo_fault(body):
        raise InvalidInputError("photo.unfit", "这张照片不能保存。", "要 512 KB 以内、不带拍摄信息的 JPEG。")
    return hashlib.sha256(body).hexdigest()


def add_photo(uow: UnitOfWork, kind: str, record_id: str, client_id: str | None, body: bytes) -> None:
    """Put a photo beside the record that this transaction lets name it."""
    row = {
        "record_id": record_id, "sha256": hashlib.sha256(body).hexdigest(), "kind": kind, "client_id": client_id,
        "at": uow.now_ms, "sent": False, "bytes": body,
    }  # fmt: skip
    again = {"at": uow.now_ms, "sent": False}
    uow.execute_local(insert(PHOTO).values(**row).on_conflict_do_update(set_=again))


def name_again(uow: UnitOfWork, record_id: str, *, was: str, now: str) -> None:
    """A record's photo changes, or goes: the one before can be taken back for a day, a former one is sent again."""
    rows = PHOTO.update().where(PHOTO.c.record_id == record_id)
    uow.execute_local(rows.where(PHOTO.c.sha256 == was).values(at=uow.now_ms))
    uow.execute_local(rows.where(PHOTO.c.sha256 == now).values(at=uow.now_ms, sent=False))


def photo_bytes(conn: Connection, record_id: str, sha256: str) -> bytes:
    """The photo (JPEG); empty if it has not come yet."""
    return bytes(conn.exec_driver_sql(_BYTES, (record_id, sha256)).scalar() or b"")


def unsent(conn: Connection) -> list[PhotoRef]:
    """Photos that head office has not got, though it has the records that name them; the oldest first."""
    return [PhotoRef(*row) for row in conn.exec_driver_sql(_UNSENT)]


def wanted(conn: Connection) -> list[PhotoRef]:
    """Photos that records here name and that have not come."""
    return [PhotoRef(*row) for row in conn.exec_driver_sql(_WANTED)]


def n_unsent(conn: Connection) -> int:
    """How many photos that a record names wait to be sent, those too whose record waits itself."""
    statement = f"SELECT count(*) FROM photo p WHERE NOT p.sent AND EXISTS ({_NAMED})"
    return int(conn.exec_driver_sql(statement).scalar_one())


def mark_sent(conn: Connection, ref: PhotoRef) -> None:
    """Head office has it."""
    conn.exec_driver_sql("UPDATE photo SET sent = 1 WHERE record_id = ? AND sha256 = ?", (ref.record_id, ref.sha256))


def keep_arrived(conn: Connection, ref: PhotoRef, body: bytes, now_ms: int) -> None:
    """Keep a photo that came from head office, if the record still names it."""
    statement = _KEEP.format(kind=ref.kind, field=NAMED_BY[ref.kind])
    conn.exec_driver_sql(statement, (ref.record_id, ref.sha256, now_ms, body))


def send_again(conn: Connection) -> None:
    """Head office has lost what it had: all that is here counts as not sent."""
    conn.exec_driver_sql("UPDATE photo SET sent = 0 WHERE sent")


def drop_of_records(conn: Connection, kind: str, ids: Sequence[str]) -> None:
    """These records are purged, and their photos with them."""
    if kind in NAMED_BY:
        conn.exec_driver_sql("DELETE FROM photo WHERE record_id IN (SELECT value FROM json_each(?))", (json_list(ids),))


def drop_of_client(conn: Connection, client_id: str) -> None:
    """Nothing of this client stays."""
    conn.exec_driver_sql("DELETE FROM photo WHERE client_id = ?", (client_id,))


def has_unnamed(conn: Connection, before_ms: int) -> bool:
    """Whether `drop_unnamed` has something to do."""
    found = conn.exec_driver_sql(f"SELECT EXISTS (SELECT 1 FROM photo p WHERE {_LOST} AND p.at < ?)", (before_ms,))
    return bool(found.scalar())


def drop_unnamed(conn: Connection, before_ms: int | None = None) -> None:
    """Let go of photos that nothing names any more, if they came or were named before `before_ms`; None: whenever."""
    limit, params = ("", ()) if before_ms is None else (" AND p.at < ?", (before_ms,))
    conn.exec_driver_sql(f"DELETE FROM photo AS p WHERE {_LOST}{limit}", params)
