"""A client's dates: her birthday in both calendars, children's birthdays, anniversaries, and when they come next.

How a date is kept in a year that does not have it is decided in `guide_app.base.dates`; here the rule is said in words.
A child under 14 is in the book only with the guardian's consent (个人信息保护法 art. 31).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from borax.calendars.lunardate import InvalidLunarDateError, LunarDate
from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.ages import GUARDED_AGE, age_on, month_end
from guide_app.base.clock import china_date
from guide_app.base.dates import Calendar, YearlyDate, occurrence
from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.clients.known import known_client
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

DateKind = Literal["child_birthday", "anniversary", "birthday", "custom"]

#: Years that the lunar tables cover.
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_NEXT = 3
_LONG, _LEAP_YEAR = 30, 2024

ON_THE_DAY = Phrase("")
FEBRUARY_28 = Phrase("平年没有 2 月 29 日, 过 2 月 28 日")
NO_DAY_30 = Phrase("这年的这个月只有 29 天, 过廿九")
NO_LEAP_MONTH = Phrase("这年没有这个闰月, 过平月")
NO_LEAP_MONTH_NO_DAY_30 = Phrase("这年没有这个闰月, 平月也只有 29 天, 过廿九")
LEAP_MONTH = Phrase("这年有这个闰月, 过闰月")


@dataclass(frozen=True, slots=True)
class Kept:
    """A solar day on which a yearly date is kept; `rule` says why it is that day, empty if the year has the date."""

    day: dt.date
    rule: Phrase


@dataclass(frozen=True, slots=True)
class DateRow:
    """One of a client's dates. `next` are the next days on which it is kept, none if the day is not known.

    `withdrawn_at` (UTC ms) is when the guardian took the consent for a child under 14 back: it is kept no longer.
    """

    id: str
    kind: DateKind
    title: str
    calendar: Calendar
    year: int | None
    month: int | None
    day: int | None
    leap: bool
    days_before: int
    relation_id: str | None
    guardian_at: int | None
    next: tuple[Kept, ...]
    withdrawn_at: int | None = None


@dataclass(frozen=True, slots=True)
class Birthday:
    """What follows from her birthday: next days, the same day in the other calendar (year known), her age."""

    next: tuple[Kept, ...]
    other: YearlyDate | None
    age: int | None


@dataclass(frozen=True, slots=True)
class NewDate:
    """A date as it was said. `guardian` says that the child's guardian agreed that it is written down."""

    kind: DateKind
    title: str = ""
    calendar: Calendar = "solar"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    leap: bool = False
    days_before: int = 7
    relation_id: str | None = None
    guardian: bool = False


def next_days(date: YearlyDate, today: dt.date, count: int = _NEXT) -> tuple[Kept, ...]:
    """The next `count` solar days from `today` on which `date` is kept, each with its rule."""
    found = (
        Kept(occurrence(date, year), rule_of(date, year)) for year in range(today.year - 1, today.year + count + 2)
    )
    return tuple(sorted((kept for kept in found if kept.day >= today), key=lambda kept: kept.day)[:count])


def rule_of(date: YearlyDate, year: int) -> Phrase:
    """Why `date` is kept on its day in `year` (lunar dates: that lunar year); empty if there is nothing to say."""
    day = occurrence(date, year)
    if date.calendar == "solar":
        return FEBRUARY_28 if (day.month, day.day) != (date.month, date.day) else ON_THE_DAY
    lunar = LunarDate.from_solar(day)
    shorter = lunar.day != date.day
    if not date.leap_month:
        return NO_DAY_30 if shorter else ON_THE_DAY
    if lunar.leap:
        return NO_DAY_30 if shorter else LEAP_MONTH
    return NO_LEAP_MONTH_NO_DAY_30 if shorter else NO_LEAP_MONTH


def in_other_calendar(date: YearlyDate) -> YearlyDate | None:
    """The same day of birth by the other calendar; None without the year, or where that year has no such day."""
    if date.year is None or not _FIRST_YEAR < date.year < _LAST_YEAR:
        return None
    try:
        if date.calendar == "solar":
            lunar = LunarDate.from_solar(dt.date(date.year, date.month, date.day))
            return YearlyDate(lunar.month, lunar.day, "lunar", bool(lunar.leap), lunar.year)
        solar = LunarDate(date.year, date.month, date.day, int(date.leap_month)).to_solar_date()
    except (InvalidLunarDateError, ValueError):
        return None
    return YearlyDate(solar.month, solar.day, "solar", leap_month=False, year=solar.year)


def age_band(age: int) -> str:
    """The band of an age in years as the book keeps it; empty below 18."""
    for low, high in ((18, 24), (25, 34), (35, 44), (45, 54)):
        if low <= age <= high:
            return f"{low}-{high}"
    return "55+" if age > 54 else ""  # noqa: PLR2004 - the last band's lower end


def birthday_of(fields: Mapping[str, Any], today: dt.date) -> Birthday:
    """What follows from a client's birthday; empty where it is not known."""
    year, month, day = fields["birth_year"], fields["birth_month"], fields["birth_day"]
    calendar: Calendar = fields["birth_calendar"]
    if month is not None and day is not None and day > _longest(calendar, month):
        day = None  # other systems let people write 30 February
    age = None if year is None else max(0, age_on(year, month, day, today, calendar))
    if month is None or day is None:
        return Birthday((), None, age)
    date = YearlyDate(month, day, calendar, bool(fields["birth_leap"]), year)
    return Birthday(next_days(date, today), in_other_calendar(date), age)


