"""How mutations become state: pure, the same on every implementation.

`fold` takes what is known of a record and one mutation and says what becomes of both. Per field, the greater stamp
wins (last writer by hybrid clock); lattice fields take the later of their order whatever the stamps; facts are written
once; of a set, an id that was removed stays removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from guide_app.protocol.hlc import Stamp
from guide_app.protocol.kinds import Kind

Status = Literal["applied", "merged", "duplicate", "rejected"]
Rule = Literal["later", "further"]


class State(Struct, frozen=True, gc=False):
    """A record as held: its fields, the stamp of the last writer of each, and whether it is gone."""

    data: Mapping[str, Any] = {}
    stamps: Mapping[str, Stamp] = {}
    gone: bool = False


class Outcome(Struct, frozen=True, gc=False):
    """What became of a mutation. `lost` are the fields (with the values sent) that a later edit had overtaken."""

    state: State | None
    status: Status
    lost: Mapping[str, Any] = {}
    code: str = ""
    changed: bool = False


def rule_of(kind: Kind, field: str) -> Rule:
    """What decides between two values of a field: which was written `later`, or which is `further` in its order."""
    return "further" if field in dict(kind.lattice) else "later"


def put(kind: Kind, state: State | None, data: Mapping[str, Any], stamp: Stamp) -> Outcome:
    """Create a record; of one that is there already, facts are duplicates and fields are merged."""
    if state is None:
        stamps = dict.fromkeys(data, stamp) if kind.policy == "fields" else {}
        return Outcome(State(dict(data), stamps), "applied", changed=True)
    if kind.policy in ("fact", "set") or state.gone:
        return Outcome(state, "duplicate")
    return patch(kind, state, data, stamp)


def patch(kind: Kind, state: State | None, data: Mapping[str, Any], stamp: Stamp) -> Outcome:
    """Change single fields, each decided by itself."""
    if state is None or state.gone:
        return Outcome(state, "rejected", code="record.gone" if state else "record.unknown")
    if kind.policy in ("fact", "set"):
        return Outcome(state, "rejected", code="record.immutable")
    lattice = dict(kind.lattice)
    won: dict[str, Any] = {}
    lost: dict[str, Any] = {}
    for name, value in data.items():
        if name in lattice:
            wins = _rank(lattice[name], value) > _rank(lattice[name], state.data.get(name))
            stays = value == state.data.get(name)
        else:
            wins = stamp > state.stamps.get(name, "")
            stays = False
        if wins:
            won[name] = value
        elif not stays:
            lost[name] = value
    changed = any(state.data.get(name) != value for name, value in won.items())
    after = replace(state, data={**state.data, **won}, stamps={**state.stamps, **dict.fromkeys(won, stamp)})
    return Outcome(after, "merged" if lost else "applied", lost=lost, changed=changed)


def remove(kind: Kind, state: State | None) -> Outcome:
    """Take an element out of a set; removing what is gone already changes nothing."""
    if kind.policy != "set":
        return Outcome(state, "rejected", code="record.immutable")
    if state is None:
        return Outcome(None, "rejected", code="record.unknown")
    if state.gone:
        return Outcome(state, "duplicate")
    return Outcome(replace(state, gone=True), "applied", changed=True)


def _rank(order: tuple[str, ...], value: object) -> int:
    return order.index(value) if isinstance(value, str) and value in order else -1
