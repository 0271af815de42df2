"""Hands in waiting changes, batch by batch, and stores each answer with all it settles in one transaction.

While one answer is being stored the office works on the next batch: they take about as long.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
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
    SentFrame,
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
class _Batch:
    """Changes to send and the chain before them. `more` wait behind them; `coming` is the answer, if it is awaited."""

    sent: list[Mutation]
    after: Chain
    more: bool = False
    coming: Future[tuple[Pushed, plan.Offset]] | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the office said to changes, and the chain after each of them as it is known here."""

    sent: list[Mutation]
    chains: list[tuple[int, Chain]]
    pushed: Pushed
    offset: plan.Offset

    @property
    def behind(self) -> bool:
        """Whether the office has judged later changes too, of which the answer was lost."""
        return self.pushed.last_mid > self.sent[-1].mid

    @property
    def tame(self) -> bool:
        """Whether to store it leaves alone what waits behind: nothing has ended, nothing was refused."""
        stand = all(isinstance(frame, RecordFrame | SentFrame) for frame in self.pushed.records)
        return stand and all(result.status != "rejected" for result in self.pushed.results)

    @property
    def settles_all(self) -> bool:
        """Whether the office stands exactly where this PC takes it to stand."""
        return (self.pushed.last_mid, self.pushed.chain) == self.chains[-1]


