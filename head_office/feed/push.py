"""Takes in what a device did: gather the records under lock, decide by pure rules, write once, answer.

All of it is one transaction with the device's own place in line (`last_mid`), so a batch counts exactly once however
often it is sent, and a replay is answered like the first time. Trade words join in by `PushRules`: commands they carry
out, and arrivals they react to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection

from guide_app.base.errors import GuideError
from guide_app.protocol.chain import EMPTY_CHAIN, Chain, chain_over
from guide_app.protocol.hlc import Stamp
from guide_app.protocol.merge import State
from guide_app.protocol.messages import Frame, Mutation, Push, Pushed, Result, ScopeMove
from guide_app.protocol.scopes import Scope, store_scope
from head_office.feed.decide import Refusal, judge, refusal
from head_office.feed.rows import Gone, Key, Row, frame_of
from head_office.feed.write import FeedWriter

_LOCK_DEVICE = (
    "SELECT last_mid, last_chain, last_effective, first_mid, moves FROM device"
    " WHERE store_id = %(store)s::uuid AND id = %(device)s::uuid FOR UPDATE"
)
_SETTLE_DEVICE = (
    "UPDATE device SET last_mid = %(last)s, last_chain = %(chain)s, last_effective = %(effective)s,"
    " first_mid = %(first)s, moves = %(moves)s::jsonb, last_contact_ms = %(now_ms)s"
    " WHERE store_id = %(store)s::uuid AND id = %(device)s::uuid"
)
_ERASED = (
    "SELECT id::text FROM gone WHERE store_id = %(store)s::uuid AND kind = 'client' AND mark = 'x'"
    " AND id = ANY(%(ids)s::uuid[])"
)
_RESULTS = (
    "SELECT mid, status, code, detail, lost, touched FROM push_result"
    " WHERE store_id = %(store)s::uuid AND device_id = %(device)s::uuid AND mid BETWEEN %(first)s AND %(last)s"
    " ORDER BY mid"
)
_KEEP_RESULTS = (
    "INSERT INTO push_result (store_id, device_id, mid, status, code, detail, lost, touched, at_ms)"
    " SELECT %(store)s::uuid, %(device)s::uuid, r.mid, r.status, r.code, r.detail, r.lost, r.touched, %(now_ms)s"
    " FROM jsonb_to_recordset(%(rows)s::jsonb)"
    " AS r(mid bigint, status text, code text, detail text, lost jsonb, touched jsonb)"
)


class MutationGapError(GuideError):
    """The batch does not follow what the office has; the device must begin at `last_mid` + 1."""

    def __init__(self, last: int) -> None:
        super().__init__("mutation.gap", f"总部已有第 {last} 号修改, 上传必须从第 {last + 1} 号开始。")
        self.last_mid = last


class ForkedError(GuideError):
    """Two copies of one PC write under its name: what this one sent before is not what the office has."""

    def __init__(self) -> None:
        super().__init__("device.forked", "这台电脑的数据曾被复制或恢复, 需要重新登记。")


@dataclass(frozen=True, slots=True)
class Sender:
    """The device that pushes, and the scopes it may touch."""

    store_id: str
    device_id: str
    granted: frozenset[Scope]


@dataclass(frozen=True, slots=True)
class Commanded:
    """What became of a command: refused for a reason or done, and the records it touched."""

    refused: Refusal | None = None
    touched: tuple[Key, ...] = ()
    duplicate: bool = False


Command = Callable[[FeedWriter, Mutation], Commanded]
Arrival = Callable[[FeedWriter, Sequence[Key]], None]


@dataclass(frozen=True, slots=True)
class PushRules:
    """Trade words' part in a push: `commands` by name; `arrivals` by kind, told of records that came or changed."""

    commands: Mapping[str, Command] = field(default_factory=dict)
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)


