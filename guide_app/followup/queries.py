"""Reads for the first screen: today's list and open tasks."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping

from guide_app.base.clock import DAY_MS, Clock, china_date, day_start_ms
from guide_app.followup.contact import ContactRoom
from guide_app.followup.festivals import FestivalDay, upcoming
from guide_app.followup.gain import chances
from guide_app.followup.model import ASKED_FOR, Candidate, Signal, Suggestion, TaskRow, choose
from guide_app.followup.offers import with_offers
from guide_app.followup.rules import WELCOMES, contact_budget
from guide_app.followup.signals import unanswered_signals
from guide_app.followup.touches import contact_rooms, contacted_today
from guide_app.followup.whose import Objectors, Whose
from guide_app.protocol.records import Festival
from guide_app.store.codec import json_list
from guide_app.store.copied_shares import COPIED_SHARE
from guide_app.store.database import Database
from guide_app.store.house_rules import figure
from guide_app.store.shown_tags import SHOWN_TAGS

_TASK = """
    SELECT t.id, t.kind, t.title, t.body, t.origin, t.client_id, coalesce(c.name, '') AS client_name, t.due_at,
        t.status, t.urged_at <= :now AS urged, t.result, t.cause
    FROM task t LEFT JOIN client c ON c.id = t.client_id"""

#: An open task shows from its start until its end.
SHOWS = "(t.starts_at IS NULL OR t.starts_at <= :now) AND (t.expires_at IS NULL OR t.expires_at > :now)"


class FollowupQueries:
    """Whom to contact today, and what there is to do."""

    def __init__(self, db: Database, clock: Clock, objectors: Objectors) -> None:
        """`objectors` says who wants no marketing."""
        self._db = db
        self._clock = clock
        self._objectors = objectors

    def today(self, guide_id: str, *, whole_store: bool = False, limit: int | None = None) -> list[Suggestion]:
        """Today's list of the guide's own clients, or of the whole store.

        It holds what head office's budget leaves after the contacts already made today, at most `limit`; promises that
        are due stand on it whatever the budget. By what each is likely to bring, each with its reasons, the script of
        its cause, and the coupon that head office gives for it.
        """
        now = self._clock.now_ms()

        def read(conn: Connection) -> list[Suggestion]:
            signals = list(unanswered_signals(conn, now))
            left = max(0, contact_budget(conn) - contacted_today(conn, guide_id, now))
            budget = left if limit is None else min(left, limit)
            candidates = _candidates(conn, signals, guide_id, now, whole_store=whole_store)
            objecting = self._objectors(conn, candidates.keys(), now)
            asked = [s for s in signals if s.cause in ASKED_FOR or s.client_id not in objecting]
            welcomes = max(0, figure(conn, WELCOMES) - _welcomed_today(conn, guide_id, now))
            chosen = choose(asked, candidates, now, budget, odds=chances(_answers(conn, now)), welcomes=welcomes)
            return with_offers(conn, chosen, now)

        return self._db.query(read)

    def about(self, client_id: str, guide_id: str) -> Suggestion | None:
        """Why the client should be contacted now, as `today` says it, whatever the budget; None without a reason.

        Also for colleagues' clients: whoever has her in front of him is told.
        """
        now = self._clock.now_ms()

        def read(conn: Connection) -> Suggestion | None:
            signals = list(unanswered_signals(conn, now, Whose(client_id)))
            candidates = _candidates(conn, signals, guide_id, now, whole_store=True)
            objecting = self._objectors(conn, candidates.keys(), now)
            asked = [s for s in signals if s.cause in ASKED_FOR or s.client_id not in objecting]
            chosen = choose(asked, candidates, now, 1, odds=chances(_answers(conn, now)))
            return next(iter(with_offers(conn, chosen, now)), None)

        return self._db.query(read)

    def contact_room(self, client_id: str) -> ContactRoom:
        """How often the client may still be contacted today, and when again if not at all."""
        now = self._clock.now_ms()
        return self._db.query(lambda conn: contact_rooms(conn, [client_id], now)[client_id])

    def festivals(self) -> list[FestivalDay]:
        """Head office's festivals that are near enough to be spoken of, the nearest first."""
        sql = "SELECT name, calendar, year, month, day, term, days_before, scene FROM festival WHERE active"
        rows = self._db.query(lambda conn: conn.exec_driver_sql(sql).mappings().all())
        return upcoming((Festival(**row) for row in rows), china_date(self._clock.now_ms()))

    def tasks(self, guide_id: str, *, done_since: int) -> list[TaskRow]:
        """Open tasks of the guide (and of nobody in particular), urged first, then by due time; then those done.

        Tasks that have not begun or have expired are left out.
        """
        where = f""" WHERE (t.guide_id = :guide OR t.guide_id IS NULL)
            AND (t.status = 'open' AND {SHOWS} OR t.status = 'done' AND t.done_at >= :since)
            ORDER BY t.status <> 'open', NOT coalesce(t.urged_at <= :now, 0), coalesce(t.due_at, 1 << 50),
                t.id LIMIT 200"""
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


