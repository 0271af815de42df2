"""Days of a client's that come back every year: her birthday and the other dates she told, by either calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from borax.calendars.lunardate import LunarDate
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.base.dates import BirthKey, has_leap_month, kept_on, lunar_day_text
from guide_app.base.phrase import Phrase
from guide_app.followup.causes import cause_of
from guide_app.followup.model import Cause, Signal
from guide_app.followup.rules import BIRTHDAY_AHEAD, birthday_span
from guide_app.followup.soon import soon
from guide_app.followup.whose import EVERYBODY, Whose
from guide_app.followup.windows import spoken_of
from guide_app.store.house_rules import figure

#: A birthday of which only the month is known is spoken of in the first days of that month.
MONTH_ONLY_DAYS = 5
#: Nobody is reminded longer ahead, whatever a date asks for.
LONGEST_AHEAD = 60
#: Once a year, also if the date was corrected meanwhile.
_ONCE_MS = 180 * DAY_MS
_CHILD_UNTIL = 14
_BORN = "SELECT id FROM client WHERE (birth_month, birth_day, birth_calendar, birth_leap) = (:month, :day, :by, :leap)"
_BORN_IN = """SELECT id FROM client WHERE (birth_month, birth_calendar) = (:month, :by) AND birth_day IS NULL
    AND birth_leap BETWEEN :least AND :most"""
_ANY_DAY = Phrase("{month} 月生日, 不知道哪一天")
_ANY_LUNAR_DAY = Phrase("农历 {month} 月生日, 不知道哪一天")
_ANY_LEAP_DAY = Phrase("农历闰 {month} 月生日, 不知道哪一天")
#: The guardian's word for a child's day, as long as it was not taken back after it (个人信息保护法 arts. 15, 31).
_GUARDED = """d.guardian_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM consent w WHERE w.client_id = d.client_id
        AND w.purpose = 'child' AND NOT w.granted AND w.at > d.guardian_at)"""
_DATES = f"""SELECT d.id, d.client_id, d.title, d.kind, d.year, {_GUARDED} AS guarded FROM client_date d
    WHERE (d.month, d.day, d.calendar, d.leap) = (:month, :day, :by, :leap) AND d.ended_at IS NULL
        AND d.days_before >= :ahead"""
#: Which scripts fit a date: nobody is wished a happy birthday on the day of her child or of an anniversary.
_SCENES = MappingProxyType({
    "child_birthday": "孩子生日", "anniversary": "纪念日", "birthday": "生日", "custom": "特别的日子",
})  # fmt: skip
_TITLES = MappingProxyType({
    "child_birthday": Phrase("{when}孩子生日 ({day})"), "anniversary": Phrase("{when}纪念日 ({day})"),
    "birthday": Phrase("{when}生日 ({day})"), "custom": Phrase("{when}是她的日子 ({day})"),
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


def birthdays(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Birthdays kept within the next days, and those of this month of which no day is known; each once a year."""
    answered = {
        row[0]
        for row in conn.exec_driver_sql(
            "SELECT client_id FROM task WHERE cause LIKE 'birthday:%' AND done_at >= :since" + whose.only("client_id"),
            whose.given(since=now_ms - _ONCE_MS),
        )
    }
    for client_id, year, reason, ahead in (*_with_day(conn, now_ms, whose), *_month_only(conn, now_ms, whose)):
        if client_id not in answered:
            yield Signal(client_id, Cause.BIRTHDAY, reason, -ahead, key=cause_of("birthday", client_id, year))


def _with_day(conn: Connection, now_ms: int, whose: Whose) -> Iterator[tuple[str, int, Phrase, int]]:
    today = china_date(now_ms)
    for day in _keys_of(today, spoken_of(today, figure(conn, BIRTHDAY_AHEAD), birthday_span(conn))):
        key = day.key
        reason = _birthday_phrase(day)
        for (client_id,) in conn.exec_driver_sql(_BORN + whose.only("id"), whose.given(**_written(key))):
            yield client_id, day.year, reason, abs(day.ahead)


