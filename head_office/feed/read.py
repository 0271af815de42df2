"""Reads the feed: what a device does not hold yet, in pages, all scopes from one snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.protocol.messages import (
    Cursor,
    DropFrame,
    EndFrame,
    Frame,
    GoneFrame,
    LeaveFrame,
    RecordFrame,
    ScopeFrame,
)
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id
from head_office.feed.rows import Gone, frame_of, read_frame
from head_office.feed.statements import GONE_PAGE, KIND_SQL, PAGE_PLAN

_HEAD = "SELECT epoch, seq, n_live, digest FROM feed_head WHERE store_id = %(store)s::uuid"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a scope's feed stands: what a cheap look needs to know."""

    epoch: str
    seq: int


def is_up_to_date(cursors: Sequence[Cursor], heads: Mapping[Scope, Position]) -> bool:
    """Whether a device with these cursors holds all of exactly the granted scopes (`heads`)."""
    stands = {cursor.scope: Position(cursor.epoch, cursor.seq) for cursor in cursors}
    return stands == heads


def pull(
    connection: Connection,
    granted: Sequence[Scope],
    cursors: Sequence[Cursor],
    limit: int,
    *,
    last_mid: int,
    now_ms: int,
    revised: Sequence[int] = (),
) -> list[Frame]:
    """One page: at most `limit` record frames of the granted scopes, then each scope's new place, then the end frame.

    Cursors of scopes that are not granted are answered by drop frames. A cursor from another line of history is given
    no records, only the place where that began: the device reconciles by buckets (`head_office.feed.buckets`). One from
    before the oldest tombstone kept goes on as ever; what it missed shows in the digest. `connection` must be in a
    repeatable-read transaction.
    """
    stands = {cursor.scope: cursor for cursor in cursors}
    frames: list[Frame] = [DropFrame(scope) for scope in stands if scope not in granted]
    places: list[Frame] = []
    left = limit
    for scope in sorted(granted, key=scope_store_id):
        records, place = _scope_page(connection, scope, stands.get(scope), left)
        left -= len(records)
        frames += records
        places.append(place)
    frames += places
    frames.append(EndFrame(last_mid, now_ms, len(frames), list(revised)))
    return frames


def _scope_page(
    connection: Connection, scope: Scope, cursor: Cursor | None, limit: int
) -> tuple[list[RecordFrame | GoneFrame | LeaveFrame], ScopeFrame]:
    found = connection.exec_driver_sql(_HEAD, {"store": scope_store_id(scope)}).one()
    epoch, head, n_live, digest = found
    begins = cursor is None or not cursor.epoch
    if cursor is not None and not begins and (cursor.epoch != epoch or cursor.seq > head):
        return [], ScopeFrame(scope, epoch, 0, n_live, digest, more=True)
    after = 0 if cursor is None or begins else cursor.seq
    frames = _records(connection, scope, after, limit) if after < head and limit > 0 else []
    stands = frames[-1].seq if len(frames) == limit > 0 else head if limit > 0 else after
    return frames, ScopeFrame(scope, epoch, stands, n_live, digest, stands < head, after)


def _records(
    connection: Connection, scope: Scope, after: int, limit: int
) -> list[RecordFrame | GoneFrame | LeaveFrame]:
    store = scope_store_id(scope)
    plan = PAGE_PLAN["brand" if scope == BRAND else "store"]
    frames: list[RecordFrame | GoneFrame | LeaveFrame] = []
    # Rows are fetched all at once (`all`): one by one they cost half as much again.
    for kind, first, last in connection.exec_driver_sql(plan, {"store": store, "after": after, "limit": limit}).all():
        span = {"store": store, "first": first, "last": last}
        if kind == "gone":
            ended = connection.exec_driver_sql(GONE_PAGE, span).all()
            frames += [frame_of((scope, of, record_id), Gone(seq, mark)) for of, record_id, seq, mark in ended]
        else:
            rows = connection.exec_driver_sql(KIND_SQL[kind].page, span).all()
            frames += [read_frame(scope, kind, row) for row in rows]
    frames.sort(key=lambda frame: frame.seq)
    return frames
