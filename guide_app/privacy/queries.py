"""Reads about consent, access, retention and doubles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, Clock, china_date, day_start_ms
from guide_app.base.errors import NotFoundError
from guide_app.privacy.doubles import Double, Person, doubles, name_key, wechat_key
from guide_app.privacy.model import Ledger
from guide_app.privacy.review import Review, Touches, review
from guide_app.privacy.rules import RETENTION_DAYS, REVEAL_LIMIT, figure
from guide_app.protocol.records import Consent
from guide_app.store.codec import json_list
from guide_app.store.copied_shares import COPIED_SHARE
from guide_app.store.database import Database

_LOOKED_AT = """SELECT DISTINCT client_id FROM access_log
    WHERE guide_id = ? AND deed = 'reveal' AND client_id IS NOT NULL AND at BETWEEN ? AND ?"""
_ACCESSES = """SELECT a.at, a.deed, coalesce(g.name, ''), a.client_id, coalesce(c.name, ''), a.reason, a.records,
        coalesce(m.name, ''), a.proof
    FROM access_log a LEFT JOIN guide g ON g.id = a.guide_id LEFT JOIN client c ON c.id = a.client_id
    LEFT JOIN guide m ON m.id = a.approved_by WHERE a.at >= ? ORDER BY a.at DESC, a.id DESC LIMIT ?"""
_NOTICE = "SELECT version FROM consent WHERE version <> '' AND granted ORDER BY at DESC, id DESC LIMIT 1"
#: From guide to guide by the index, and of each the lines of the day alone: the log is never shortened.
LOOKERS = """
    WITH RECURSIVE who (id) AS (SELECT min(guide_id) FROM access_log
        UNION ALL SELECT (SELECT min(guide_id) FROM access_log WHERE guide_id > who.id) FROM who
            WHERE who.id IS NOT NULL)
    SELECT who.id, coalesce(g.name, ''), count(DISTINCT a.client_id) AS clients
    FROM who CROSS JOIN access_log a ON a.guide_id = who.id AND a.at BETWEEN ? AND ? LEFT JOIN guide g ON g.id = who.id
    WHERE a.deed = 'reveal' AND a.client_id IS NOT NULL
    GROUP BY who.id HAVING count(DISTINCT a.client_id) >= ? ORDER BY clients DESC, who.id"""
_REASONS = """SELECT reason FROM access_log
    WHERE guide_id = ? AND deed = 'reveal' AND client_id IS NOT NULL AND at BETWEEN ? AND ?
    GROUP BY reason ORDER BY max(at) DESC, reason LIMIT ?"""
_MOST_REASONS = 3
_ALARM_PERCENT = 80
_FACTS = "SELECT * FROM consent WHERE client_id = ? ORDER BY at, granted DESC, id"
#: Contact is what was said, sent or done with her: notes other than mere states, shares that left and what came of
#: them, coupons taken, given on and used, consents, repairs, tasks done. Matters under way keep her off the list.
_TOUCHES = f"""
    WITH contact (client_id, at) AS (
        SELECT client_id, at FROM note WHERE kind <> 'state'
        UNION ALL SELECT client_id, at FROM share WHERE NOT {COPIED_SHARE}
        UNION ALL SELECT client_id, at FROM share_event
        UNION ALL SELECT client_id, max(coalesce(given_at, claimed_at), coalesce(redeemed_at, 0)) FROM coupon
        UNION ALL SELECT client_id, at FROM coupon_gift
        UNION ALL SELECT client_id, at FROM consent
        UNION ALL SELECT client_id, at FROM service
        UNION ALL SELECT client_id, at FROM wish
        UNION ALL SELECT client_id, done_at FROM task WHERE status = 'done'),
    latest AS (SELECT client_id, max(at) AS at FROM contact WHERE client_id IS NOT NULL GROUP BY client_id),
    bought AS (SELECT client_id, max(at) AS at FROM purchase WHERE client_id IS NOT NULL GROUP BY client_id)
    SELECT c.id AS client_id, c.name, c.primary_guide_id, c.archived_at IS NOT NULL AS archived, c.created_at,
        coalesce(b.at, 0) AS bought_at,
        coalesce(l.at, 0) AS contact_at,
        (SELECT count(*) FROM task t WHERE t.client_id = c.id AND t.status = 'open')
            + (SELECT count(*) FROM service s WHERE s.client_id = c.id AND s.state = 'open') AS open
    FROM client c LEFT JOIN latest l ON l.client_id = c.id LEFT JOIN bought b ON b.client_id = c.id
    WHERE c.merged_into IS NULL AND max(c.created_at, coalesce(b.at, 0), coalesce(l.at, 0)) <= :before"""
_PEOPLE = """SELECT id, store_id, name, phone, wechat, sex, birth_calendar, birth_month, birth_day, birth_leap,
        birth_year, created_at
    FROM client WHERE merged_into IS NULL AND archived_at IS NULL AND id IN (SELECT value FROM json_each(?))"""
#: Those who may have a double, narrowed before whole records are read: of 100,000 clients a handful is left.
_SHARED_PHONE = """SELECT id FROM client
    WHERE phone IN (SELECT phone FROM client WHERE phone <> '' GROUP BY phone HAVING count(*) > 1)"""
_WECHATS = "SELECT id, wechat FROM client WHERE wechat <> ''"
_BIRTHS = """SELECT id, name, birth_calendar, birth_month, birth_day, birth_leap FROM client
    WHERE birth_month IS NOT NULL AND birth_day IS NOT NULL"""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A guide who has looked at nearly as many clients' numbers in a day as she may: a matter for her manager.

    `reasons` are up to three that she gave, the latest first.
    """

    guide_id: str
    guide: str
    clients: int
    limit: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the access log. `client_id` None where many left at once or she has been erased since."""

    at: int
    deed: str
    guide: str
    client_id: str | None
    client: str
    reason: str
    records: int
    approved_by: str
    proof: str


class PrivacyQueries:
    """Answers what a client agreed to and what was done with her data. Every answer is one snapshot."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def ledger(self, client_id: str) -> Ledger:
        """All consents of a client with her contact state. Raises NotFoundError."""
        return self._db.query(lambda conn: read_ledger(conn, client_id))

    def notice_version(self) -> str:
        """The version of the words that were shown last in this book; empty where nobody has been shown any."""
        return self._db.query(lambda conn: str(conn.exec_driver_sql(_NOTICE).scalar() or ""))

    def reveals_left(self, guide_id: str) -> int:
        """How many more clients' numbers a guide may look at today."""

        def read(conn: Connection) -> int:
            seen = looked_at_today(conn, guide_id, self._clock.now_ms())
            return max(0, figure(conn, REVEAL_LIMIT) - len(seen))

        return self._db.query(read)

    def accesses(self, since_ms: int, limit: int = 200) -> tuple[Access, ...]:
        """Who looked behind the mask or took data out since a moment (UTC ms), the latest first."""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_ACCESSES, (since_ms, limit)).all())
        return tuple(Access(*row) for row in rows)

    def alarms(self) -> tuple[Alarm, ...]:
        """Who has looked at four fifths of the daily limit or more today, most first: managers are to ask why."""
        now = self._clock.now_ms()

        def read(conn: Connection) -> tuple[Alarm, ...]:
            limit = figure(conn, REVEAL_LIMIT)
            many = max(1, -(-limit * _ALARM_PERCENT // 100))
            today = day_start_ms(china_date(now)), now
            rows = conn.exec_driver_sql(LOOKERS, (*today, many)).all()
            said = {
                row[0]: conn.exec_driver_sql(_REASONS, (row[0], *today, _MOST_REASONS)).scalars().all() for row in rows
            }
            return tuple(Alarm(row[0], row[1], row[2], limit, tuple(said[row[0]])) for row in rows)

        return self._db.query(read)

    def reviews(self, limit: int = 100) -> list[Review]:
        """Clients with no purchase and no contact for as long as the house rule `retention_days` says, longest first.

        Archived ones are among them. Nothing is erased by itself.
        """
        now = self._clock.now_ms()

        def read(conn: Connection) -> list[Review]:
            days = figure(conn, RETENTION_DAYS)
            rows = conn.exec_driver_sql(_TOUCHES, {"before": now - days * DAY_MS}).mappings()
            touches = (Touches(**{**row, "archived": bool(row["archived"])}) for row in rows)
            return [found for one in touches if (found := review(one, now, days)) is not None]

        found = self._db.query(read)
        return sorted(found, key=lambda one: (-one.days, one.touches.client_id))[:limit]

    def doubles(self) -> list[Double]:
        """Pairs of records that look like one person, strongest reason first; `ClientService.merge` joins them."""
        return self._db.query(lambda conn: doubles(_people(conn)))


def looked_at_today(conn: Connection, guide_id: str, now_ms: int) -> frozenset[str]:
    """The clients whose numbers a guide has looked at since the business day began in China."""
    rows = conn.exec_driver_sql(_LOOKED_AT, (guide_id, day_start_ms(china_date(now_ms)), now_ms))
    return frozenset(row[0] for row in rows)


def read_ledger(conn: Connection, client_id: str) -> Ledger:
    """A client's ledger over an open connection. Raises NotFoundError."""
    state = conn.exec_driver_sql("SELECT contact_state FROM client WHERE id = ?", (client_id,)).scalar()
    if state is None:
        raise NotFoundError(
            "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id
        )
    rows = conn.exec_driver_sql(_FACTS, (client_id,)).mappings()
    return Ledger(client_id, state, tuple(_fact(dict(row)) for row in rows))


def _suspects(conn: Connection) -> set[str]:
    """Every client who shares a phone, a WeChat, or name and birthday with another; some who do not are among them."""
    wechats = ((row[0], (wechat_key(row[1]),)) for row in conn.exec_driver_sql(_WECHATS))
    births = ((row[0], (name_key(row[1]), *row[2:])) for row in conn.exec_driver_sql(_BIRTHS))
    return {*conn.exec_driver_sql(_SHARED_PHONE).scalars(), *_alike(wechats), *_alike(births)}


def _alike(said: Iterable[tuple[str, tuple[object, ...]]]) -> Iterator[str]:
    """Whoever says what another says too."""
    first: dict[tuple[object, ...], str] = {}
    for client_id, key in said:
        if (other := first.setdefault(key, client_id)) != client_id:
            yield other
            yield client_id


def _people(conn: Connection) -> Iterator[Person]:
    for row in conn.exec_driver_sql(_PEOPLE, (json_list(_suspects(conn)),)).mappings():
        known = row["birth_month"] is not None and row["birth_day"] is not None
        birth = (row["birth_calendar"], row["birth_month"], row["birth_day"], bool(row["birth_leap"]))
        yield Person(
            row["id"], row["store_id"], row["name"], row["phone"], row["wechat"], row["sex"],
            birth if known else None, row["birth_year"], row["created_at"],
        )  # fmt: skip


def _fact(row: dict[str, Any]) -> Consent:
    known = {name: row[name] for name in Consent.__struct_fields__}
    return msgspec.convert({**known, "granted": bool(row["granted"])}, Consent)
