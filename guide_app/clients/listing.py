"""Which clients a list shows: a condition over `client_figure f`, which holds all that whole lists are asked by.

Counting a book reads that narrow table from end to end and no record; only follow-up states and tags look further.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date
from guide_app.base.dates import kept_on
from guide_app.clients import model as m
from guide_app.store.codec import json_list
from guide_app.store.shown_tags import SHOWN_TAGS

#: A client's tags as they are now, if the mark knows its tag; neither expired ones nor others' own.
_NAME = "coalesce(k.name, t.name)"
_MARKS = """client_tag t LEFT JOIN tag d ON d.id = t.tag_id LEFT JOIN tag k ON k.id = coalesce(d.merged_into, d.id)
    WHERE (t.until IS NULL OR t.until > :now) AND (NOT t.private OR t.guide_id = :viewer)"""
#: The names of one client's.
TAGS_OF = f"SELECT {_NAME} AS name FROM {_MARKS} AND t.client_id = {{client}}"

_BORN = "SELECT id FROM client WHERE (birth_month, birth_day, birth_calendar, birth_leap) = (?, ?, ?, ?)"

_SEGMENTS: Mapping[m.Segment, str] = {
    "all": "1",
    "recent": "f.last_at > :now - 90 * :day",
    "valuable": "f.total_fen >= :valuable",
    "cooling": "f.orders >= 2 AND f.last_at BETWEEN :now - :lapsed * :day AND :now - :cooling * :day",
    "lapsed": "f.last_at > 0 AND f.last_at < :now - :lapsed * :day",
    "birthday": "f.client_id IN (SELECT value FROM json_each(:births))",
    "new": "f.created_at > :now - :new * :day",
    "coupon": """f.client_id IN (SELECT client_id FROM coupon
        WHERE status = 'claimed' AND (valid_until = 0 OR valid_until > :now))""",
    "starred": "f.starred",
}
#: Those that name their few clients: counted from there, not by going through the book.
_FEW = ("birthday", "coupon")
_COUNTED: tuple[m.Segment, ...] = ("all", "valuable", "cooling", "lapsed", "birthday", "new", "coupon", "starred")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition over `client_figure f` and its parameters."""

    sql: str
    params: Mapping[str, Any]


def listed(conn: Connection, what: m.ClientFilter, guide_id: str, now_ms: int) -> Condition:
    """Whom a list shows at `now_ms` (UTC ms), to the guide whose `mine` is meant."""
    params: dict[str, Any] = {
        "now": now_ms, "day": DAY_MS, "valuable": m.VALUABLE_FEN, "cooling": m.COOLING_DAYS, "lapsed": m.LAPSED_DAYS,
        "new": m.NEW_DAYS, "viewer": guide_id,
    }  # fmt: skip
    where = f"{'NOT f.merged' if what.book == 'all' else 'NOT f.archived'} AND {_SEGMENTS[what.segment]}"
    if what.segment == "birthday":
        params["births"] = json_list(born_within(conn, now_ms, m.BIRTHDAY_DAYS))
    if what.book == "mine":
        where += " AND f.guide_no = (SELECT no FROM figure_guide WHERE guide_id = :guide)"
        params["guide"] = guide_id
    if what.states:
        where += """ AND EXISTS (SELECT 1 FROM client WHERE id = f.client_id
            AND follow_state IN (SELECT value FROM json_each(:states)))"""
        params["states"] = json_list(what.states)
    groups = _by_group(conn, what.tags, guide_id, now_ms) if what.tags else ()
    for n, names in enumerate(groups):
        with_one = f"{_NAME} IN (SELECT value FROM json_each(:tags{n}))"
        where += f" AND f.client_id IN (SELECT t.client_id FROM {_MARKS} AND {with_one})"
        params[f"tags{n}"] = json_list(names)
    return Condition(where, params)


def count(conn: Connection, what: m.ClientFilter, guide_id: str, now_ms: int) -> int:
    """How many clients a list has."""
    hers = listed(conn, what, guide_id, now_ms)
    statement = f"SELECT count(*) FROM client_figure f WHERE {hers.sql}"
    return int(conn.exec_driver_sql(statement, dict(hers.params)).scalar_one())


def counts(conn: Connection, book: m.Book, guide_id: str, now_ms: int) -> dict[m.Segment, int]:
    """How many clients each built-in segment of a book has, of one look through it."""
    whole = listed(conn, m.ClientFilter(book), guide_id, now_ms)
    through = [segment for segment in _COUNTED if segment not in _FEW]
    sums = ", ".join(f"count(*) FILTER (WHERE {_SEGMENTS[segment]})" for segment in through)
    row = conn.exec_driver_sql(f"SELECT {sums} FROM client_figure f WHERE {whole.sql}", dict(whole.params)).one()
    found: dict[m.Segment, int] = dict(zip(through, row, strict=True))
    return {
        segment: found[segment] if segment in found else count(conn, m.ClientFilter(book, segment), guide_id, now_ms)
        for segment in _COUNTED
    }


def anchors(conn: Connection, what: m.ClientFilter, guide_id: str, step: int, now_ms: int) -> list[m.PageKey]:
    """The keys of every `step`-th line of a list, the latest buyers first: where its pages end."""
    hers = listed(conn, what, guide_id, now_ms)
    statement = f"""SELECT last_at, rid FROM (
            SELECT f.last_at, f.rid, row_number() OVER (ORDER BY f.last_at DESC, f.rid) AS n
            FROM client_figure f WHERE {hers.sql})
        WHERE n % :step = 0 ORDER BY n"""
    return [m.PageKey(*row) for row in conn.exec_driver_sql(statement, {**hers.params, "step": step})]


def born_within(conn: Connection, now_ms: int, days: int) -> dict[str, int]:
    """Clients whose birthday is kept within `days` from today → in how many days (0 today)."""
    found: dict[str, int] = {}
    for ahead in range(days + 1):
        for key in kept_on(china_date(now_ms) + dt.timedelta(days=ahead)):
            for (client_id,) in conn.exec_driver_sql(_BORN, (key.month, key.day, key.calendar, key.leap_month)):
                found.setdefault(client_id, ahead)
    return found


def _by_group(conn: Connection, names: Sequence[str], viewer: str, now_ms: int) -> Sequence[Sequence[str]]:
    """The tags by the group under which they show, in their order; each of no group, or of several, by itself."""
    statement = f"""SELECT name, min("group") FROM {SHOWN_TAGS} WHERE name IN (SELECT value FROM json_each(:names))
        GROUP BY name HAVING min("group") = max("group") AND min("group") <> ''"""
    params = {"names": json_list(names), "viewer": viewer, "now": now_ms}
    group_of = {row[0]: str(row[1]) for row in conn.exec_driver_sql(statement, params)}
    groups: dict[tuple[str, str], list[str]] = {}
    for name in names:
        group = group_of.get(name, "")
        groups.setdefault((group, "" if group else name), []).append(name)
    return tuple(groups.values())
