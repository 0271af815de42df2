"""Birthdays and other yearly dates, by the solar or the Chinese lunar calendar.

The lunar calendar comes from `borax`, which agrees with the Hong Kong Observatory's tables for all days of
1930-2056. The policies for dates that a year does not have are ours and are shown to the guide:
29 February is kept on 28 February of common years; lunar day 30 is kept on day 29 of a short month; a birthday
in a leap month is kept in the ordinary month when the year has no such leap month.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

Calendar = Literal["solar", "lunar"]
_FEBRUARY, _LEAP_DAY, _COMMON_DAY = 2, 29, 28
_LONG, _SHORT = 30, 29
_MONTHS = "正二三四五六七八九十冬腊"
_TENS = ("初", "十", "廿", "三")
_DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class YearlyDate:
    """A day that comes back every year. `month` 1-12, `day` 1-31 (lunar: 1-30); `year` may be unknown."""

    month: int
    day: int
    calendar: Calendar = "solar"
    leap_month: bool = False
    year: int | None = None


def occurrence(date: YearlyDate, year: int) -> dt.date:
    """The solar day on which `date` is kept in `year` (for lunar dates: in that lunar year)."""
    if date.calendar == "solar":
        if (date.month, date.day) == (_FEBRUARY, _LEAP_DAY) and not _is_leap(year):
            return dt.date(year, _FEBRUARY, _COMMON_DAY)
        return dt.date(year, date.month, date.day)
    leaps = (True, False) if date.leap_month else (False,)
    days = (_LONG, _SHORT) if date.day == _LONG else (date.day,)
    for leap in leaps:
        for day in days:
            try:
                solar: dt.date = LunarDate(year, date.month, day, int(leap)).to_solar_date()
            except InvalidLunarDateError:
                continue
            return solar
    raise ValueError(f"no such lunar day in {year}: {date}")


def next_occurrence(date: YearlyDate, today: dt.date) -> dt.date:
    """The first day not before `today` on which `date` is kept."""
    return min(d for d in (occurrence(date, today.year + k) for k in (-1, 0, 1)) if d >= today)


def lunar_text(day: dt.date) -> str:
    """`农历十月十三` for a solar day."""
    lunar = LunarDate.from_solar(day)
    return "农历" + lunar_day_text(lunar.month, lunar.day, leap=bool(lunar.leap))


def lunar_day_text(month: int, day: int, *, leap: bool = False) -> str:
    """`闰六月三十`, `正月初一`, `腊月廿三` for a lunar month and day."""
    if day in (10, 20, 30):
        name = {10: "初十", 20: "二十", 30: "三十"}[day]
    else:
        name = _TENS[day // 10] + _DIGITS[day % 10 - 1]
    return lunar_month_text(month, leap=leap) + name


def lunar_month_text(month: int, *, leap: bool = False) -> str:
    """`闰六月`, `正月` for a lunar month."""
    return f"{'闰' if leap else ''}{_MONTHS[month - 1]}月"


def has_leap_month(year: int, month: int) -> bool:
    """Whether the lunar `year` has a leap month after its month `month` (1-12)."""
    try:
        LunarDate(year, month, 1, 1)
    except InvalidLunarDateError:
        return False
    return True


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True, slots=True)
class BirthKey:
    """A birthday as it is stored, to look up who keeps it on a given day."""

    calendar: Calendar
    month: int
    day: int
    leap_month: bool


def kept_on(day: dt.date) -> frozenset[BirthKey]:
    """All stored birthdays that are kept on the solar `day`, by the same policies as `occurrence`."""
    keys = {BirthKey("solar", day.month, day.day, leap) for leap in (False, True)}
    if (day.month, day.day) == (_FEBRUARY, _COMMON_DAY) and not _is_leap(day.year):
        keys |= {BirthKey("solar", _FEBRUARY, _LEAP_DAY, leap) for leap in (False, True)}
    lunar = LunarDate.from_solar(day)
    ends_month = LunarDate.from_solar(day + dt.timedelta(days=1)).day == 1
    days = (_SHORT, _LONG) if lunar.day == _SHORT and ends_month else (lunar.day,)
    for d in days:
        candidates = {BirthKey("lunar", lunar.month, d, bool(leap)) for leap in (False, True)}
        keys |= {k for k in candidates if occurrence(_as_date(k), lunar.year) == day}
    return frozenset(keys)


def _as_date(key: BirthKey) -> YearlyDate:
    return YearlyDate(key.month, key.day, key.calendar, key.leap_month)
