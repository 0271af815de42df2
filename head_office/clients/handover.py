"""整本移交: a whole book moves in small transactions with pauses between, so that the shops go on working meanwhile.

Each transaction moves some clients whole and counts them; one that is killed loses nothing, and running it again goes
on where it stood. Within one store only guides change; to another store every client moves as in a single transfer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from guide_app.base.clock import Clock
from guide_app.protocol.scopes import store_scope
from head_office.clients.book import Book, count_clients
from head_office.clients.transfer import Handover, move_clients
from head_office.feed.rows import Key
from head_office.feed.write import MAX_ROWS, FeedWriter, in_transaction
from head_office.store import audit
from head_office.store.audit import new_id
from head_office.store.secret import OfficeSecret
from head_office.store.tables import transfer

_FIRST, _MOST = 20, 500
_NEXT = (
    "SELECT id::text FROM client WHERE store_id = %(store)s::uuid AND merged_into IS NULL"
    " AND (%(guide)s::uuid IS NULL OR primary_guide_id = %(guide)s::uuid)"
    " AND (%(to)s::uuid IS NULL OR primary_guide_id IS DISTINCT FROM %(to)s::uuid) ORDER BY id LIMIT %(limit)s"
)
_THEIR_TASKS = (
    "SELECT id::text FROM task WHERE store_id = %(store)s::uuid AND status = 'open'"
    " AND client_id = ANY(%(clients)s::uuid[]) AND (%(guide)s::uuid IS NULL OR guide_id = %(guide)s::uuid)"
)
_COUNT = (
    "UPDATE transfer SET done = done + %(clients)s, records = records + %(records)s"
    " WHERE store_id = %(store)s::uuid AND id = %(id)s::uuid"
)
_LIST = (
    "SELECT t.id::text, a.code AS from_code, b.code AS to_code, coalesce(g.number, '') AS from_number,"
    " coalesce(h.number, '') AS to_number, t.client_id::text, t.by_guide, t.reason, t.planned, t.done, t.records,"
    " t.late, t.refused, t.created_ms, t.finished_ms"
    " FROM transfer t JOIN store a ON a.id = t.store_id JOIN store b ON b.id = t.to_store"
    " LEFT JOIN guide g ON g.id = t.from_guide LEFT JOIN guide h ON h.id = t.to_guide"
    " ORDER BY t.created_ms DESC, t.id DESC LIMIT %(limit)s"
)


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A handing over as the list shows it. `late` and `refused` count edits that came from the old store afterwards."""

    id: str
    from_code: str
    to_code: str
    from_number: str
    to_number: str
    client_id: str | None
    by_guide: str
    reason: str
    planned: int
    done: int
    records: int
    late: int
    refused: int
    created_ms: int
    finished_ms: int | None


@dataclass(frozen=True, slots=True)
class Pace:
    """At most so many clients a minute; `rest` waits that many seconds. `tell` hears of clients done and planned."""

    per_minute: int
    rest: Callable[[float], None] = time.sleep
    tell: Callable[[int, int], None] = lambda _done, _planned: None


@dataclass(frozen=True, slots=True)
class _Part:
    clients: int
    records: int


class _TooMuchError(Exception):
    """These clients have more records together than one transaction may write."""


