"""A head office in memory, speaking the sync protocol over real HTTP on loopback.

Built on the wire's own merge rules and nothing else, so that the desktop's sync can be tested without PostgreSQL, and
made to fail in every way a network can: `fault` is asked before and after each request.
"""

from __future__ import annotations

import copy
import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec

from guide_app.base.clock import Clock
from guide_app.protocol import digest, merge
from guide_app.protocol.chain import EMPTY_CHAIN, chain_over
from guide_app.protocol.envelope import SHA_HEADER, seal, unseal
from guide_app.protocol.hlc import hold_back
from guide_app.protocol.kinds import COMMANDS, KINDS, Kind, check_fields, full_fields
from guide_app.protocol.merge import State
from guide_app.protocol.messages import (
    Cursor,
    DropFrame,
    EndFrame,
    Enrol,
    Enrolled,
    Frame,
    GoneFrame,
    LeaveFrame,
    Mutation,
    Push,
    Pushed,
    RecordFrame,
    Result,
    ScopeFrame,
    ScopeMove,
    encode,
    encode_lines,
)
from guide_app.protocol.problems import MEDIA_TYPE, Problem, problem
from guide_app.protocol.scopes import BRAND, Scope, store_scope

Key = tuple[str, str]
_CLOCK_TOLERANCE_MS = 60_000


class RefusedError(Exception):
    """The request is answered with a problem document."""

    def __init__(self, code: str, **extra: object) -> None:
        super().__init__(code)
        self.problem = msgspec.structs.replace(problem(code), extra=extra)


