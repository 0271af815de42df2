"""A scope by buckets: how a PC finds what it holds otherwise than the office, without reading everything again.

Needed after the office was restored, after an absence longer than tombstones are kept, and to repair a book whose
digest differs. The buckets of a scope are computed from its rows, once for each place of its head.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from guide_app.protocol.digest import bucket_digests, bucket_of
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import Buckets, EndFrame, Frame, ScopeFrame
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id
from head_office.feed.rows import read_frame
from head_office.feed.statements import KIND_SQL

#: Buckets a device may ask for at once.
MOST_BUCKETS = 32
_HEAD = "SELECT epoch, seq, n_live, digest FROM feed_head WHERE store_id = %(store)s::uuid"
_SCOPES_KEPT = 256
_PART = 5_000


class BucketReader:
    """Reads scopes by buckets and remembers the sums of the last scopes asked for. May be used by many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turns: dict[Scope, threading.Lock] = defaultdict(threading.Lock)
        self._kept: OrderedDict[Scope, Buckets] = OrderedDict()

    def sums(self, connection: Connection, scope: Scope) -> Buckets:
        """Head and buckets of a scope. `connection` must be in a repeatable-read transaction."""
        epoch, seq, n_live, digest = _head(connection, scope)
        with self._turn(scope):  # after a restore everybody asks for the brand at once: one counts for all
            kept = self._kept.get(scope)
            if kept is None or (kept.epoch, kept.seq) != (epoch, seq):
                kept = Buckets(scope, epoch, seq, n_live, digest, bucket_digests(_places(connection, scope)))
                self._keep(kept)
        return kept

    def _turn(self, scope: Scope) -> threading.Lock:
        with self._lock:
            return self._turns[scope]

    def _keep(self, found: Buckets) -> None:
        with self._lock:
            self._kept[found.scope] = found
            self._kept.move_to_end(found.scope)
            if len(self._kept) > _SCOPES_KEPT:
                forgotten, _ = self._kept.popitem(last=False)
                del self._turns[forgotten]


def bucket_page(
    connection: Connection, scope: Scope, wanted: Collection[int], *, last_mid: int, now_ms: int
) -> list[Frame]:
    """All live records of these buckets, then the scope's head, then the end frame.

    `connection` must be in a repeatable-read transaction.
    """
    epoch, seq, n_live, digest = _head(connection, scope)
    ids: dict[str, list[str]] = defaultdict(list)
    for kind, record_id, _ in _places(connection, scope):
        if bucket_of(kind, record_id) in wanted:
            ids[kind].append(record_id)
    frames: list[Frame] = []
    for kind, some in ids.items():
        for first in range(0, len(some), _PART):
            values = {"store": scope_store_id(scope), "ids": some[first : first + _PART]}
            rows = connection.exec_driver_sql(KIND_SQL[kind].read, values)
            frames += [read_frame(scope, kind, row) for row in rows]
    frames.append(ScopeFrame(scope, epoch, seq, n_live, digest, more=False))
    frames.append(EndFrame(last_mid, now_ms, len(frames)))
    return frames


def _head(connection: Connection, scope: Scope) -> tuple[str, int, int, str]:
    epoch, seq, n_live, digest = connection.exec_driver_sql(_HEAD, {"store": scope_store_id(scope)}).one()
    return epoch, seq, n_live, digest


def _places(connection: Connection, scope: Scope) -> Iterator[tuple[str, str, int]]:
    """Kind, id and seq of every live record of a scope."""
    level = "brand" if scope == BRAND else "store"
    for name, kind in KINDS.items():
        if kind.scope == level:
            for record_id, seq in connection.exec_driver_sql(KIND_SQL[name].places, {"store": scope_store_id(scope)}):
                yield name, record_id, seq