def hand_over(engine: Engine, secret: OfficeSecret, book: Book, clock: Clock, pace: Pace) -> TransferLine:
    """Move the book, or what is left of it if an earlier run was cut short; returns the report."""
    transfer_id = in_transaction(engine, lambda c: _begin(c, book, clock.now_ms()))
    size = _FIRST
    while True:
        began = time.monotonic()
        try:
            part = in_transaction(engine, partial(_move_some, secret, book, transfer_id, clock, size))
        except _TooMuchError:
            size = max(1, size // 2)
            continue
        line = _line(engine, transfer_id)
        if part is None:
            return line
        pace.tell(line.done, line.planned)
        size = min(_MOST, size * 2) if part.records * 4 < MAX_ROWS else size
        pace.rest(max(0.0, 60 * part.clients / pace.per_minute - (time.monotonic() - began)))


def list_transfers(connection: Connection, limit: int = 200) -> list[TransferLine]:
    """All handings over, the latest first."""
    return [TransferLine(*row) for row in connection.exec_driver_sql(_LIST, {"limit": limit})]


def _begin(connection: Connection, book: Book, now_ms: int) -> str:
    """The row of this handing over: one that was cut short, else a new one."""
    same = (
        transfer.c.store_id == book.from_store,
        transfer.c.to_store == book.to_store,
        transfer.c.from_guide.is_not_distinct_from(book.from_guide),
        transfer.c.to_guide.is_not_distinct_from(book.to_guide),
        transfer.c.client_id.is_(None),
        transfer.c.finished_ms.is_(None),
    )
    found: str | None = connection.scalar(sa.select(transfer.c.id).where(*same).with_for_update())
    if found is not None:
        return found
    values = {
        "store_id": book.from_store,
        "id": new_id(now_ms),
        "to_store": book.to_store,
        "from_guide": book.from_guide,
        "to_guide": book.to_guide,
        "by_guide": "",
        "reason": book.reason,
        "planned": count_clients(connection, book),
        "done": 0,
        "records": 0,
        "late": 0,
        "refused": 0,
        "created_ms": now_ms,
    }
    connection.execute(sa.insert(transfer), values)
    detail = {name: values[name] for name in ("to_store", "from_guide", "to_guide", "planned")}
    audit.record(connection, now_ms, "office", "client.transfer_book", detail, store_id=book.from_store)
    return str(values["id"])


def _move_some(
    secret: OfficeSecret, book: Book, transfer_id: str, clock: Clock, size: int, connection: Connection
) -> _Part | None:
    """Move some more clients; None when there were none left, and the handing over is noted as finished."""
    own = (transfer.c.store_id == book.from_store, transfer.c.id == transfer_id)
    connection.execute(sa.select(transfer.c.id).where(*own).with_for_update())  # two runs take turns
    now = clock.now_ms()
    values = {**book.keys, "to": book.to_guide if book.stays else None, "limit": size}
    clients: Sequence[str] = connection.exec_driver_sql(_NEXT, values).scalars().all()
    if not clients:
        connection.execute(sa.update(transfer).where(*own).values(finished_ms=now))
        return None
    writer = FeedWriter(connection, now)
    if book.stays:
        left = _change_guide(writer, book, clients)
    else:
        left = move_clients(writer, secret, Handover(book.scope, store_scope(book.to_store), book.to_guide), clients)
    rows = len(left) if book.stays else 2 * len(left)
    if rows > MAX_ROWS and size > 1:
        raise _TooMuchError
    writer.flush()
    counted = {"clients": len(clients), "records": len(left), "store": book.from_store, "id": transfer_id}
    connection.exec_driver_sql(_COUNT, counted)
    return _Part(len(clients), rows)


def _change_guide(writer: FeedWriter, book: Book, clients: Sequence[str]) -> list[Key]:
    keys: list[Key] = [(book.scope, "client", client_id) for client_id in clients]
    tasks = writer.connection.exec_driver_sql(_THEIR_TASKS, {**book.keys, "clients": clients}).scalars().all()
    open_tasks: list[Key] = [(book.scope, "task", task_id) for task_id in tasks]
    writer.load([*keys, *open_tasks])
    writer.together(len(open_tasks))
    for key in keys:
        writer.change(key, primary_guide_id=book.to_guide)
    for key in open_tasks:
        writer.change(key, guide_id=book.to_guide)
    return [*keys, *open_tasks]


def _line(engine: Engine, transfer_id: str) -> TransferLine:
    with engine.connect() as connection:
        return next(line for line in list_transfers(connection) if line.id == transfer_id)
