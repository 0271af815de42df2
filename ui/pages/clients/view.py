"""What the portrait is given, and what it says back."""

from dataclasses import dataclass
from typing import Literal

from guide_app.clients.card import Card
from guide_app.clients.model import Portrait, PurchaseLine
from guide_app.clients.tags import HangingTag
from guide_app.coupons.model import HeldCoupon
from guide_app.flows.timeline import Entry
from guide_app.followup.contact import ContactRoom
from guide_app.followup.model import TaskRow
from guide_app.segments.grids import LIMITS, Limits
from guide_app.segments.rhythm import Outlook

What = Literal[
    "date.add", "date.end", "relation.add", "relation.end", "relation.open", "wish.add", "wish.fulfilled",
    "wish.dropped", "service.add", "service.done", "line.for", "line.own", "size.add", "photo", "receipt",
    "flag", "sops", "state.next", "state.back",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ClientView:
    """Everything the portrait shows, read in one go."""

    portrait: Portrait
    purchases: tuple[PurchaseLine, ...]
    coupons: tuple[HeldCoupon, ...]
    promises: tuple[TaskRow, ...]
    timeline: list[Entry]
    card: Card
    now_ms: int
    room: ContactRoom | None = None
    authors: tuple[str, ...] = ()
    last_contact: int = 0
    """UTC ms of the last message, call, visit or share; 0 if there was none."""
    outlook: Outlook | None = None
    limits: Limits = LIMITS
    hanging: tuple[HangingTag, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field that the guide changed."""

    client_id: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A deed that the guide wants on the card; `record` is the id of what it is about, empty for a new one."""

    what: What
    record: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to a field of head office's, as typed or chosen."""

    field_id: str
    value: str


@dataclass(frozen=True, slots=True)
class NewNote:
    """A line for the timeline: its text, its kind (`note`, `call`, `visit`, `message`), and whether it is private."""

    text: str
    kind: str
    private: bool
