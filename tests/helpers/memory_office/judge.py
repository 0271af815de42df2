"""Takes one mutation in: where does it belong now, may it be, and what becomes of the record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from guide_app.protocol import merge
from guide_app.protocol.hlc import Stamp, hold_back, stamp_ms
from guide_app.protocol.kinds import COMMANDS, KINDS, Kind, check_fields
from guide_app.protocol.merge import Status
from guide_app.protocol.messages import Mutation, Result
from guide_app.protocol.scopes import store_scope

if TYPE_CHECKING:
    from tests.helpers.memory_office.feed import Desk
    from tests.helpers.memory_office.office import MemoryOffice

_CLOCK_TOLERANCE_MS = 60_000
#: Fields that name what a fact hangs on: it goes where that has gone.
_PARENTS = (("client_id", "client"), ("purchase_id", "purchase"))


class NoError(Exception):
    """The mutation is rejected with a code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def take(office: MemoryOffice, desk: Desk, mutation: Mutation) -> Result:
    """Apply a mutation, or say why not. The device's clock is held back and its order kept."""
    stamp = hold_back(mutation.stamp, office.clock.now_ms() + _CLOCK_TOLERANCE_MS, desk.effective)
    desk.effective = stamp
    try:
        return _judged(office, desk, mutation, stamp)
    except NoError as e:
        return Result(mutation.mid, "rejected", e.code)


def original(mutation: Mutation) -> Mutation:
    """What a void stood in for; anything else as it is."""
    if mutation.op != "void" or "op" not in mutation.data:
        return mutation
    data = msgspec.json.decode(mutation.data["data"])
    return msgspec.structs.replace(mutation, op=mutation.data["op"], data=data)


def _judged(office: MemoryOffice, desk: Desk, mutation: Mutation, stamp: Stamp) -> Result:
    if code := office._refusal(desk, mutation):
        raise NoError(code)
    if not desk.may_write(store_scope(mutation.store), stamp_ms(stamp)):
        raise NoError("scope.forbidden")
    placed, left_ms = _placed(office, mutation, stamp_ms(stamp))
    if mutation.op == "command":
        done = office.commands[mutation.kind](office, msgspec.structs.replace(placed, stamp=stamp))
        if done.code:
            raise NoError(done.code)
        status: Status = "merged" if done.lost else "duplicate" if done.duplicate else "applied"
        return Result(mutation.mid, status, lost=dict(done.lost))
    outcome = _merged(office, placed, stamp)
    if placed.store != mutation.store and outcome.status == "applied":
        _leave(office, mutation, placed, left_ms)
    return Result(mutation.mid, outcome.status, outcome.code, "", dict(outcome.lost))


def _leave(office: MemoryOffice, mutation: Mutation, placed: Mutation, left_ms: int) -> None:
    """A new record went after the client who moved: its mark leads later edits there, and has the PC forget it."""
    old, key = office.feeds[store_scope(mutation.store)], (mutation.kind, mutation.id)
    if key not in old.live and key not in old.ended:
        old.end(key, "l", left_ms, placed.store)


def misfit(mutation: Mutation, commands: Collection[str]) -> str:
    """Why a mutation cannot be taken whatever the record says; empty if it can be judged."""
    if mutation.op == "void":
        return "office.internal"
    if mutation.op == "command":
        return "" if mutation.kind in COMMANDS and mutation.kind in commands else "kind.unknown"
    kind = KINDS.get(mutation.kind)
    return "kind.unknown" if kind is None else _unfit(kind, mutation)


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


@dataclass
class _Place:
    """Where a record is: its store and its id, which a merge may have changed; when it left where it was sought."""

    store: str
    id: str
    left_ms: int = 0


def _placed(office: MemoryOffice, mutation: Mutation, at_ms: int) -> tuple[Mutation, int]:
    """The mutation, turned to where its record and what it hangs on have gone since it was made; when they left."""
    kind = COMMANDS.get(mutation.kind, mutation.kind)
    itself = mutation.kind in ("client.merge", "client.unmerge") or mutation.op == "put"
    here = _follow(office, kind, _Place(mutation.store, mutation.id), at_ms, merges=not itself)
    data: dict[str, Any] = dict(mutation.data)
    if mutation.op in ("put", "patch"):
        for name, of in _PARENTS:
            if isinstance(parent := data.get(name), str) and name in KINDS[kind].fields:
                there = _follow(office, of, _Place(here.store, parent, here.left_ms), at_ms)
                here, data[name] = _Place(there.store, here.id, there.left_ms), there.id
    return msgspec.structs.replace(mutation, store=here.store, id=here.id, data=data), here.left_ms


def _follow(office: MemoryOffice, kind: str, place: _Place, at_ms: int, *, merges: bool = True) -> _Place:
    """Follow a record over its transfers and merges. Raises NoError: it had moved already, or is erased."""
    key = (kind, place.id)
    feed = office.feeds[store_scope(place.store)]
    if kind == "client" and place.id in office.erased:
        raise NoError("record.gone")
    mark = feed.ended.get(key)
    if mark is not None and mark.mark == "l":
        if at_ms >= mark.at_ms or not mark.to_store:
            raise NoError("record.moved")
        there = _Place(mark.to_store, place.id, place.left_ms or mark.at_ms)
        return _follow(office, kind, there, at_ms, merges=merges)
    held = feed.live.get(key)
    survivor = held[1].data.get("merged_into") if held and kind == "client" else None
    if merges and survivor:
        return _follow(office, kind, _Place(place.store, survivor, place.left_ms), at_ms)
    return place


def _merged(office: MemoryOffice, mutation: Mutation, stamp: Stamp) -> merge.Outcome:
    kind = KINDS[mutation.kind]
    feed, key = office.feeds[store_scope(mutation.store)], (mutation.kind, mutation.id)
    about = ("client", mutation.data.get("client_id"))
    if about in feed.ended:
        raise NoError("record.gone")
    state = feed.state(key)
    if mutation.op == "put":
        outcome = merge.put(kind, state, mutation.data, stamp)
    elif mutation.op == "patch":
        outcome = merge.patch(kind, state, mutation.data, stamp)
    else:
        outcome = merge.remove(kind, state)
    if outcome.state is None:
        return outcome
    if outcome.changed and outcome.state.gone:
        feed.end(key, "x", office.clock.now_ms())
    elif outcome.changed:
        feed.write(key, outcome.state)
    elif key in feed.live:
        feed.live[key] = (feed.live[key][0], outcome.state)
    return outcome