@dataclass
class Feed:
    """One scope: records and the marks of those that ended, by (kind, id), each with its seq."""

    epoch: str
    seq: int = 0
    floor: int = 0
    live: dict[Key, tuple[int, State]] = field(default_factory=dict)
    ended: dict[Key, tuple[int, str]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Computed from the records."""
        return digest.digest_of((kind, record_id, seq) for (kind, record_id), (seq, _) in self.live.items())

    def write(self, key: Key, state: State) -> None:
        """Move a record to the head."""
        self.seq += 1
        self.live[key] = (self.seq, state)
        self.ended.pop(key, None)

    def end(self, key: Key, mark: str) -> None:
        """Take a record out: `x` gone for good, `l` left the scope."""
        self.seq += 1
        self.live.pop(key, None)
        self.ended[key] = (self.seq, mark)


@dataclass
class Desk:
    """A device as the office knows it."""

    device_id: str
    token: str
    tag: str
    key_no: int
    store_id: str
    granted: set[Scope]
    last_mid: int = 0
    chain: str = EMPTY_CHAIN
    effective: str = ""
    revoked: bool = False
    results: dict[int, Result] = field(default_factory=dict)
    touched: dict[int, list[tuple[Scope, Key]]] = field(default_factory=dict)
    moves: tuple[int, int, list[ScopeMove]] = (0, 0, [])


Command = Callable[["MemoryOffice", Mutation], "Done"]


@dataclass(frozen=True)
class Done:
    """What a command did: refused with a code, or records touched."""

    code: str = ""
    touched: tuple[tuple[Scope, Key], ...] = ()


class MemoryOffice:
    """The office's rules over plain dicts. Not for use by two threads at once; `serve` takes a lock."""

    def __init__(self, clock: Clock, commands: Mapping[str, Command] | None = None) -> None:
        self.clock = clock
        self.commands = dict(commands or {})
        self.feeds: dict[Scope, Feed] = {BRAND: Feed("e1")}
        self.desks: dict[str, Desk] = {}
        self.codes: dict[str, str] = {}
        self.spent: dict[str, tuple[str, str]] = {}
        self.blobs: dict[str, bytes] = {}
        self.stores: dict[str, str] = {}
        self.poison: set[str] = set()
        self.requests: list[str] = []

    # --- what the office itself does ---------------------------------------------------------------------------

    def open_store(self, store_id: str, name: str, code: str) -> None:
        """A store, and a code to enrol a PC in it."""
        self.stores[store_id] = name
        self.codes[code] = store_id
        self.feeds.setdefault(store_scope(store_id), Feed("e1"))

    def write(self, kind: str, record_id: str, data: Mapping[str, Any], store_id: str = "") -> None:
        """Write fields of a record as head office."""
        feed = self._feed(kind, store_id)
        held = feed.live.get((kind, record_id))
        state = held[1] if held else State()
        feed.write((kind, record_id), State({**state.data, **data}, state.stamps))

    def end(self, kind: str, record_id: str, store_id: str = "", mark: str = "x") -> None:
        """Erase a record (`x`) or let it leave the scope (`l`)."""
        self._feed(kind, store_id).end((kind, record_id), mark)

    def read(self, kind: str, record_id: str, store_id: str = "") -> dict[str, Any] | None:
        """All fields of a record, None if there is none."""
        held = self._feed(kind, store_id).live.get((kind, record_id))
        return None if held is None else full_fields(KINDS[kind], dict(held[1].data))

    def backup(self) -> MemoryOffice:
        """A copy as it stands now."""
        twin = copy.copy(self)
        twin.feeds, twin.desks = copy.deepcopy(self.feeds), copy.deepcopy(self.desks)
        return twin

    def restore(self, saved: MemoryOffice, epoch: str) -> None:
        """Go back to a copy, in a new epoch."""
        self.feeds, self.desks = copy.deepcopy(saved.feeds), copy.deepcopy(saved.desks)
        for feed in self.feeds.values():
            feed.epoch = epoch

    def _feed(self, kind: str, store_id: str) -> Feed:
        return self.feeds[BRAND if KINDS[kind].scope == "brand" else store_scope(store_id)]

    # --- the protocol ------------------------------------------------------------------------------------------

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str, bytes]:
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

    def _route(
        self, method: str, path: str, query: Sequence[tuple[str, str]], headers: Mapping[str, str], body: bytes
    ) -> tuple[int, str, bytes]:
        if (method, path) == ("POST", "/sync/v1/enrol"):
            return 200, "application/json", encode(self.enrol(msgspec.json.decode(body, type=Enrol)))
        desk = self._desk(headers.get("Authorization", ""))
        if (method, path) == ("POST", "/sync/v1/push"):
            return 200, "application/json", encode(self.push(desk, msgspec.json.decode(body, type=Push)))
        if (method, path) == ("GET", "/sync/v1/pull"):
            asked = [Cursor.parse(value) for name, value in query if name == "c"]
            limit = next((int(value) for name, value in query if name == "limit"), 2000)
            frames = self.pull(desk, asked, limit)
            return (304, "", b"") if frames is None else (200, "application/x-ndjson", encode_lines(frames))
        if method == "GET" and path.startswith("/sync/v1/blobs/"):
            sha = path.rpartition("/")[2]
            if sha not in self.blobs:
                raise RefusedError("not_found")
            return 200, "application/octet-stream", self.blobs[sha]
        raise RefusedError("not_found")

    def _desk(self, authorization: str) -> Desk:
        if not authorization:
            raise RefusedError("auth.missing")
        desk = self.desks.get(authorization.removeprefix("Bearer "))
        if desk is None:
            raise RefusedError("auth.invalid")
        if desk.revoked:
            raise RefusedError("device.revoked")
        return desk

    def enrol(self, message: Enrol) -> Enrolled:
        """Take a PC in; the same code and signing key again is answered again, the answer may have been lost."""
        store_id = self.codes.pop(message.code, None)
        if store_id is not None:
            self.spent[message.code] = (message.signing_key, store_id)
        key, store_id = self.spent.get(message.code, ("", ""))
        if key != message.signing_key:
            raise RefusedError("enrol.code_invalid")
        no = len(self.desks) + 1
        token = hashlib.sha256(f"token {no}".encode()).hexdigest()
        device_id = f"018f0000-0000-7000-8000-{no:012x}"
        granted = {BRAND, store_scope(store_id)}
        self.desks[token] = Desk(device_id, token, f"{no:08x}", no, store_id, granted)
        return Enrolled(
            device_id, token, f"{no:08x}", no, hashlib.sha256(token.encode()).hexdigest(), store_id,
            self.stores[store_id], sorted(granted), "https://l.example", "红枫叶", self.clock.now_ms(),
        )  # fmt: skip

    def push(self, desk: Desk, message: Push) -> Pushed:
        """Apply what is new of a batch, answer for all of it."""
        mutations = message.mutations
        fresh = [m for m in mutations if m.mid > desk.last_mid]
        if fresh and fresh[0].mid != desk.last_mid + 1:
            raise RefusedError("mutation.gap", last_mid=desk.last_mid)
        known = [m for m in mutations if m.mid <= desk.last_mid]
        past = EMPTY_CHAIN if mutations and mutations[0].mid == 1 else message.after
        reaches = bool(mutations) and mutations[-1].mid >= desk.last_mid
        if past and reaches and chain_over(past, known) != desk.chain:
            raise RefusedError("device.forked")
        if any(m.id in self.poison and m.op != "void" for m in fresh):
            raise ZeroDivisionError("poison")
        before = {scope: feed.seq for scope, feed in self.feeds.items()}
        for mutation in fresh:
            self._apply(desk, mutation)
        if fresh:
            desk.last_mid, desk.chain = fresh[-1].mid, chain_over(desk.chain, fresh)
            moved = [
                ScopeMove(scope, feed.epoch, before[scope], feed.seq, feed.digest, len(feed.live))
                for scope, feed in self.feeds.items()
                if scope in desk.granted and feed.seq != before[scope]
            ]
            desk.moves = (fresh[0].mid, fresh[-1].mid, moved)
        span = (mutations[0].mid, mutations[-1].mid) if mutations else (0, 0)
        keys = {pair: None for m in mutations for pair in desk.touched.get(m.mid, [])}
        return Pushed(
            desk.last_mid,
            [desk.results[m.mid] for m in mutations if m.mid in desk.results],
            [frame for scope, key in keys if scope in desk.granted and (frame := self._frame(scope, key))],
            desk.moves[2] if mutations and desk.moves[:2] == span else [],
            self.clock.now_ms(),
            desk.chain,
        )

    def _apply(self, desk: Desk, mutation: Mutation) -> None:
        key = (mutation.kind, mutation.id)
        scope = store_scope(mutation.store)
        desk.touched[mutation.mid] = [(scope, key)]
        code = "office.internal" if mutation.op == "void" else self._refusal(desk, mutation)
        if code:
            desk.results[mutation.mid] = Result(mutation.mid, "rejected", code)
            return
        if mutation.op == "command":
            done = self.commands[mutation.kind](self, mutation)
            desk.touched[mutation.mid] = list(done.touched)
            if done.code:
                desk.results[mutation.mid] = Result(mutation.mid, "rejected", done.code)
            return
        outcome = self._merged(desk, mutation, scope, key)
        if outcome.status != "applied":
            desk.results[mutation.mid] = Result(mutation.mid, outcome.status, outcome.code, "", dict(outcome.lost))
        if outcome.changed and outcome.state is not None:
            feed = self.feeds[scope]
            if outcome.state.gone:
                feed.end(key, "x")
            else:
                feed.write(key, outcome.state)
        elif outcome.state is not None and not outcome.state.gone and key in self.feeds[scope].live:
            self.feeds[scope].live[key] = (self.feeds[scope].live[key][0], outcome.state)

    def _merged(self, desk: Desk, mutation: Mutation, scope: Scope, key: Key) -> merge.Outcome:
        kind = KINDS[mutation.kind]
        feed = self.feeds[scope]
        held = feed.live.get(key)
        state = held[1] if held else State(gone=True) if key in feed.ended else None
        stamp = hold_back(mutation.stamp, self.clock.now_ms() + _CLOCK_TOLERANCE_MS, desk.effective)
        desk.effective = stamp
        if mutation.op == "put":
            return merge.put(kind, state, mutation.data, stamp)
        if mutation.op == "patch":
            return merge.patch(kind, state, mutation.data, stamp)
        return merge.remove(kind, state)

    def _refusal(self, desk: Desk, mutation: Mutation) -> str:
        if store_scope(mutation.store) not in desk.granted:
            return "scope.forbidden"
        if mutation.op == "command":
            return "" if mutation.kind in COMMANDS and mutation.kind in self.commands else "kind.unknown"
        kind = KINDS.get(mutation.kind)
        return "kind.unknown" if kind is None else _unfit(kind, mutation)

    def pull(self, desk: Desk, asked: Sequence[Cursor], limit: int) -> list[Frame] | None:
        """One page, or None if the cursors stand at the heads of exactly the granted scopes."""
        stands = {cursor.scope: cursor for cursor in asked}
        heads = {scope: (self.feeds[scope].epoch, self.feeds[scope].seq) for scope in desk.granted}
        if {scope: (c.epoch, c.seq) for scope, c in stands.items()} == heads:
            return None
        frames: list[Frame] = [DropFrame(scope) for scope in stands if scope not in desk.granted]
        left = limit
        for scope in sorted(desk.granted):
            feed = self.feeds[scope]
            cursor = stands.get(scope)
            known = cursor is not None and cursor.epoch == feed.epoch and feed.floor <= cursor.seq <= feed.seq
            after = cursor.seq if cursor is not None and known else 0
            keys = sorted((seq, key) for key, (seq, _) in [*feed.live.items(), *feed.ended.items()] if seq > after)
            page = keys[:left]
            left -= len(page)
            frames += [frame for _, key in page if (frame := self._frame(scope, key))]
            at = feed.seq if len(page) == len(keys) else page[-1][0] if page else after
            frames.append(ScopeFrame(scope, feed.epoch, at, len(feed.live), feed.digest, at < feed.seq))
        return [*frames, EndFrame(desk.last_mid, self.clock.now_ms(), len(frames))]

    def _frame(self, scope: Scope, key: Key) -> Frame | None:
        feed = self.feeds[scope]
        if key in feed.live:
            seq, state = feed.live[key]
            return RecordFrame(scope, *key, seq, dict(state.data))
        if key in feed.ended:
            seq, mark = feed.ended[key]
            return (GoneFrame if mark == "x" else LeaveFrame)(scope, *key, seq)
        return None


