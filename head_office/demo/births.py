"""Dates of birth as customers give them: solar or lunar, whole or only the month, with or without the year."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final, Literal

from borax.calendars.lunardate import InvalidLunarDateError, LCalendars, LunarDate

# Shares of what a shop's book really holds.
_NONE, _MONTH_ONLY, _NO_YEAR, _LUNAR = 0.12, 0.05, 0.10, 0.16
_LEAP_SHARE: Final = 0.4
_DAY_30_SHARE: Final = 0.12
_LONG: Final = 30
_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Birth:
    """What is known of a birthday; `calendar` says how month and day count."""

    calendar: Literal["solar", "lunar"] = "solar"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    leap: bool = False


def birth(rng: Random, year: int) -> Birth:
    """A birthday in `year`, told as fully as this customer cared to."""
    told = rng.random()
    if told < _NONE:
        return Birth()
    if told < _NONE + _MONTH_ONLY:
        return Birth(month=rng.randint(1, 12))
    if told < _NONE + _MONTH_ONLY + _LUNAR:
        return _lunar(rng, year)
    month = rng.randint(1, 12)
    day = rng.randint(1, _DAYS[month - 1])
    if (month, day) == (2, 29) and year % 4:
        day = 28
    if told < _NONE + _MONTH_ONLY + _LUNAR + _NO_YEAR:
        return Birth(month=month, day=day)
    return Birth("solar", year, month, day)


def _lunar(rng: Random, year: int) -> Birth:
    """A lunar birthday; now and then in a leap month or on a thirtieth, where reminders go wrong."""
    leap_month = LCalendars.leap_month(year)
    leap = bool(leap_month) and rng.random() < _LEAP_SHARE
    month = leap_month if leap else rng.randint(1, 12)
    day = _LONG if rng.random() < _DAY_30_SHARE else rng.randint(1, _LONG - 1)
    if day == _LONG and not _exists(year, month, day, leap=leap):
        day -= 1
    return Birth("lunar", year, month, day, leap)


def _exists(year: int, month: int, day: int, *, leap: bool) -> bool:
    try:
        LunarDate(year, month, day, int(leap))
    except InvalidLunarDateError:
        return False
    return True
