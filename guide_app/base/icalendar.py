"""Writes calendar files: the small part of iCalendar (RFC 5545) that days and appointments need. Pure.

All-day events (3.3.4 DATE) and moments in UTC (3.3.5 form 2), with one alarm each (3.6.6). Lines end with CRLF and are
folded at 75 octets between characters (3.1); text is escaped (3.3.11): `escaped` and `folded` are those of vCards, too
(RFC 6350, sections 3.2 and 3.4). No recurrence: a lunar date follows no rule that RFC 5545 knows, so each day is an
event of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_LINE_OCTETS = 75
_FORBIDDEN = {code: None for code in (*range(0x20), 0x7F) if code not in (0x09, 0x0A)}


@dataclass(frozen=True, slots=True)
class Event:
    """One entry. `uid` is the same in every file; `at` is a day, or a moment with a time zone.

    `remind` is how long before the alarm rings, None for no alarm; of a day it counts from its midnight.
    """

    uid: str
    at: dt.date | dt.datetime
    summary: str
    description: str = ""
    remind: dt.timedelta | None = None


def calendar_file(name: str, events: Iterable[Event], made: dt.datetime) -> bytes:
    """The file's content (UTF-8). `made` is when, with a time zone. Raises ValueError for a moment without one."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//guide-desk//calendar//ZH", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}",
    ]  # fmt: skip
    for event in events:
        lines += _event(event, made)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """TEXT as in 3.3.11; characters that no content line may hold are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").translate(_FORBIDDEN)
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line with its CRLF, in pieces of at most 75 octets that cut no character."""
    pieces, piece, room = [], b"", _LINE_OCTETS
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            piece, room = b"", _LINE_OCTETS - 1  # the blank that marks the continuation counts
        piece += octets
    return b"\r\n ".join((*pieces, piece)) + b"\r\n"


def _event(event: Event, made: dt.datetime) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{escaped(event.uid)}", f"DTSTAMP:{_utc(made)}")
    if isinstance(event.at, dt.datetime):
        yield f"DTSTART:{_utc(event.at)}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.at:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.at + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.description:
        yield f"DESCRIPTION:{escaped(event.description)}"
    yield from ("CLASS:PRIVATE", "TRANSP:TRANSPARENT")
    if event.remind is not None:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(event.summary)}")
        yield from (f"TRIGGER:{_before(event.remind)}", "END:VALARM")
    yield "END:VEVENT"


def _utc(moment: dt.datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _before(time: dt.timedelta) -> str:
    """A DURATION (3.3.6) before the start; after it, if negative."""
    minutes = round(time.total_seconds() / 60)
    return f"{'-' if minutes >= 0 else ''}PT{abs(minutes)}M"
