"""A guide leaves: she can log in nowhere any more, and what is hers to do becomes somebody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from guide_app.base.errors import InvalidInputError
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.feed.rows import Key
from head_office.feed.write import MAX_ROWS, FeedWriter, in_transaction
from head_office.roster.lookups import guide_by_number
from head_office.store import audit
from head_office.store.tables import KIND_TABLES

_PINS = "SELECT store_id::text FROM guide_pin WHERE id = %(guide)s::uuid"
_BOOKS = "SELECT DISTINCT store_id::text FROM client WHERE primary_guide_id = %(guide)s::uuid ORDER BY 1"
_TASKS = (
    "SELECT store_id::text, id::text FROM task WHERE guide_id = %(guide)s::uuid AND status = 'open'"
    " ORDER BY store_id, id LIMIT %(limit)s"
)


@dataclass(frozen=True, slots=True)
class Succession:
    """Who leaves and who takes over, with the store (id and code) in which the successor works."""

    guide_id: str
    to_guide: str
    to_store: str
    to_code: str


def find_succession(connection: Connection, number: str, to_number: str) -> Succession:
    """Both by their numbers. Raises NotFoundError; InvalidInputError if the successor has left or is the same."""
    leaver, heir = guide_by_number(connection, number), guide_by_number(connection, to_number)
    if heir.id == leaver.id or not heir.active or heir.store_id is None:
        raise InvalidInputError("guide.heir", f"导购 {to_number} 不能接手。", "请指定另一位在职的导购。")
    store = KIND_TABLES["store"]
    code: str = connection.scalar(sa.select(store.c.code).where(store.c.id == heir.store_id)) or ""
    return Succession(leaver.id, heir.id, heir.store_id, code)


def shut_out(connection: Connection, succession: Succession, now_ms: int) -> int:
    """Make her inactive and drop her PINs everywhere; returns how many there were. A transaction of its own."""
    writer = FeedWriter(connection, now_ms)
    stores = connection.exec_driver_sql(_PINS, {"guide": succession.guide_id}).scalars().all()
    pins: list[Key] = [(store_scope(store), "guide_pin", succession.guide_id) for store in stores]
    writer.load([(BRAND, "guide", succession.guide_id), *pins])
    writer.change((BRAND, "guide", succession.guide_id), active=False)
    for key in pins:
        writer.remove(key)
    detail = {"guide_id": succession.guide_id, "to": succession.to_guide}
    audit.record(connection, now_ms, "office", "guide.leave", detail)
    writer.flush()
    return len(pins)


def books_of(connection: Connection, guide_id: str) -> Sequence[str]:
    """The stores in which she has clients."""
    return connection.exec_driver_sql(_BOOKS, {"guide": guide_id}).scalars().all()


def hand_over_tasks(engine: Engine, succession: Succession, now_ms: int) -> int:
    """Give her open tasks to the successor, or in other stores to nobody in particular; returns how many."""
    total = 0
    while done := in_transaction(engine, lambda c: _some_tasks(c, succession, now_ms)):
        total += done
    return total


def _some_tasks(connection: Connection, succession: Succession, now_ms: int) -> int:
    values = {"guide": succession.guide_id, "limit": MAX_ROWS}
    rows = connection.exec_driver_sql(_TASKS, values).all()
    writer = FeedWriter(connection, now_ms)
    keys: list[Key] = [(store_scope(store), "task", task_id) for store, task_id in rows]
    writer.load(keys)
    for key in keys:
        same_store = key[0] == store_scope(succession.to_store)
        writer.change(key, guide_id=succession.to_guide if same_store else None)
    writer.flush()
    return len(keys)
