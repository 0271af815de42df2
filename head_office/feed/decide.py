"""What becomes of a pushed mutation: pure rules, no database.

`refusal` needs the mutation alone, `judge` also the record as it stands. The merge itself is the wire's own
(`guide_app.protocol.merge`), the same on every PC.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

from guide_app.protocol import merge
from guide_app.protocol.hlc import Stamp, clamp, stamp_ms
from guide_app.protocol.kinds import COMMANDS, KINDS, Kind, check_fields
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import Scope, store_scope

#: How far a device's clock may run ahead of the office's before its stamps are held back, in ms.
CLOCK_TOLERANCE_MS = 60_000
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_STAMP = re.compile(r"[0-9a-f]{16}\.[0-9a-f]{8}")
_REFUSED = "refused"
#: Fields of each kind that only the office may write.
_OFFICE_FIELDS = MappingProxyType({name: frozenset(kind.fields) - kind.device_fields for name, kind in KINDS.items()})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a mutation is rejected: a code of the problem table, and what exactly."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a mutation; `detail` explains a rejection or a clock that was held back."""

    outcome: merge.Outcome
    detail: str = ""


def refusal(mutation: Mutation, granted: Collection[Scope]) -> Refusal | None:
    """Why the mutation cannot be taken whatever the record says; None if it can be judged."""
    badly_written = _form(mutation)
    if badly_written is not None:
        return badly_written
    if store_scope(mutation.store) not in granted:
        return Refusal("scope.forbidden")
    if mutation.op == "command":
        return None if mutation.kind in COMMANDS else Refusal("kind.unknown", mutation.kind)
    kind = KINDS.get(mutation.kind)
    if kind is None:
        return Refusal("kind.unknown", mutation.kind)
    if kind.policy == "office":
        return Refusal("kind.office_only", kind.name)
    return _content(kind, mutation)


def judge(mutation: Mutation, state: merge.State | None, now_ms: int) -> Verdict:
    """The outcome of a mutation that `refusal` let pass, upon the record as it stands.

    Stamps that run ahead of the office's clock by more than a minute are held back to that and the device is told.
    """
    kind = KINDS[mutation.kind]
    latest = now_ms + CLOCK_TOLERANCE_MS
    stamp = clamp(mutation.stamp, latest)
    note = "" if stamp == mutation.stamp else f"clock ahead by {stamp_ms(mutation.stamp) - now_ms} ms"
    if _reopens_refusal(kind, mutation.data, state):
        return Verdict(merge.Outcome(state, "rejected", code="consent.refused"), "contact_state")
    state = _refusal_wins(kind, mutation.data, state)
    return Verdict(_merge(kind, mutation, state, stamp), note)


def _merge(kind: Kind, mutation: Mutation, state: merge.State | None, stamp: Stamp) -> merge.Outcome:
    if mutation.op == "put":
        return merge.put(kind, state, mutation.data, stamp)
    if mutation.op == "patch":
        return merge.patch(kind, state, mutation.data, stamp)
    return merge.remove(kind, state)


def _form(mutation: Mutation) -> Refusal | None:
    for name, value in (("id", mutation.id), ("store", mutation.store)):
        if not _is_id(value):
            return Refusal("record.invalid", name)
    if mutation.by is not None and not _is_id(mutation.by):
        return Refusal("record.invalid", "by")
    if not _STAMP.fullmatch(mutation.stamp):
        return Refusal("record.invalid", "stamp")
    if holds_nul(mutation.data):
        return Refusal("record.invalid", "U+0000")
    return None


def _content(kind: Kind, mutation: Mutation) -> Refusal | None:
    data = mutation.data
    if mutation.op == "remove":
        return None
    foreign = data.keys() & _OFFICE_FIELDS[kind.name]
    if foreign:
        return Refusal("field.office_only", ", ".join(sorted(foreign)))
    missing = kind.required - data.keys()
    if mutation.op == "put" and missing:
        return Refusal("record.invalid", f"missing: {', '.join(sorted(missing))}")
    if "id" in data:
        return Refusal("record.invalid", "id")
    try:
        check_fields(kind, data)
    except msgspec.ValidationError as e:
        return Refusal("record.invalid", str(e))
    return None


def _reopens_refusal(kind: Kind, data: Mapping[str, Any], state: merge.State | None) -> bool:
    # PIPL 15 and the consumer law's Art. 29: after a refusal only the person herself may consent again.
    return (
        kind.name == "client"
        and state is not None
        and state.data.get("contact_state") == _REFUSED
        and data.get("contact_state", _REFUSED) != _REFUSED
    )


def _refusal_wins(kind: Kind, data: Mapping[str, Any], state: merge.State | None) -> merge.State | None:
    """A refusal counts even if another PC with a faster clock wrote a consent meanwhile."""
    if kind.name != "client" or state is None or data.get("contact_state") != _REFUSED:
        return state
    stamps = {name: stamp for name, stamp in state.stamps.items() if name != "contact_state"}
    return merge.State(state.data, stamps, state.gone)


def _is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def holds_nul(value: object) -> bool:
    """Whether any text inside holds U+0000, which PostgreSQL's text cannot."""
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any("\0" in key for key in value) or any(map(holds_nul, value.values()))
    return isinstance(value, list | tuple) and any(map(holds_nul, value))
