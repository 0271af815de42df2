"""Reads sequences and their runs."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import Clock, china_date
from guide_app.followup.sops import RunRow, SopRow, steps_of
from guide_app.protocol.records import SopStep
from guide_app.store.database import Database

_STEPS = msgspec.json.Decoder(list[SopStep])
_RUNS = """SELECT r.id, r.client_id, r.sop_id, s.name, r.state, r.started_at, r.shift_days, s.steps,
        (SELECT group_concat(t.cause, char(31)) FROM task t
            WHERE t.cause >= 'sop:' || r.id || ':' AND t.cause < 'sop:' || r.id || ';' AND t.status <> 'open')
    FROM sop_run r JOIN sop s ON s.id = r.sop_id"""


class SopQueries:
    """What sequences there are, and how far they have come for a client."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

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
