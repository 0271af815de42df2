"""What the book says of a client, as frozen values; rules about them are pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from guide_app.base.errors import InvalidInputError
from guide_app.base.phone import normalise_phone
from guide_app.clients.found import Match

#: Her own clients, those of her store, and all that this PC holds of the store: archived ones too (managers only).
Book = Literal["mine", "store", "all"]
Segment = Literal["all", "recent", "valuable", "cooling", "lapsed", "birthday", "new", "coupon", "starred"]

#: Days without a purchase after which a client counts as 快流失 and as 沉睡.
COOLING_DAYS, LAPSED_DAYS, NEW_DAYS, BIRTHDAY_DAYS = 90, 180, 30, 7
VALUABLE_FEN = 300_000


@dataclass(frozen=True, slots=True)
class ClientFilter:
    """Which part of the book a list shows.

    Of `tags` any of a group and all groups must be there; those without a group must all be. `states` are follow-up
    states, any of which she has; an empty text is not followed.
    """

    book: Book = "store"
    segment: Segment = "all"
    tags: tuple[str, ...] = ()
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageKey:
    """Where a list page ended: the next begins after it (keyset paging).

    `number` orders those who bought at the same moment, and who never did: the client's own on this PC.
    """

    last_at: int
    number: int


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of a list. Money in fen, `last_at` UTC ms (0: never bought); `phone` is masked.

    `number` is the client's own on this PC. `match` says why a search found her; None on lists.
    """

    id: str
    name: str
    phone: str
    tags: tuple[str, ...]
    last_at: int
    orders: int
    total_fen: int
    primary_guide_id: str | None
    contact_state: str
    starred: bool
    number: int
    match: Match | None = None

    @property
    def key(self) -> PageKey:
        """The paging key of this line."""
        return PageKey(self.last_at, self.number)


@dataclass(frozen=True, slots=True)
class ClientTag:
    """A tag as it hangs on a client."""

    id: str
    group: str
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What purchases say. `interval_days` is the mean gap between purchases.

    None below two, and for who asked not to be profiled: her rhythm is no fact of a receipt (个人信息保护法 art. 24).
    """

    orders: int
    total_fen: int
    first_at: int
    last_at: int
    interval_days: int | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """One client, whole. `fields` are those of the record, the phone masked."""

    id: str
    fields: Mapping[str, Any]
    phone_masked: str
    tags: tuple[ClientTag, ...]
    figures: Figures
    primary_guide_name: str


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One line of a receipt as the portrait shows it; `amount_fen` negative for returned goods.

    `for_whom` is who it was bought for, empty for herself; `verified` is False for a receipt typed in by hand,
    which may have a `photo`.
    """

    purchase_id: str
    order_no: str
    at: int
    store_name: str
    kind: str
    title: str
    colour: str
    size: str
    qty: int
    amount_fen: int
    line_id: str = ""
    guide_name: str = ""
    coupon_code: str = ""
    for_whom: str = ""
    verified: bool = True
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of fields and what they were before, so that it can be undone."""

    client_id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def clean_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields as typed, in stored form: trimmed, phone in digits. Raises InvalidInputError naming the field."""
    cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    if "name" in cleaned and not cleaned["name"]:
        raise InvalidInputError("client.name", "客户要有姓名或称呼。", "例如「陈女士」。")
    if "phone" in cleaned:
        cleaned["phone"] = normalise_phone(cleaned["phone"])
    return cleaned


def mean_interval_days(orders: int, first_at: int, last_at: int) -> int | None:
    """Mean days between purchases, None below two purchases."""
    if orders < 2 or last_at <= first_at:  # noqa: PLR2004 - an interval needs two ends
        return None
    return max(1, round((last_at - first_at) / 86_400_000 / (orders - 1)))