class PushRound:
    """Pushes until nothing waits. Counts what it did.

    A number that the office may know goes out with the same content until it is settled, or the office would take this
    PC for two copies. So what may blank waiting changes (an answer that is not `tame`) is stored only when nothing
    else is on its way, and together with the answers to all that the office had taken beyond it.
    """

    def __init__(
        self, db: Database, office: Office, progress: Callable[[Progress], None], most: int = MAX_BATCH
    ) -> None:
        self._db = db
        self._office = office
        self._progress = progress
        self._most = self._limit = most
        self._healed: set[int] = set()
        self.pushed = 0
        self.rejected = 0
        self.merged = 0

    def run(self) -> None:
        """Push everything. Raises what the office's answers raise; what was answered before stays settled."""
        batch = self._next()
        if batch is None:
            return
        total = self._db.query(outbox.n_waiting)
        with ThreadPoolExecutor(1, "push-ahead") as line:
            while batch is not None:
                following = self._step(batch, line)
                self._progress(Progress("push", self.pushed, max(total, self.pushed)))
                batch = following or self._next()

    def _next(self, after: int = 0) -> _Batch | None:
        """The changes to send after number `after`."""

        def read(conn: Connection) -> _Batch | None:
            waiting = outbox.waiting(conn, self._limit + 1, after)
            if not waiting:
                return None
            sent = plan.batch(waiting, self._limit)
            return _Batch(sent, outbox.chain_at(conn, sent[0].mid - 1), len(waiting) > len(sent))

        return self._db.query(read)

    def _step(self, batch: _Batch, line: Executor) -> _Batch | None:
        """Send a batch and store its answer; returns the next batch if it was sent meanwhile."""
        following = None
        if batch.more:
            batch = self._on_its_way(batch, line)
            following = self._next(batch.sent[-1].mid)  # read while the office works
        try:
            answers = self._answers(batch)
        except OfficeRefusedError as e:
            self._mend(e)
            return None
        only = answers[0]
        if following is not None and only.tame and only.settles_all and len(only.sent) == len(batch.sent):
            following = self._on_its_way(replace(following, after=only.pushed.chain), line)
        else:
            following = None
        self._store(answers)
        return following

    def _on_its_way(self, batch: _Batch, line: Executor) -> _Batch:
        coming = batch.coming or line.submit(self._office.push, batch.sent, batch.after)
        return replace(batch, coming=coming)

    def _answers(self, batch: _Batch) -> list[_Answer]:
        """The answer to a batch; with those to what the office took after it, if it may blank some of that."""
        answers = [self._send(batch)]
        while not all(answer.tame for answer in answers) and answers[-1].behind:
            last, here = answers[-1].chains[-1]
            later = self._next(last)
            if later is None:
                break  # the office has what was never sent from here
            answers.append(self._send(replace(later, after=here)))
        return answers

    def _mend(self, error: OfficeRefusedError) -> None:
        """Give an office that was restored what it lost. Raises `error` if it is no such case."""
        if error.code == "device.forked":
            raise forked() from error
        last = error.problem.extra.get("last_mid", error.problem.extra.get("last"))
        if error.code != "mutation.gap" or not isinstance(last, int) or last in self._healed:
            raise error
        self._healed.add(last)
        heal(self._db, last)

    def _send(self, batch: _Batch) -> _Answer:
        """Send a batch. One that makes the office fail twice is halved until the culprit stands alone and is parked.

        It is to blame if the office fails at it, answers an empty push, and fails at it again.
        """
        sent, after, coming = batch.sent, batch.after, batch.coming
        failed = 0
        while True:
            try:
                pushed, offset = self._office.push(sent, after) if coming is None else coming.result()
            except OfficeBusyError as e:
                if e.status != _INTERNAL:
                    raise
                failed, coming = failed + 1, None
                if failed < _TRIES:
                    continue
                self._office.push([], "")  # raises if the office fails whatever it is sent: then no change is to blame
                if len(sent) > 1:
                    self._limit = max(1, len(sent) // 2)
                    return self._send(_Batch(sent[: self._limit], after))
                if failed == _TRIES:  # a line that broke twice and then held would look the same: once more
                    continue
                if sent[0].op == "void" and not sent[0].data:
                    raise
                self._limit = 1
                return self._send(_Batch(self._pass_over(sent[0]), after))
            if pushed.last_mid < sent[0].mid:
                raise SyncStuckError("mutation.gap", "总部没有收下上传的修改, 也没有说明原因。", "请联系总部信息部门。")
            self._limit = min(self._most, self._limit * 2)
            return _Answer(sent, _chains_over(after, sent), pushed, offset)

    def _pass_over(self, mutation: Mutation) -> list[Mutation]:
        """Have a void sent for a change that the office cannot digest; with its content for staff, if it may be.

        Noted before it is sent: if the answer is lost, the same goes out again.
        """
        self._db.apply(lambda applier: outbox.pass_over(applier.conn, mutation.mid, bare=mutation.op == "void"))
        return self._db.query(lambda conn: outbox.waiting(conn, 1, mutation.mid - 1))

    def _store(self, answers: Sequence[_Answer]) -> None:
        """Store answers and all that they settle in one transaction, once all of them are found to be about ours."""

        def work(applier: Applier) -> int:
            device = read_device(applier.conn)
            if any(answer.pushed.last_mid > device.last_mid for answer in answers):
                raise forked()
            agreed = [_agreed(applier.conn, answer) for answer in answers]
            return sum(
                _settle(applier, answer, chains, device.scopes) for answer, chains in zip(answers, agreed, strict=True)
            )

        self.rejected += self._db.apply(work)
        for answer in answers:
            self.pushed += len(answer.sent)
            self.merged += sum(result.status == "merged" and bool(result.lost) for result in _results(answer))


def _settle(applier: Applier, answer: _Answer, chains: list[tuple[int, Chain]], scopes: Collection[Scope]) -> int:
    """Store one answer; returns how many changes it refused."""
    pushed, results = answer.pushed, _results(answer)
    last = min(pushed.last_mid, answer.sent[-1].mid)
    settled = outbox.settle(applier.conn, last, results, pushed.server_ms or applier.now_ms)
    outbox.chain_settled(applier.conn, chains)
    records = plan.in_full(pushed.records, answer.sent)
    applier.apply(f for f in records if _concerns(f, scopes))
    applier.apply(_erased(applier.conn, answer.sent, results))
    applier.lay_over(sorted(settled.records))
    applier.purged |= outbox.forget_absent(applier.conn, settled.records)
    for move in pushed.moves:
        cursors.move(applier.conn, move, applier.now_ms)
    note_contact(applier, OfficeTime(pushed.server_ms, answer.offset))
    return settled.n_parked


def _results(answer: _Answer) -> list[Result]:
    """What is said of the changes that were sent."""
    sent = {mutation.mid for mutation in answer.sent}
    return [result for result in answer.pushed.results if result.mid in sent]


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


def _chains_over(before: Chain, sent: Sequence[Mutation]) -> list[tuple[int, Chain]]:
    """The chain after each change, by number; empty where the one before the first is not known."""
    chains: list[tuple[int, Chain]] = []
    for mutation in sent:
        before = chain(before, mutation) if before else ""
        chains.append((mutation.mid, before))
    return chains


def _agreed(conn: Connection, answer: _Answer) -> list[tuple[int, Chain]]:
    """The chain after each change that was sent. Raises SyncStuckError if the office took other changes than ours.

    A past that is no longer known here is the office's word from now on.
    """
    pushed, (last, here) = answer.pushed, answer.chains[-1]
    if answer.behind and here:
        here = chain_over(here, outbox.between(conn, last, pushed.last_mid))
    if here and pushed.chain and here != pushed.chain:
        raise forked()
    if not here and pushed.last_mid == last:
        return [*answer.chains[:-1], (last, pushed.chain)]
    return answer.chains
