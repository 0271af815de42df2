"""The unit of work: the only way in which anything on this PC changes a synced record.

Every write lands in the record's table and in the outbox in one transaction, so that what is shown and what will be
sent can never differ. Rows are gathered and written in bulk before anything is read and before the commit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from typing import Any

import msgspec
from sqlalchemy import Connection, Delete, Insert, Update

from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.ids import IdMaker
from guide_app.base.phrase import Phrase
from guide_app.protocol.hlc import HybridClock
from guide_app.protocol.kinds import COMMANDS, KINDS, Kind
from guide_app.protocol.messages import Mutation, Op
from guide_app.protocol.misfit import misfit
from guide_app.protocol.problems import PROBLEMS
from guide_app.protocol.ways_out import WAYS_OUT
from guide_app.store import outbox
from guide_app.store.codec import CODECS, KindCodec, Stored, encode_json
from guide_app.store.device import Device, enrolled_device, read_device, save_counters
from guide_app.store.gate import WriteGate
from guide_app.store.hooks import SearchIndex, Words
from guide_app.store.overlay import Effect, Step, view_of
from guide_app.store.tables import COUPON_HOLD, EXTERNAL_ASK, PHOTO, PRINT_JOB, REVEAL, SETTING, TABLES

_FLUSH_ROWS = 5_000


class UnitOfWork:
    """One transaction's changes. Made by `Database.change`; not to be kept beyond it."""

    def __init__(
        self,
        conn: Connection,
        *,
        clock: Clock,
        ids: IdMaker,
        gate: WriteGate,
        search: SearchIndex,
        aside: Executor,
        by: str | None,
    ) -> None:
        self._raw = conn
        self._ids = ids
        self._gate = gate
        self._search = search
        self._device: Device = read_device(conn)
        offset = self._device.offset_ms
        self._hlc = HybridClock(lambda: clock.now_ms() + offset, self._device.tag, self._device.last_stamp)
        self._mid = self._device.last_mid
        self._rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self._queue: list[tuple[Any, ...]] = []
        self._owners: set[str] = set()
        self._unfollowed: dict[str, set[str]] = defaultdict(set)
        self._added: dict[str, Words] = {}
        self._aside = aside
        self._following: Future[None] | None = None
        self.by = by
        self.now_ms = clock.now_ms() + offset
        self.touched: dict[str, set[str]] = defaultdict(set)

    @property
    def conn(self) -> Connection:
        """For reads, which see everything written so far; writing through it raises RuntimeError."""
        self._flush()
        return self._conn

    @property
    def _conn(self) -> Connection:
        """The connection, once nobody else is at it."""
        self.settle()
        return self._raw

    def new_id(self) -> str:
        """A fresh record id."""
        return self._ids()

    def put(
        self, kind: str, data: Mapping[str, Any], *, id: str | None = None, store_id: str | None = None  # noqa: A002
    ) -> str:  # fmt: skip
        """Write a new record; returns its id. `store_id` defaults to this PC's own store.

        Raises InvalidInputError if a field is unknown, missing, of a wrong type or not a device's to write, or if there
        is a record with this id; NotEnrolledError before enrolment.
        """
        codec = _codec(kind)
        fields = codec.plain(data)
        _check_writable(codec.kind, fields)
        for name in codec.kind.required:
            if fields.get(name) in (None, ""):
                raise InvalidInputError(
                    "record.invalid", "{kind} 缺少字段 {name}。", "请填写后再保存。", kind=kind, name=name
                )
        record_id = id or self._ids()
        if id is not None and codec.read(self.conn, id) is not None:
            raise InvalidInputError("record.exists", "已有编号为 {id} 的 {kind}。", "请换一个编号。", id=id, kind=kind)
        store = store_id or self._own_store()
        row = _pack(codec, record_id, store, fields, None)
        self._enqueue("put", kind, record_id, store=store, data=fields)
        self._rows[kind].append(row)
        if id is None and (words := self._search.words(kind, fields)) is not None:
            self._added[record_id] = words
            self.touched[kind].add(record_id)
        else:
            self._touch(kind, record_id)
        return record_id

    def patch(self, kind: str, id: str, changes: Mapping[str, Any]) -> bool:  # noqa: A002 - the record's word for it
        """Change fields of a record; only those that differ are kept and sent. Returns whether anything changed.

        Raises NotFoundError; InvalidInputError as `put` does, for kinds that are never edited, and for a step back on a
        field that only moves forward.
        """
        codec = _codec(kind)
        fields = codec.plain(changes)
        _check_writable(codec.kind, fields)
        if codec.kind.policy != "fields":
            raise _refusal("record.immutable")
        held = self._held(codec, id)
        changed = {name: value for name, value in fields.items() if held.data.get(name) != value}
        if not changed:
            return False
        stamp = self._hlc.tick()
        after = view_of(codec.kind, held.data, [Step("patch", changed, stamp)])
        if after is None or any(after.get(name) != value for name, value in changed.items()):
            raise InvalidInputError("record.invalid", "{kind} 不能退回到以前的状态。", "请另建一条新的。", kind=kind)
        row = _pack(codec, id, held.store_id, after, held.seq)
        self._keep_base(codec, held)
        self._enqueue("patch", kind, id, store=held.store_id, data=changed, stamp=stamp)
        self._rows[kind].append(row)
        self._touch(kind, id)
        return True

    def remove(self, kind: str, id: str) -> None:  # noqa: A002 - the record's word for it
        """Take an element out of a set. Raises NotFoundError; InvalidInputError for kinds that are never removed."""
        codec = _codec(kind)
        if codec.kind.policy != "set":
            raise _refusal("record.immutable")
        held = self._held(codec, id)
        self._owners.update(self._search.owners(self._conn, kind, [id]))
        self._keep_base(codec, held)
        self._enqueue("remove", kind, id, store=held.store_id, data={})
        with self._gate.opened():
            codec.delete(self._conn, [id])
        self._touch(kind, id)

    def command(self, name: str, id: str, params: Mapping[str, Any], effects: Sequence[Effect]) -> None:  # noqa: A002
        """Ask head office for a deed about record `id`; `effects` are shown until it has answered.

        Raises InvalidInputError if an effect does not fit its kind, ValueError for an unknown command.
        """
        if name not in COMMANDS:
            raise ValueError(f"unknown command {name}")
        about = CODECS[COMMANDS[name]].read(self.conn, id, self._own_store())
        store = self._own_store() if about is None else about.store_id
        for effect in effects:
            self._predict(effect, store)
        self._enqueue("command", name, id, store=store, data=params, effects=effects)

    def execute_local(self, statement: Insert | Update | Delete) -> int:
        """Write a table that is not synced; returns the number of rows. Raises ValueError for a synced table."""
        table = statement.table.name if hasattr(statement.table, "name") else ""
        if table not in (COUPON_HOLD.name, EXTERNAL_ASK.name, PHOTO.name, PRINT_JOB.name, SETTING.name, REVEAL.name):
            raise ValueError(f"{table or statement.table} is not a local table")
        with self._gate.opened():
            return self._conn.execute(statement).rowcount

    def save_setting(self, key: str, value: str) -> None:
        """Remember a setting of this PC."""
        with self._gate.opened():
            self._conn.exec_driver_sql(
                "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def log_reveal(self, client_id: str, guide_id: str, what: str) -> None:
        """Note that `guide_id` looked at `what` (`phone`) of a client in clear, now."""
        with self._gate.opened():
            self._conn.exec_driver_sql(
                "INSERT INTO reveal (guide_id, client_id, what, at) VALUES (?, ?, ?, ?)",
                (guide_id, client_id, what, self.now_ms),
            )

    def discard(self, mid: int) -> None:
        """Give up a refused change (放弃): it leaves the list, and goes after thirty days. Raises NotFoundError."""
        with self._gate.opened():
            done = self._conn.exec_driver_sql(
                "UPDATE outbox SET state = 'acked', acked_at = ? WHERE mid = ? AND state = 'parked'",
                (self.now_ms, mid),
            ).rowcount
        if not done:
            raise NotFoundError(
                "outbox.unknown", "没有编号为 {id} 的未能上交的修改。", "guide parked list 列出编号。", id=mid
            )
        self.touched["outbox"].add(str(mid))

    def mark_seen(self, mids: Sequence[int]) -> None:
        """Note that the guide has looked at these results."""
        with self._gate.opened():
            self._conn.exec_driver_sql(
                "UPDATE result SET seen_at = ? WHERE seen_at IS NULL AND mid IN (SELECT value FROM json_each(?))",
                (self.now_ms, encode_json(list(mids)).decode()),
            )
        self.touched["outbox"].update(map(str, mids))

    def settle(self) -> None:
        """Wait for what is written aside; raises what went wrong there. The last step before a rollback too."""
        following, self._following = self._following, None
        if following is not None:
            following.result()

    def finish(self) -> None:
        """Write what is gathered, the counters, and what is derived; the last step before the commit."""
        self._flush()
        with self._gate.opened():
            if self._mid != self._device.last_mid:
                save_counters(self._conn, self._mid, self._hlc.tick())
        self._follow()()
        with self._gate.opened():
            if self._owners:
                self._search.refresh(self._conn, sorted(self._owners))

    def _own_store(self) -> str:
        store = self._device.store_id
        if store is None:
            store = enrolled_device(self._conn).store_id
        return store or ""

    def _held(self, codec: KindCodec, record_id: str) -> Stored:
        held = codec.read(self.conn, record_id)
        if held is None:
            raise NotFoundError(
                "record.unknown", "没有编号为 {id} 的 {kind}。", "请核对编号。", id=record_id, kind=codec.kind.name
            )
        return held

    def _keep_base(self, codec: KindCodec, held: Stored) -> None:
        """Set the office's version aside before the first waiting change; later ones find it there."""
        if held.seq is None:
            return
        with self._gate.opened():
            self._conn.exec_driver_sql(
                "INSERT INTO base (kind, id, store_id, seq, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (codec.kind.name, held.id, held.store_id, held.seq, encode_json(held.data).decode()),
            )

    def _predict(self, effect: Effect, store: str) -> None:
        codec = _codec(effect.kind)
        held = codec.read(self.conn, effect.id, store)
        step = Step(effect.op, codec.plain(effect.data), "", predicted=True)
        after = view_of(codec.kind, None if held is None else held.data, [step])
        if held is not None:
            self._keep_base(codec, held)
        self._touch(effect.kind, effect.id)
        if after is not None:
            seq = None if held is None else held.seq
            self._rows[effect.kind].append(_pack(codec, effect.id, held.store_id if held else store, after, seq))
        elif held is not None:
            self._owners.update(self._search.owners(self._conn, effect.kind, [effect.id]))
            with self._gate.opened():
                codec.delete(self._conn, [effect.id])

    def _enqueue(
        self, op: Op, kind: str, record_id: str, *, store: str, data: Mapping[str, Any],
        effects: Sequence[Effect] = (), stamp: str = "",
    ) -> None:  # fmt: skip
        self._mid += 1
        group = self._device.last_mid + 1
        mutation = Mutation(
            self._mid, op, kind, record_id, store, stamp or self._hlc.tick(), dict(data), self.by, group
        )
        self._queue.append(outbox.row_of(mutation, effects, self.now_ms))
        if len(self._queue) >= _FLUSH_ROWS:
            self._flush()
            # While the rows are still in SQLite's cache, and while the next ones are made: it is SQLite's work mostly,
            # which leaves the interpreter alone. What changes once more is followed once more.
            self._following = self._aside.submit(self._follow())

    def _touch(self, kind: str, record_id: str) -> None:
        self.touched[kind].add(record_id)
        self._unfollowed[kind].add(record_id)

    def _follow(self) -> Callable[[], None]:
        """What brings all that is derived up to date with the rows as they are written."""
        changed, self._unfollowed = self._unfollowed, defaultdict(set)
        added, self._added = self._added, {}

        def work() -> None:
            with self._gate.opened():
                if added:
                    self._search.added(self._raw, added)
                for kind, ids in changed.items():
                    self._search.changed(self._raw, kind, sorted(ids))

        return work

    def _flush(self) -> None:
        self.settle()
        if not self._rows and not self._queue:
            return
        rows, self._rows = self._rows, defaultdict(list)
        queue, self._queue = self._queue, []
        with self._gate.opened():
            for kind, packed in rows.items():
                CODECS[kind].write(self._conn, packed)
            outbox.append(self._conn, queue)


def _codec(kind: str) -> KindCodec:
    if kind not in TABLES:
        raise ValueError(f"unknown kind {kind}; known: {', '.join(KINDS)}")
    return CODECS[kind]


def _check_writable(kind: Kind, data: Mapping[str, Any]) -> None:
    if kind.policy == "office":
        raise _refusal("kind.office_only")
    if not kind.device_fields.issuperset(data):
        names = ", ".join(sorted(data.keys() - kind.device_fields))
        raise InvalidInputError(
            "field.office_only", "{kind} 的字段 {names} 不能在这里修改。", "请核对字段名。", kind=kind.name, names=names
        )


def _pack(codec: KindCodec, record_id: str, store_id: str, data: Mapping[str, Any], seq: int | None) -> tuple[Any, ...]:
    try:
        return codec.pack(record_id, store_id, data, seq)
    except msgspec.ValidationError as e:
        raise InvalidInputError("record.invalid", misfit(codec.kind.struct, data), "请改正后再保存。") from e


def _refusal(code: str) -> InvalidInputError:
    return InvalidInputError(code, Phrase(PROBLEMS[code].sentence), Phrase(WAYS_OUT[code]))
