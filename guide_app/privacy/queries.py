"""Reads about consent, access, retention and doubles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import Clock, china_date, day_start_ms
from guide_app.base.errors import NotFoundError
from guide_app.privacy.model import Ledger
from guide_app.privacy.rules import REVEAL_LIMIT, figure
from guide_app.protocol.records import Consent
from guide_app.store.database import Database

_LOOKED_AT = """SELECT DISTINCT client_id FROM access_log
    WHERE guide_id = ? AND deed = 'reveal' AND client_id IS NOT NULL AND at BETWEEN ? AND ?"""
_ACCESSES = """SELECT a.at, a.deed, coalesce(g.name, ''), a.client_id, coalesce(c.name, ''), a.reason, a.records,
        coalesce(m.name, ''), a.proof
    FROM access_log a LEFT JOIN guide g ON g.id = a.guide_id LEFT JOIN client c ON c.id = a.client_id
    LEFT JOIN guide m ON m.id = a.approved_by WHERE a.at >= ? ORDER BY a.at DESC, a.id DESC LIMIT ?"""
_FACTS = "SELECT * FROM consent WHERE client_id = ? ORDER BY at, granted DESC, id"


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


def looked_at_today(conn: Connection, guide_id: str, now_ms: int) -> frozenset[str]:
    """The clients whose numbers a guide has looked at since the business day began in China."""
    rows = conn.exec_driver_sql(_LOOKED_AT, (guide_id, day_start_ms(china_date(now_ms)), now_ms))
    return frozenset(row[0] for row in rows)


def read_ledger(conn: Connection, client_id: str) -> Ledger:
    """A client's ledger over an open connection. Raises NotFoundError."""
    state = conn.exec_driver_sql("SELECT contact_state FROM client WHERE id = ?", (client_id,)).scalar()
    if state is None:
        raise NotFoundError("client.unknown", f"没有编号为 {client_id} 的客户。", "先用 clients search 找到客户。")
    rows = conn.exec_driver_sql(_FACTS, (client_id,)).mappings()
    return Ledger(client_id, state, tuple(_fact(dict(row)) for row in rows))


def _fact(row: dict[str, Any]) -> Consent:
    known = {name: row[name] for name in Consent.__struct_fields__}
    return msgspec.convert({**known, "granted": bool(row["granted"])}, Consent)
