"""Reads of the client book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, Clock, china_date
from guide_app.base.dates import kept_on
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phone import mask_phone, normalise_phone
from guide_app.clients import model as m
from guide_app.clients.bought import FOR_WHOM
from guide_app.clients.matching import with_matches, with_own_tags
from guide_app.clients.merging import MergeLine, merges
from guide_app.clients.tags import hanging
from guide_app.protocol.kinds import KINDS
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.search import SearchIndex
from guide_app.store.shown_tags import SHOWN_TAGS

# Under their present names where the mark knows its tag; neither expired ones nor other guides' own.
_TAGS = """SELECT coalesce(k.name, t.name) AS name FROM client_tag t
    LEFT JOIN tag d ON d.id = t.tag_id LEFT JOIN tag k ON k.id = coalesce(d.merged_into, d.id)
    WHERE t.client_id = c.id AND (t.until IS NULL OR t.until > :now) AND (NOT t.private OR t.guide_id = :viewer)"""
_ROW = f"""
    SELECT c.id, c.name, c.phone, c.primary_guide_id, c.contact_state, c.starred, f.last_at, f.orders, f.total_fen,
        (SELECT group_concat(name, char(31)) FROM (SELECT DISTINCT name FROM ({_TAGS}))) AS tags
    FROM client_figure f JOIN client c ON c.id = f.client_id"""

_BORN = "SELECT id FROM client WHERE (birth_month, birth_day, birth_calendar, birth_leap) = (?, ?, ?, ?)"

#: Who has a phone or a WeChat; of those who were merged, whose record stays.
_SAME = """SELECT coalesce(merged_into, id) FROM client WHERE (?1 <> '' AND phone = ?1)
    UNION SELECT coalesce(merged_into, id) FROM client WHERE ?2 <> '' AND wechat = ?2 COLLATE NOCASE"""

_NAMING = tuple(name for name, kind in KINDS.items() if "client_id" in kind.fields)

_SEGMENTS = {
    "all": "1",
    "recent": "f.last_at > :now - 90 * :day",
    "valuable": "f.total_fen >= :valuable",
    "cooling": "f.orders >= 2 AND f.last_at BETWEEN :now - :lapsed * :day AND :now - :cooling * :day",
    "lapsed": "f.last_at > 0 AND f.last_at < :now - :lapsed * :day",
    "birthday": "c.id IN (SELECT value FROM json_each(:births))",
    "new": "c.created_at > :now - :new * :day",
    "coupon": """c.id IN (SELECT client_id FROM coupon
        WHERE status = 'claimed' AND (valid_until = 0 OR valid_until > :now))""",
    "starred": "c.starred",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list; `after` is None on the last page."""

    rows: tuple[m.ClientRow, ...]
    after: m.PageKey | None