def push(connection: Connection, sender: Sender, message: Push, rules: PushRules, now_ms: int) -> Pushed:
    """Apply mutations with consecutive `mid`s; those the office has already change nothing. `now_ms` is UTC ms.

    Without mutations it only says where the office stands. Raises MutationGapError, ForkedError.
    """
    mutations = message.mutations
    place = _lock_device(connection, sender)
    fresh = [mutation for mutation in mutations if mutation.mid > place.last]
    if fresh and fresh[0].mid != place.last + 1:
        raise MutationGapError(place.last)
    chain = place.chain_after(message)
    batch = _Batch(FeedWriter(connection, now_ms), sender, rules)
    batch.gather(mutations)
    if len(fresh) < len(mutations):
        batch.recall(mutations[0].mid, place.last)
        replay = not fresh and (mutations[0].mid, mutations[-1].mid) == (place.first, place.last)
        batch.moves = place.moves if replay else ()
    if fresh:
        batch.apply(fresh)
        batch.keep(fresh, chain)
    return Pushed(
        last_mid=fresh[-1].mid if fresh else place.last,
        results=[result for result, _ in batch.results if result.status != "applied" or result.detail],
        records=batch.frames(),
        moves=[move for move in batch.moves if move.scope in sender.granted],
        server_ms=now_ms,
        chain=chain,
    )


