"""Reads sequences and their runs."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import Clock, china_date
from guide_app.followup.sops import RunRow, Silence, SopRow, steps_of
from guide_app.followup.whose import Objectors
from guide_app.protocol.records import SopStep
from guide_app.store.database import Database
from guide_app.store.shown_tags import SHOWN_TAGS

_STEPS = msgspec.json.Decoder(list[SopStep])
_RUNS = """SELECT r.id, r.client_id, r.sop_id, s.name, r.state, r.started_at, r.shift_days, s.steps,
        (SELECT group_concat(t.cause, char(31)) FROM task t
            WHERE t.cause >= 'sop:' || r.id || ':' AND t.cause < 'sop:' || r.id || ';' AND t.status <> 'open')
    FROM sop_run r JOIN sop s ON s.id = r.sop_id"""
_REFUSED = """SELECT 1 FROM client c LEFT JOIN company_view v ON v.client_id = c.id
    WHERE c.id = ? AND (c.contact_state = 'refused' OR coalesce(v.refused, 0))"""
_BLOCKED = f"""SELECT 1 FROM client c WHERE c.id = :client AND (c.archived_at IS NOT NULL OR c.flag <> ''
    OR EXISTS (SELECT 1 FROM {SHOWN_TAGS} t WHERE t.client_id = c.id AND t.blocks))"""


class SopQueries:
    """What sequences there are, and how far they have come for a client."""

    def __init__(self, db: Database, clock: Clock, objectors: Objectors) -> None:
        """`objectors` says who wants no marketing."""
        self._db = db
        self._clock = clock
        self._objectors = objectors

    def offered(self) -> list[SopRow]:
        """The sequences that may be started, in head office's order."""
        sql = "SELECT id, name, occasion, steps FROM sop WHERE active ORDER BY rank, name, id"
        rows = self._db.query(lambda conn: conn.exec_driver_sql(sql).all())
        return [SopRow(i, name, occasion, tuple(_STEPS.decode(steps))) for i, name, occasion, steps in rows]

    def of_client(self, client_id: str) -> list[RunRow]:
        """Her runs, those still running first, then the latest first."""
        now = self._clock.now_ms()
        where = " WHERE r.client_id = ?2 ORDER BY r.state <> 'running', r.started_at DESC, r.id"
        return self._db.query(lambda conn: _rows(conn, where, now, client_id))

    def silence(self, client_id: str) -> Silence:
        """Why her steps do not come on today's list though their day is there, as `FollowupQueries.today` judges."""
        now = self._clock.now_ms()

        def read(conn: Connection) -> Silence:
            if refused(conn, client_id):
                return "refused"
            given = {"client": client_id, "now": now, "viewer": None}
            if conn.exec_driver_sql(_BLOCKED, given).first():
                return "blocked"
            return "objects" if self._objectors(conn, [client_id], now) else ""

        return self._db.query(read)


def refused(conn: Connection, client_id: str) -> bool:
    """Whether she refused contact, here or (as head office tells) in another store."""
    return conn.exec_driver_sql(_REFUSED, (client_id,)).first() is not None


def running(conn: Connection, now_ms: int, client_id: str | None = None) -> list[RunRow]:
    """All runs that are going on, or one client's."""
    where = " WHERE r.state = 'running' AND r.started_at <= ?1"
    if client_id is None:
        return _rows(conn, where, now_ms)
    return _rows(conn, where + " AND r.client_id = ?2", now_ms, client_id)


def run_of(conn: Connection, run_id: str, now_ms: int) -> RunRow | None:
    """One run; None if there is none of this id, or its sequence is gone."""
    return next(iter(_rows(conn, " WHERE r.id = ?2", now_ms, run_id)), None)


def _rows(conn: Connection, where: str, now_ms: int, *given: str) -> list[RunRow]:
    today = china_date(now_ms)
    return [
        RunRow(
            run, client, sop, name, state,
            steps_of(run, started, shift, _STEPS.decode(steps), (causes or "").split("\x1f"), today),
        )
        for run, client, sop, name, state, started, shift, steps, causes in conn.exec_driver_sql(
            _RUNS + where, (now_ms, *given)
        )
    ]  # fmt: skip
