"""Segments as they are kept and answered; the rules they are made of are `guide_app.protocol.segment_rules`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guide_app.protocol.segment_rules import (
    EVENTS,
    EVERYBODY,
    FIGURES,
    FLAGS,
    PURPOSES,
    TEXT_FIELDS,
    All,
    Bought,
    Consented,
    Event,
    Field,
    Figure,
    Flag,
    Leaf,
    Listed,
    Not,
    Rule,
    Said,
    Some,
    Tagged,
    leaves,
    profiles,
)

__all__ = [
    "EVENTS",
    "EVERYBODY",
    "FIGURES",
    "FLAGS",
    "PURPOSES",
    "REASONS",
    "TEXT_FIELDS",
    "All",
    "Bought",
    "Consented",
    "Event",
    "Field",
    "Figure",
    "Flag",
    "Kept",
    "Leaf",
    "Listed",
    "Member",
    "Mode",
    "Not",
    "Overlap",
    "Reach",
    "Reason",
    "Rule",
    "Said",
    "Some",
    "Tagged",
    "leaves",
    "profiles",
    "tag_filter",
]

Mode = Literal["dynamic", "static"]


def tag_filter(chosen: tuple[tuple[str, str], ...]) -> Rule:
    """(group, name) pairs as a filter: any tag inside a group, all groups together. Ungrouped tags all count."""
    groups: dict[str, list[Rule]] = {}
    for group, name in chosen:
        groups.setdefault(group or f"\0{name}", []).append(Tagged(name=name, group=group))
    return All(tuple(parts[0] if len(parts) == 1 else Some(tuple(parts)) for parts in groups.values()))


@dataclass(frozen=True, slots=True)
class Kept:
    """A segment that somebody keeps. `mine`: of the guide who asks; she may change it."""

    id: str
    name: str
    rule: Rule
    mode: Mode
    shared: bool
    guide_id: str | None
    at: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A client who fits. Money in fen, `last_at` UTC ms of the last purchase (0: never bought)."""

    id: str
    name: str
    last_at: int
    orders: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class Line:
    """A client who fits, as the table shows her. Moments in UTC ms (0: never), money in fen.

    `rhythm` is percent of her usual interval that has passed, `left` percent that she left, `gain_fen` what is to be
    expected of her in 90 days; None where that is not known or not to be worked out (不做画像). `why` she may not be
    addressed, empty if she may.
    """

    id: str
    name: str
    last_at: int
    orders: int
    total_fen: int
    contact_at: int
    rhythm: int | None
    left: int | None
    gain_fen: int | None
    why: Reason | Literal[""]


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many fit the first, the second, and both."""

    first: int
    second: int
    both: int


Reason = Literal["refused", "flagged", "blocked", "no_consent", "no_profiling", "contacted"]
#: Why a client who fits is left out, the first that applies:
#: 拒绝联系, 投诉或黑名单, 勿扰标签, 没有同意, 不做画像, 刚联系过.
REASONS: tuple[Reason, ...] = ("refused", "flagged", "blocked", "no_consent", "no_profiling", "contacted")


@dataclass(frozen=True, slots=True)
class Reach:
    """Who of a segment may be addressed: `reached` + the sum of `left_out` = `total`."""

    total: int
    reached: int
    left_out: dict[Reason, int]
