"""What becomes of a pushed mutation: pure rules, no database.

`count` gives mutations the stamps they are judged with, `refusal` needs the mutation alone, `judge` also the record as
it stands. The merge itself is the wire's own (`guide_app.protocol.merge`), the same on every PC.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct

from guide_app.base.ids import is_id
from guide_app.protocol import merge
from guide_app.protocol.hlc import Stamp, hold_back, make_stamp, stamp_ms
from guide_app.protocol.kinds import COMMANDS, KINDS, Kind
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import Scope, store_scope

#: How far a device's clock may run ahead of the office's before its stamps are held back, in ms.
CLOCK_TOLERANCE_MS = 60_000
_STAMP = re.compile(r"[0-9a-f]{16}\.[0-9a-f]{8}")
_LONGEST_KIND = 64
_NAMES = 4_096
_REFUSED = "refused"
#: Fields of each kind that only the office may write.
_OFFICE_FIELDS = MappingProxyType({name: frozenset(kind.fields) - kind.device_fields for name, kind in KINDS.items()})


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a mutation is rejected: a code of the problem table, and what exactly."""

    code: str
    detail: str = ""


class Verdict(Struct, frozen=True, gc=False):
    """What becomes of a mutation; `detail` explains a rejection."""

    outcome: merge.Outcome
    detail: str = ""


class Counted(Struct, frozen=True, gc=False):
    """A mutation with the stamp it is counted with; `note` says so if that is not its own."""

    mutation: Mutation
    note: str = ""


def count(mutations: Iterable[Mutation], last: Stamp, now_ms: int) -> tuple[list[Counted], Stamp]:
    """Hold back stamps that run ahead of the office's clock (`now_ms`, UTC ms) by more than a minute.

    `last` is the stamp that the device's change before these was counted with; returns also that of the last of these.
    A device's changes keep their order, however far ahead its clock is.
    """
    counted: list[Counted] = []
    latest = now_ms + CLOCK_TOLERANCE_MS
    ahead = make_stamp(latest + 1, 0, "")  # the order of stamps is that of their text
    for mutation in mutations:
        stamp = mutation.stamp
        if not _STAMP.fullmatch(stamp):
            counted.append(Counted(mutation))  # refused for it in its turn
        elif stamp < ahead or (last := hold_back(stamp, latest, last)) == stamp:
            last = stamp
            counted.append(Counted(mutation))
        else:
            note = f"clock ahead by {stamp_ms(stamp) - now_ms} ms"
            counted.append(Counted(msgspec.structs.replace(mutation, stamp=last), note))
    return counted, last


def refusal(
    mutation: Mutation,
    granted: Collection[Scope],
    ended: Mapping[Scope, int] = MappingProxyType({}),
    *,
    nul: bool = True,
) -> Refusal | None:
    """Why the mutation cannot be taken whatever the record says; None if it can be judged.

    `granted` are the scopes that the sender may write; in those of `ended` what was stamped before the end (UTC ms).
    Without `nul` it is known already that no text of its data holds U+0000.
    """
    if mutation.op == "void":
        return Refusal("office.internal")
    scope = store_scope(mutation.store)
    if (badly_written := _form(mutation, nul=nul)) is not None:
        return badly_written
    if scope not in granted and stamp_ms(mutation.stamp) >= ended.get(scope, 0):
        return Refusal("scope.forbidden")
    if mutation.op == "command":
        return None if mutation.kind in COMMANDS else Refusal("kind.unknown", mutation.kind)
    kind = KINDS.get(mutation.kind)
    if kind is None or kind.policy == "office":
        return Refusal("kind.unknown" if kind is None else "kind.office_only", mutation.kind)
    return _content(kind, mutation)


def judge(mutation: Mutation, state: merge.State | None) -> Verdict:
    """The outcome of a mutation that `refusal` let pass, upon the record as it stands."""
    kind = KINDS[mutation.kind]
    if state is not None and kind.name == "client":
        if _reopens_refusal(mutation.data, state):
            return Verdict(merge.Outcome(state, "rejected", code="consent.refused"), "contact_state")
        state = _refusal_wins(mutation.data, state)
    return Verdict(_merge(kind, mutation, state))


def _merge(kind: Kind, mutation: Mutation, state: merge.State | None) -> merge.Outcome:
    if mutation.op == "put":
        return merge.put(kind, state, mutation.data, mutation.stamp)
    if mutation.op == "patch":
        return merge.patch(kind, state, mutation.data, mutation.stamp)
    return merge.remove(kind, state)


def _form(mutation: Mutation, *, nul: bool) -> Refusal | None:
    if not is_id(mutation.id):
        wrong = "id"
    elif not _is_known_id(mutation.store):
        wrong = "store"
    elif mutation.by is not None and not _is_known_id(mutation.by):
        wrong = "by"
    elif len(mutation.kind) > _LONGEST_KIND or not mutation.kind.isprintable():
        wrong = "kind"
    elif not _STAMP.fullmatch(mutation.stamp):
        wrong = "stamp"
    elif nul and holds_nul(mutation.data):
        wrong = "U+0000"
    else:
        return None
    return Refusal("record.invalid", wrong)


def _content(kind: Kind, mutation: Mutation) -> Refusal | None:
    data = mutation.data
    if mutation.op == "remove":
        return None
    office_fields = _OFFICE_FIELDS[kind.name]
    if not office_fields.isdisjoint(data):
        return Refusal("field.office_only", ", ".join(sorted(office_fields.intersection(data))))
    if mutation.op == "put" and not kind.required <= data.keys():
        return Refusal("record.invalid", f"missing: {', '.join(sorted(kind.required - data.keys()))}")
    if "id" in data:
        return Refusal("record.invalid", "id")
    try:
        msgspec.convert(data, kind.struct)  # knows nothing of the fields that it does not know
    except msgspec.ValidationError as e:
        return Refusal("record.invalid", str(e))
    return None


def _reopens_refusal(data: Mapping[str, Any], state: merge.State) -> bool:
    # PIPL 15 and the consumer law's Art. 29: after a refusal only the person herself may consent again.
    return state.data.get("contact_state") == _REFUSED and data.get("contact_state", _REFUSED) != _REFUSED


def _refusal_wins(data: Mapping[str, Any], state: merge.State) -> merge.State:
    """A refusal counts even if another PC with a faster clock wrote a consent meanwhile."""
    if data.get("contact_state") != _REFUSED:
        return state
    stamps = {name: stamp for name, stamp in state.stamps.items() if name != "contact_state"}
    return merge.State(state.data, stamps, state.gone)


@lru_cache(maxsize=_NAMES)
def _is_known_id(text: str) -> bool:
    """`is_id` of a store or a guide, of which the same few are named again and again."""
    return is_id(text)


def holds_nul(value: object) -> bool:
    """Whether any text inside a JSON value holds U+0000, which PostgreSQL's text cannot."""
    # One look at the JSON clears nearly all; what is left may also be a backslash followed by those five characters.
    return b"\\u0000" in msgspec.json.encode(value) and _finds_nul(value)


def _finds_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any("\0" in key for key in value) or any(map(_finds_nul, value.values()))
    return isinstance(value, list | tuple) and any(map(_finds_nul, value))