def with_age_band(fields: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """A birthday's fields and the age band that follows from them; without the year, or below 18, just the fields."""
    age = birthday_of(fields, today).age
    band = "" if age is None else age_band(age)
    return {**fields, "age_band": band} if band else dict(fields)


def dates_of(conn: Connection, client_id: str, today: dt.date) -> tuple[DateRow, ...]:
    """Her dates that have not ended, the next to come first; those without a day last."""
    statement = """SELECT id, kind, title, calendar, year, month, day, leap, days_before, relation_id, guardian_at,
            (SELECT min(w.at) FROM consent w WHERE w.client_id = d.client_id AND w.purpose = 'child'
                AND NOT w.granted AND w.at > d.guardian_at)
        FROM client_date d WHERE client_id = ? AND ended_at IS NULL ORDER BY id"""
    rows = [_row(tuple(row), today) for row in conn.exec_driver_sql(statement, (client_id,))]
    return tuple(sorted(rows, key=lambda row: row.next[0].day if row.next else dt.date.max))


class DateService:
    """Writes and ends dates of clients."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, client_id: str, date: NewDate, actor: Actor) -> str:
        """Write a date down; returns its id.

        Raises NotFoundError; InvalidInputError for a day that no year has, and for a child who is or may be under 14
        without the guardian's consent. That consent is kept as a fact of its own.
        """
        check_day(date.calendar, date.month, date.day)

        def deed(uow: UnitOfWork) -> str:
            store = str(known_client(uow.conn, client_id)["store_id"])
            guarded = needs_guardian(date, china_date(uow.now_ms))
            if guarded and not date.guardian:
                raise InvalidInputError(
                    "date.guardian", "不满十四周岁儿童的生日, 要先得到监护人同意 (个人信息保护法第三十一条)。",
                    "问过家长并得到同意后, 勾选「监护人已同意」再保存。",
                )  # fmt: skip
            record = {
                "client_id": client_id, "kind": date.kind, "title": date.title.strip(), "calendar": date.calendar,
                "year": date.year, "month": date.month, "day": date.day,
                "leap": date.leap and date.calendar == "lunar", "days_before": date.days_before,
                "relation_id": date.relation_id, "guardian_at": uow.now_ms if guarded else None,
                "guide_id": actor.guide_id, "at": uow.now_ms,
            }  # fmt: skip
            date_id = uow.put("client_date", record, store_id=store)
            if guarded:
                consent = {
                    "client_id": client_id, "purpose": "child", "granted": True, "way": "spoken",
                    "proof": f"client_date {date_id}", "guide_id": actor.guide_id, "at": uow.now_ms,
                }  # fmt: skip
                uow.put("consent", consent, store_id=store)
            return date_id

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def end(self, date_id: str, actor: Actor) -> bool:
        """Keep a date no longer; nothing is deleted. Returns whether it was kept until now. Raises NotFoundError."""
        return self._db.change(
            lambda uow: uow.patch("client_date", date_id, {"ended_at": uow.now_ms}),
            by=actor.guide_id,
            origin=actor.origin,
        )

    def resume(self, date_id: str, actor: Actor) -> bool:
        """Keep a date again that was ended: the undo of `end`. Raises NotFoundError."""
        return self._db.change(
            lambda uow: uow.patch("client_date", date_id, {"ended_at": None}), by=actor.guide_id, origin=actor.origin
        )


def needs_guardian(date: NewDate, today: dt.date) -> bool:
    """Whether a date is about a child who is under 14 on `today`, or may be because the year is not known."""
    if date.kind != "child_birthday":
        return False
    return date.year is None or age_on(date.year, date.month, date.day, today, date.calendar) < GUARDED_AGE


def is_day(calendar: Calendar, month: int, day: int | None) -> bool:
    """Whether some year has this day; a month without a day is one, too."""
    return day is None or 1 <= day <= _longest(calendar, month)


def check_day(calendar: Calendar, month: int | None, day: int | None) -> None:
    """Raise InvalidInputError unless some year has this day; a month without a day is a date, a day alone is none."""
    if month is None:
        raise InvalidInputError("date.month", "日子至少要有月份。", "不知道哪一天时, 日可以留空。")
    if not is_day(calendar, month, day):
        raise InvalidInputError("date.day", "{month} 月没有 {day} 日。", "请核对历法、月和日。", month=month, day=day)


def _longest(calendar: Calendar, month: int) -> int:
    return _LONG if calendar == "lunar" else month_end(dt.date(_LEAP_YEAR, month, 1)).day


def _row(row: tuple[Any, ...], today: dt.date) -> DateRow:
    ident, kind, title, calendar, year, month, day, leap, before, relation, guardian, withdrawn = row
    known = month is not None and day is not None and day <= _longest(calendar, month)
    said = NewDate(kind, title, calendar, year, month, day)
    ended = withdrawn if month is not None and needs_guardian(said, today) else None
    coming = next_days(YearlyDate(month, day, calendar, bool(leap), year), today) if known and ended is None else ()
    return DateRow(
        ident, kind, title, calendar, year, month, day, bool(leap), before, relation, guardian, coming, ended
    )
