"""节日: on which days head office's festivals and the solar terms fall, and how soon. Pure.

Solar terms come from `borax`, as the lunar calendar does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from borax.calendars.lunardate import TERMS_CN, TermUtils

from guide_app.base.dates import YearlyDate, occurrence
from guide_app.protocol.records import Festival

#: The 24 solar terms by name, from 小寒 to 冬至.
TERMS: tuple[str, ...] = tuple(TERMS_CN)
_FIRST, _LAST = 1900, 2100


@dataclass(frozen=True, slots=True)
class FestivalDay:
    """The next day of a festival. `scene` says which scripts fit; `ahead` is how many days are left."""

    name: str
    day: dt.date
    ahead: int
    scene: str
    is_term: bool


def term_day(term: str, year: int) -> dt.date:
    """The day of a solar term (节气) in a year of 1900-2100. Raises ValueError for any other name or year."""
    if term not in TERMS or not _FIRST <= year <= _LAST:
        raise ValueError(f"no solar term {term} in {year}")
    day: dt.date = TermUtils.nth_term_day(year, term_name=term)
    return day


def next_day(festival: Festival, today: dt.date) -> dt.date | None:
    """The first day not before `today` on which the festival is kept.

    None if it was for one year (of a lunar festival: lunar year) that has passed, or its record names no day.
    """
    years = range(today.year - 1, today.year + 2) if festival.year is None else (festival.year,)
    days = (_day_in(festival, year) for year in years)
    return min((day for day in days if day is not None and day >= today), default=None)


def _day_in(festival: Festival, year: int) -> dt.date | None:
    try:
        if festival.calendar == "term":
            return term_day(festival.term, year)
        if festival.month is None or festival.day is None:
            return None
        return occurrence(YearlyDate(festival.month, festival.day, festival.calendar), year)
    except ValueError:  # a day that no year has, such as 30 February: what head office meant is anybody's guess
        return None


def upcoming(festivals: Iterable[Festival], today: dt.date) -> list[FestivalDay]:
    """The festivals that are near enough to be spoken of: within their own `days_before`; the nearest first."""
    found = []
    for festival in festivals:
        day = next_day(festival, today)
        if day is not None and (ahead := (day - today).days) <= festival.days_before:
            found.append(FestivalDay(festival.name, day, ahead, festival.scene, festival.calendar == "term"))
    return sorted(found, key=lambda f: (f.day, f.is_term, f.name))


def term_of(today: dt.date) -> str | None:
    """The solar term that begins on this day, if one does."""
    return next((term for term in TERMS if term_day(term, today.year) == today), None)