def _birthday_phrase(day: _Day) -> Phrase:
    lunar = day.key.calendar == "lunar"
    if day.ahead < 0:
        past = Phrase("农历生日刚过 {ahead} 天 ({day})") if lunar else Phrase("生日刚过 {ahead} 天 ({day})")
        return past.given(ahead=-day.ahead, day=day.text)
    coming = Phrase("{when}农历生日 ({day})") if lunar else Phrase("{when}生日 ({day})")
    return coming.given(when=soon(day.ahead), day=day.text)


def _month_only(conn: Connection, now_ms: int, whose: Whose) -> Iterator[tuple[str, int, Phrase, int]]:
    today = china_date(now_ms)
    lunar = LunarDate.from_solar(today)
    months: list[tuple[str, int, int, int, Phrase, tuple[int, ...]]] = [
        ("solar", today.year, today.month, today.day, _ANY_DAY, (0, 1))
    ]
    if lunar.leap:
        months.append(("lunar", lunar.year, lunar.month, lunar.day, _ANY_LEAP_DAY, (1,)))
    else:  # who was born in a leap month keeps the ordinary one in a year without it, as with the day known
        born = (0,) if has_leap_month(lunar.year, lunar.month) else (0, 1)
        months.append(("lunar", lunar.year, lunar.month, lunar.day, _ANY_LUNAR_DAY, born))
    all_month = birthday_span(conn) == "month"
    for calendar, year, month, day, phrase, leaps in months:
        if day > MONTH_ONLY_DAYS and not all_month:
            continue
        given = whose.given(month=month, by=calendar, least=min(leaps), most=max(leaps))
        for (client_id,) in conn.exec_driver_sql(_BORN_IN + whose.only("id"), given):
            yield client_id, year, phrase.given(month=month), MONTH_ONLY_DAYS


def client_dates(conn: Connection, now_ms: int, whose: Whose = EVERYBODY) -> Iterator[Signal]:
    """Dates that clients told besides their birthday, as many days ahead as each asks for.

    A child's birthday is left out until a guardian has consented, and for good once that was withdrawn, as long as
    the child may be under 14 (个人信息保护法 arts. 15, 31).
    """
    sql = "SELECT max(days_before) FROM client_date WHERE ended_at IS NULL" + whose.only("client_id")
    longest = conn.exec_driver_sql(sql, whose.given()).scalar()
    if longest is None:
        return
    today = china_date(now_ms)
    for day in _keys_of(today, spoken_of(today, min(longest, LONGEST_AHEAD), "day")):
        key = day.key
        given = whose.given(**_written(key), ahead=day.ahead)
        rows = conn.exec_driver_sql(_DATES + whose.only("d.client_id"), given)
        for date_id, client_id, title, kind, year, guarded in rows:
            if kind == "child_birthday" and not guarded and day.year - (year or day.year) < _CHILD_UNTIL:
                continue
            phrase = Phrase("{when}「{title}」({day})") if title else _TITLES[kind]
            key_text = cause_of("date", date_id, day.year)
            reason = phrase.given(when=soon(day.ahead), day=day.text, title=title)
            yield Signal(client_id, Cause.DATE, reason, -day.ahead, key=key_text, scenes=(_SCENES[kind],))


def _written(key: BirthKey) -> dict[str, object]:
    return {"month": key.month, "day": key.day, "by": key.calendar, "leap": key.leap_month}


def _keys_of(today: dt.date, days: Iterator[dt.date]) -> Iterator[_Day]:
    for day in days:
        for key in kept_on(day):
            year = LunarDate.from_solar(day).year if key.calendar == "lunar" else day.year
            yield _Day((day - today).days, year, key)


def day_end_ms(now_ms: int) -> int:
    """UTC milliseconds at which the business day of `now_ms` ends."""
    return day_start_ms(china_date(now_ms) + dt.timedelta(days=1))
