"""What the sync page and `guide status` show: the queue, refusals, lost values, scopes, sizes, contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection

from guide_app.protocol.merge import Rule, rule_of
from guide_app.protocol.messages import SCHEMA
from guide_app.protocol.problems import PROBLEMS
from guide_app.protocol.scopes import Scope
from guide_app.store import cursors, outbox
from guide_app.store.codec import CODECS, decode_json
from guide_app.store.database import Database
from guide_app.store.device import read_device
from guide_app.store.photos import n_unsent
from guide_app.store.schema import schema_version
from guide_app.sync.about import about as about_record
from guide_app.sync.about import product_of
from guide_app.sync.blobs import BlobStore
from guide_app.sync.health import (
    OddRecord,
    SyncHealth,
    TeamPc,
    named_pictures,
    odd_records,
    read_health,
    scope_names,
    team_pcs,
)
from guide_app.sync.removal import HeldRemoval, held_removals
from guide_app.sync.report import ScopeState


@dataclass(frozen=True, slots=True)
class QueuedChange:
    """A change that waits, or was refused. `about` names the record; `fields` what it changes; times are UTC ms.

    `product_id` is that of the goods a hold or transfer is about; empty for all else.
    """

    mid: int
    group: int
    op: str
    kind: str
    record_id: str
    about: str
    fields: tuple[str, ...]
    by: str | None
    created_at: int
    product_id: str = ""


@dataclass(frozen=True, slots=True)
class ParkedChange:
    """A refused change (未能上交): why, and what it held, for 修改后重交 and 导出.

    `code` is stable, `detail` what head office added in its own words or the field's name, `sentence` both for people.
    """

    change: QueuedChange
    code: str
    detail: str
    sentence: str
    at: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LostValue:
    """A value of ours that a later edit had overtaken (被覆盖): what we sent, and what stands now.

    `by` (a guide's id) wrote it at `made_at`; head office's answer came at `at` (UTC ms). `rule` is what decided: the
    other value was written later, is further in the order of a field that never goes back, or stands since another
    guide merged the same clients `first`. `record_id` is who she is now.
    """

    mid: int
    kind: str
    record_id: str
    about: str
    field: str
    sent: Any
    now: Any
    by: str | None
    made_at: int
    at: int
    seen: bool
    rule: Rule | Literal["first"] = "later"


@dataclass(frozen=True, slots=True)
class SyncStanding:
    """All that `guide status` says. Times are UTC ms; sizes bytes; `oldest_ms` None when nothing waits."""

    enrolled: bool
    device_id: str | None
    store_id: str | None
    store_name: str
    office: str
    brand: str
    scopes: tuple[ScopeState, ...]
    waiting: int
    oldest_ms: int | None
    parked: int
    conflicts: int
    quarantined: int
    held: int
    last_contact_ms: int | None
    clock_offset_ms: int
    schema: int
    database_version: str
    database_bytes: int


class SyncQueries:
    """Reads for the sync page and the command line."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def standing(self) -> SyncStanding:
        """Where this PC stands."""
        size = sum(p.stat().st_size for p in self._db.path.parent.glob(self._db.path.name + "*") if p.is_file())
        return self._db.query(lambda conn: _standing(conn, size))

    def waiting(self, limit: int = 200) -> tuple[QueuedChange, ...]:
        """What waits to be handed in, oldest first."""
        return self._db.query(lambda conn: _changes(conn, "waiting", limit))

    def parked(self) -> tuple[ParkedChange, ...]:
        """What head office refused and nobody has dealt with, newest first."""
        return self._db.query(_parked)

    def lost(self, *, unseen_only: bool = True, limit: int = 200) -> tuple[LostValue, ...]:
        """Values of ours that lost to later edits, newest first."""
        return self._db.query(lambda conn: _lost(conn, unseen_only, limit))

    def health(self) -> SyncHealth:
        """What a helpdesk asks beyond `standing`."""
        return self._db.query(read_health)

    def odd(self, limit: int = 200) -> tuple[OddRecord, ...]:
        """Records that came and could not be taken in, newest first."""
        return self._db.query(lambda conn: odd_records(conn, limit))

    def scope_names(self) -> dict[Scope, str]:
        """The store's name for each store scope that this PC holds."""
        return self._db.query(scope_names)

    def waiting_photos(self) -> int:
        """How many photos of clients and receipts head office has not got yet."""
        return self._db.query(n_unsent)

    def missing_pictures(self, store: BlobStore) -> int:
        """How many pictures that products name are not in `store`."""
        return len(store.missing(self._db.query(named_pictures)))

    def held_removals(self) -> tuple[HeldRemoval, ...]:
        """Scopes in which many records would go once somebody allows it."""
        return self._db.query(held_removals)

    def team_pcs(self) -> tuple[TeamPc, ...]:
        """The PCs of the store, this one first, the others as head office last told of them."""
        now_ms = self._db.clock.now_ms()
        return self._db.query(lambda conn: team_pcs(conn, now_ms))


def _standing(conn: Connection, size: int) -> SyncStanding:
    device = read_device(conn)
    waiting, oldest = conn.exec_driver_sql("SELECT count(*), min(created_at) FROM outbox WHERE state = 'waiting'").one()
    parked = conn.exec_driver_sql("SELECT count(*) FROM outbox WHERE state = 'parked'").scalar_one()
    conflicts = conn.exec_driver_sql(
        "SELECT count(*) FROM result WHERE lost <> '{}' AND status <> 'rejected' AND seen_at IS NULL"
    ).scalar_one()
    odd = conn.exec_driver_sql("SELECT count(*) FROM unknown_record WHERE reason = 'invalid'").scalar_one()
    return SyncStanding(
        enrolled=device.enrolled,
        device_id=device.device_id,
        store_id=device.store_id,
        store_name=device.store_name,
        office=device.office,
        brand=device.brand,
        scopes=tuple(_scope_state(stand) for stand in cursors.read_stands(conn).values()),
        waiting=waiting,
        oldest_ms=oldest,
        parked=parked,
        conflicts=conflicts,
        quarantined=odd,
        held=sum(one.open for one in held_removals(conn)),
        last_contact_ms=device.last_contact_ms,
        clock_offset_ms=device.offset_ms,
        schema=SCHEMA,
        database_version=schema_version(conn) or "",
        database_bytes=size,
    )


def _scope_state(stand: cursors.Stand) -> ScopeState:
    known = stand.office_digest and stand.held_digest
    equal = stand.office_digest == stand.held_digest if known else None
    return ScopeState(stand.scope, stand.seq, stand.held_digest, stand.office_digest, equal, stand.n_live)


def _changes(conn: Connection, state: str, limit: int) -> tuple[QueuedChange, ...]:
    rows = conn.exec_driver_sql(
        'SELECT mid, grp, op, kind, id, data, "by", created_at FROM outbox WHERE state = ? ORDER BY mid LIMIT ?',
        (state, limit),
    ).all()
    return tuple(_change(conn, *row) for row in rows)


def _change(
    conn: Connection, mid: int, group: int, op: str, kind: str, record_id: str, data: str, by: str | None, at: int
) -> QueuedChange:
    fields: dict[str, Any] = decode_json(data)
    about = about_record(conn, kind.partition(".")[0], record_id, fields)
    goods = product_of(conn, kind, record_id, fields)
    return QueuedChange(mid, group, op, kind, record_id, about, tuple(fields), by, at, goods)


def _parked(conn: Connection) -> tuple[ParkedChange, ...]:
    rows = conn.exec_driver_sql(
        'SELECT o.mid, o.grp, o.op, o.kind, o.id, o.data, o."by", o.created_at, r.code, r.detail, r.at'
        " FROM outbox o LEFT JOIN result r ON r.mid = o.mid WHERE o.state = 'parked' ORDER BY abs(o.mid) DESC"
    ).all()
    return tuple(
        ParkedChange(_change(conn, *row[:8]), row[8] or "", row[9] or "", _sentence(row[8] or "", row[9] or ""),
                     row[10] or 0, decode_json(row[5]))
        for row in rows
    )  # fmt: skip


def _sentence(code: str, detail: str) -> str:
    known = PROBLEMS[code].sentence if code in PROBLEMS else ""
    return known if not detail or detail == known else f"{known} ({detail})" if known else detail


def _lost(conn: Connection, unseen_only: bool, limit: int) -> tuple[LostValue, ...]:
    rows = conn.exec_driver_sql(
        'SELECT r.mid, o.kind, o.id, r.lost, o."by", o.created_at, r.at, r.seen_at FROM result r'
        " JOIN outbox o ON o.mid = r.mid"
        " WHERE r.lost <> '{}' AND r.status <> 'rejected'" + (" AND r.seen_at IS NULL" if unseen_only else "") +
        " ORDER BY r.at DESC, r.mid DESC LIMIT ?",
        (limit,),
    ).all()  # fmt: skip
    found: list[LostValue] = []
    for mid, kind, record_id, lost, by, made_at, at, seen_at in rows:
        of, now_id = outbox.overtaken(conn, kind, record_id)
        held = CODECS[of].read(conn, now_id) if of in CODECS else None
        about = about_record(conn, of, now_id, {})
        for name, value in decode_json(lost).items():
            now = None if held is None else held.data.get(name)
            rule: Rule | Literal["first"] = rule_of(CODECS[of].kind, name) if of in CODECS else "later"
            if of != kind and now_id == record_id:
                rule = "first"
            found.append(
                LostValue(mid, of, now_id, about, name, value, now, by, made_at, at, seen_at is not None, rule)
            )
    return tuple(found)
