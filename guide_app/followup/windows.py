"""How long a day that comes back every year is spoken of: its day, week or month, and some days before. Pure."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from guide_app.followup.rules import Span

_SUNDAY = 6


def window(day: dt.date, span: Span) -> tuple[dt.date, dt.date]:
    """The first and the last day of the window that holds `day`: itself, its week from Monday, or its month."""
    if span == "day":
        return day, day
    if span == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=_SUNDAY)
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def spoken_of(today: dt.date, ahead: int, span: Span) -> Iterator[dt.date]:
    """The days of which one speaks `today`, in their order: those whose window begins within `ahead` days or is open.

    A day of this window that has passed comes too.
    """
    day = window(today, span)[0]
    opens = today + dt.timedelta(days=ahead)
    while window(day, span)[0] <= opens:
        yield day
        day += dt.timedelta(days=1)