#: Answers older than this say little about today's chances.
_ANSWERS_MS = 365 * DAY_MS


def _answers(conn: Connection, now_ms: int) -> dict[str, tuple[int, int]]:
    """How many causes were answered in the store in a year, and how many with a sale, by the cause's first word."""
    rows = conn.exec_driver_sql(
        """SELECT substr(cause, 1, instr(cause, ':') - 1), count(*), sum(result = 'sold') FROM task
           WHERE cause <> '' AND status = 'done' AND result <> '' AND done_at >= ? GROUP BY 1""",
        (now_ms - _ANSWERS_MS,),
    )
    return {word: (ended, sold) for word, ended, sold in rows}


def _welcomed_today(conn: Connection, guide_id: str, now_ms: int) -> int:
    sql = "SELECT count(*) FROM task WHERE cause LIKE 'welcome:%' AND guide_id = ? AND done_at >= ?"
    return int(conn.exec_driver_sql(sql, (guide_id, day_start_ms(china_date(now_ms)))).scalar_one())


def _mean_order(conn: Connection) -> int:
    """What an order in this store brings on average, fen; 0 before the first."""
    total, orders = conn.exec_driver_sql("SELECT sum(total_fen), sum(orders) FROM client_figure").one()
    return round(total / orders) if orders else 0


def _candidates(
    conn: Connection, signals: list[Signal], guide_id: str, now_ms: int, *, whole_store: bool
) -> dict[str, Candidate]:
    """Who may stand on the guide's list, with the tags that she sees; who carries one that blocks is left out."""
    named = {signal.client_id for signal in signals}
    rooms = contact_rooms(conn, named, now_ms)
    rows = conn.exec_driver_sql(
        f"""SELECT c.id, c.name, f.total_fen, f.orders,
               CASE WHEN coalesce(v.refused, 0) THEN 'refused' ELSE c.contact_state END, c.no_profiling,
               (SELECT group_concat(name, char(31)) FROM
                   (SELECT DISTINCT t.name FROM {SHOWN_TAGS} t WHERE t.client_id = c.id ORDER BY t.at, t.id)),
               max(coalesce((SELECT max(n.at) FROM note n WHERE n.client_id = c.id
                       AND n.kind IN ('call', 'visit', 'message') AND n.result <> 'no_answer'), 0),
                   coalesce((SELECT max(share.at) FROM share WHERE share.client_id = c.id AND NOT {COPIED_SHARE}), 0),
                   coalesce((SELECT max(e.value) FROM json_each(v.contacts) e), 0))
           FROM client c JOIN client_figure f ON f.client_id = c.id LEFT JOIN company_view v ON v.client_id = c.id
           WHERE c.archived_at IS NULL AND c.flag = '' AND c.id IN (SELECT value FROM json_each(:ids))
               AND (:whole_store OR c.primary_guide_id = :viewer)
               AND NOT EXISTS (SELECT 1 FROM {SHOWN_TAGS} t WHERE t.client_id = c.id AND t.blocks)""",
        {"ids": json_list(named), "viewer": guide_id, "whole_store": whole_store, "now": now_ms},
    )
    mean = _mean_order(conn)
    return {
        client_id: Candidate(
            client_id, name, tuple(tags.split("\x1f")) if tags else (), total, state, bool(unprofiled), contacted,
            not rooms[client_id].free, round(total / orders) if orders else mean,
        )
        for client_id, name, total, orders, state, unprofiled, tags, contacted in rows
    }  # fmt: skip
