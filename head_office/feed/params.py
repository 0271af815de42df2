"""Reads what a command says: each reader raises ValueError naming the parameter that is missing or wrong."""

from __future__ import annotations

from guide_app.base.ids import parse_id
from guide_app.protocol.messages import Mutation
from head_office.feed.decide import CLOCK_TOLERANCE_MS

_LONGEST = 64


def text_of(mutation: Mutation, name: str, longest: int = _LONGEST) -> str:
    """A short text; empty if it is not there."""
    value = mutation.data.get(name, "")
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(name)
    return value


def number_of(mutation: Mutation, name: str) -> int:
    """A number that is not negative; 0 if it is not there."""
    value = mutation.data.get(name, 0)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1 << 53:
        raise ValueError(name)
    return value


def moment_of(mutation: Mutation, name: str, now_ms: int) -> int:
    """A moment of the device, held back to a minute ahead of the office's; the office's present if none is given."""
    value = mutation.data.get(name, now_ms)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(name)
    return min(value, now_ms + CLOCK_TOLERANCE_MS)


def id_of(mutation: Mutation, name: str) -> str:
    """An id in canonical text."""
    value = mutation.data.get(name)
    if not isinstance(value, str) or parse_id(value) != value:
        raise ValueError(name)
    return value


def id_or_none(mutation: Mutation, name: str) -> str | None:
    """An id, or None if nothing stands there."""
    return id_of(mutation, name) if mutation.data.get(name) else None
