"""What to send and what to make of the answers: pure decisions, without database or network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from guide_app.protocol.hlc import Stamp, make_stamp
from guide_app.protocol.messages import (
    MAX_BATCH,
    Cursor,
    DropFrame,
    Frame,
    GoneFrame,
    LeaveFrame,
    Mutation,
    RecordFrame,
    ScopeFrame,
    SentFrame,
)
from guide_app.protocol.scopes import Scope, store_scope

DataFrame = RecordFrame | GoneFrame | LeaveFrame

#: Measured differences of the clocks smaller than this (ms) are the network's, not the clock's.
CLOCK_NOISE_MS = 500
#: How far ahead of its own clock the office lets stamps be (ms).
CLOCK_TOLERANCE_MS = 60_000
LAST_COUNTER = 0xFFFF


def batch(waiting: Sequence[Mutation], limit: int = MAX_BATCH) -> list[Mutation]:
    """The mutations of the next push: at most `limit`, in order, and no transaction cut apart unless it is too long."""
    if len(waiting) <= limit:
        return list(waiting)
    end = limit
    while end > 0 and waiting[end - 1].group == waiting[end].group:
        end -= 1
    return list(waiting[: end or limit])


def in_full(frames: Sequence[Frame], sent: Sequence[Mutation]) -> list[Frame]:
    """The records of a push's answer with the fields of those that stand as they were sent.

    What is said to stand as sent and never was is left out: the scope's digest will differ and be mended.
    """
    puts = {(store_scope(m.store), m.kind, m.id): m.data for m in sent if m.op == "put"}
    full: list[Frame] = []
    for frame in frames:
        if not isinstance(frame, SentFrame):
            full.append(frame)
        elif (data := puts.get((frame.scope, frame.kind, frame.id))) is not None:
            full.append(RecordFrame(frame.scope, frame.kind, frame.id, frame.seq, data))
    return full


Standing = Literal["agrees", "lost", "gap", "forked"]


def standing(office_mid: int, *, acked_mid: int, last_mid: int, held_after: int) -> Standing:
    """What the office's last number says beside ours: the last settled, the last given out, how many we hold after it.

    `lost`: the office was restored from a backup and can be given what it lost. `gap`: some of that is no longer held.
    `forked`: the office has numbers that we never gave out, so another copy of this PC has been at work.
    """
    if office_mid > last_mid:
        return "forked"
    if office_mid >= acked_mid:
        return "agrees"
    return "lost" if held_after == last_mid - office_mid else "gap"


class Offset(NamedTuple):
    """The office's clock minus ours (ms) as one answer measured it, and by how much that may be wrong."""

    ms: int
    doubt_ms: int


def measured_offset(sent_ms: int, got_ms: int, server_ms: int) -> Offset:
    """What an answer tells of the clocks, taking it to be made halfway (Cristian, Distributed Computing 1989).

    It was made some time between question and answer: at worst half of that away from the middle.
    """
    return Offset(server_ms - (sent_ms + got_ms) // 2, (got_ms - sent_ms + 1) // 2)


def corrected_offset(held_ms: int, measured: Offset) -> int:
    """The clock offset to keep: the measured one, unless the difference is within the network's own delay."""
    difference = abs(measured.ms - held_ms)
    return held_ms if difference < CLOCK_NOISE_MS or difference <= measured.doubt_ms else measured.ms


def following_stamp(last: Stamp, *, server_ms: int, tag: str, waiting: int) -> Stamp:
    """The stamp that this PC's next one must follow, after the office said its time (UTC ms).

    Whatever was learnt from the office had been stamped before then, so an edit made in its knowledge is the later one.
    A clock that once ran far ahead is forgiven when nothing waits: the office has held its stamps back meanwhile.
    """
    heard = make_stamp(server_ms, 0, tag)
    latest = make_stamp(server_ms + CLOCK_TOLERANCE_MS, LAST_COUNTER, tag)
    if last > latest and not waiting:
        return latest
    return max(last, heard)


@dataclass(frozen=True, slots=True)
class ScopePage:
    """What a page holds for one scope. `restored`: the office's history is another than the one this PC followed."""

    place: ScopeFrame
    frames: tuple[DataFrame, ...]
    restored: bool


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What to do with a page: scopes to take over, in order, and scopes whose grant is gone."""

    scopes: tuple[ScopePage, ...]
    dropped: tuple[Scope, ...]

    @property
    def more(self) -> bool:
        """Whether asking on brings more. A restored scope has to be reconciled first."""
        return any(page.place.more and not page.restored for page in self.scopes)

    @property
    def restored(self) -> tuple[Scope, ...]:
        """Scopes to reconcile."""
        return tuple(page.place.scope for page in self.scopes if page.restored)

    def following(self, asked: Mapping[Scope, Cursor]) -> dict[Scope, Cursor]:
        """The cursors with which to ask for the page after this one, which was asked with `asked`."""
        ended = {
            page.place.scope: Cursor(page.place.scope, page.place.epoch, page.place.seq)
            for page in self.scopes
            if not page.restored
        }
        return {scope: cursor for scope, cursor in asked.items() if scope not in self.dropped} | ended

    @property
    def n_records(self) -> int:
        """Records, tombstones and leave marks."""
        return sum(len(page.frames) for page in self.scopes)


def plan_page(frames: Sequence[Frame], asked: Mapping[Scope, Cursor]) -> PagePlan:
    """Sort a page by scope. `asked` are the cursors it was asked with.

    A scope is restored if its epoch is not the one asked for, or it stands behind the cursor. Frames of a scope without
    its place are left out: they will come again.
    """
    places = {f.scope: f for f in frames if isinstance(f, ScopeFrame)}
    dropped = {f.scope for f in frames if isinstance(f, DropFrame)}
    data: dict[Scope, list[DataFrame]] = {scope: [] for scope in places}
    for f in frames:
        if isinstance(f, DataFrame) and f.scope in data:
            data[f.scope].append(f)
    pages = tuple(
        ScopePage(place, tuple(data[scope]), scope not in dropped and _is_restored(place, asked.get(scope)))
        for scope, place in places.items()
    )
    return PagePlan(pages, tuple(sorted(dropped)))


def answers(frames: Sequence[Frame], asked: Mapping[Scope, Cursor]) -> bool:
    """Whether a page follows the cursors it was asked with, as far as the office says what it follows."""
    return all(
        _seq_asked(asked.get(f.scope), f) == f.after for f in frames if isinstance(f, ScopeFrame) and f.after >= 0
    )


def _seq_asked(asked: Cursor | None, place: ScopeFrame) -> int:
    return asked.seq if asked is not None and asked.epoch == place.epoch else 0


def _is_restored(place: ScopeFrame, asked: Cursor | None) -> bool:
    if asked is None or not asked.epoch:
        return False
    return place.epoch != asked.epoch or place.seq < asked.seq


#: From how many records on, and from which share of a scope (in percent), a removal is not believed without asking.
MASS_REMOVAL = 50
MASS_REMOVAL_PERCENT = 20


def is_mass_removal(removed: int, held: int) -> bool:
    """Whether so many of `held` records going at once look like an accident at the office."""
    return removed >= MASS_REMOVAL and removed * 100 > held * MASS_REMOVAL_PERCENT
