"""What the sync page, `guide status` and `guide doctor` tell beyond counts: odd records, what is owed, other PCs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from guide_app.base.clock import china_date
from guide_app.base.ids import uuid7_ms
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id
from guide_app.store.codec import decode_json
from guide_app.store.device import read_device
from guide_app.sync.about import about

#: Where the engine notes when a scope was last repaired: this, then the scope.
REPAIRED = "sync.repaired."
#: This, then a device id that this PC went by: until when, in head office's UTC ms.
_FORMER = "device.former."
#: So many characters of an id tell PCs of one name apart.
_TAIL = 4


@dataclass(frozen=True, slots=True)
class OddRecord:
    """A record that came and could not be taken in because its content breaks a rule of its kind.

    `detail` is the decoder's, in English; `at` UTC ms, 0 where it was not noted.
    """

    scope: Scope
    kind: str
    record_id: str
    seq: int
    detail: str
    about: str
    at: int
    data: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TeamPc:
    """A PC of the store. `here` is this one, whose figures are its own; the others' are head office's latest.

    `former`: what this one was enrolled as before it joined anew. Nothing has come to head office in that name since;
    if anything does, another PC goes by it (its disk was copied), and it is a PC like any other again.
    """

    id: str
    name: str
    here: bool
    last_contact_ms: int | None
    waiting: int
    app_version: str
    revoked: bool
    former: bool = False

    @property
    def enrolled_on(self) -> dt.date:
        """The business day on which it was enrolled, as its id tells."""
        return china_date(uuid7_ms(self.id))

    @property
    def tail(self) -> str:
        """The end of its id: two PCs of one name and day differ in it."""
        return self.id[-_TAIL:]


def same_named(pcs: Iterable[TeamPc]) -> frozenset[str]:
    """The ids of those PCs whose name says not which one is meant: others go by it, too."""
    by_name: dict[str, list[str]] = {}
    for pc in pcs:
        by_name.setdefault(pc.name, []).append(pc.id)
    return frozenset(one for ids in by_name.values() if len(ids) > 1 for one in ids)


@dataclass(frozen=True, slots=True)
class SyncHealth:
    """What a helpdesk asks. Times are UTC ms.

    `waiting_bytes`: content that waits to be handed in. `chain` is empty where this PC no longer knows how what it sent
    hangs together, so that head office cannot tell it from a copy. `unconfirmed`: erasures that head office has not
    been told of, the oldest at `unconfirmed_since`. `unknown_kinds`: records kept for a newer program.
    """

    waiting_bytes: int
    last_mid: int
    acked_mid: int
    chain: str
    unconfirmed: int
    unconfirmed_since: int | None
    unknown_kinds: int
    repaired_at: Mapping[Scope, int]


def read_health(conn: Connection) -> SyncHealth:
    """Read it."""
    device = read_device(conn)
    size = conn.exec_driver_sql("SELECT sum(length(CAST(data AS BLOB))) FROM outbox WHERE state = 'waiting'").scalar()
    owed, since = conn.exec_driver_sql("SELECT count(*), min(at) FROM erasure").one()
    kinds = conn.exec_driver_sql("SELECT count(*) FROM unknown_record WHERE reason = 'kind'").scalar_one()
    repaired = conn.exec_driver_sql(
        "SELECT substr(key, ?), value FROM setting WHERE key LIKE ? ORDER BY key", (len(REPAIRED) + 1, f"{REPAIRED}%")
    )
    return SyncHealth(
        waiting_bytes=size or 0,
        last_mid=device.last_mid,
        acked_mid=device.acked_mid,
        chain=device.acked_chain,
        unconfirmed=owed,
        unconfirmed_since=since,
        unknown_kinds=kinds,
        repaired_at={scope: int(at) for scope, at in repaired},
    )


def scope_names(conn: Connection) -> dict[Scope, str]:
    """The store's name for each store scope held."""
    scopes = conn.exec_driver_sql("SELECT scope FROM cursor WHERE scope <> ? ORDER BY scope", (BRAND,)).scalars().all()
    names = {row[0]: row[1] for row in conn.exec_driver_sql("SELECT id, name FROM store")}
    return {scope: names.get(scope_store_id(scope), "") for scope in scopes}


def named_pictures(conn: Connection) -> list[str]:
    """The pictures (SHA-256, hex) that products name."""
    rows = conn.exec_driver_sql("SELECT DISTINCT image FROM product WHERE image <> '' ORDER BY image")
    return [row[0] for row in rows]


def odd_records(conn: Connection, limit: int) -> tuple[OddRecord, ...]:
    """Records that could not be taken in, newest first; those of unknown kinds only wait for a newer program."""
    rows = conn.exec_driver_sql(
        "SELECT scope, kind, id, seq, detail, at, data FROM unknown_record WHERE reason = 'invalid'"
        " ORDER BY at DESC, seq DESC LIMIT ?",
        (limit,),
    ).all()
    found: list[OddRecord] = []
    for scope, kind, record_id, seq, detail, at, text in rows:
        data = decode_json(text)
        words = about(conn, kind, record_id, data) if kind in KINDS else ""
        found.append(OddRecord(scope, kind, record_id, seq, detail, words, at, data))
    return tuple(found)


def note_former(conn: Connection, device_id: str, until_ms: int) -> None:
    """Note that this PC went by `device_id` until now, `until_ms` by head office's clock."""
    conn.exec_driver_sql(
        "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (f"{_FORMER}{device_id}", str(until_ms)),
    )


def team_pcs(conn: Connection, now_ms: int) -> tuple[TeamPc, ...]:
    """This PC, then the others of its store by how lately they were in touch."""
    device = read_device(conn)
    waiting = conn.exec_driver_sql("SELECT count(*) FROM outbox WHERE state = 'waiting'").scalar_one()
    rows = conn.exec_driver_sql(
        "SELECT id, name, last_contact_ms, waiting, app_version, revoked FROM store_pc"
        " WHERE store_id = ? ORDER BY last_contact_ms DESC, name",
        (device.store_id,),
    ).all()
    names = {row[0]: row[1] for row in rows}
    left = conn.exec_driver_sql(
        "SELECT substr(key, ?), CAST(value AS INTEGER) FROM setting WHERE key LIKE ?", (len(_FORMER) + 1, f"{_FORMER}%")
    )
    former = {row[0]: row[1] for row in left}
    here = TeamPc(
        device.device_id or "", names.get(device.device_id, ""), here=True, last_contact_ms=device.last_contact_ms,
        waiting=waiting, app_version="", revoked=False,
    )  # fmt: skip
    others = [
        TeamPc(row[0], row[1], here=False, last_contact_ms=min(row[2], now_ms) or None, waiting=row[3],
               app_version=row[4], revoked=bool(row[5]), former=row[2] <= former.get(row[0], -1))
        for row in rows if row[0] != device.device_id
    ]  # fmt: skip
    return (here, *others)
