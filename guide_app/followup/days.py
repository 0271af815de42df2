"""Days of a client's that come back every year: her birthday and the other dates she told, by either calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from borax.calendars.lunardate import LunarDate
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.dates import BirthKey, kept_on, lunar_day_text
from guide_app.base.phrase import Phrase
from guide_app.followup.causes import cause_of
from guide_app.followup.model import Cause, Signal

BIRTHDAY_AHEAD = 7
#: A birthday of which only the month is known is spoken of in the first days of that month.
MONTH_ONLY_DAYS = 5
#: Nobody is reminded longer ahead, whatever a date asks for.
LONGEST_AHEAD = 60
#: Once a year, also if the date was corrected meanwhile.
_ONCE_MS = 180 * DAY_MS
_CHILD_UNTIL = 14
_BORN = "SELECT id FROM client WHERE (birth_month, birth_day, birth_calendar, birth_leap) = (?, ?, ?, ?)"
_DATES = """SELECT id, client_id, title, kind, days_before, year, guardian_at FROM client_date
    WHERE (month, day, calendar, leap) = (?, ?, ?, ?) AND ended_at IS NULL AND days_before >= ?"""
_TITLES = MappingProxyType({
    "child_birthday": Phrase("{ahead}天后孩子生日 ({day})"), "anniversary": Phrase("{ahead}天后纪念日 ({day})"),
    "birthday": Phrase("{ahead}天后生日 ({day})"), "custom": Phrase("{ahead}天后是她的日子 ({day})"),
})  # fmt: skip
_TODAY = MappingProxyType({
    "child_birthday": Phrase("今天孩子生日 ({day})"), "anniversary": Phrase("今天纪念日 ({day})"),
    "birthday": Phrase("今天生日 ({day})"), "custom": Phrase("今天是她的日子 ({day})"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Day:
    """A day ahead, and how those who keep it write it down."""

    ahead: int
    year: int
    key: BirthKey

    @property
    def text(self) -> str:
        if self.key.calendar == "lunar":
            return lunar_day_text(self.key.month, self.key.day, leap=self.key.leap_month)
        return f"{self.key.month}/{self.key.day}"


def birthdays(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """Birthdays kept within the next days, and those of this month of which no day is known; each once a year."""
    answered = {
        row[0]
        for row in conn.exec_driver_sql(
            "SELECT client_id FROM task WHERE cause LIKE 'birthday:%' AND done_at >= ?", (now_ms - _ONCE_MS,)
        )
    }
    for client_id, year, reason, ahead in (*_with_day(conn, now_ms), *_month_only(conn, now_ms)):
        if client_id not in answered:
            yield Signal(client_id, Cause.BIRTHDAY, reason, -ahead, key=cause_of("birthday", client_id, year))


def _with_day(conn: Connection, now_ms: int) -> Iterator[tuple[str, int, Phrase, int]]:
    for day in _days_ahead(now_ms, BIRTHDAY_AHEAD):
        key = day.key
        if key.calendar == "lunar":
            phrase = Phrase("{ahead}天后农历生日 ({day})") if day.ahead else Phrase("今天农历生日 ({day})")
        else:
            phrase = Phrase("{ahead}天后生日 ({day})") if day.ahead else Phrase("今天生日 ({day})")
        reason = phrase.given(ahead=day.ahead, day=day.text)
        for (client_id,) in conn.exec_driver_sql(_BORN, (key.month, key.day, key.calendar, key.leap_month)):
            yield client_id, day.year, reason, day.ahead


def _month_only(conn: Connection, now_ms: int) -> Iterator[tuple[str, int, Phrase, int]]:
    today = china_date(now_ms)
    lunar = LunarDate.from_solar(today)
    months = [("solar", today.year, today.month, today.day, Phrase("{month} 月生日, 不知道哪一天"))]
    if not lunar.leap:
        months.append(("lunar", lunar.year, lunar.month, lunar.day, Phrase("农历 {month} 月生日, 不知道哪一天")))
    for calendar, year, month, day, phrase in months:
        if day > MONTH_ONLY_DAYS:
            continue
        sql = "SELECT id FROM client WHERE (birth_month, birth_calendar) = (?, ?) AND birth_day IS NULL"
        for (client_id,) in conn.exec_driver_sql(sql, (month, calendar)):
            yield client_id, year, phrase.given(month=month), BIRTHDAY_AHEAD


def client_dates(conn: Connection, now_ms: int) -> Iterator[Signal]:
    """Dates that clients told besides their birthday, as many days ahead as each asks for.

    A child's birthday is left out until a guardian has consented, as long as the child may be under 14
    (个人信息保护法 art. 31).
    """
    longest = conn.exec_driver_sql("SELECT max(days_before) FROM client_date WHERE ended_at IS NULL").scalar()
    if longest is None:
        return
    for day in _days_ahead(now_ms, min(longest, LONGEST_AHEAD)):
        key = day.key
        given = (key.month, key.day, key.calendar, key.leap_month, day.ahead)
        for date_id, client_id, title, kind, _, year, guardian_at in conn.exec_driver_sql(_DATES, given):
            if kind == "child_birthday" and guardian_at is None and day.year - (year or day.year) < _CHILD_UNTIL:
                continue
            params = {"ahead": day.ahead, "day": day.text, "title": title}
            named = Phrase("{ahead}天后「{title}」({day})") if day.ahead else Phrase("今天「{title}」({day})")
            phrase = named if title else (_TITLES if day.ahead else _TODAY)[kind]
            key_text = cause_of("date", date_id, day.year)
            yield Signal(client_id, Cause.DATE, phrase.given(**params), -day.ahead, key=key_text)


def _days_ahead(now_ms: int, ahead: int) -> Iterator[_Day]:
    today = china_date(now_ms)
    for days in range(ahead + 1):
        day = today + dt.timedelta(days=days)
        for key in kept_on(day):
            yield _Day(days, LunarDate.from_solar(day).year if key.calendar == "lunar" else day.year, key)


def day_end_ms(now_ms: int) -> int:
    """UTC milliseconds at which the business day of `now_ms` ends."""
    return day_start_ms(china_date(now_ms) + dt.timedelta(days=1))
