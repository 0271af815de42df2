"""On which days somebody can be born."""

import datetime as dt
from typing import Any

import pytest
from borax.calendars.lunardate import LunarDate
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.birth import birth_doubt, is_minor
from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from tests.helpers.book import LIN, NOW, STORE, Frames, actor, ident


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


@pytest.mark.parametrize(("born", "minor"), [
    (fields(2012, 11, 22), True), (fields(2012, 11, 21), False), (fields(2012, None, None), True),
    (fields(2011, None, None), False), (fields(2099, 1, 1), True), (fields(None, 11, 22), False),
    (fields(2012, 10, None, "lunar"), True), (fields(2010, 10, None, "lunar"), False),
])  # fmt: skip
def test_who_is_under_14_on_21_november_2026(born: dict[str, Any], minor: bool) -> None:
    assert is_minor(born, dt.date(2026, 11, 21)) is minor


def test_a_child_gets_no_record_of_its_own_unless_the_guardian_agreed(desk: Desk) -> None:
    child = fields(2016, 3, 3)
    with pytest.raises(InvalidInputError, match="不满 14 岁, 须先取得监护人的同意") as told:
        desk.client_deeds.add({"name": "小明", **child}, actor())
    assert told.value.code == "client.under_age"
    with pytest.raises(InvalidInputError, match="监护人"):
        desk.client_deeds.edit(LIN, child, actor())
    frame = Frames()("consent", ident(500), store=STORE, client_id=LIN, purpose="child", granted=True, at=NOW)
    desk.db.apply(lambda a: a.apply([frame]))
    assert desk.client_deeds.edit(LIN, child, actor()).after["birth_year"] == 2016


def test_a_childs_birthday_of_another_system_stays_while_something_else_is_written(desk: Desk) -> None:
    frames = Frames()
    frames._seq = 400
    frame = frames("client", LIN, store=STORE, name="林小满", birth_year=2016, birth_month=3, birth_day=3)
    desk.db.apply(lambda a: a.apply([frame]))
    assert desk.client_deeds.edit(LIN, {"birth_day": 3, "remark": "脚背高"}, actor()).after["remark"] == "脚背高"
