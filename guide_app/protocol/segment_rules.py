"""The rules by which clients are chosen: frozen trees of and, or, not over leaves. docs/segments.md is the grammar.

A rule is pure: `guide_app.protocol.segment_grammar` reads and writes its form on the wire, `guide_app.segments.compile`
makes one statement of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

#: Fields of the portrait that are compared as text.
TEXT_FIELDS = (
    "sex", "age_band", "level", "source_channel", "follow_state", "contact_state", "flag", "shoe_size", "top_size",
    "trousers_size", "ring_size", "primary_guide_id",
)  # fmt: skip
#: Yes-or-no facts of the portrait.
FLAGS = ("starred", "no_profiling", "has_phone", "has_wechat", "has_birthday")
#: Numbers: of receipts, fen, whole days since, 1-12; percent of her usual interval that has passed, and that she left.
FIGURES = (
    "orders", "total_fen", "average_fen", "days_since_purchase", "days_since_contact", "days_known", "birth_month",
    "rhythm_percent", "left_percent",
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
    """An event (EVENTS) was seen at least `times` times, in the last `within_days` days if given.

    `hours` are the hours of the day (China time) in which it counts, from the first until before the second; (22, 2) is
    from ten in the evening until two at night.
    """

    name: str
    within_days: int | None = None
    times: int = 1
    hours: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A note or a reply of hers contains `word`, in the last `within_days` days if given.

    Never a private note; Latin letters in either case.
    """

    word: str
    within_days: int | None = None


@dataclass(frozen=True, slots=True)
class Consented:
    """She consents to this purpose (PURPOSES) now, by what was written down and by what her record allows."""

    purpose: str = "marketing"


@dataclass(frozen=True, slots=True)
class Listed:
    """She is on the list of a static segment."""

    segment_id: str


Leaf: TypeAlias = Field | Flag | Figure | Tagged | Bought | Event | Said | Consented | Listed
Rule: TypeAlias = All | Some | Not | Leaf

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
    behaviour = {"orders", "total_fen", "average_fen", "days_since_purchase", "rhythm_percent", "left_percent"}
    return any(
        isinstance(leaf, Bought | Event | Said) or (isinstance(leaf, Figure) and leaf.name in behaviour)
        for leaf in leaves(rule)
    )
