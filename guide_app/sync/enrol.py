"""Takes this PC in at head office: makes its signing key, asks, and stores what the office gives once and only once."""

from __future__ import annotations

from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from guide_app.base.errors import GuideError, OfficeUnreachableError
from guide_app.base.phrase import Phrase
from guide_app.protocol.messages import Enrol, Enrolled
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.device import read_device, save_device
from guide_app.store.keys import recovery_text
from guide_app.sync.errors import KEPT
from guide_app.sync.health import note_former
from guide_app.sync.office import Office
from guide_app.sync.plan import corrected_offset, measured_offset
from guide_app.sync.transport import Transport

#: What is said otherwise, that work is kept and sent later, is not true of a PC's first word.
_AGAIN = Phrase("请核对总部地址和网络, 稍后再试一次。")


class AlreadyEnrolledError(GuideError):
    """This data folder belongs to a device already."""


class Application(NamedTuple):
    """What a PC says of itself when it asks to be taken in; `database_key` is the 32 bytes that open its book."""

    code: str
    name: str
    app_version: str
    database_key: bytes


class EnrolledHere(NamedTuple):
    """What is shown once: the device and its store, its scopes, and the recovery key to put away."""

    device_id: str
    store_name: str
    scopes: tuple[str, ...]
    recovery_key: str


def enrol(
    db: Database, transport: Transport, origin: str, application: Application, *, rejoin: bool = False
) -> EnrolledHere:
    """Enrol with the office at `origin`. `rejoin` makes this PC a new device that keeps its unsent changes.

    A lost answer can be asked for again with the same code: the signing key is stored before it is sent. Raises
    AlreadyEnrolledError; OfficeRefusedError (`enrol.code_invalid`, `schema.unsupported`); OfficeUnreachableError.
    """
    if db.query(read_device).enrolled and not rejoin:
        raise AlreadyEnrolledError(
            "device.enrolled", "这台电脑已经登记过了。", "换总部或门店时, 用另一个数据目录 (--data-dir) 重新登记。"
        )
    signing_key = _signing_key(db)
    recovery = recovery_text(application.database_key)
    message = Enrol(
        code=application.code,
        name=application.name,
        signing_key=signing_key.public_key().public_bytes_raw().hex(),
        recovery_key=recovery,
        app_version=application.app_version,
    )
    sent_ms = db.clock.now_ms()
    try:
        given = Office(transport).enrol(message)
    except OfficeUnreachableError as e:
        if e.remedy != KEPT:
            raise
        raise OfficeUnreachableError(e.code, e.said, _AGAIN) from e
    measured = measured_offset(sent_ms, db.clock.now_ms(), given.server_ms)
    offset = corrected_offset(db.query(read_device).offset_ms, measured)
    db.apply(lambda applier: _store(applier, given, origin, offset, rejoin=rejoin), origin="enrol")
    return EnrolledHere(given.device_id, given.store_name, tuple(given.scopes), recovery)


def _signing_key(db: Database) -> Ed25519PrivateKey:
    held = db.query(lambda conn: read_device(conn).signing_key)
    if held is not None:
        return Ed25519PrivateKey.from_private_bytes(held)
    made = Ed25519PrivateKey.generate()
    db.apply(lambda applier: save_device(applier.conn, signing_key=made.private_bytes_raw()), origin="enrol")
    return made


def _store(applier: Applier, given: Enrolled, origin: str, offset: int, *, rejoin: bool) -> None:
    before = read_device(applier.conn).device_id
    if rejoin and before is not None:
        note_former(applier.conn, before, given.server_ms)
    save_device(
        applier.conn,
        device_id=given.device_id,
        token=given.token,
        tag=given.tag,
        key_no=given.key_no,
        link_key=bytes.fromhex(given.link_key),
        store_id=given.store_id,
        store_name=given.store_name,
        scopes=given.scopes,
        link_origin=given.link_origin,
        brand=given.brand,
        office=origin,
        enrolled_at=applier.now_ms,
        last_contact_ms=applier.now_ms,
        offset_ms=offset,
    )
    if rejoin:
        _renumber(applier.conn)


def _renumber(conn: Connection) -> None:
    """Number the waiting changes from 1 for the new device; refused ones go below all others, to be dealt with."""
    conn.exec_driver_sql("DELETE FROM result WHERE mid IN (SELECT mid FROM outbox WHERE state = 'acked')")
    conn.exec_driver_sql("DELETE FROM outbox WHERE state = 'acked'")
    # A PC may join anew more than once: what was refused under its first name lies below 0 already.
    lowest = conn.exec_driver_sql(
        "SELECT min(0, coalesce((SELECT min(mid) FROM outbox), 0), coalesce((SELECT min(mid) FROM result), 0))"
    ).scalar_one()
    for table in ("result", "outbox"):
        conn.exec_driver_sql(f"UPDATE {table} SET mid = ? - mid WHERE mid > 0", (lowest,))
    waiting = conn.exec_driver_sql("SELECT mid, grp FROM outbox WHERE state = 'waiting' ORDER BY mid DESC").all()
    first: dict[int, int] = {}
    for number, (_, group) in enumerate(waiting, 1):
        first.setdefault(group, number)
    for number, (mid, group) in enumerate(waiting, 1):
        conn.exec_driver_sql("UPDATE outbox SET mid = ?, grp = ? WHERE mid = ?", (number, first[group], mid))
    conn.exec_driver_sql("UPDATE device SET last_mid = ?, acked_mid = 0, acked_chain = ''", (len(waiting),))
