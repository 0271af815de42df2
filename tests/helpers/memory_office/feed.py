"""What the office in memory remembers: scopes with their records and marks, devices, refused changes."""

from __future__ import annotations

from dataclasses import dataclass, field

from guide_app.protocol import digest
from guide_app.protocol.chain import EMPTY_CHAIN, Chain
from guide_app.protocol.digest import bucket_digests, bucket_of
from guide_app.protocol.hlc import Stamp
from guide_app.protocol.merge import State
from guide_app.protocol.messages import (
    Buckets,
    Frame,
    GoneFrame,
    LeaveFrame,
    Mutation,
    RecordFrame,
    Result,
    ScopeFrame,
    ScopeMove,
)
from guide_app.protocol.scopes import Scope

#: A record within a scope: kind and id.
Key = tuple[str, str]


@dataclass(frozen=True)
class Mark:
    """A record that ended: `x` gone for good, `l` left the scope at `at_ms`, for `to_store` if that is known."""

    seq: int
    mark: str
    at_ms: int = 0
    to_store: str = ""


@dataclass
class Feed:
    """One scope: records and the marks of those that ended, by (kind, id). `fresh` lists what was touched last."""

    scope: Scope
    epoch: str
    seq: int = 0
    live: dict[Key, tuple[int, State]] = field(default_factory=dict)
    ended: dict[Key, Mark] = field(default_factory=dict)
    fresh: list[Key] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Computed from the records."""
        return digest.digest_of((*key, seq) for key, (seq, _) in self.live.items())

    def begin_anew(self, epoch: str, now_ms: int) -> None:
        """A new line of history, whose numbers go on beyond all that the lost one has given out."""
        self.epoch, self.seq = epoch, max(self.seq, now_ms)

    def write(self, key: Key, state: State) -> None:
        """Move a record to the head."""
        self.seq += 1
        self.live[key] = (self.seq, state)
        self.ended.pop(key, None)
        self.fresh.append(key)

    def end(self, key: Key, mark: str, at_ms: int = 0, to_store: str = "") -> None:
        """Take a record out: `x` gone for good, `l` left the scope."""
        self.seq += 1
        self.live.pop(key, None)
        self.ended[key] = Mark(self.seq, mark, at_ms, to_store)
        self.fresh.append(key)

    def page(self, after: int, limit: int) -> tuple[list[Frame], ScopeFrame]:
        """The next frames after `after`, at most `limit`, and where the cursor stands then."""
        marks = {key: mark.seq for key, mark in self.ended.items()}
        keys = sorted((seq, key) for key, seq in [*self._places(), *marks.items()] if seq > after)
        part = keys[:limit]
        at = self.seq if len(part) == len(keys) else part[-1][0] if part else after
        frames = [frame for _, key in part if (frame := self.frame(key))]
        return frames, self.place(at, after)

    def place(self, at: int, after: int = -1) -> ScopeFrame:
        """The frame that says how far a device has come with `at`, from `after` on."""
        return ScopeFrame(self.scope, self.epoch, at, len(self.live), self.digest, at < self.seq, after)

    def frame(self, key: Key) -> Frame | None:
        """The record as it stands, or the mark it left."""
        if key in self.live:
            seq, state = self.live[key]
            return RecordFrame(self.scope, *key, seq, dict(state.data))
        mark = self.ended.get(key)
        if mark is None:
            return None
        return (GoneFrame if mark.mark == "x" else LeaveFrame)(self.scope, *key, mark.seq)

    def buckets(self) -> Buckets:
        """Digest and number of each bucket."""
        parts = bucket_digests((*key, seq) for key, seq in self._places())
        return Buckets(self.scope, self.epoch, self.seq, len(self.live), self.digest, parts)

    def bucket(self, wanted: set[int]) -> list[Frame]:
        """All live records of these buckets, and where the scope stands."""
        keys = sorted((seq, key) for key, seq in self._places() if bucket_of(*key) in wanted)
        return [*(frame for _, key in keys if (frame := self.frame(key))), self.place(self.seq)]

    def state(self, key: Key) -> State | None:
        """The record for judging: None if it was never here, gone if it ended."""
        held = self.live.get(key)
        return held[1] if held else State(gone=True) if key in self.ended else None

    def _places(self) -> list[tuple[Key, int]]:
        return [(key, seq) for key, (seq, _) in self.live.items()]


@dataclass
class Desk:
    """A device as the office knows it. `ended` holds grants that are over, with the moment (UTC ms)."""

    device_id: str
    token: str
    tag: str
    key_no: int
    store_id: str
    granted: set[Scope]
    name: str = ""
    app_version: str = ""
    last_mid: int = 0
    chain: Chain = EMPTY_CHAIN
    effective: Stamp = ""
    revoked: bool = False
    wiped: bool = False
    waiting: int = 0
    last_contact_ms: int = 0
    ended: dict[Scope, int] = field(default_factory=dict)
    results: dict[int, Result] = field(default_factory=dict)
    touched: dict[int, list[tuple[Scope, Key]]] = field(default_factory=dict)
    moves: tuple[int, int, list[ScopeMove]] = (0, 0, [])
    quarantine: dict[int, Mutation] = field(default_factory=dict)
    revised: list[int] = field(default_factory=list)

    def grant(self, scope: Scope) -> None:
        """Let the device read and write a scope."""
        self.granted.add(scope)
        self.ended.pop(scope, None)

    def drop(self, scope: Scope, at_ms: int) -> None:
        """End a grant; what was done before is still taken."""
        self.granted.discard(scope)
        self.ended[scope] = at_ms

    def may_write(self, scope: Scope, at_ms: int) -> bool:
        """Whether a change made at `at_ms` (UTC) is within the grants."""
        return scope in self.granted or at_ms < self.ended.get(scope, 0)
