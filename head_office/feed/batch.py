"""One push at work: gather the records under lock, decide by pure rules in order, write once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

import msgspec

from guide_app.base.ids import is_id
from guide_app.protocol.kinds import COMMANDS
from guide_app.protocol.merge import State, Status
from guide_app.protocol.messages import Frame, Mutation, Result, ScopeMove
from guide_app.protocol.scopes import store_scope
from head_office.feed.about import client_of
from head_office.feed.brief import in_brief
from head_office.feed.decide import Counted, Refusal, holds_nul, judge, refusal
from head_office.feed.place import Sender
from head_office.feed.results import Settled, recall
from head_office.feed.route import Left, Routed, Router
from head_office.feed.rows import Gone, Key, Row
from head_office.feed.rules import Commanded, PushRules
from head_office.feed.write import FeedWriter


class Batch:
    """Mutations of one device in one transaction: `gather`, then `apply` once; `settled` is what became of them."""

    def __init__(self, writer: FeedWriter, sender: Sender, rules: PushRules) -> None:
        self._writer = writer
        self._sender = sender
        self._rules = rules
        self._router = Router(writer, rules.erased)
        self._refused: dict[int, Refusal] = {}
        self._touched: dict[Key, None] = {}
        self._recalled: list[Result] = []
        self.settled: list[Settled] = []
        self.followed: list[tuple[Left, bool]] = []
        self.moves: tuple[ScopeMove, ...] = ()
        self.erased: frozenset[str] = frozenset()

    @property
    def results(self) -> list[Result]:
        """What there is to say to the device, in order; of what was plainly applied nothing."""
        said = [*self._recalled, *(one.result for one in self.settled)]
        return [result for result in said if result.status != "applied" or result.detail]

    def gather(self, known: Sequence[Mutation], fresh: Sequence[Counted]) -> None:
        """Lock all records the batch is about, in few statements whatever its size; `known` were settled earlier."""
        judged = [one.mutation for one in fresh]
        mutations = [*known, *judged]
        nul = holds_nul([mutation.data for mutation in mutations])
        for mutation in mutations:
            refused = self._refusal(mutation, nul=nul)
            if refused is not None:
                self._refused[mutation.mid] = refused
            elif mutation.op != "command":
                self._touched[_key(mutation)] = None
        open_ones = [mutation for mutation in judged if mutation.mid not in self._refused]
        self._router.lock(open_ones, self._touched)
        self._writer.load(self._touched)
        self._router.look(self._touched)
        if known:
            self._recall(known)

    def _recall(self, known: Sequence[Mutation]) -> None:
        for result, keys in recall(self._writer.connection, self._sender, known[0].mid, known[-1].mid):
            self._recalled.append(result)
            self._touched.update(dict.fromkeys(keys))
        self._writer.load(self._touched)

    def apply(self, fresh: Sequence[Counted]) -> None:
        """Decide each mutation in order upon what the earlier ones left, then write all at once."""
        changed: dict[str, dict[Key, None]] = defaultdict(dict)
        for counted in fresh:
            routed = self._route(counted.mutation)
            note = f"{counted.note}; {routed.note}" if counted.note and routed.note else counted.note or routed.note
            if routed.refused is not None:
                self._settle(counted.mutation, Result(counted.mutation.mid, "rejected"), routed.refused)
            elif routed.mutation.op == "command":
                self._command(routed.mutation, note)
            else:
                key = _key(routed.mutation)
                if self._record(key, routed.mutation, note):
                    changed[key[1]][key] = None
            if routed.left is not None:
                taken = self._was_taken(counted.mutation.mid)
                self.followed.append((routed.left, taken))
                if taken:
                    self._send_on(counted.mutation, routed)
        for kind, keys in changed.items():
            if kind in self._rules.arrivals:
                self._rules.arrivals[kind](self._writer, list(keys))
        self._let_go_of_the_erased()
        written = self._writer.flush()
        self._touched.update(dict.fromkeys(written.held))
        self.moves = written.moves
        self.erased = frozenset(key[2] for key, held in written.held.items() if _is_erased_client(key, held))

    def frames(self, sent: Mapping[Key, Mutation | None]) -> list[Frame]:
        """The records of the batch as they stand, as far as the device may see them; of `sent` (`sent_by`) in brief."""
        seen = [
            (key[0], held.seq, key, held)
            for key in self._touched
            if key[0] in self._sender.granted and (held := self._writer.held(key))
        ]
        seen.sort(key=itemgetter(0, 1))
        return [in_brief(key, held, sent.get(key)) for _, _, key, held in seen]

    def _refusal(self, mutation: Mutation, *, nul: bool) -> Refusal | None:
        refused = refusal(mutation, self._sender.granted, self._sender.ended, nul=nul)
        if refused is None and mutation.op == "command" and mutation.kind not in self._rules.commands:
            return Refusal("kind.unknown", mutation.kind)
        return refused

    def _route(self, mutation: Mutation) -> Routed:
        refused = self._refused.get(mutation.mid)
        return Routed(mutation, refused) if refused is not None else self._router.route(mutation)

    def _send_on(self, sent: Mutation, routed: Routed) -> None:
        """Let a new record that went after its client be one that left, for all who may still write about it."""
        kind = COMMANDS[sent.kind] if sent.op == "command" else sent.kind
        key: Key = (store_scope(sent.store), kind, sent.id)
        if routed.left is not None and self._writer.held(key) is None:
            self._writer.send_on(key, routed.mutation.store, routed.left.at_ms)
            self._touched[key] = None

    def _was_taken(self, mid: int) -> bool:
        return not any(one.result.mid == mid and one.result.status == "rejected" for one in self.settled[-1:])

    def _record(self, key: Key, mutation: Mutation, note: str) -> bool:
        """Judge an edit of a record; returns whether it changed anything."""
        verdict = judge(mutation, _state(self._writer.held(key)))
        outcome = verdict.outcome
        if outcome.status == "rejected":
            self._settle(mutation, Result(mutation.mid, "rejected"), Refusal(outcome.code, verdict.detail))
            return False
        if outcome.status != "applied" or note:
            result = Result(mutation.mid, outcome.status, detail=note, lost=dict(outcome.lost))
            self._settle(mutation, result, touched=(key,) if note else ())
        if outcome.status == "duplicate" or outcome.state is None:
            return False
        if outcome.state.gone:
            self._writer.remove(key)
        else:
            self._writer.put(key, outcome.state.data, outcome.state.stamps)
        return outcome.changed

    def _command(self, mutation: Mutation, note: str) -> None:
        done = self._rules.commands[mutation.kind](self._writer, mutation)
        self._touched.update(dict.fromkeys(done.touched))
        result = Result(mutation.mid, _status(done), detail=note, lost=dict(done.lost))
        self._settle(mutation, result, done.refused, done.touched)

    def _settle(
        self, mutation: Mutation, result: Result, why: Refusal | None = None, touched: tuple[Key, ...] = ()
    ) -> None:
        if why is not None:
            result = msgspec.structs.replace(result, code=why.code, detail=why.detail)
        self.settled.append(Settled(mutation, result, touched, self._client_of(mutation)))

    def _let_go_of_the_erased(self) -> None:
        """Mark what was refused about the erased, also what a void carries: no word of it may be kept."""
        clients: dict[str, set[str]] = defaultdict(set)
        for one in self.settled:
            if one.result.status == "rejected" and is_id(one.mutation.store):
                clients[one.mutation.store].update(filter(is_id, one.clients))
        connection = self._writer.connection
        erased = {(store, i) for store, ids in clients.items() for i in self._rules.erased(connection, store, ids)}
        self.settled = [
            replace(one, may_keep=False)
            if one.result.code == "record.gone" or any((one.mutation.store, i) in erased for i in one.clients)
            else one
            for one in self.settled
        ]

    def _client_of(self, mutation: Mutation) -> str:
        """Whom the mutation is about: by its own words, or by the record that it edits."""
        if said := client_of(mutation):
            return said
        if mutation.mid in self._refused or mutation.op == "command":
            return ""
        held = self._writer.held(_key(mutation))
        client_id = held.data.get("client_id") if isinstance(held, Row) else None
        return client_id if isinstance(client_id, str) else ""


def _status(done: Commanded) -> Status:
    if done.refused:
        return "rejected"
    return "merged" if done.lost else "duplicate" if done.duplicate else "applied"


def _is_erased_client(key: Key, held: Row | Gone) -> bool:
    return key[1] == "client" and isinstance(held, Gone) and held.mark == "x"


def _key(mutation: Mutation) -> Key:
    return store_scope(mutation.store), mutation.kind, mutation.id


def _state(held: Row | Gone | None) -> State | None:
    if held is None:
        return None
    return State(gone=True) if isinstance(held, Gone) else State(held.data, held.stamps)
