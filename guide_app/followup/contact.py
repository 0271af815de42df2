"""How often a client may be contacted, and how many a guide contacts a day. Pure.

A contact is a message, a call that reached her, or a share made for her, by whomever of the company. A note within half
an hour after a share tells of that share and does not count twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guide_app.base.clock import china_date

SAME_CONTACT_MS = 30 * 60_000
DAILY_BUDGET = 18


@dataclass(frozen=True, slots=True)
class ContactLimit:
    """At most `contacts` in `days` business days, today included."""

    contacts: int = 3
    days: int = 7


@dataclass(frozen=True, slots=True)
class ContactRoom:
    """Whether a client may be contacted today: `used` of `limit`; if not, `next_day` is the first day she may."""

    used: int
    limit: ContactLimit
    next_day: dt.date | None

    @property
    def free(self) -> bool:
        """Whether one more contact is allowed today."""
        return self.next_day is None


def contacts(shares: Iterable[int], notes: Iterable[int]) -> list[int]:
    """Moments (UTC ms) of contacts: all shares, and the notes that do not tell of a share just made; in order."""
    open_shares = sorted(shares)
    found = list(open_shares)
    for note in sorted(notes):
        told = next((s for s in open_shares if 0 <= note - s <= SAME_CONTACT_MS), None)
        if told is None:
            found.append(note)
        else:
            open_shares.remove(told)
    return sorted(found)


def room(moments: Sequence[int], limit: ContactLimit, today: dt.date) -> ContactRoom:
    """The room that contacts at `moments` (UTC ms) leave today under `limit`."""
    first = today - dt.timedelta(days=limit.days - 1)
    days = sorted(day for day in map(china_date, moments) if day >= first)
    if len(days) < limit.contacts:
        return ContactRoom(len(days), limit, None)
    return ContactRoom(len(days), limit, days[-limit.contacts] + dt.timedelta(days=limit.days))
