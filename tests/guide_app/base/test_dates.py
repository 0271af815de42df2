import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.dates import (
    BirthKey,
    YearlyDate,
    kept_on,
    lunar_day_text,
    lunar_text,
    next_occurrence,
    occurrence,
)

DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31))


@pytest.mark.parametrize(
    ("date", "year", "kept"),
    [
        (YearlyDate(1, 1, "lunar"), 2026, dt.date(2026, 2, 17)),
        (YearlyDate(8, 15, "lunar"), 2026, dt.date(2026, 9, 25)),
        (YearlyDate(6, 1, "lunar", leap_month=True), 2025, dt.date(2025, 7, 25)),
        (YearlyDate(6, 1, "lunar", leap_month=True), 2026, dt.date(2026, 7, 14)),  # no leap sixth month in 2026
        (YearlyDate(2, 29), 2027, dt.date(2027, 2, 28)),
        (YearlyDate(2, 29), 2028, dt.date(2028, 2, 29)),
    ],
)
def test_dates_are_kept_on_known_days(date: YearlyDate, year: int, kept: dt.date) -> None:
    assert occurrence(date, year) == kept


def test_the_lunar_day_of_a_known_day() -> None:
    assert lunar_text(dt.date(2026, 11, 21)) == "农历十月十三"
    assert lunar_day_text(6, 30, leap=True) == "闰六月三十"
    assert lunar_day_text(12, 23) == "腊月廿三"
    assert lunar_day_text(1, 20) == "正月二十"


BIRTHS = st.one_of(
    st.dates(dt.date(2000, 1, 1), dt.date(2000, 12, 31)).map(lambda d: YearlyDate(d.month, d.day)),
    st.builds(YearlyDate, st.integers(1, 12), st.integers(1, 30), st.just("lunar"), st.booleans()),
)


@given(BIRTHS, DAYS)
def test_a_birthday_comes_within_thirteen_lunar_months_and_is_found_by_its_day(
    born: YearlyDate, today: dt.date
) -> None:
    day = next_occurrence(born, today)
    assert today <= day <= today + dt.timedelta(days=400)
    assert BirthKey(born.calendar, born.month, born.day, born.leap_month) in kept_on(day)


@given(BIRTHS, st.integers(1990, 2049))
def test_every_birthday_is_kept_exactly_once_in_its_year(born: YearlyDate, year: int) -> None:
    key = BirthKey(born.calendar, born.month, born.day, born.leap_month)
    day = occurrence(born, year)
    around = [day + dt.timedelta(days=n) for n in range(-40, 41)]
    assert [d for d in around if key in kept_on(d)] == [day]
