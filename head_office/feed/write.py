"""The one writer of synced records: it alone gives out places in a scope's feed.

A deed loads (and so locks) the records it judges, stages what becomes of them, and flushes once, at its end. The flush
takes the heads of the touched scopes last and in ascending order, stamps the rows with contiguous numbers and keeps
count and digest of what is live. Because the head's lock is held to commit, a reader that has seen number n has seen
everything up to n (measured: a plain sequence lost 1-23 % of rows to readers beside concurrent writers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from psycopg.errors import UniqueViolation
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from guide_app.protocol.digest import record_hash, shift
from guide_app.protocol.hlc import OFFICE_TAG, Stamp, make_stamp
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import ScopeMove
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id
from head_office.feed.heads import Head, lock_heads, move_head
from head_office.feed.place import Sender
from head_office.feed.rows import Gone, Key, Row, read_row, whole_data, write_row
from head_office.feed.statements import GONE_OF, GONE_WRITE, KIND_SQL, text_array
from head_office.store.engine import is_transient, is_worn_out

#: Records a single transaction may write, so that no scope is closed to others for long.
MAX_ROWS = 2_000
_ATTEMPTS = 4
_PLACE = {name: i for i, name in enumerate(KINDS)}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Written:
    """What a flush did: the records as they stand now, and how far each touched scope moved."""

    held: Mapping[Key, Row | Gone] = field(default_factory=dict)
    moves: tuple[ScopeMove, ...] = ()


class FeedWriter:
    """Records of one transaction: loaded under lock, staged, written by a single `flush`. `now_ms` is UTC ms.

    `sender` is the PC whose push it takes in; None where the office writes by itself, or replays what it had refused.
    """

    def __init__(self, connection: Connection, now_ms: int, sender: Sender | None = None) -> None:
        self.connection = connection
        self.now_ms = now_ms
        self.sender = sender
        self._held: dict[Key, Row | Gone | None] = {}
        self._staged: dict[Key, Row | Gone] = {}
        self._flushed = False
        self._most = MAX_ROWS

    def together(self, records: int) -> None:
        """Make room for so many records that cannot be cut: what hangs on one person moves or ends as a whole."""
        self._most += records

    def load(self, keys: Iterable[Key]) -> None:
        """Lock and remember records; those known already are not asked for again.

        Locks are taken in the order scope, kind, id: load everything a deed needs in one call where possible.
        """
        wanted: dict[tuple[Scope, str], set[str]] = defaultdict(set)
        for key in keys:
            if key not in self._held:
                wanted[key[:2]].add(key[2])
        for scope, kind in sorted(wanted, key=_order):
            self._load_kind(scope, kind, wanted[scope, kind])
        self._load_gone(wanted)

    def held(self, key: Key) -> Row | Gone | None:
        """A record as it will stand after the flush; None if there never was one."""
        if key in self._staged:
            return self._staged[key]
        if key not in self._held:
            self.load([key])
        return self._held[key]

    def look_again(self, key: Key) -> None:
        """Forget what was read of a record that this transaction has not touched, so that it is read anew."""
        self._held.pop(key, None)

    def get(self, key: Key) -> Row | None:
        """A live record as it will stand after the flush."""
        found = self.held(key)
        return found if isinstance(found, Row) else None

    def staged(self) -> Mapping[Key, Row | Gone]:
        """What this transaction has staged so far."""
        return MappingProxyType(self._staged)

    def before(self, key: Key) -> Row | None:
        """A live record as it stood when this transaction loaded it."""
        found = self._held.get(key)
        return found if isinstance(found, Row) else None

    def put(self, key: Key, data: Mapping[str, Any], stamps: Mapping[str, Stamp] | None = None) -> None:
        """Stage a whole record; fields that `data` is silent about get their defaults."""
        self._check_scope(key)
        self._staged[key] = Row(whole_data(key[1], data), stamps=dict(stamps or {}), said=dict(data))

    def change(self, key: Key, **fields: Any) -> None:
        """Stage a change of some fields of a live record by the office itself. Raises KeyError if there is none.

        Fields that devices edit too are stamped with the office's present, so that older edits do not undo it.
        """
        row = self.get(key)
        if row is None:
            raise KeyError(key)
        stamped = fields if KINDS[key[1]].policy == "fields" else {}
        stamps = {**row.stamps, **dict.fromkeys(stamped, make_stamp(self.now_ms, 0, OFFICE_TAG))}
        self._staged[key] = Row({**row.data, **fields}, stamps=stamps)

    def remove(self, key: Key, mark: str = "x", to_store: str | None = None) -> None:
        """Stage the end of a record: `x` for good, `l` when it moves to another scope, that of store `to_store`."""
        self._check_scope(key)
        self._staged[key] = Gone(0, mark, to_store, self.now_ms)

    def move(self, key: Key, scope: Scope, **changed: Any) -> None:
        """Stage a live record's move into another store's scope, where `changed` fields differ. Raises KeyError."""
        if changed:
            self.change(key, **changed)
        row = self.get(key)
        if row is None:
            raise KeyError(key)
        self._check_scope((scope, *key[1:]))
        self._staged[scope, key[1], key[2]] = Row(row.data, stamps=row.stamps)
        self.remove(key, "l", scope_store_id(scope))

    def send_on(self, key: Key, to_store: str, at_ms: int) -> None:
        """Stage a leave mark for a record that came too late for this scope and was written into that of `to_store`.

        `at_ms` (UTC ms) is when those left whom it follows: what else is said of it is judged by that.
        """
        self._check_scope(key)
        self._staged[key] = Gone(0, "l", to_store, at_ms)

    def flush(self) -> Written:
        """Write what is staged and differs from what is held. The last step of a transaction, once only.

        Raises ValueError for more than MAX_ROWS records besides those that belong `together`.
        """
        if self._flushed:
            raise RuntimeError("a transaction flushes once, or heads would be locked out of order")
        self._flushed = True
        self.load(self._staged)
        changes = {key: after for key, after in self._staged.items() if not _same(self._held[key], after)}
        if len(changes) > self._most:
            raise ValueError(f"{len(changes)} records in one transaction; at most {self._most}")
        heads = lock_heads(self.connection, {key[0] for key in changes})
        moves = [self._write_scope(scope, head, changes) for scope, head in heads.items()]
        touched, self._staged = list(self._staged), {}
        return Written({key: held for key in touched if (held := self._held[key]) is not None}, tuple(moves))

    def _check_scope(self, key: Key) -> None:
        wanted = KINDS[key[1]].scope
        if (key[0] == BRAND) != (wanted == "brand"):
            raise ValueError(f"{key[1]} does not live in {key[0]}")

    def _load_kind(self, scope: Scope, kind: str, ids: set[str]) -> None:
        values = {"store": scope_store_id(scope), "ids": text_array(sorted(ids))}
        for record_id in ids:
            self._held[scope, kind, record_id] = None
        for found in self.connection.exec_driver_sql(KIND_SQL[kind].lock, values):
            record_id, row = read_row(kind, found)
            self._held[scope, kind, record_id] = row

    def _load_gone(self, wanted: Mapping[tuple[Scope, str], set[str]]) -> None:
        missing: dict[Scope, list[tuple[str, str]]] = defaultdict(list)
        for (scope, kind), ids in wanted.items():
            missing[scope] += [(kind, i) for i in ids if self._held[scope, kind, i] is None]
        for scope, pairs in missing.items():
            if not pairs:
                continue
            lists = {"kinds": text_array(kind for kind, _ in pairs), "ids": text_array(one for _, one in pairs)}
            values = {"store": scope_store_id(scope), **lists}
            for kind, record_id, *rest in self.connection.exec_driver_sql(GONE_OF, values):
                self._held[scope, kind, record_id] = Gone(*rest)

    def _write_scope(self, scope: Scope, head: Head, changes: Mapping[Key, Row | Gone]) -> ScopeMove:
        mine = sorted((key for key in changes if key[0] == scope), key=lambda key: _PLACE[key[1]])
        seqs = {key: head.seq + i for i, key in enumerate(mine, 1)}
        drop = [record_hash(k[1], k[2], old.seq) for k in mine if isinstance(old := self._held[k], Row)]
        add = [record_hash(k[1], k[2], seqs[k]) for k in mine if isinstance(changes[k], Row)]
        self._write_live(scope, mine, changes, seqs)
        self._write_gone(scope, mine, changes, seqs)
        for key in mine:
            self._held[key] = _placed(changes[key], seqs[key])
        after = Head(
            head.epoch,
            head.seq + len(mine),
            head.n_live + len(add) - len(drop),
            shift(head.digest, add=add, drop=drop),
        )
        move_head(self.connection, scope, after)
        return ScopeMove(scope, head.epoch, head.seq, after.seq, after.digest, after.n_live)

    def _write_live(
        self, scope: Scope, keys: list[Key], changes: Mapping[Key, Row | Gone], seqs: Mapping[Key, int]
    ) -> None:
        # New rows are inserted plainly: should another writer have made the same id since we looked, the
        # transaction fails and begins again with that row before its eyes, instead of overwriting it.
        batches: dict[tuple[str, bool], list[dict[str, Any]]] = defaultdict(list)
        for key in keys:
            row = changes[key]
            if isinstance(row, Row):
                known = isinstance(self._held[key], Row)
                batches[key[1], known].append(write_row(key[1], key[2], row, seqs[key]))
        for (kind, known), rows in batches.items():
            sql = KIND_SQL[kind]
            values = {"store": scope_store_id(scope), "rows": msgspec.json.encode(rows).decode()}
            self.connection.exec_driver_sql(sql.update if known else sql.insert, values)

    def _write_gone(
        self, scope: Scope, keys: list[Key], changes: Mapping[Key, Row | Gone], seqs: Mapping[Key, int]
    ) -> None:
        ended = [(key, after) for key in keys if isinstance(after := changes[key], Gone)]
        if not ended:
            return
        store = scope_store_id(scope)
        ids: dict[str, list[str]] = defaultdict(list)
        for key, _ in ended:
            ids[key[1]].append(key[2])
        for kind, some in ids.items():
            self.connection.exec_driver_sql(KIND_SQL[kind].delete, {"store": store, "ids": text_array(some)})
        marks = [
            {
                "kind": key[1],
                "id": key[2],
                "seq": seqs[key],
                "mark": after.mark,
                "at_ms": after.at_ms,
                "to_store": after.to_store,
            }
            for key, after in ended
        ]
        values = {"store": store, "rows": msgspec.json.encode(marks).decode()}
        self.connection.exec_driver_sql(GONE_WRITE, values)


def in_transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Run `work` in one transaction and commit; begin again if it fell victim to a concurrent one.

    After four attempts, or when it waited long in vain, the error is raised.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as e:
            again = is_transient(e) or isinstance(e.orig, UniqueViolation)
            if attempt == _ATTEMPTS or not again or is_worn_out(e):
                raise
    raise AssertionError("unreachable")


def write_all(engine: Engine, now_ms: int, records: Iterable[tuple[Key, Mapping[str, Any]]]) -> int:
    """Write any number of whole records in transactions of at most MAX_ROWS, in the given order; returns how many.

    After more than one transaction the planner is told what the tables now hold, without waiting for autovacuum.
    """
    count = 0
    kinds: set[str] = set()
    chunk: list[tuple[Key, Mapping[str, Any]]] = []

    def write(connection: Connection) -> None:
        writer = FeedWriter(connection, now_ms)
        for key, data in chunk:
            writer.put(key, data)
        writer.flush()

    for record in records:
        chunk.append(record)
        kinds.add(record[0][1])
        if len(chunk) == MAX_ROWS:
            in_transaction(engine, write)
            count, chunk = count + len(chunk), []
    if chunk:
        in_transaction(engine, write)
    if count:
        with engine.begin() as connection:
            for kind in sorted(kinds):
                connection.exec_driver_sql(f'ANALYZE "{kind}"')
    return count + len(chunk)


def _order(group: tuple[Scope, str]) -> tuple[str, int]:
    return scope_store_id(group[0]), _PLACE[group[1]]


def _same(before: Row | Gone | None, after: Row | Gone) -> bool:
    if isinstance(after, Gone):
        # What never was, or is gone already, need not end; but it can be sent on, and what left can end for good.
        was = before.mark if isinstance(before, Gone) else None
        return not isinstance(before, Row) and (was, after.mark) not in ((None, "l"), ("l", "x"))
    return isinstance(before, Row) and before.data == after.data and before.stamps == after.stamps


def _placed(after: Row | Gone, seq: int) -> Row | Gone:
    return msgspec.structs.replace(after, seq=seq)
