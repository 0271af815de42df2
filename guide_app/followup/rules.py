"""Head office's figures for following up, read from its house rules; each has a default that needs no office."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from sqlalchemy import Connection

from guide_app.followup.contact import DAILY_BUDGET, ContactLimit
from guide_app.store.house_rules import Figure, figure

_MOST = 1_000
_DAYS = 60

#: How many clients a guide is asked to contact a day.
BUDGET = Figure("contact_budget", "per_day", DAILY_BUDGET, 1, _MOST)
#: How often one client may be contacted, and within how many days.
LIMIT_COUNT = Figure("contact_limit", "count", ContactLimit().contacts, 1, _MOST)
LIMIT_DAYS = Figure("contact_limit", "days", ContactLimit().days, 1, 366)
#: How many new clients a guide is asked to greet a day: a book brought in at once must not fill her list.
WELCOMES = Figure("welcome_cap", "per_day", 6, 0, _MOST)
#: How many days before a birthday's window it is first spoken of; the window is its day, week or month.
BIRTHDAY_AHEAD = Figure("birthday_window", "days_before", 7, 0, _DAYS)
BIRTHDAY_SPAN = Figure("birthday_window", "span", 1, 1, 31)
#: The number of the coupon template that is proposed with a birthday; 0 for none.
BIRTHDAY_COUPON = Figure("birthday_coupon", "template_no", 0, 0, (1 << 14) - 1)
#: Whether the day of a client's first purchase is kept, and how many days before it is spoken of.
FIRST_DAY_ON = Figure("first_purchase_day", "on", 0, 0, 1)
FIRST_DAY_AHEAD = Figure("first_purchase_day", "days_before", 3, 0, _DAYS)
#: How many days before a warranty ends the client is told.
WARRANTY_AHEAD = Figure("warranty_ahead", "days", 14, 0, 366)
#: In how many days a sequence may begin for so many clients of a store, by occasion.
_STARTS = MappingProxyType(
    {
        "lapse": Figure("sop_starts", "lapse", 5, 0, _MOST),
        "new_client": Figure("sop_starts", "new_client", 20, 0, _MOST),
        "festival": Figure("sop_starts", "festival", 30, 0, _MOST),
    }
)

Span = Literal["day", "week", "month"]


def contact_budget(conn: Connection) -> int:
    """How many clients a guide is asked to contact a day: `contact_budget {"per_day": 18}`."""
    return figure(conn, BUDGET)


def contact_limit(conn: Connection) -> ContactLimit:
    """How often one client may be contacted: `contact_limit {"count": 3, "days": 7}`."""
    return ContactLimit(figure(conn, LIMIT_COUNT), figure(conn, LIMIT_DAYS))


def birthday_span(conn: Connection) -> Span:
    """How long a birthday is spoken of: on the day (`span` 1), in its week (up to 7), in its month (more)."""
    days = figure(conn, BIRTHDAY_SPAN)
    if days == 1:
        return "day"
    return "week" if days <= 7 else "month"  # noqa: PLR2004 - the days of a week


def sop_starts(conn: Connection, occasion: str) -> int | None:
    """How many runs of one sequence may begin in a store in a day at this occasion; None: as many as there are."""
    rule = _STARTS.get(occasion)
    return None if rule is None else figure(conn, rule)