class _Batch:
    """One push under way."""

    def __init__(self, writer: FeedWriter, sender: Sender, rules: PushRules) -> None:
        self.writer = writer
        self.sender = sender
        self.rules = rules
        self.results: list[tuple[Result, tuple[Key, ...]]] = []
        self.moves: tuple[ScopeMove, ...] = ()
        self._refused: dict[int, Refusal] = {}
        self._erased: set[Key] = set()
        self._touched: dict[Key, None] = {}

    def gather(self, mutations: Iterable[Mutation]) -> None:
        """Lock all records the batch is about, in one statement a kind."""
        for mutation in mutations:
            refused = refusal(mutation, self.sender.granted)
            if refused is not None:
                self._refused[mutation.mid] = refused
            elif mutation.op != "command":
                self._touched[_key(mutation)] = None
        self.writer.load(self._touched)
        self._erased = self._clients_erased(mutations)

    def recall(self, first: int, last: int) -> None:
        """Results of mutations settled earlier."""
        span = {"store": self.sender.store_id, "device": self.sender.device_id, "first": first, "last": last}
        for mid, status, code, detail, lost, touched in self.writer.connection.exec_driver_sql(_RESULTS, span):
            keys: tuple[Key, ...] = tuple((scope, kind, record_id) for scope, kind, record_id in touched)
            self.results.append((Result(mid, status, code, detail, lost), keys))
            self._touched.update(dict.fromkeys(keys))
        self.writer.load(self._touched)

    def apply(self, fresh: Sequence[Mutation]) -> None:
        """Decide each mutation in order upon what the earlier ones left, then write all at once."""
        changed: dict[str, dict[Key, None]] = defaultdict(dict)
        for mutation in fresh:
            refused = self._refused.get(mutation.mid)
            if refused is not None:
                self._reject(mutation, refused)
            elif mutation.op == "command":
                self._command(mutation)
            elif self._record(mutation):
                changed[mutation.kind][_key(mutation)] = None
        for kind, keys in changed.items():
            if kind in self.rules.arrivals:
                self.rules.arrivals[kind](self.writer, list(keys))
        written = self.writer.flush()
        self._touched.update(dict.fromkeys(written.held))
        self.moves = written.moves

    def keep(self, fresh: Sequence[Mutation], chain: Chain) -> None:
        """Store the device's new place and the results that a replay must repeat."""
        rows = [
            {**msgspec.structs.asdict(result), "touched": touched}
            for result, touched in self.results
            if result.mid >= fresh[0].mid
        ]
        whose = {"store": self.sender.store_id, "device": self.sender.device_id, "now_ms": self.writer.now_ms}
        if rows:
            self.writer.connection.exec_driver_sql(_KEEP_RESULTS, {**whose, "rows": _json(rows)})
        last = fresh[-1]
        place = {"last": last.mid, "chain": chain, "effective": last.stamp, "first": fresh[0].mid}
        place["moves"] = _json(self.moves)
        self.writer.connection.exec_driver_sql(_SETTLE_DEVICE, {**whose, **place})

    def frames(self) -> list[Frame]:
        """The records of the batch as they stand, as far as the device may see them."""
        seen = [
            (key, held) for key in self._touched if key[0] in self.sender.granted and (held := self.writer.held(key))
        ]
        return [frame_of(key, held) for key, held in sorted(seen, key=lambda one: (one[0][0], one[1].seq))]

    def _clients_erased(self, mutations: Iterable[Mutation]) -> set[Key]:
        """Those of the clients that the mutations are about whom the law has had erased."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for mutation in mutations:
            client = _client_of(mutation)
            if client is not None and mutation.mid not in self._refused:
                wanted[mutation.store].add(client)
        return {
            (store_scope(store), "client", row[0])
            for store, ids in wanted.items()
            for row in self.writer.connection.exec_driver_sql(_ERASED, {"store": store, "ids": sorted(ids)})
        }

    def _is_about_the_erased(self, mutation: Mutation) -> bool:
        client = _client_of(mutation)
        if client is None:
            return False
        key: Key = (store_scope(mutation.store), "client", client)
        return key in self._erased or isinstance(self.writer.staged().get(key), Gone)

    def _record(self, mutation: Mutation) -> bool:
        key = _key(mutation)
        if self._is_about_the_erased(mutation):
            self._reject(mutation, Refusal("record.gone", "client_id"))
            return False
        verdict = judge(mutation, _state(self.writer.held(key)), self.writer.now_ms)
        outcome = verdict.outcome
        if outcome.status == "rejected":
            self._reject(mutation, Refusal(outcome.code, verdict.detail))
            return False
        if outcome.status != "applied" or verdict.detail:
            result = Result(mutation.mid, outcome.status, detail=verdict.detail, lost=dict(outcome.lost))
            self.results.append((result, ()))
        if outcome.status == "duplicate" or outcome.state is None:
            return False
        if outcome.state.gone:
            self.writer.remove(key)
        else:
            self.writer.put(key, outcome.state.data, outcome.state.stamps)
        return outcome.changed

    def _command(self, mutation: Mutation) -> None:
        done = self.rules.commands[mutation.kind](self.writer, mutation)
        self._touched.update(dict.fromkeys(done.touched))
        if done.refused is not None:
            self._reject(mutation, done.refused, done.touched)
        else:
            result = Result(mutation.mid, "duplicate" if done.duplicate else "applied")
            self.results.append((result, done.touched))

    def _reject(self, mutation: Mutation, why: Refusal, touched: tuple[Key, ...] = ()) -> None:
        self.results.append((Result(mutation.mid, "rejected", why.code, why.detail), touched))


@dataclass(frozen=True, slots=True)
class _Place:
    """How far a device has come: its last mutation, the chain and the stamp it was counted with, and its batch."""

    last: int
    chain: Chain
    effective: Stamp
    first: int
    moves: tuple[ScopeMove, ...]

    def chain_after(self, message: Push) -> Chain:
        """The chain once `message` has been taken in. Raises ForkedError if the device's past is not the office's.

        A past that neither side knows any more (empty) is taken on trust.
        """
        mutations = message.mutations
        if not mutations:
            return self.chain
        known = [mutation for mutation in mutations if mutation.mid <= self.last]
        before = EMPTY_CHAIN if mutations[0].mid == 1 else message.after
        here = chain_over(before, known) if before else ""
        if len(known) == len(mutations) and mutations[-1].mid < self.last:
            return self.chain  # an old batch once more, that says nothing of where the office stands
        if here and self.chain and here != self.chain:
            raise ForkedError
        here = here or self.chain
        return chain_over(here, mutations[len(known) :]) if here else ""


def _lock_device(connection: Connection, sender: Sender) -> _Place:
    whose = {"store": sender.store_id, "device": sender.device_id}
    last, at_last, effective, first, moves = connection.exec_driver_sql(_LOCK_DEVICE, whose).one()
    return _Place(last, at_last, effective, first, tuple(ScopeMove(*move) for move in moves))


def _client_of(mutation: Mutation) -> str | None:
    client = mutation.data.get("client_id") if mutation.op in ("put", "patch") else None
    return client if isinstance(client, str) else None


def _key(mutation: Mutation) -> Key:
    return store_scope(mutation.store), mutation.kind, mutation.id


def _state(held: Row | Gone | None) -> State | None:
    if held is None:
        return None
    return State(gone=True) if isinstance(held, Gone) else State(held.data, held.stamps)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
