"""Dates of a client: what is written down, when it comes next and by which rule."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.ages import age_on
from guide_app.base.dates import Calendar, YearlyDate, next_occurrence
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.clients import dates as d
from guide_app.clients.dates import NewDate
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LIN, ZHOU, actor

TODAY = dt.date(2026, 11, 21)
lunar_days = st.builds(YearlyDate, st.integers(1, 12), st.integers(1, 30), st.just("lunar"), st.booleans())
solar_days = st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)).map(lambda x: YearlyDate(x.month, x.day))


def said(date: YearlyDate) -> list[tuple[str, str]]:
    return [(str(kept.day), str(kept.rule)) for kept in d.next_days(date, TODAY)]


def test_a_leap_day_is_kept_on_28_february_and_says_so() -> None:
    assert said(YearlyDate(2, 29)) == [
        ("2027-02-28", "平年没有 2 月 29 日, 过 2 月 28 日"),
        ("2028-02-29", ""),
        ("2029-02-28", "平年没有 2 月 29 日, 过 2 月 28 日"),
    ]


def test_a_leap_month_birthday_says_in_which_month_it_is_kept() -> None:
    rules = {
        kept.day.year: kept.rule
        for kept in d.next_days(YearlyDate(6, 1, "lunar", leap_month=True), dt.date(2025, 1, 1))
    }
    assert rules == {2025: d.LEAP_MONTH, 2026: d.NO_LEAP_MONTH, 2027: d.NO_LEAP_MONTH}


def test_lunar_day_30_of_a_short_month_says_so() -> None:
    kept = d.next_days(YearlyDate(12, 30, "lunar"), dt.date(2025, 1, 1), 6)
    assert {str(k.rule) for k in kept} == {"", str(d.NO_DAY_30)}
    assert kept[0] == d.Kept(dt.date(2025, 1, 28), d.NO_DAY_30)  # 甲辰年腊月 has 29 days


@given(st.one_of(lunar_days, solar_days), st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)))
def test_the_next_days_rise_begin_with_the_next_and_lie_a_year_apart(date: YearlyDate, today: dt.date) -> None:
    kept = [k.day for k in d.next_days(date, today)]
    assert kept[0] == next_occurrence(date, today)
    assert len(kept) == 3
    assert all(353 <= (b - a).days <= 385 for a, b in pairwise(kept))


@given(st.dates(dt.date(1930, 1, 1), dt.date(2040, 12, 31)))
def test_the_other_calendar_and_back_is_the_same_day(born: dt.date) -> None:
    solar = YearlyDate(born.month, born.day, "solar", year=born.year)
    lunar = d.in_other_calendar(solar)
    assert lunar is not None
    assert d.in_other_calendar(lunar) == solar


def test_without_the_year_the_other_calendar_is_not_known() -> None:
    assert d.in_other_calendar(YearlyDate(3, 8)) is None
    assert d.in_other_calendar(YearlyDate(6, 1, "lunar", leap_month=True, year=2026)) is None  # 2026 has no 闰六月


@given(st.dates(dt.date(1931, 1, 1), TODAY))
def test_nobody_is_older_than_what_is_known_allows(born: dt.date) -> None:
    exact = age_on(born.year, born.month, born.day, TODAY)
    assert exact - 1 <= age_on(born.year, None, None, TODAY) <= age_on(born.year, born.month, None, TODAY) <= exact


def test_a_birthday_says_next_days_other_calendar_and_age(desk: Desk) -> None:
    card = desk.card.card(CHEN, "")
    assert [str(kept.day) for kept in card.birthday.next] == ["2027-03-08", "2028-03-08", "2029-03-08"]
    assert card.birthday.other == YearlyDate(1, 22, "lunar", leap_month=False, year=1991)
    assert card.birthday.age == 35
    assert desk.card.card(LIN, "").birthday == d.Birthday((), None, None)


def test_dates_are_written_ended_and_brought_back(desk: Desk) -> None:
    deeds = desk.card_deeds.dates
    wedding = deeds.add(CHEN, NewDate("anniversary", "结婚纪念日", month=10, day=1), actor())
    deeds.add(CHEN, NewDate("custom", "入会", month=12, day=None), actor())
    child = deeds.add(CHEN, NewDate("child_birthday", "豆豆", "lunar", 2019, 11, 1, guardian=True), actor())
    rows = desk.card.card(CHEN, "").dates
    assert [row.title for row in rows] == ["豆豆", "结婚纪念日", "入会"]
    assert (rows[0].id, rows[0].guardian_at is not None, rows[2].next) == (child, True, ())
    deeds.end(wedding, actor())
    assert [row.title for row in desk.card.card(CHEN, "").dates] == ["豆豆", "入会"]
    deeds.resume(wedding, actor())
    assert len(desk.card.card(CHEN, "").dates) == 3
    assert desk.card.card(ZHOU, "").dates == ()


@pytest.mark.parametrize(("year", "guarded"), [(None, True), (2019, True), (2012, True), (2011, False), (1999, False)])
def test_a_child_under_14_needs_the_guardians_consent(desk: Desk, year: int | None, guarded: bool) -> None:
    deeds = desk.card_deeds.dates
    date = NewDate("child_birthday", "豆豆", year=year, month=12, day=1)
    if guarded:
        with pytest.raises(InvalidInputError, match="第三十一条"):
            deeds.add(CHEN, date, actor())
        assert desk.card.card(CHEN, "").dates == ()
    else:
        deeds.add(CHEN, date, actor())
        assert desk.card.card(CHEN, "").dates[0].guardian_at is None


def test_the_guardians_consent_is_kept_as_a_fact(desk: Desk) -> None:
    desk.card_deeds.dates.add(CHEN, NewDate("child_birthday", year=2020, month=1, day=1, guardian=True), actor())
    rows = desk.db.query(lambda c: c.exec_driver_sql("SELECT client_id, purpose, granted FROM consent").all())
    assert [tuple(row) for row in rows] == [(CHEN, "child", 1)]


@pytest.mark.parametrize(
    ("calendar", "month", "day"), [("solar", 2, 30), ("solar", 4, 31), ("lunar", 1, 31), ("solar", None, 5)]
)
def test_days_that_no_year_has_are_refused(desk: Desk, calendar: Calendar, month: int | None, day: int) -> None:
    with pytest.raises(InvalidInputError):
        desk.card_deeds.dates.add(CHEN, NewDate("custom", "x", calendar, month=month, day=day), actor())


def test_an_unknown_client_has_no_dates(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.card_deeds.dates.add("nobody", NewDate("custom", month=1), actor())


@pytest.mark.parametrize(("age", "band"), [(17, ""), (18, "18-24"), (34, "25-34"), (54, "45-54"), (55, "55+")])
def test_age_bands(age: int, band: str) -> None:
    assert d.age_band(age) == band
