"""On which days somebody can be born."""

import datetime as dt
from typing import Any

import pytest
from borax.calendars.lunardate import LunarDate
from hypothesis import given
from hypothesis import strategies as st

from guide_app.clients.birth import birth_doubt


def fields(
    year: int | None, month: int | None, day: int | None, calendar: str = "solar", *, leap: bool = False
) -> dict[str, Any]:
    return {"birth_year": year, "birth_month": month, "birth_day": day, "birth_calendar": calendar, "birth_leap": leap}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (fields(None, 2, 30), "2 月没有 30 日。"),
        (fields(None, 4, 31), "4 月没有 31 日。"),
        (fields(1995, 2, 29), "1995 年 2 月没有 29 日。"),
        (fields(None, None, 5), "只有日, 没有月份。"),
        (fields(None, 8, 31, "lunar"), "农历 8 月没有 31 日。"),
        (fields(None, 12, 3, "lunar", leap=True), "农历没有闰 12 月。"),
        (fields(2024, 6, 3, "lunar", leap=True), "农历 2024 年没有闰 6 月。"),
    ],
)
def test_a_day_that_no_year_has_is_said(typed: dict[str, Any], told: str) -> None:
    assert str(birth_doubt(typed)) == told


@pytest.mark.parametrize(
    "typed",
    [
        fields(None, None, None),
        fields(1990, None, None),
        fields(None, 2, None),
        fields(None, 2, 29),
        fields(1996, 2, 29),
        fields(None, 6, 30, "lunar", leap=True),
        fields(2025, 6, 3, "lunar", leap=True),
        fields(2026, 6, 3, "lunar", leap=True),
    ],
)
def test_what_may_be_is_not_doubted(typed: dict[str, Any]) -> None:
    assert birth_doubt(typed) is None


@given(st.dates(dt.date(1901, 3, 1), dt.date(2099, 12, 31)))
def test_every_day_that_was_is_a_birthday_by_both_calendars(day: dt.date) -> None:
    assert birth_doubt(fields(day.year, day.month, day.day)) is None
    lunar = LunarDate.from_solar(day)
    for year in (None, lunar.year, day.year):
        assert birth_doubt(fields(year, lunar.month, lunar.day, "lunar", leap=bool(lunar.leap))) is None
