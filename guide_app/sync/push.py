"""Hands in waiting changes, batch by batch, and stores each answer with all it settles in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from sqlalchemy import Connection

from guide_app.protocol.chain import Chain, chain, chain_over
from guide_app.protocol.kinds import COMMANDS
from guide_app.protocol.messages import (
    MAX_BATCH,
    Frame,
    GoneFrame,
    LeaveFrame,
    Mutation,
    Pushed,
    RecordFrame,
    Result,
    ScopeMove,
)
from guide_app.protocol.scopes import Scope, store_scope
from guide_app.store import cursors, outbox
from guide_app.store.apply import Applier
from guide_app.store.codec import CODECS
from guide_app.store.database import Database
from guide_app.store.device import read_device
from guide_app.sync import plan
from guide_app.sync.contact import OfficeTime, note_contact
from guide_app.sync.errors import OfficeBusyError, OfficeRefusedError, SyncStuckError
from guide_app.sync.heal import forked, heal
from guide_app.sync.office import Office
from guide_app.sync.report import Progress

_INTERNAL = 500
_TRIES = 2


@dataclass(frozen=True, slots=True)
class _Answer:
    after: Chain
    sent: list[Mutation]
    pushed: Pushed
    offset: plan.Offset


class PushRound:
    """Pushes until nothing waits. Counts what it did."""

    def __init__(self, db: Database, office: Office, progress: Callable[[Progress], None]) -> None:
        self._db = db
        self._office = office
        self._progress = progress
        self._limit = MAX_BATCH
        self._healed: set[int] = set()
        self.pushed = 0
        self.rejected = 0
        self.merged = 0

    def run(self) -> None:
        """Push everything. Raises what the office's answers raise; what was answered before stays settled."""
        total = 0
        while waiting := self._db.query(lambda conn: outbox.waiting(conn, self._limit + 1)):
            total = total or self._db.query(outbox.n_waiting)
            self._step(plan.batch(waiting, self._limit))
            self._progress(Progress("push", self.pushed, max(total, self.pushed)))

    def _step(self, mutations: list[Mutation]) -> None:
        try:
            answer = self._send(mutations)
        except OfficeRefusedError as e:
            if e.code == "device.forked":
                raise forked() from e
            last = e.problem.extra.get("last_mid", e.problem.extra.get("last"))
            if e.code != "mutation.gap" or not isinstance(last, int) or last in self._healed:
                raise
            self._healed.add(last)
            heal(self._db, last)
            return
        if answer.pushed.last_mid < mutations[0].mid:
            raise SyncStuckError("mutation.gap", "总部没有收下上传的修改, 也没有说明原因。", "请联系总部信息部门。")
        self._store(answer)

    def _send(self, mutations: list[Mutation]) -> _Answer:
        """Send a batch. One that makes the office fail twice is halved until the culprit stands alone and is parked.

        It is to blame if the office fails at it, answers an empty push, and fails at it again.
        """
        after = self._db.query(lambda conn: outbox.chain_at(conn, mutations[0].mid - 1))
        failed = 0
        while True:
            try:
                pushed, offset = self._office.push(mutations, after)
            except OfficeBusyError as e:
                if e.status != _INTERNAL:
                    raise
                failed += 1
                if failed < _TRIES:
                    continue
                self._office.push([], "")  # raises if the office fails whatever it is sent: then no change is to blame
                if len(mutations) > 1:
                    self._limit = max(1, len(mutations) // 2)
                    return self._send(mutations[: self._limit])
                if failed == _TRIES:  # a line that broke twice and then held would look the same: once more
                    continue
                if mutations[0].op == "void" and not mutations[0].data:
                    raise
                self._limit = 1
                return self._send(self._pass_over(mutations[0]))
            self._limit = min(MAX_BATCH, self._limit * 2)
            return _Answer(after, mutations, pushed, offset)

    def _pass_over(self, mutation: Mutation) -> list[Mutation]:
        """Have a void sent for a change that the office cannot digest; with its content for staff, if it may be.

        Noted before it is sent: if the answer is lost, the same goes out again.
        """
        self._db.apply(lambda applier: outbox.pass_over(applier.conn, mutation.mid, bare=mutation.op == "void"))
        return self._db.query(lambda conn: outbox.waiting(conn, 1))

    def _store(self, answer: _Answer) -> None:
        pushed = answer.pushed
        sent = {mutation.mid for mutation in answer.sent}
        results = [result for result in pushed.results if result.mid in sent]

        def work(applier: Applier) -> int:
            device = read_device(applier.conn)
            if pushed.last_mid > device.last_mid:
                raise forked()
            chains = _chains(applier.conn, answer)
            last = min(pushed.last_mid, answer.sent[-1].mid)
            settled = outbox.settle(applier.conn, last, results, pushed.server_ms or applier.now_ms)
            outbox.chain_settled(applier.conn, chains)
            records = plan.in_full(pushed.records, answer.sent)
            applier.apply(f for f in records if _concerns(f, device.scopes))
            applier.apply(_erased(applier.conn, answer.sent, results))
            applier.lay_over(sorted(settled.records))
            applier.purged |= outbox.forget_absent(applier.conn, settled.records)
            for move in pushed.moves:
                _follow(applier, move)
            note_contact(applier, OfficeTime(pushed.server_ms, answer.offset))
            return settled.n_parked

        self.rejected += self._db.apply(work)
        self.pushed += len(answer.sent)
        self.merged += sum(result.status == "merged" and bool(result.lost) for result in results)


def _concerns(frame: Frame, scopes: Collection[Scope]) -> TypeGuard[RecordFrame | GoneFrame | LeaveFrame]:
    """Whether to take a frame over.

    A scope that was granted since the last pull is followed from the next one on. What was taken of it now would stay
    if the grant ended before that: the office tells the end of a scope to those who name it.
    """
    return isinstance(frame, GoneFrame | LeaveFrame) or (isinstance(frame, RecordFrame) and frame.scope in scopes)


def _erased(conn: Connection, sent: Sequence[Mutation], results: Sequence[Result]) -> list[GoneFrame]:
    """Clients that a refusal says are gone, as their tombstones would say it.

    Those may never come: this PC was away for longer than they last, or she had left its store before.
    """
    refused = {result.mid for result in results if result.code == "record.gone"}
    found: list[GoneFrame] = []
    for mutation in sent:
        about = COMMANDS.get(mutation.kind, mutation.kind) == "client"
        client = mutation.id if about else mutation.data.get("client_id") if mutation.op == "put" else None
        if mutation.mid in refused and isinstance(client, str):
            held = CODECS["client"].read(conn, client)
            found.append(GoneFrame(store_scope(mutation.store), "client", client, (held and held.seq) or 0))
    return found


def _follow(applier: Applier, move: ScopeMove) -> None:
    cursors.move(applier.conn, move, applier.now_ms)


def _chains(conn: Connection, answer: _Answer) -> list[tuple[int, Chain]]:
    """The chain after each change that was sent. Raises SyncStuckError if the office took other changes than ours.

    A past that is no longer known here is the office's word from now on.
    """
    chains: list[tuple[int, Chain]] = []
    here = answer.after
    for mutation in answer.sent:
        here = chain(here, mutation) if here else ""
        chains.append((mutation.mid, here))
    pushed = answer.pushed
    if pushed.last_mid > answer.sent[-1].mid:
        here = chain_over(here, outbox.between(conn, answer.sent[-1].mid, pushed.last_mid)) if here else ""
    if here and pushed.chain and here != pushed.chain:
        raise forked()
    if not here and pushed.last_mid == answer.sent[-1].mid:
        chains[-1] = (pushed.last_mid, pushed.chain)
    return chains
