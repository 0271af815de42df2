"""The office itself: its own hands, what a backup keeps, and the routes of the protocol."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

from guide_app.base.clock import Clock
from guide_app.protocol.chain import EMPTY_CHAIN, chain_over
from guide_app.protocol.kinds import COMMANDS, KINDS, full_fields
from guide_app.protocol.merge import State
from guide_app.protocol.messages import (
    Cursor,
    DropFrame,
    EndFrame,
    Enrol,
    Enrolled,
    Erased,
    Filled,
    Frame,
    Mutation,
    Push,
    Pushed,
    ScopeFrame,
    ScopeMove,
    StorePc,
    StorePcs,
    encode,
    encode_lines,
)
from guide_app.protocol.problems import MEDIA_TYPE, Problem, problem
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from tests.helpers.memory_office import deeds, photos
from tests.helpers.memory_office.feed import Desk, Feed
from tests.helpers.memory_office.judge import misfit, original, take

_JSON, _LINES = "application/json", "application/x-ndjson"
_BLOBS = "/sync/v1/blobs/"
PICTURE = "application/octet-stream"
_MOST_BUCKETS = 32
_KEPT = ("feeds", "desks", "erased", "confirmed", "spent", "merges", "photos")

Answer = tuple[int, str, bytes]
Query = Sequence[tuple[str, str]]
Command = Callable[["MemoryOffice", Mutation], "Done"]


class RefusedError(Exception):
    """The request is answered with a problem document."""

    def __init__(self, code: str, **extra: object) -> None:
        super().__init__(code)
        self.problem = msgspec.structs.replace(problem(code), extra=extra)


@dataclass(frozen=True)
class Done:
    """What a command did: refused with a code, done, or found done already; values of it that do not stand."""

    code: str = ""
    duplicate: bool = False
    lost: Mapping[str, Any] = field(default_factory=dict)


_DEEDS: Mapping[str, Command] = {
    "task.complete": deeds.complete_task,
    "receipt.photo": deeds.receipt_photo,
    "client.merge": deeds.merge_clients,
    "client.unmerge": deeds.unmerge_client,
    "client.transfer": deeds.transfer_client,
    "client.erase": deeds.erase_client,
    "coupon.give": deeds.give_coupon,
}


class MemoryOffice:
    """The office's rules over plain dicts. Not for use by two threads at once; `serving` takes a lock."""

    def __init__(self, clock: Clock, commands: Mapping[str, Command] | None = None) -> None:
        self.clock = clock
        self.commands = {**_DEEDS, **(commands or {})}
        self.feeds: dict[Scope, Feed] = {BRAND: Feed(BRAND, "e1")}
        self.desks: dict[str, Desk] = {}
        self.codes: dict[str, str] = {}
        self.spent: dict[str, tuple[str, str]] = {}
        self.blobs: dict[str, bytes] = {}
        self.photos: dict[tuple[str, str], tuple[str, bytes]] = {}
        self.stores: dict[str, str] = {}
        self.erased: set[str] = set()
        self.merges: dict[str, deeds.Merge] = {}
        self.confirmed: set[tuple[str, str]] = set()
        self.poison: set[str] = set()
        self.requests: list[str] = []

    # --- what the office itself does ---------------------------------------------------------------------------

    def open_store(self, store_id: str, name: str, code: str) -> None:
        """A store, and a code to enrol a PC in it."""
        self.stores[store_id] = name
        self.codes[code] = store_id
        scope = store_scope(store_id)
        self.feeds.setdefault(scope, Feed(scope, "e1"))

    def write(self, kind: str, record_id: str, data: Mapping[str, Any], store_id: str = "") -> None:
        """Write fields of a record as head office."""
        feed = self._feed(kind, store_id)
        held = feed.live.get((kind, record_id))
        state = held[1] if held else State()
        feed.write((kind, record_id), State({**state.data, **data}, state.stamps))

    def end(self, kind: str, record_id: str, store_id: str = "", mark: str = "x", to_store: str = "") -> None:
        """Erase a record (`x`) or let it leave the scope (`l`)."""
        self._feed(kind, store_id).end((kind, record_id), mark, self.clock.now_ms(), to_store)

    def read(self, kind: str, record_id: str, store_id: str = "") -> dict[str, Any] | None:
        """All fields of a record, None if there is none."""
        held = self._feed(kind, store_id).live.get((kind, record_id))
        return None if held is None else full_fields(KINDS[kind], dict(held[1].data))

    def do(self, name: str, record_id: str, data: Mapping[str, Any], *, store_id: str, by: str | None = None) -> Done:
        """Carry a command out as head office would for somebody at the telephone."""
        return self.commands[name](self, Mutation(0, "command", name, record_id, store_id, "", dict(data), by))

    def tidy(self, marks: str = "xl") -> None:
        """Forget the marks of these sorts, as happens after 180 days; the ids of the erased are kept."""
        for feed in self.feeds.values():
            feed.ended = {key: mark for key, mark in feed.ended.items() if mark.mark not in marks}

    def replay(self, desk: Desk, mid: int) -> str:
        """Judge a refused change anew with its own stamp; returns the code if it is refused still."""
        mutation = original(desk.quarantine[mid])
        result = take(self, desk, mutation)
        if result.status != "rejected":
            del desk.quarantine[mid]
            desk.revised.append(mid)
        return result.code

    def backup(self) -> MemoryOffice:
        """A copy as it stands now."""
        twin = copy.copy(self)
        for name in _KEPT:
            setattr(twin, name, copy.deepcopy(getattr(self, name)))
        return twin

    def restore(self, saved: MemoryOffice, epoch: str) -> None:
        """Go back to a copy, in a new epoch."""
        for name in _KEPT:
            setattr(self, name, copy.deepcopy(getattr(saved, name)))
        for feed in self.feeds.values():
            feed.begin_anew(epoch, self.clock.now_ms())

    @staticmethod
    def done(*, duplicate: bool = False, lost: Mapping[str, Any] = MappingProxyType({})) -> Done:
        """A command was carried out."""
        return Done("", duplicate, lost)

    @staticmethod
    def refuse(code: str) -> Done:
        """A command was refused."""
        return Done(code)

    def _feed(self, kind: str, store_id: str) -> Feed:
        return self.feeds[BRAND if KINDS[kind].scope == "brand" else store_scope(store_id)]

    # --- routes ------------------------------------------------------------------------------------------------

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Status, media type and plain body for a request."""
        url = urlsplit(target)
        self.requests.append(f"{method} {url.path}")
        try:
            return self._route(method, url.path, parse_qsl(url.query), headers, body)
        except RefusedError as e:
            return e.problem.status, MEDIA_TYPE, encode(e.problem)
        except msgspec.DecodeError as e:
            bad: Problem = problem("request.malformed", str(e))
            return bad.status, MEDIA_TYPE, encode(bad)

    def _route(self, method: str, path: str, query: Query, headers: Mapping[str, str], body: bytes) -> Answer:
        asked = f"{method} {path}"
        if asked == "POST /sync/v1/enrol":
            return 200, _JSON, encode(self.enrol(msgspec.json.decode(body, type=Enrol)))
        authorization = headers.get("Authorization", "")
        if asked == "POST /sync/v1/erased":
            said = msgspec.json.decode(body, type=Erased)
            self.confirm(self._desk(authorization, revoked_too=True), said)
            return 200, _JSON, encode(said)
        desk = self._desk(authorization)
        desk.last_contact_ms = self.clock.now_ms()
        if asked == "POST /sync/v1/push":
            return 200, _JSON, encode(self.push(desk, msgspec.json.decode(body, type=Push)))
        if path.startswith(_BLOBS) and query:
            answered = photos.answer(self, desk, method, path.removeprefix(_BLOBS), dict(query), body)
            if isinstance(answered, str):
                raise RefusedError(answered)
            return answered
        if method == "GET":
            return self._get(desk, path.removeprefix("/sync/v1/"), query)
        raise RefusedError("not_found")

    def _get(self, desk: Desk, what: str, query: Query) -> Answer:
        routes: Mapping[str, Callable[[Desk, Query], Answer]] = {
            "pull": self._get_pull,
            "hint": self._get_hint,
            "buckets": lambda d, q: (200, _JSON, encode(self._granted(d, q).buckets())),
            "bucket": self._get_bucket,
            "erased": lambda _, q: (200, _JSON, encode(Erased(sorted(self.erased & {value for _, value in q})))),
            "devices": lambda d, _: (200, _JSON, encode(self.pcs(d))),
            "backfill": lambda d, q: (200, _LINES, self.backfill(self._granted(d, q), q)),
        }
        if what in routes:
            return routes[what](desk, query)
        sha = what.rpartition("/")[2]
        if not what.startswith("blobs/") or sha not in self.blobs:
            raise RefusedError("not_found")
        return 200, PICTURE, self.blobs[sha]

    def _get_pull(self, desk: Desk, query: Query) -> Answer:
        one = dict(query)
        desk.waiting = int(one.get("w", "0"))
        frames = self.pull(desk, _cursors(query), int(one.get("limit", "2000")))
        return (304, "", b"") if frames is None else (200, _LINES, encode_lines(frames))

    def _get_hint(self, desk: Desk, query: Query) -> Answer:
        desk.waiting = int(dict(query).get("w", "0"))
        return (304 if self._is_up_to_date(desk, _cursors(query)) else 204), "", b""

    def _get_bucket(self, desk: Desk, query: Query) -> Answer:
        wanted = {int(value) for name, value in query if name == "b"}
        if len(wanted) > _MOST_BUCKETS:
            raise RefusedError("request.malformed")
        frames = self._granted(desk, query).bucket(wanted)
        return 200, _LINES, encode_lines([*frames, self._end(desk, len(frames))])

    def _desk(self, authorization: str, *, revoked_too: bool = False) -> Desk:
        if not authorization:
            raise RefusedError("auth.missing")
        desk = self.desks.get(authorization.removeprefix("Bearer "))
        if desk is None:
            raise RefusedError("auth.invalid")
        if desk.revoked and not revoked_too:
            raise RefusedError("device.revoked")
        return desk

    def _granted(self, desk: Desk, query: Query) -> Feed:
        scope = dict(query).get("scope", "")
        if scope not in desk.granted:
            raise RefusedError("not_found")
        return self.feeds[scope]

    def enrol(self, message: Enrol) -> Enrolled:
        """Take a PC in; the same code and signing key again is answered again, the answer may have been lost."""
        store_id = self.codes.pop(message.code, None)
        if store_id is not None:
            self.spent[message.code] = (message.signing_key, store_id)
        key, store_id = self.spent.get(message.code, ("", ""))
        if key != message.signing_key:
            raise RefusedError("enrol.code_invalid")
        no = len(self.desks) + 1
        token = hashlib.sha256(f"token {no} {message.code}".encode()).hexdigest()
        device_id = f"018f0000-0000-7000-8000-{no:012x}"
        granted = {BRAND, store_scope(store_id)}
        desk = Desk(device_id, token, f"{no:08x}", no, store_id, granted, message.name, message.app_version)
        self.desks[token] = desk
        return Enrolled(
            device_id, token, desk.tag, no, hashlib.sha256(token.encode()).hexdigest(), store_id,
            self.stores[store_id], sorted(granted), "https://l.example", "红枫叶", self.clock.now_ms(),
        )  # fmt: skip

    # --- push --------------------------------------------------------------------------------------------------

    def push(self, desk: Desk, message: Push) -> Pushed:
        """Apply what is new of a batch, answer for all of it."""
        mutations = message.mutations
        fresh = [m for m in mutations if m.mid > desk.last_mid]
        if fresh and fresh[0].mid != desk.last_mid + 1:
            raise RefusedError("mutation.gap", last_mid=desk.last_mid)
        self._check_chain(desk, message)
        if any(m.id in self.poison and m.op != "void" for m in fresh):
            raise ZeroDivisionError("poison")
        before = {scope: feed.seq for scope, feed in self.feeds.items()}
        for mutation in fresh:
            self._take(desk, mutation)
        if fresh:
            desk.last_mid, desk.chain = fresh[-1].mid, chain_over(desk.chain, fresh)
            desk.moves = (fresh[0].mid, fresh[-1].mid, self._moved(before))
        span = (mutations[0].mid, mutations[-1].mid) if mutations else (0, 0)
        keys = {pair: None for m in mutations for pair in desk.touched.get(m.mid, [])}
        moves = desk.moves[2] if mutations and desk.moves[:2] == span else []
        return Pushed(
            desk.last_mid,
            [desk.results[m.mid] for m in mutations if m.mid in desk.results],
            [frame for scope, key in keys if scope in desk.granted and (frame := self.feeds[scope].frame(key))],
            [move for move in moves if move.scope in desk.granted],
            self.clock.now_ms(),
            desk.chain,
        )

    def _check_chain(self, desk: Desk, message: Push) -> None:
        mutations = message.mutations
        if not mutations or mutations[-1].mid < desk.last_mid:
            return  # says nothing of where the office stands
        past = EMPTY_CHAIN if mutations[0].mid == 1 else message.after
        known = [m for m in mutations if m.mid <= desk.last_mid]
        if past and chain_over(past, known) != desk.chain:
            raise RefusedError("device.forked")

    def _take(self, desk: Desk, mutation: Mutation) -> None:
        for feed in self.feeds.values():
            feed.fresh.clear()
        result = take(self, desk, mutation)
        about = (store_scope(mutation.store), (COMMANDS.get(mutation.kind, mutation.kind), mutation.id))
        written = [(scope, key) for scope, feed in self.feeds.items() for key in feed.fresh]
        desk.touched[mutation.mid] = [*([about] if about[0] in self.feeds else []), *written]
        if result.status != "applied":
            desk.results[mutation.mid] = result
        if result.status == "rejected" and result.code != "record.gone":
            desk.quarantine[mutation.mid] = mutation

    def _refusal(self, desk: Desk, mutation: Mutation) -> str:
        del desk  # a test may put a rule of its own in this place, which looks at the sender
        return misfit(mutation, self.commands)

    def _moved(self, before: Mapping[Scope, int]) -> list[ScopeMove]:
        return [
            ScopeMove(scope, feed.epoch, before[scope], feed.seq, feed.digest, len(feed.live))
            for scope, feed in self.feeds.items()
            if feed.seq != before[scope]
        ]

    # --- pull and what goes with it ----------------------------------------------------------------------------

    def pull(self, desk: Desk, asked: Sequence[Cursor], limit: int) -> list[Frame] | None:
        """One page, or None if the cursors stand at the heads of exactly the granted scopes."""
        if self._is_up_to_date(desk, asked):
            return None
        stands = {cursor.scope: cursor for cursor in asked}
        frames: list[Frame] = [DropFrame(scope) for scope in stands if scope not in desk.granted]
        places: list[Frame] = []
        left = limit
        for scope in sorted(desk.granted):
            page, place = self._page(self.feeds[scope], stands.get(scope), left)
            left -= len(page)
            frames += page
            places.append(place)
        frames += places
        return [*frames, self._end(desk, len(frames))]

    def _page(self, feed: Feed, cursor: Cursor | None, limit: int) -> tuple[list[Frame], ScopeFrame]:
        if cursor is not None and cursor.epoch and (cursor.epoch != feed.epoch or cursor.seq > feed.seq):
            return [], ScopeFrame(feed.scope, feed.epoch, 0, len(feed.live), feed.digest, more=True)
        return feed.page(cursor.seq if cursor else 0, limit)

    def _end(self, desk: Desk, count: int) -> EndFrame:
        return EndFrame(desk.last_mid, self.clock.now_ms(), count, list(desk.revised))

    def _is_up_to_date(self, desk: Desk, asked: Sequence[Cursor]) -> bool:
        heads = {scope: (self.feeds[scope].epoch, self.feeds[scope].seq) for scope in desk.granted}
        return {c.scope: (c.epoch, c.seq) for c in asked} == heads

    def confirm(self, desk: Desk, message: Erased) -> None:
        """A PC says that nothing is left of these people there, or of anything."""
        if desk.revoked and not message.wiped:
            raise RefusedError("device.revoked")
        self.confirmed |= {(desk.device_id, client) for client in message.clients}
        desk.wiped = desk.wiped or message.wiped

    def pcs(self, desk: Desk) -> StorePcs:
        """The PCs of the stores that a device may see."""
        found = [d for d in self.desks.values() if store_scope(d.store_id) in desk.granted]
        return StorePcs([
            StorePc(d.device_id, d.name, d.store_id, d.last_contact_ms, d.waiting, d.app_version, d.revoked)
            for d in found
        ])  # fmt: skip

    @staticmethod
    def backfill(feed: Feed, query: Query) -> bytes:
        """Some fields of a kind's records, by id."""
        one, names = dict(query), [value for name, value in query if name == "f"]
        rows = sorted((key[1], seq, state.data) for key, (seq, state) in feed.live.items() if key[0] == one["kind"])
        after = [row for row in rows if row[0] > one.get("after", "")][: int(one.get("limit", "2000"))]
        lines = [Filled(i, seq, {n: data[n] for n in names if n in data}) for i, seq, data in after]
        return msgspec.json.Encoder().encode_lines(lines)


def _cursors(query: Query) -> list[Cursor]:
    return [Cursor.parse(value) for name, value in query if name == "c"]
