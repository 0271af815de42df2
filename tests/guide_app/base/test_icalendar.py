"""Calendar files are as RFC 5545 asks: lines, folding, escaping, and what they say comes back."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.icalendar import Event, calendar_file, escaped, folded

MADE = dt.datetime(2026, 11, 21, 6, 32, tzinfo=dt.UTC)
TEXT = st.text(max_size=200)


def unfolded(content: bytes) -> list[str]:
    """Content lines as a reader puts them together (3.1)."""
    assert content.endswith(b"\r\n")
    return content.decode().replace("\r\n ", "").split("\r\n")[:-1]


def unescaped(text: str) -> str:
    return re.sub(r"\\([\\;,n])", lambda m: "\n" if m[1] == "n" else m[1], text)


@given(TEXT)
def test_what_is_written_is_what_is_read(text: str) -> None:
    content = calendar_file("x", [Event("a@b", dt.date(2026, 1, 1), text)], MADE)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut
        assert b"\n" not in line
    (summary,) = [line for line in unfolded(content) if line.startswith("SUMMARY:")]
    seen = unescaped(summary.removeprefix("SUMMARY:"))
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert seen == "".join(c for c in plain if c in "\t\n" or (c >= " " and c != "\x7f"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_folding_can_be_undone(line: str) -> None:
    assert folded(line).replace(b"\r\n ", b"") == line.encode() + b"\r\n"


def test_a_day_a_moment_and_an_alarm() -> None:
    moment = dt.datetime(2026, 12, 1, 18, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    day = Event("a@b", dt.date(2026, 12, 31), "生日, 农历; 十月", "第一行\n第二行", dt.timedelta(hours=15))
    lines = unfolded(calendar_file("日历", [day, Event("c@d", moment, "回电", remind=dt.timedelta(0))], MADE))
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guide-desk//calendar//ZH"]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20261231" in lines
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert "DTSTART:20261201T100000Z" in lines
    assert "SUMMARY:生日\\, 农历\\; 十月" in lines
    assert "DESCRIPTION:第一行\\n第二行" in lines
    assert [line for line in lines if line.startswith("TRIGGER")] == ["TRIGGER:-PT900M", "TRIGGER:-PT0M"]
    assert lines[-1] == "END:VCALENDAR"


def test_a_moment_needs_its_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        calendar_file("x", [Event("a", dt.datetime(2026, 1, 1), "x")], MADE)  # noqa: DTZ001 - that is the point


def test_escaping() -> None:
    assert escaped("a\\b;c,d\r\ne\x00") == "a\\\\b\\;c\\,d\\ne"