def _unfit(kind: Kind, mutation: Mutation) -> str:
    if kind.policy == "office":
        return "kind.office_only"
    if mutation.data.keys() & set(kind.fields) - kind.device_fields:
        return "field.office_only"
    if mutation.op == "put" and kind.required - mutation.data.keys():
        return "record.invalid"
    try:
        check_fields(kind, mutation.data)
    except msgspec.ValidationError:
        return "record.invalid"
    return ""


Response = tuple[int, dict[str, str], bytes]
Fault = Callable[[str, str], str]
"""Asked with the moment (`before`, `after`) and the request line; returns what to do: nothing, `drop`, or a status."""


def no_fault(moment: str, request: str) -> str:
    """All is well."""
    del moment, request
    return ""


class OfficeServer:
    """Serves a MemoryOffice on a loopback port. `office` and `fault` may be changed while it runs."""

    def __init__(self, office: MemoryOffice, fault: Fault = no_fault) -> None:
        self.office = office
        self.fault = fault
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = False
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), name="memory-office")

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:port`."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and wait for every thread."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def respond(
        self, request: str, headers: Mapping[str, str], wire: bytes
    ) -> tuple[int, dict[str, str], bytes] | None:
        """Status, headers and sealed body of one request; None to break the line."""
        with self._lock:
            odd = self.fault("before", request)
            if odd:
                return _odd(odd)
            body = wire
            if wire:
                body = unseal(
                    wire, sha256=headers.get(SHA_HEADER), encoding=headers.get("Content-Encoding"), limit=1 << 26
                )
            method, target = request.split(" ", 1)
            try:
                status, kind, plain = self.office.answer(method, target, headers, body)
            except ZeroDivisionError:
                return _odd("500")
            odd = self.fault("after", request)
        if odd:
            return _odd(odd)
        sealed, extra = seal(plain)
        return status, {**extra, "Content-Type": kind} if status != 304 else {}, sealed if status != 304 else b""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 10

            def do_GET(self) -> None:
                self._do()

            def do_POST(self) -> None:
                self._do()

            def _do(self) -> None:
                wire = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                found = server.respond(f"{self.command} {self.path}", dict(self.headers), wire)
                self.close_connection = True
                if found is None:
                    return
                status, headers, body = found
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
                """Keep quiet."""

        return Handler


def _odd(what: str) -> Response | None:
    if what == "drop":
        return None
    return int(what), {"Content-Type": "text/plain", "Content-Length": "0", "Retry-After": "7"}, b""


@contextmanager
def serving(office: MemoryOffice, fault: Fault = no_fault) -> Iterator[OfficeServer]:
    """A running server for the length of a `with` block."""
    server = OfficeServer(office, fault)
    server.start()
    try:
        yield server
    finally:
        server.close()
