"""Birthdays as people write them: solar or lunar, with or without the year, with or without the day."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from guide_app.base.dates import Calendar
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.values import parse_date, plain

_YEARS = range(1880, 2201)  # as the client record has it
_LEAP_YEAR = 2000  # has a 29 February, so that a birthday without year may be that day
_LUNAR = re.compile(r"(?:农历|阴历|旧历)\s*|\((?:农|阴)\)$")
#: Names that only the lunar calendar has: 正月, 冬月, 腊月, 闰六月, 初三, 廿三.
_LUNAR_NAME = re.compile(r"[正冬腊]月|闰|初[一二三四五六七八九十]|廿")
_YEARLESS = re.compile(r"(?:--)?(\d{1,2})(?:[-/.月])?(\d{1,2})日?")
_LUNAR_DAY = re.compile(r"(?:(\d{4})[-/.年]\s*)?(闰)?(\d{1,2}|[正一二三四五六七八九十冬腊]{1,2})[-/.月](\S{1,4})")
#: Only the month: `3月`, `三月份`, `1991年3月`, `1991-03`, `--03` (RFC 6350, section 4.3.1).
_MONTH = re.compile(
    r"(?:(?P<of>\d{4})年\s*)?(?P<leap>闰)?(?P<named>\d{1,2}|[正一二三四五六七八九十冬腊]{1,2})月份?"
    r"|(?P<year>\d{4})[-/.](?P<month>\d{1,2})|--(?P<alone>\d\d)"
)
#: What stands where a year is not known: `0000-03-08`, `xxxx-03-08`, `?年3月8日`, `未知年3月`, `不详-03-08`.
_NO_YEAR = re.compile(r"(?:0000|[xX?*]{1,4}|未知|不详)(?:年\s*|[-/.])")
_MONTHS = {name: n for n, name in enumerate("正二三四五六七八九十冬腊", 1)} | {"一": 1, "十一": 11, "十二": 12}
_DIGITS = {name: n for n, name in enumerate("一二三四五六七八九", 1)}
_TENS = {"初十": 10, "十": 10, "二十": 20, "廿": 20, "三十": 30, "卅": 30}
_LUNAR_MONTH_DAYS, _LUNAR_MONTHS = 30, 12


@dataclass(frozen=True, slots=True)
class Birthday:
    """A birthday, `day` None where only its month is known; `leap` is meant for lunar months only."""

    calendar: Calendar
    year: int | None
    month: int
    day: int | None
    leap: bool = False


def parse_birthday(text: str) -> Birthday:
    """`1991-03-08`, `3月8日`, `--0308`, `0308`, `3月`, `农历八月`, `农历八月十五`, `农历1982年闰四月初三`.

    Raises InvalidInputError.
    """
    value = plain(text)
    try:
        lunar = _LUNAR.search(value) is not None or _LUNAR_NAME.search(value) is not None
        value = _NO_YEAR.sub("", _LUNAR.sub("", value).strip() if lunar else value, count=1)
        month = _MONTH.fullmatch(value)
        if month is not None:
            return _month(month, "lunar" if lunar else "solar")
        return _lunar(value) if lunar else _solar(value)
    except (ValueError, KeyError) as e:
        raise InvalidInputError(
            "birthday.invalid", "「{text}」不是生日。", "请输入如 1991-03-08、03-08、3月 或 农历八月十五。", text=text
        ) from e


def _month(found: re.Match[str], calendar: Calendar) -> Birthday:
    word, of = found["named"] or found["month"] or found["alone"], found["of"] or found["year"]
    month, year = int(word) if word.isdigit() else _MONTHS[word], int(of) if of else None
    if not 1 <= month <= _LUNAR_MONTHS or (year is not None and year not in _YEARS):
        raise ValueError(word)
    return Birthday(calendar, year, month, None, found["leap"] is not None)


def _solar(value: str) -> Birthday:
    found = _YEARLESS.fullmatch(value)
    if found and not (value.isdigit() and len(value) != len("0308")):
        day = dt.date(_LEAP_YEAR, int(found[1]), int(found[2]))
        return Birthday("solar", None, day.month, day.day)
    try:
        day = parse_date(value)
    except InvalidInputError as e:
        raise ValueError(value) from e
    if day.year not in _YEARS:
        raise ValueError(value)
    return Birthday("solar", day.year, day.month, day.day)


def _lunar(value: str) -> Birthday:
    found = _LUNAR_DAY.fullmatch(value)
    if found is None:
        raise ValueError(value)
    month = int(found[3]) if found[3].isdigit() else _MONTHS[found[3]]
    day = _lunar_day(found[4].removesuffix("日"))
    year = int(found[1]) if found[1] else None
    if not 1 <= month <= _LUNAR_MONTHS or not 1 <= day <= _LUNAR_MONTH_DAYS or (year and year not in _YEARS):
        raise ValueError(value)
    return Birthday("lunar", year, month, day, found[2] is not None)


def _lunar_day(word: str) -> int:
    """`15`, `初三`, `十五`, `廿三`, `二十三`, `三十` as a number."""
    if word.isdigit():
        return int(word)
    if word in _TENS:
        return _TENS[word]
    return _TENS.get(word[:-1], 0) + _DIGITS[word[-1]] if word[0] != "初" else _DIGITS[word[1:]]
