"""Cells become values exactly or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import InvalidInputError
from guide_app.base.money import yuan
from guide_app.base.tabular.values import (
    DateOrder,
    parse_code,
    parse_date,
    parse_flag,
    parse_int,
    parse_moment,
    parse_money,
    parse_text,
)


def at(*parts: int) -> int:
    moment = dt.datetime(*parts, tzinfo=dt.timezone(dt.timedelta(hours=8)))  # type: ignore[arg-type, misc]
    return int(moment.timestamp() * 1000)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("429", 42900),
        ("¥1,234.50", 123450),
        ("￥ 1,234.5", 123450),
        ("1234.5元", 123450),
        ("1234.50 元", 123450),
        ("RMB 12", 1200),
        ("12.3400", 1234),
        ("0.1", 10),
        (".5", 50),
        ("５９．７", 5970),
        ("-12.00", -1200),
        ("\u221212", -1200),
        ("-¥12.30", -1230),
        ("¥-12.30", -1230),
        ("(12.00)", -1200),
        ("1,234,567.89", 123456789),
        (" 0 ", 0),
    ],
)
def test_money(text: str, fen: int) -> None:
    assert parse_money(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "12.345",
        "12,50",
        "1,23",
        "12,3456",
        "1.2.3",
        "1e3",
        "NaN",
        "Infinity",
        "",
        "元",
        "¥",
        "--1",
        "(-1)",
        "1 2",
        "十元",
        "9" * 40,
        "0x10",
        "1_000",
        "$5",
    ],
)
def test_money_that_is_not_exact_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_money(text)
    assert caught.value.code == "money.invalid"


@given(st.integers(-(10**12), 10**12))
def test_every_amount_that_we_show_can_be_read(fen: int) -> None:
    assert parse_money(yuan(fen)) == fen


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("1,200", 1200), ("-3", -3), ("+3", 3), ("3.0", 3), ("3.", 3), ("３", 3), ("007", 7)],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert parse_int(text) == number


@pytest.mark.parametrize("text", ["1.5", "1,2", "1e3", "", "一", "9" * 16, "x"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse_int(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20",
        "2026/11/20",
        "2026.11.20",
        "2026年11月20日",
        "20261120",
        "46346",
        "46346.354",
        "2026-11-20T00:00:00",
        "２０２６－１１－２０",
        "2026 年 11 月 20 日",
        "2026-11-20 08:30",
    ],
)
def test_days(text: str) -> None:
    assert parse_date(text) == dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("1/5/2026", "mdy", dt.date(2026, 1, 5)),
        ("1/5/2026", "dmy", dt.date(2026, 5, 1)),
        ("12/1/2010 8:26", "mdy", dt.date(2010, 12, 1)),
        ("2026-1-5", "dmy", dt.date(2026, 1, 5)),
    ],
)
def test_days_with_the_year_behind_need_their_order(text: str, order: DateOrder, day: dt.date) -> None:
    assert parse_date(text, order) == day
    if not text.startswith("2026"):
        with pytest.raises(InvalidInputError):
            parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "26-11-20",
        "1/5/26",
        "2026-11",
        "昨天",
        "",
        "0000-01-01",
        "2026-11/20",
        "2026-11-20 25:00",
        "2026-11-20 08:61",
        "2026-11-20 noon",
        "99999999",
        "1/13/2026",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_moment(text)
    assert caught.value.code == "date.invalid"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20", at(2026, 11, 20)),
        ("2026-11-20 08:30", at(2026, 11, 20, 8, 30)),
        ("2026/1/5 8:05:09", at(2026, 1, 5, 8, 5, 9)),
        ("2026年1月5日 下午3:05", at(2026, 1, 5, 15, 5)),
        ("2026年1月5日 15时05分", at(2026, 1, 5, 15, 5)),
        ("2026-01-05 3:05 PM", at(2026, 1, 5, 15, 5)),
        ("2026-01-05 12:05 AM", at(2026, 1, 5, 0, 5)),
        ("2026-01-05 中午12:05", at(2026, 1, 5, 12, 5)),
        ("2026-01-05 下午15:05", at(2026, 1, 5, 15, 5)),
        ("2026-11-20T08:30:00Z", at(2026, 11, 20, 16, 30)),
        ("2026-11-20T08:30:00.25+08:00", at(2026, 11, 20, 8, 30) + 250),
        ("2026-11-20 08:30:00 -0500", at(2026, 11, 20, 21, 30)),
        ("20261120083000", at(2026, 11, 20, 8, 30)),
        ("46346.3541666667", at(2026, 11, 20, 8, 30)),
        (str(at(2026, 11, 20)), at(2026, 11, 20)),
        (str(at(2026, 11, 20) // 1000), at(2026, 11, 20)),
    ],
)
def test_moments_are_utc_milliseconds_of_wall_clock_time_in_china(text: str, moment: int) -> None:
    assert parse_moment(text) == moment


def test_another_zone_can_be_handed_in() -> None:
    assert parse_moment("2026-11-20 08:30", zone=dt.UTC) == at(2026, 11, 20, 16, 30)


@given(st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2199, 12, 31)))  # noqa: DTZ001 - wall-clock time
def test_every_iso_moment_is_read_to_the_millisecond(moment: dt.datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    elapsed = whole - dt.datetime(1970, 1, 1)  # noqa: DTZ001 - both naive
    assert parse_moment(whole.isoformat(), zone=dt.UTC) == elapsed // dt.timedelta(milliseconds=1)


def test_numbers_that_are_names_are_not_spoilt() -> None:
    assert parse_code(" 13812345678 ") == "13812345678"
    assert parse_code("13812345678.0") == "13812345678"
    assert parse_code("００７") == "007"
    assert parse_code("SKU-1.0A") == "SKU-1.0A"
    for mangled in ("1.38123E+10", "6.9E+12", "1E5"):
        with pytest.raises(InvalidInputError) as caught:
            parse_code(mangled)
        assert caught.value.code == "value.mangled"


def test_flags() -> None:
    assert [parse_flag(word) for word in ("是", "Y", "true", "1", "√", "ＹＥＳ")] == [True] * 6
    assert [parse_flag(word) for word in ("否", "n", "FALSE", "0", "×")] == [False] * 5
    with pytest.raises(InvalidInputError):
        parse_flag("也许")


def test_text_keeps_lines_and_refuses_what_cannot_be_seen() -> None:
    assert parse_text("  王芳\r\n第二行\t ") == "王芳\n第二行"
    assert parse_text("e\u0301") == "é"
    for text, code in (("a\x00b", "value.control"), ("a\x1b[31m", "value.control"), ("x" * 201, "value.too_long")):
        with pytest.raises(InvalidInputError) as caught:
            parse_text(text)
        assert caught.value.code == code


PARSERS = (parse_text, parse_code, parse_money, parse_int, parse_flag, parse_date, parse_moment)


@given(st.text(), st.sampled_from(PARSERS))
def test_whatever_stands_in_a_cell_gives_a_value_or_a_named_error(text: str, parse: Callable[[str], object]) -> None:
    with suppress(InvalidInputError):
        parse(text)
