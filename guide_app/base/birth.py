"""Whether somebody can be born on a day that was typed, by either calendar. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate

from guide_app.base.ages import GUARDED_AGE, age_on
from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.base.tabular.people import BIRTH

NO_MONTH = Phrase("只有日, 没有月份。")
NO_DAY = Phrase("{month} 月没有 {day} 日。")
NO_DAY_THEN = Phrase("{year} 年 {month} 月没有 {day} 日。")
NO_LUNAR_DAY = Phrase("农历 {month} 月没有 {day} 日。")
NO_LUNAR_DAY_THEN = Phrase("农历 {year} 年 {month} 月没有 {day} 日。")
NO_LEAP_MONTH = Phrase("农历没有闰 {month} 月。")
NO_LEAP_MONTH_THEN = Phrase("农历 {year} 年没有闰 {month} 月。")

#: A year with 29 February stands for a year that is not known.
_LEAP_YEAR = 2024
#: Lunar years that the tables cover.
_YEARS = range(1900, 2101)


def birth_doubt(fields: Mapping[str, Any]) -> Phrase | None:
    """Why nobody can be born on the day of these fields of a client; None if somebody can, or if it is not all known.

    Who says a lunar day often says the solar year with it: a day at the end of the lunar year before is right, too.
    """
    year, month, day = fields["birth_year"], fields["birth_month"], fields["birth_day"]
    said = {"year": year, "month": month, "day": day}
    if month is None:
        return None if day is None else NO_MONTH
    if fields["birth_calendar"] != "lunar":
        there = day is None or _is_solar(year or _LEAP_YEAR, month, day)
        return None if there else (NO_DAY_THEN if year else NO_DAY).given(**said)
    leap, years = bool(fields["birth_leap"]), _YEARS if year is None else (year, year - 1)
    if leap and not _is_lunar(years, month, 1, leap):
        return (NO_LEAP_MONTH_THEN if year else NO_LEAP_MONTH).given(**said)
    if day is not None and not _is_lunar(years, month, day, leap):
        return (NO_LUNAR_DAY_THEN if year else NO_LUNAR_DAY).given(**said)
    return None


def require_birthday(fields: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> None:
    """Raise InvalidInputError if nobody can be born on the day of these fields of a client.

    A day that is the one `before`, as another system wrote it, is left alone.
    """
    if before is not None and all(fields[name] == before[name] for name in BIRTH):
        return
    doubt = birth_doubt(fields)
    if doubt is not None:
        raise InvalidInputError("client.birthday", doubt, "请核对历法、年、月、日。")


def is_minor(fields: Mapping[str, Any], today: dt.date) -> bool:
    """Whether whoever was born on the day of these fields of a client is under 14 on `today`; not without the year."""
    year = fields["birth_year"]
    if year is None or birth_doubt(fields) is not None:
        return False
    return age_on(year, fields["birth_month"], fields["birth_day"], today, fields["birth_calendar"]) < GUARDED_AGE


def _is_solar(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def _is_lunar(years: Iterable[int], month: int, day: int, leap: bool) -> bool:
    """Whether one of these lunar years has the day."""
    for year in years:
        try:
            LunarDate(year, month, day, int(leap))
        except InvalidLunarDateError:
            continue
        return True
    return False
