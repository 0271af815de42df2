"""Festivals fall where the Hong Kong Observatory's almanac has them."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.followup.festivals import TERMS, next_day, term_day, term_of, upcoming
from guide_app.protocol.records import Festival
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import HandClock, ident

TODAY = dt.date(2026, 11, 21)
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2055, 12, 31))


@pytest.mark.parametrize(
    ("fields", "day"),
    [
        ({"month": 11, "day": 11}, "2027-11-11"),
        ({"month": 11, "day": 21}, "2026-11-21"),
        ({"month": 11, "day": 11, "year": 2026}, None),
        ({"month": 12, "day": 12, "year": 2026}, "2026-12-12"),
        ({"calendar": "lunar", "month": 1, "day": 1}, "2027-02-06"),  # 春节
        ({"calendar": "lunar", "month": 12, "day": 30}, "2027-02-05"),  # 除夕: 2026's last month has 29 days
        ({"calendar": "lunar", "month": 7, "day": 7}, "2027-08-08"),  # 七夕
        ({"calendar": "lunar", "month": 12, "day": 30, "year": 2026}, "2027-02-05"),  # of the lunar year 2026
        ({"calendar": "term", "term": "冬至"}, "2026-12-22"),
        ({"calendar": "term", "term": "小雪"}, "2026-11-22"),
        ({"calendar": "term", "term": "立春"}, "2027-02-04"),
        ({"calendar": "term", "term": "大风"}, None),
        ({"month": 2, "day": 30}, None),
        ({"calendar": "lunar", "month": 2, "day": 31}, None),
        ({"month": 2}, None),
    ],
)
def test_the_next_day_of_a_festival(fields: dict[str, object], day: str | None) -> None:
    found = next_day(Festival(name="节", **fields), TODAY)  # type: ignore[arg-type]
    assert (found and found.isoformat()) == day


@given(DAYS, st.sampled_from(TERMS))
def test_a_term_comes_within_a_year(today: dt.date, term: str) -> None:
    day = next_day(Festival(calendar="term", term=term), today)
    assert day is not None
    assert today <= day <= today + dt.timedelta(days=367)
    assert term_of(day) == term


@given(st.integers(1950, 2055))
def test_terms_follow_each_other_through_the_year(year: int) -> None:
    days = [term_day(term, year) for term in TERMS]
    assert days == sorted(days)
    assert all(14 <= (b - a).days <= 17 for a, b in pairwise(days))


@pytest.mark.parametrize(("term", "year"), [("大风", 2026), ("冬至", 1899), ("冬至", 2101)])
def test_there_is_no_such_term(term: str, year: int) -> None:
    with pytest.raises(ValueError, match="no solar term"):
        term_day(term, year)


def test_each_is_spoken_of_as_long_ahead_as_it_asks(desk: Desk, arrives: Arrives, clock: HandClock) -> None:
    arrives("festival", ident(90), name="冬至", calendar="term", term="冬至", days_before=7, scene="节日")
    arrives("festival", ident(91), name="双12", month=12, day=12)
    arrives("festival", ident(92), name="停", month=12, day=12, days_before=30, active=False)
    assert desk.followup.festivals() == []
    clock.ms += 21 * DAY_MS
    assert [(f.name, f.ahead) for f in desk.followup.festivals()] == [("双12", 0)]
    clock.ms += 3 * DAY_MS
    (solstice,) = desk.followup.festivals()
    assert (solstice.ahead, solstice.scene, solstice.is_term) == (7, "节日", True)


def test_the_nearest_comes_first() -> None:
    both = [Festival(name="乙", month=12, day=1, days_before=30), Festival(name="甲", month=11, day=25, days_before=30)]
    assert [f.name for f in upcoming(both, TODAY)] == ["甲", "乙"]
