"""她的日历: a guide's own dates, promises and tasks as one calendar file for her telephone.

It leaves the book, so it counts and is noted as every export is (`take_control`). Names are masked unless she asks for
them; telephone numbers are never in it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock, china_date, china_datetime
from guide_app.base.dates import YearlyDate, lunar_day_text, occurrence
from guide_app.base.errors import InvalidInputError
from guide_app.base.icalendar import Event, calendar_file
from guide_app.flows.take_control import Approval, Outlook, Slip, check_amount, clean_reason, look_ahead, note_export
from guide_app.store.database import Database

#: Yearly days are written out for so long: a lunar date has no rule that calendars know.
_AHEAD = dt.timedelta(days=730)
_DAY_BEFORE = dt.timedelta(hours=15)  # nine in the morning of the day before
_AT_ONCE = dt.timedelta(0)
_CHILD_UNTIL = 14
_BIRTHDAYS = """SELECT id, id, name, '', 'birthday', birth_calendar, birth_year, birth_month, birth_day, birth_leap, 1
    FROM client WHERE primary_guide_id = :guide AND archived_at IS NULL AND merged_into IS NULL
        AND birth_month IS NOT NULL AND birth_day IS NOT NULL ORDER BY id"""
_DATES = """SELECT d.id, c.id, c.name, d.title, d.kind, d.calendar, d.year, d.month, d.day, d.leap,
        d.guardian_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM consent w WHERE w.client_id = c.id
            AND w.purpose = 'child' AND NOT w.granted AND w.at > d.guardian_at)
    FROM client_date d JOIN client c ON c.id = d.client_id
    WHERE c.primary_guide_id = :guide AND c.archived_at IS NULL AND c.merged_into IS NULL AND d.ended_at IS NULL
        AND d.month IS NOT NULL AND d.day IS NOT NULL ORDER BY d.id"""
_TASKS = """SELECT t.id, c.id, coalesce(c.name, ''), t.title, t.kind, t.due_at FROM task t
    LEFT JOIN client c ON c.id = t.client_id
    WHERE t.guide_id = :guide AND t.status = 'open' AND t.due_at IS NOT NULL
        AND (t.expires_at IS NULL OR t.expires_at > :now) ORDER BY t.due_at, t.id"""
_WORDS = {"birthday": "生日", "child_birthday": "孩子生日", "anniversary": "纪念日", "custom": "她的日子"}


@dataclass(frozen=True, slots=True)
class CalendarTaken:
    """What was written: the file, how many entries, of how many clients, its number and its SHA-256 in the log."""

    file: Path
    events: int
    clients: int
    number: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _Entry:
    client_id: str | None
    event: Event


def take_calendar(
    db: Database, clock: Clock, actor: Actor, file: Path, *, reason: str, names: bool = False,
    approval: Approval | None = None,
) -> CalendarTaken:  # fmt: skip
    """Write the acting guide's calendar to `file` (.ics), which must not be there. Not on the book's writer thread.

    Raises GuideError as `take_out` does, InvalidInputError without a reason, or for a file that is there
    or cannot be written.
    """
    why = clean_reason(reason)
    if file.exists():
        raise InvalidInputError("export.file", "已有文件 {file}。", "请换一个名字。", file=file)
    now = clock.now_ms()
    entries = db.query(lambda conn: list(_entries(conn, actor.guide_id, now, names=names)))
    clients = _clients(entries)
    db.query(lambda conn: check_amount(conn, len(clients), actor, approval, now))
    slip = Slip(db.change(lambda uow: uow.new_id(), by=actor.guide_id, origin=actor.origin), actor, why, now, approval)
    title = f"导购台 {actor.name} #{slip.number}"
    content = calendar_file(title, (entry.event for entry in entries), china_datetime(now))
    proof = hashlib.sha256(content).hexdigest()
    fresh = file.with_name(f".{file.name}.part")
    try:
        fresh.write_bytes(content)
        db.change(
            lambda uow: note_export(uow, slip, len(clients), clients, proof), by=actor.guide_id, origin=actor.origin
        )
        fresh.replace(file)
    except OSError as e:
        raise InvalidInputError(
            "export.file", "写不了文件 {file}: {why}。", "请换一个位置。", file=file, why=e.strerror
        ) from e
    finally:
        fresh.unlink(missing_ok=True)
    return CalendarTaken(file, len(entries), len(clients), slip.number, proof)


def calendar_outlook(conn: Connection, actor: Actor, now_ms: int) -> Outlook:
    """What `take_calendar` would come to now: one row for each client who stands in it."""
    entries = _entries(conn, actor.guide_id, now_ms, names=False)
    return look_ahead(conn, len(_clients(entries)), actor, now_ms)


def masked_name(name: str) -> str:
    """`陈**` for 陈雅婷: the first character, and a star for each other."""
    return name[:1] + "*" * (len(name) - 1)


def _clients(entries: Iterable[_Entry]) -> list[str]:
    """Ids of who stands in the calendar, each once."""
    return list(dict.fromkeys(entry.client_id for entry in entries if entry.client_id is not None))


def _entries(conn: Connection, guide_id: str, now_ms: int, *, names: bool) -> Iterator[_Entry]:
    today = china_date(now_ms)
    given = {"guide": guide_id}
    for sql in (_BIRTHDAYS, _DATES):
        for record, client, name, title, kind, calendar, year, month, day, leap, guarded in conn.exec_driver_sql(
            sql, given
        ):
            shown = name if names else masked_name(name)
            date = YearlyDate(month, day, calendar, bool(leap), year)
            for kept in _days(date, today):
                if kind == "child_birthday" and not guarded and kept.year - (year or kept.year) < _CHILD_UNTIL:
                    continue
                what = title or _WORDS[kind]
                told = f"农历{lunar_day_text(month, day, leap=bool(leap))}" if calendar == "lunar" else ""
                event = Event(f"{record}-{kept:%Y%m%d}@guide-desk", kept, f"{shown} {what}", told, _DAY_BEFORE)
                yield _Entry(client, event)
    for task, client, name, title, kind, due_at in conn.exec_driver_sql(_TASKS, {**given, "now": now_ms}):
        shown = name if names else masked_name(name)
        words = title if names or not name else title.replace(name, shown)
        what = f"答应过: {words}" if kind == "promise" else words
        summary = " ".join(filter(None, (shown, what)))
        yield _Entry(client, Event(f"{task}@guide-desk", china_datetime(due_at), summary, "", _AT_ONCE))


def _days(date: YearlyDate, today: dt.date) -> Iterator[dt.date]:
    """The solar days on which a date is kept from today on, for two years; none for a day that no year has."""
    for year in range(today.year - 1, today.year + 4):
        try:
            day = occurrence(date, year)
        except ValueError:  # 30 February, as other systems let people write it
            return
        if today <= day < today + _AHEAD:
            yield day
