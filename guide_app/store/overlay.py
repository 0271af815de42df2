"""What a record looks like here: the office's version, and over it the changes that the office has not judged yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from guide_app.protocol import merge
from guide_app.protocol.hlc import Stamp
from guide_app.protocol.kinds import Kind
from guide_app.protocol.merge import State

StepOp = Literal["put", "patch", "remove"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a command is expected to do to a record; shown until the office has said what it did."""

    kind: str
    id: str
    op: StepOp
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One waiting change of one record. `predicted`: the effect of a command, which may touch what devices may not."""

    op: StepOp
    data: Mapping[str, Any]
    stamp: Stamp
    predicted: bool = False


def view_of(kind: Kind, base: Mapping[str, Any] | None, steps: Iterable[Step]) -> Mapping[str, Any] | None:
    """The fields to show: `base` (None: the office has no such record) with `steps` applied in order; None: nothing.

    Follows the wire's merge rules. The office's stamps are not known here: a waiting edit counts as the later one, so
    that one's own writes stay visible until they are judged.
    """
    state = None if base is None else State(base)
    for step in steps:
        state = _predict(state, step) if step.predicted else _merge(kind, state, step)
    return None if state is None or state.gone else state.data


def _merge(kind: Kind, state: State | None, step: Step) -> State | None:
    if step.op == "put":
        return merge.put(kind, state, step.data, step.stamp).state
    if step.op == "patch":
        return merge.patch(kind, state, step.data, step.stamp).state
    return merge.remove(kind, state).state


def _predict(state: State | None, step: Step) -> State | None:
    if step.op == "remove":
        return None
    if state is None:
        return State(dict(step.data)) if step.op == "put" else None
    return State({**state.data, **step.data}, state.stamps)