class ClientQueries:
    """Answers questions about clients. Every answer is one consistent snapshot."""

    def __init__(self, db: Database, index: SearchIndex, clock: Clock) -> None:
        self._db = db
        self._index = index
        self._clock = clock

    def search(self, text: str, limit: int = 50, viewer: str | None = None) -> tuple[m.ClientRow, ...]:
        """Clients by name, pinyin, initials, phone digits, member number, tag or note; best first, each with why.

        Of private tags only those of the guide `viewer` find anybody, after names and before notes.
        """
        now = self._clock.now_ms()

        def read(conn: Connection) -> tuple[m.ClientRow, ...]:
            hits = with_own_tags(conn, self._index.search(conn, text, limit, now), text, viewer, now)[:limit]
            rows = self._named(conn, [hit.client_id for hit in hits], viewer)
            return with_matches(conn, rows, hits, text, now, viewer)

        return self._db.query(read)

    def rows(self, client_ids: Sequence[str]) -> tuple[m.ClientRow, ...]:
        """The lines of these clients, in this order; those who are gone are left out."""
        return self._db.query(lambda conn: self._named(conn, client_ids))

    def _named(self, conn: Connection, client_ids: Sequence[str], viewer: str | None = None) -> tuple[m.ClientRow, ...]:
        rows = _rows(
            conn,
            f"{_ROW} WHERE c.merged_into IS NULL AND c.id IN (SELECT value FROM json_each(:ids))",
            {"ids": json_list(client_ids), "now": self._clock.now_ms(), "viewer": viewer},
        )
        by_id = {row.id: row for row in rows}
        return tuple(by_id[client_id] for client_id in client_ids if client_id in by_id)

    def page(self, what: m.ClientFilter, guide_id: str, after: m.PageKey | None = None, limit: int = 100) -> Listing:
        """A page of a list, the latest buyers first. `guide_id` is whose `mine` is meant."""
        where, params = self._where(what, guide_id)
        if after is not None:
            where += " AND (f.last_at < :last_at OR (f.last_at = :last_at AND f.client_id > :after_id))"
            params |= {"last_at": after.last_at, "after_id": after.client_id}
        order = " ORDER BY f.last_at DESC, f.client_id LIMIT :limit"
        rows = self._db.query(lambda conn: _rows(conn, f"{_ROW} WHERE {where}{order}", params | {"limit": limit}))
        return Listing(tuple(rows), rows[-1].key if len(rows) == limit else None)

    def count(self, what: m.ClientFilter, guide_id: str) -> int:
        """How many clients a list has."""
        where, params = self._where(what, guide_id)
        statement = f"SELECT count(*) FROM client_figure f JOIN client c ON c.id = f.client_id WHERE {where}"
        return int(self._db.query(lambda conn: conn.exec_driver_sql(statement, params).scalar_one()))

    def anchors(self, what: m.ClientFilter, guide_id: str, step: int) -> list[m.PageKey]:
        """The keys of every `step`-th line of a list: where its pages end."""
        where, params = self._where(what, guide_id)
        statement = f"""SELECT last_at, client_id FROM (
                SELECT f.last_at, f.client_id, row_number() OVER (ORDER BY f.last_at DESC, f.client_id) AS n
                FROM client_figure f JOIN client c ON c.id = f.client_id WHERE {where})
            WHERE n % :step = 0 ORDER BY n"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, params | {"step": step}).all())
        return [m.PageKey(*row) for row in rows]

    def books(self, guide_id: str) -> tuple[m.Book, ...]:
        """The lists that a guide may see: her own, the store's, and as its manager also who was archived."""
        statement = "SELECT role FROM guide WHERE id = ?"
        role = self._db.query(lambda conn: conn.exec_driver_sql(statement, (guide_id,)).scalar_one_or_none())
        return ("mine", "store", "all") if role == "store_manager" else ("mine", "store")

    def counts(self, book: m.Book, guide_id: str) -> Mapping[m.Segment, int]:
        """How many clients each built-in segment has."""
        segments: tuple[m.Segment, ...] = (
            "all",
            "valuable",
            "cooling",
            "lapsed",
            "birthday",
            "new",
            "coupon",
            "starred",
        )
        return {segment: self.count(m.ClientFilter(book, segment), guide_id) for segment in segments}

    def used_tags(self, viewer: str | None = None) -> Sequence[tuple[str, str, int]]:
        """(group, name, clients) of every tag in use, the viewer's own among them, most used first."""
        statement = f'SELECT "group", name, count(*) FROM {SHOWN_TAGS} GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT 60'
        params = {"now": self._clock.now_ms(), "viewer": viewer}
        return self._db.query(lambda conn: [(r[0], r[1], r[2]) for r in conn.exec_driver_sql(statement, params)])

    def same(self, phone: str, wechat: str) -> tuple[m.ClientRow, ...]:
        """Who is in the book with this phone, as it is being typed, or this WeChat; archived ones too."""
        try:
            digits = normalise_phone(phone)
        except InvalidInputError:
            digits = ""  # not yet a number

        def read(conn: Connection) -> tuple[m.ClientRow, ...]:
            found = conn.exec_driver_sql(_SAME, (digits, wechat.strip())).scalars().all()
            return self._named(conn, sorted(found))

        return self._db.query(read)

    def merges(self, into_id: str = "") -> tuple[MergeLine, ...]:
        """The merges that can still be taken back, the latest first; with `into_id` only those into her."""
        return self._db.query(lambda conn: merges(conn, self._clock.now_ms(), into_id))

    def portrait(self, client_id: str, viewer: str | None = None) -> m.Portrait:
        """One client, whole, with the private tags of the guide who looks. Raises NotFoundError."""
        now = self._clock.now_ms()
        return self._db.query(lambda conn: _portrait(conn, client_id, viewer, now))

    def phone(self, client_id: str) -> str:
        """The number in clear. Callers log the reveal first (`PrivacyService.reveal_phone`)."""
        found = self._db.query(
            lambda conn: conn.exec_driver_sql(
                "SELECT phone FROM client WHERE id = ?", (client_id,)
            ).scalar_one_or_none()
        )
        if found is None:
            raise _unknown(client_id)
        return str(found)

    def purchases(self, client_id: str, limit: int = 200) -> tuple[m.PurchaseLine, ...]:
        """What she bought and gave back, newest first."""
        statement = f"""
            SELECT p.id, p.order_no, p.at, coalesce(s.name, ''), p.kind, l.title, l.colour, l.size, l.qty, l.amount_fen,
                l.id, coalesce(g.name, ''), p.coupon_code, coalesce({FOR_WHOM}, ''), p.verified
            FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id LEFT JOIN store s ON s.id = p.store_id
                LEFT JOIN guide g ON g.id = p.guide_id
            WHERE p.client_id = ? ORDER BY p.at DESC, p.id, l.id LIMIT ?"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, (client_id, limit)).all())
        return tuple(m.PurchaseLine(*(*rest, bool(verified))) for *rest, verified in rows)

    def traces(self, client_id: str) -> Mapping[str, int]:
        """How many records of each kind name a client on this PC; empty when nothing is left of her."""

        def read(conn: Connection) -> dict[str, int]:
            found = {
                "client": conn.exec_driver_sql("SELECT count(*) FROM client WHERE id = ?", (client_id,)).scalar_one()
            }
            for kind in _NAMING:
                statement = f'SELECT count(*) FROM "{kind}" WHERE client_id = ?'
                found[kind] = conn.exec_driver_sql(statement, (client_id,)).scalar_one()
            return {kind: count for kind, count in found.items() if count}

        return self._db.query(read)

    def _where(self, what: m.ClientFilter, guide_id: str) -> tuple[str, dict[str, Any]]:
        now = self._clock.now_ms()
        if what.book not in self.books(guide_id):
            raise InvalidInputError("book.closed", "全部客户 (含归档) 只给店长看。", "请选我的或本店。")
        lives = "c.merged_into IS NULL" if what.book == "all" else "c.archived_at IS NULL"
        where = f"{lives} AND {_SEGMENTS[what.segment]}"
        params: dict[str, Any] = {
            "now": now, "day": DAY_MS, "valuable": m.VALUABLE_FEN, "cooling": m.COOLING_DAYS, "lapsed": m.LAPSED_DAYS,
            "new": m.NEW_DAYS, "viewer": guide_id,
        }  # fmt: skip
        if what.segment == "birthday":
            births = self._db.query(lambda conn: born_within(conn, now, m.BIRTHDAY_DAYS))
            params["births"] = json_list(births)
        if what.book == "mine":
            where += " AND c.primary_guide_id = :guide"
            params["guide"] = guide_id
        if what.states:
            where += " AND c.follow_state IN (SELECT value FROM json_each(:states))"
            params["states"] = json_list(what.states)
        groups = self._db.query(lambda conn: _by_group(conn, what.tags, guide_id, now)) if what.tags else ()
        for n, names in enumerate(groups):
            where += f" AND EXISTS (SELECT 1 FROM ({_TAGS}) WHERE name IN (SELECT value FROM json_each(:tags{n})))"
            params[f"tags{n}"] = json_list(names)
        return where, params


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


def born_within(conn: Connection, now_ms: int, days: int) -> dict[str, int]:
    """Clients whose birthday is kept within `days` from today → in how many days (0 today)."""
    found: dict[str, int] = {}
    for ahead in range(days + 1):
        for key in kept_on(china_date(now_ms) + dt.timedelta(days=ahead)):
            rows = conn.exec_driver_sql(
                _BORN,
                (key.month, key.day, key.calendar, key.leap_month),
            )
            for (client_id,) in rows:
                found.setdefault(client_id, ahead)
    return found


def _portrait(conn: Connection, client_id: str, viewer: str | None, now_ms: int) -> m.Portrait:
    row = conn.exec_driver_sql("SELECT * FROM client WHERE id = ?", (client_id,)).mappings().one_or_none()
    if row is None:
        raise _unknown(client_id)
    tags = {tag.name: tag for tag in reversed(hanging(conn, client_id, viewer, now_ms))}
    orders, total, first, last = conn.exec_driver_sql(
        "SELECT orders, total_fen, first_at, last_at FROM client_figure WHERE client_id = ?", (client_id,)
    ).one()
    guide = conn.exec_driver_sql("SELECT name FROM guide WHERE id = ?", (row["primary_guide_id"],)).scalar_one_or_none()
    masked = mask_phone(row["phone"])
    return m.Portrait(
        id=client_id,
        fields={**row, "phone": masked},
        phone_masked=masked,
        tags=tuple(m.ClientTag(tag.id, tag.group, tag.name, tag.origin) for tag in reversed(tags.values())),
        figures=m.Figures(orders, total, first, last, m.mean_interval_days(orders, first, last)),
        primary_guide_name=guide or "",
    )


def _rows(conn: Connection, statement: str, params: Mapping[str, Any]) -> list[m.ClientRow]:
    return [
        m.ClientRow(
            id=r["id"],
            name=r["name"],
            phone=mask_phone(r["phone"]),
            tags=tuple(r["tags"].split("\x1f")) if r["tags"] else (),
            last_at=r["last_at"],
            orders=r["orders"],
            total_fen=r["total_fen"],
            primary_guide_id=r["primary_guide_id"],
            contact_state=r["contact_state"],
            starred=bool(r["starred"]),
        )
        for r in conn.exec_driver_sql(statement, dict(params)).mappings()
    ]


def _unknown(client_id: str) -> NotFoundError:
    return NotFoundError("client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id)
