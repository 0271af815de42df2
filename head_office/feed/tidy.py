"""Lets go of what nobody can ask for any more: old tombstones, answers, results, codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.ids import NIL
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id, store_scope
from head_office.feed.heads import lock_heads
from head_office.feed.write import in_transaction

#: How long tombstones stay, so that a PC that was away can still follow them, in days.
TOMBSTONE_DAYS = 180
#: How long answers to adapters and results of pushes can be repeated, in days.
ANSWER_DAYS = 30
RESULT_DAYS = 180
#: How long refused changes are kept for staff, in days; those that were dealt with, from then on.
QUARANTINE_DAYS = 90

# Where a client went is never forgotten, nor where her receipts did: what comes years later still goes after her.
_OLD = "at_ms < %(before)s AND NOT (mark = 'l' AND kind IN ('client', 'purchase'))"
_OLD_SCOPES = f"SELECT DISTINCT store_id::text FROM gone WHERE {_OLD}"
_FLOOR = f"SELECT coalesce(max(seq), 0) FROM gone WHERE store_id = %(store)s::uuid AND {_OLD}"
_RAISE = "UPDATE feed_head SET floor_seq = greatest(floor_seq, %(floor)s) WHERE store_id = %(store)s::uuid"
_DROP = f"DELETE FROM gone WHERE store_id = %(store)s::uuid AND {_OLD}"
_OTHERS = {
    "answers": ("DELETE FROM idempotency WHERE at_ms < %(before)s", ANSWER_DAYS),
    "results": ("DELETE FROM push_result WHERE at_ms < %(before)s", RESULT_DAYS),
    "quarantined": (
        "DELETE FROM quarantine WHERE coalesce(settled_ms, at_ms) < %(before)s",
        QUARANTINE_DAYS,
    ),
    "codes": ("DELETE FROM enrol_code WHERE expires_ms < %(before)s", ANSWER_DAYS),
}


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many rows went, by what they were."""

    tombstones: int
    answers: int
    results: int
    codes: int
    quarantined: int


def tidy(engine: Engine, now_ms: int) -> Tidied:
    """Delete what is past its time. A PC that missed a tombstone learns of it by the digest and mends by buckets."""
    before = now_ms - TOMBSTONE_DAYS * DAY_MS
    with engine.connect() as connection:
        stores = connection.exec_driver_sql(_OLD_SCOPES, {"before": before}).scalars().all()
    scopes = [BRAND if store == NIL else store_scope(store) for store in stores]
    tombstones = sum(in_transaction(engine, partial(_raise_floor, scope=scope, before=before)) for scope in scopes)
    counts = {}
    for name, (sql, days) in _OTHERS.items():
        with engine.begin() as connection:
            counts[name] = connection.exec_driver_sql(sql, {"before": now_ms - days * DAY_MS}).rowcount
    return Tidied(tombstones, **counts)


def _raise_floor(connection: Connection, scope: Scope, before: int) -> int:
    """Drop old tombstones; the floor says up to where some are missing."""
    lock_heads(connection, [scope])
    old = {"store": scope_store_id(scope), "before": before}
    floor = connection.exec_driver_sql(_FLOOR, old).scalar_one()
    connection.exec_driver_sql(_RAISE, {**old, "floor": floor})
    return connection.exec_driver_sql(_DROP, old).rowcount
