"""The rules by which clients are chosen: frozen trees of and, or, not over leaves. docs/segments.md is the grammar.

A rule is pure: `guide_app.segments.parse` reads and writes its form on the wire, `guide_app.segments.compile` makes one
statement of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

#: Fields of the portrait that are compared as text.
TEXT_FIELDS = (
    "sex", "age_band", "level", "source_channel", "follow_state", "contact_state", "flag", "shoe_size", "top_size",
    "trousers_size", "ring_size", "primary_guide_id",
)  # fmt: skip
#: Yes-or-no facts of the portrait.
FLAGS = ("starred", "no_profiling", "has_phone", "has_wechat", "has_birthday")
#: Numbers: of receipts, fen, whole days since, 1-12.
FIGURES = (
    "orders", "total_fen", "average_fen", "days_since_purchase", "days_since_contact", "days_known", "birth_month",
)  # fmt: skip
#: What can have happened; `contact` is a call, a message or a share to her, `held_coupon` one that is valid now.
EVENTS = (
    "contact", "call", "message", "visit", "reply", "share", "scan", "claim", "redeemed", "held_coupon", "open_wish",
)  # fmt: skip
PURPOSES = ("service", "marketing", "profiling", "sensitive", "child", "share")


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts everybody fits."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds; without parts nobody fits."""

    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Rule


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the portrait (TEXT_FIELDS) has one of these values; an empty text stands for not known."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes-or-no fact of the portrait (FLAGS) is so."""

    name: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number (FIGURES) lies between both ends, either of which may be open. What is not known lies nowhere."""

    name: str
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Tagged:
    """She carries a tag of this name, or any tag of this group; empty: not asked."""

    name: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """At least `times` pieces that she bought and kept answer to all that is asked; empty and None: not asked.

    `category` is that category or one below it. `within_days` counts back from now.
    """

    category: str = ""
    product_id: str = ""
    size: str = ""
    colour: str = ""
    within_days: int | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """An event (EVENTS) was seen at least `times` times, in the last `within_days` days if given."""

    name: str
    within_days: int | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Consented:
    """She consents to this purpose (PURPOSES): the latest word counts, and refusing contact ends all of them."""

    purpose: str = "marketing"


@dataclass(frozen=True, slots=True)
class Listed:
    """She is on the list of a static segment."""

    segment_id: str


Leaf: TypeAlias = Field | Flag | Figure | Tagged | Bought | Event | Consented | Listed
Rule: TypeAlias = All | Some | Not | Leaf
Mode = Literal["dynamic", "static"]

EVERYBODY = All(())


def leaves(rule: Rule) -> Iterator[Leaf]:
    """All leaves of a rule, from left to right."""
    match rule:
        case All(parts) | Some(parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield rule


def profiles(rule: Rule) -> bool:
    """Whether a rule chooses by behaviour: clients who asked not to be profiled are left out of it (PIPL art. 24)."""
    behaviour = {"orders", "total_fen", "average_fen", "days_since_purchase"}
    return any(
        isinstance(leaf, Bought | Event) or (isinstance(leaf, Figure) and leaf.name in behaviour)
        for leaf in leaves(rule)
    )


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
