"""What is known of a client once several records turned out to be her. Pure.

The survivor keeps what she says herself; what she is silent about comes from whoever said it last. The result depends
on the members alone, not on the order in which they were merged. A refusal of contact or of profiling by any of them
holds for all, and so does a block. What a guide settled when she merged two is what the survivor says herself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guide_app.protocol.hlc import Stamp
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.one_person import BIRTH_FIELDS

_BIRTH = BIRTH_FIELDS
_CONSENT = ("contact_state", "consent_version", "consent_at")
_FLAG = ("flag", "flag_why")
#: Fields that only make sense together; the first says whether the group says anything.
_GROUPS = (_BIRTH, _CONSENT, _FLAG)
_FLAGS = ("starred", "no_profiling")
_EARLIEST = "created_at"
#: What tells of the record rather than of the person.
_OWN = frozenset({"archived_at", "merged_into"})
_GROUPED = {*_BIRTH, *_CONSENT, *_FLAG, *_FLAGS, _EARLIEST, *_OWN}
_SINGLE = tuple((name,) for name in KINDS["client"].fields if name not in _GROUPED)
_SILENT = ("", None, "none")
#: Of these groups, the word of any member that holds for all.
_HOLDS = {_CONSENT: "refused", _FLAG: "blocked"}


@dataclass(frozen=True, slots=True)
class Member:
    """One record of a person, with what it says itself: nothing that came from others."""

    id: str
    data: Mapping[str, Any]
    stamps: Mapping[str, Stamp]


@dataclass(frozen=True, slots=True)
class Filled:
    """A field's value that came from another record, and the stamp it had there."""

    value: Any
    stamp: Stamp


def settled(own: Member, words: Iterable[Mapping[str, Filled]]) -> dict[str, Filled]:
    """What guides settled for her, merge by merge: the greater stamp counts, her own later edit too."""
    found: dict[str, Filled] = {}
    for word in words:
        for name, filled in word.items():
            held = found[name].stamp if name in found else own.stamps.get(name, "")
            if filled.stamp > held:
                found[name] = filled
    return found


def joined(own: Member, others: Sequence[Member]) -> dict[str, Filled]:
    """The fields that the others add to what `own` says."""
    found: dict[str, Filled] = {}
    for group in (*_GROUPS, *_SINGLE):
        source = _source(group, own, others)
        if source is not own:
            found |= {name: Filled(source.data.get(name), source.stamps.get(name, "")) for name in group}
    for flag in _FLAGS:
        setters = [m for m in others if m.data.get(flag)]
        if setters and not own.data.get(flag):
            found[flag] = Filled(True, max(m.stamps.get(flag, "") for m in setters))
    earliest = min(filter(None, (m.data.get(_EARLIEST) for m in (own, *others))), default=0)
    if earliest != own.data.get(_EARLIEST, 0):
        found[_EARLIEST] = Filled(earliest, own.stamps.get(_EARLIEST, ""))
    return {name: filled for name, filled in found.items() if filled.value != own.data.get(name)}


def _source(group: Sequence[str], own: Member, others: Iterable[Member]) -> Member:
    lead = group[0]
    saying = [m for m in others if m.data.get(lead) not in _SILENT]
    word = _HOLDS.get(tuple(group))
    if word is not None and own.data.get(lead) != word:
        strict = [m for m in saying if m.data[lead] == word]
        if strict:
            return _latest(group, strict)
    if own.data.get(lead) not in _SILENT or not saying:
        return own
    return _latest(group, saying)


def _latest(group: Sequence[str], members: Iterable[Member]) -> Member:
    return max(members, key=lambda m: (max(m.stamps.get(name, "") for name in group), m.id))
