"""Reads of the client book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phone import as_searched, mask_phone, normalise_phone
from guide_app.clients import listing
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

_TAGS = listing.TAGS_OF.format(client="c.id")
_ROW = f"""
    SELECT c.id, c.name, c.phone, c.primary_guide_id, c.contact_state, c.starred, f.last_at, f.orders, f.total_fen,
        f.rid, (SELECT group_concat(name, char(31)) FROM (SELECT DISTINCT name FROM ({_TAGS}))) AS tags
    FROM client_figure f JOIN client c ON c.id = f.client_id"""

#: Who has a phone or a WeChat; of those who were merged, whose record stays.
_SAME = """SELECT coalesce(merged_into, id) FROM client WHERE (?1 <> '' AND phone = ?1)
    UNION SELECT coalesce(merged_into, id) FROM client WHERE ?2 <> '' AND wechat = ?2 COLLATE NOCASE"""

#: What comes after a key, each part from where it begins in the index: one condition for both reads from the top.
_AFTER = ("AND f.last_at = :last_at AND f.rid > :number", "AND f.last_at < :last_at")

_NAMING = tuple(name for name, kind in KINDS.items() if "client_id" in kind.fields)


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

        Of private tags only those of the guide `viewer` find anybody, after names and before notes. A phone may be
        written with its country code, as address books give it.
        """
        text = as_searched(text)
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
        now = self._clock.now_ms()
        self._require(what.book, guide_id)

        def read(conn: Connection) -> list[m.ClientRow]:
            hers = listing.listed(conn, what, guide_id, now)
            params = dict(hers.params) if after is None else {**hers.params, **asdict(after)}
            rows: list[m.ClientRow] = []
            for part in ("",) if after is None else _AFTER:
                statement = f"{_ROW} WHERE {hers.sql} {part} ORDER BY f.last_at DESC, f.rid LIMIT :limit"
                rows += _rows(conn, statement, {**params, "limit": limit - len(rows)})
            return rows

        rows = self._db.query(read)
        return Listing(tuple(rows), rows[-1].key if len(rows) == limit else None)

    def count(self, what: m.ClientFilter, guide_id: str) -> int:
        """How many clients a list has."""
        now = self._clock.now_ms()
        self._require(what.book, guide_id)
        return self._db.query(lambda conn: listing.count(conn, what, guide_id, now))

    def anchors(self, what: m.ClientFilter, guide_id: str, step: int) -> list[m.PageKey]:
        """The keys of every `step`-th line of a list: where its pages end."""
        now = self._clock.now_ms()
        self._require(what.book, guide_id)
        return self._db.query(lambda conn: listing.anchors(conn, what, guide_id, step, now))

    def books(self, guide_id: str) -> tuple[m.Book, ...]:
        """The lists that a guide may see: her own, the store's, and as its manager also who was archived."""
        statement = "SELECT role FROM guide WHERE id = ?"
        role = self._db.query(lambda conn: conn.exec_driver_sql(statement, (guide_id,)).scalar_one_or_none())
        return ("mine", "store", "all") if role == "store_manager" else ("mine", "store")

    def counts(self, book: m.Book, guide_id: str) -> Mapping[m.Segment, int]:
        """How many clients each built-in segment has."""
        now = self._clock.now_ms()
        self._require(book, guide_id)
        return self._db.query(lambda conn: listing.counts(conn, book, guide_id, now))

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
                l.id, coalesce(g.name, ''), p.coupon_code, coalesce({FOR_WHOM}, ''), p.verified,
                p.photo <> ''
            FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id LEFT JOIN store s ON s.id = p.store_id
                LEFT JOIN guide g ON g.id = p.guide_id
            WHERE p.client_id = ? ORDER BY p.at DESC, p.id, l.id LIMIT ?"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, (client_id, limit)).all())
        return tuple(m.PurchaseLine(*(*rest, bool(verified), bool(photo))) for *rest, verified, photo in rows)

    def traces(self, client_id: str) -> Mapping[str, int]:
        """How many records of each kind, and photos, are a client's on this PC; empty when nothing is left of her."""

        def read(conn: Connection) -> dict[str, int]:
            found = {
                "client": conn.exec_driver_sql("SELECT count(*) FROM client WHERE id = ?", (client_id,)).scalar_one()
            }
            for kind in (*_NAMING, "photo"):
                statement = f'SELECT count(*) FROM "{kind}" WHERE client_id = ?'
                found[kind] = conn.exec_driver_sql(statement, (client_id,)).scalar_one()
            return {kind: count for kind, count in found.items() if count}

        return self._db.query(read)

    def _require(self, book: m.Book, guide_id: str) -> None:
        if book not in self.books(guide_id):
            raise InvalidInputError("book.closed", "全部客户 (含归档) 只给店长看。", "请选我的或本店。")


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
    interval = None if row["no_profiling"] else m.mean_interval_days(orders, first, last)
    return m.Portrait(
        id=client_id,
        fields={**row, "phone": masked},
        phone_masked=masked,
        tags=tuple(m.ClientTag(tag.id, tag.group, tag.name, tag.origin) for tag in reversed(tags.values())),
        figures=m.Figures(orders, total, first, last, interval),
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
            number=r["rid"],
        )
        for r in conn.exec_driver_sql(statement, dict(params)).mappings()
    ]


def _unknown(client_id: str) -> NotFoundError:
    return NotFoundError("client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id)
