"""Reads for the first screen: today's list and open tasks."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping

from guide_app.base.clock import Clock
from guide_app.followup.model import DAILY_BUDGET, Candidate, Signal, Suggestion, TaskRow, choose
from guide_app.followup.signals import all_signals
from guide_app.store.codec import json_list
from guide_app.store.database import Database

_TASK = """
    SELECT t.id, t.kind, t.title, t.body, t.origin, t.client_id, coalesce(c.name, '') AS client_name, t.due_at,
        t.status, t.urged_at IS NOT NULL AS urged, t.result, t.cause
    FROM task t LEFT JOIN client c ON c.id = t.client_id"""


#: An open task shows from its start until its end.
SHOWS = "(t.starts_at IS NULL OR t.starts_at <= :now) AND (t.expires_at IS NULL OR t.expires_at > :now)"


class FollowupQueries:
    """Whom to contact today, and what there is to do."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def today(self, guide_id: str, *, whole_store: bool = False, limit: int = DAILY_BUDGET) -> list[Suggestion]:
        """Today's list of the guide's own clients, or of the whole store."""
        now = self._clock.now_ms()

        def read(conn: Connection) -> list[Suggestion]:
            signals = list(all_signals(conn, now))
            return choose(signals, _candidates(conn, signals, None if whole_store else guide_id), now, limit)

        return self._db.query(read)

    def tasks(self, guide_id: str, *, done_since: int) -> list[TaskRow]:
        """Open tasks of the guide (and of nobody in particular), urged first, then by due time; then those done.

        Tasks that have not begun or have expired are left out.
        """
        where = f""" WHERE (t.guide_id = :guide OR t.guide_id IS NULL)
            AND (t.status = 'open' AND {SHOWS} OR t.status = 'done' AND t.done_at >= :since)
            ORDER BY t.status <> 'open', t.urged_at IS NULL, coalesce(t.due_at, 1 << 50), t.id LIMIT 200"""
        return self._tasks(where, {"guide": guide_id, "since": done_since})

    def of_client(self, client_id: str) -> list[TaskRow]:
        """Open tasks and promises about a client, the most urgent first."""
        where = f" WHERE t.client_id = :client AND t.status = 'open' AND {SHOWS}"
        return self._tasks(where + " ORDER BY coalesce(t.due_at, 1 << 50), t.id", {"client": client_id})

    def _tasks(self, where: str, params: dict[str, object]) -> list[TaskRow]:
        given = {**params, "now": self._clock.now_ms()}
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_TASK + where, given).mappings().all())
        return [_task(row) for row in rows]


def _task(row: RowMapping) -> TaskRow:
    return TaskRow(**{**row, "urged": bool(row["urged"])})


def _candidates(conn: Connection, signals: list[Signal], guide_id: str | None) -> dict[str, Candidate]:
    ids = json_list({signal.client_id for signal in signals})
    rows = conn.exec_driver_sql(
        """SELECT c.id, c.name, f.total_fen, c.contact_state, c.no_profiling,
               (SELECT group_concat(name, char(31)) FROM
                   (SELECT DISTINCT t.name FROM client_tag t WHERE t.client_id = c.id)),
               max(coalesce((SELECT max(n.at) FROM note n WHERE n.client_id = c.id AND n.kind <> 'note'), 0),
                   coalesce((SELECT max(s.at) FROM share s WHERE s.client_id = c.id), 0))
           FROM client c JOIN client_figure f ON f.client_id = c.id
           WHERE c.archived_at IS NULL AND c.id IN (SELECT value FROM json_each(:ids))
               AND (:guide IS NULL OR c.primary_guide_id = :guide)""",
        {"ids": ids, "guide": guide_id},
    )
    return {
        client_id: Candidate(
            client_id, name, tuple(tags.split("\x1f")) if tags else (), total, state, bool(unprofiled), contacted
        )
        for client_id, name, total, state, unprofiled, tags, contacted in rows
    }
