"""What the guide's work has brought, from records this PC holds. Money in fen."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, Clock, china_date, day_start_ms
from guide_app.store.database import Database

_WINDOW_DAYS = 90


@dataclass(frozen=True, slots=True)
class Kpis:
    """The first screen's figures. Rates are per mille; None where there is nothing to divide by.

    `repurchase` is the share of clients with a purchase in the last 90 days who had bought before; `repurchase_before`
    is the same 90 days earlier.
    """

    month_fen: int
    target_fen: int | None
    today_fen: int
    today_orders: int
    today_shared_orders: int
    scans: int
    claims: int
    redemptions: int
    repurchase: int | None
    repurchase_before: int | None
    new_clients: int
    new_clients_fen: int


@dataclass(frozen=True, slots=True)
class AttributionRow:
    """One line of 归属: a sale (or refund, negative), whose it is and the facts behind it."""

    order_no: str
    at: int
    client_name: str
    guide_id: str | None
    guide_name: str
    amount_fen: int
    rule: str
    evidence: str


class PerformanceQueries:
    """Sums up one guide's work."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def kpis(self, guide_id: str) -> Kpis:
        """The figures of today, this month and the last weeks."""
        now = self._clock.now_ms()
        today = china_date(now)
        month = day_start_ms(today.replace(day=1))
        return self._db.query(lambda conn: _kpis(conn, guide_id, now, today, month))

    def attributions(self, guide_id: str | None = None, order_no: str = "", limit: int = 100) -> list[AttributionRow]:
        """Attributed sales, newest first; of one guide, or of one order."""
        statement = """
            SELECT p.order_no, a.at, coalesce(c.name, ''), a.guide_id, coalesce(g.name, ''), a.amount_fen, a.rule,
                a.evidence
            FROM attribution a JOIN purchase p ON p.id = a.purchase_id LEFT JOIN client c ON c.id = a.client_id
                LEFT JOIN guide g ON g.id = a.guide_id
            WHERE (:guide IS NULL OR a.guide_id = :guide) AND :order IN ('', p.order_no)
            ORDER BY a.at DESC, a.id DESC LIMIT :limit"""
        params = {"guide": guide_id, "order": order_no, "limit": limit}
        return [AttributionRow(*row) for row in self._db.query(lambda c: c.exec_driver_sql(statement, params).all())]


def _kpis(conn: Connection, guide_id: str, now: int, today: dt.date, month: int) -> Kpis:
    start = day_start_ms(today)
    sold = "SELECT coalesce(sum(amount_fen), 0) FROM attribution WHERE guide_id = ? AND at >= ?"
    month_fen = conn.exec_driver_sql(sold, (guide_id, month)).scalar_one()
    today_fen = conn.exec_driver_sql(sold, (guide_id, start)).scalar_one()
    orders, shared = conn.exec_driver_sql(
        """SELECT count(*), count(CASE WHEN rule IN ('coupon', 'link') THEN 1 END) FROM attribution
           WHERE guide_id = ? AND at >= ? AND amount_fen > 0""",
        (guide_id, start),
    ).one()
    target = conn.exec_driver_sql(
        "SELECT target_fen FROM target WHERE guide_id = ? AND month = ?", (guide_id, f"{today:%Y-%m}")
    ).scalar_one_or_none()
    week = now - 7 * DAY_MS
    scans, claims = conn.exec_driver_sql(
        """SELECT count(CASE WHEN kind = 'scan' THEN 1 END), count(CASE WHEN kind = 'claim' THEN 1 END)
           FROM share_event WHERE guide_id = ? AND at > ?""",
        (guide_id, week),
    ).one()
    redemptions = conn.exec_driver_sql(
        "SELECT count(*) FROM coupon WHERE guide_id = ? AND status = 'redeemed' AND redeemed_at > ?", (guide_id, week)
    ).scalar_one()
    new_clients, new_fen = conn.exec_driver_sql(
        """SELECT count(*), coalesce(sum(f.total_fen), 0) FROM client c JOIN client_figure f ON f.client_id = c.id
           WHERE c.primary_guide_id = ? AND c.created_at >= ?""",
        (guide_id, month),
    ).one()
    return Kpis(
        month_fen=month_fen,
        target_fen=target,
        today_fen=today_fen,
        today_orders=orders,
        today_shared_orders=shared,
        scans=scans,
        claims=claims,
        redemptions=redemptions,
        repurchase=_repurchase(conn, guide_id, now),
        repurchase_before=_repurchase(conn, guide_id, now - _WINDOW_DAYS * DAY_MS),
        new_clients=new_clients,
        new_clients_fen=new_fen,
    )


def _repurchase(conn: Connection, guide_id: str, until: int) -> int | None:
    buyers, again = conn.exec_driver_sql(
        """SELECT count(*), coalesce(sum(earlier), 0) FROM (
               SELECT f.first_at < min(p.at) AS earlier
               FROM purchase p JOIN client c ON c.id = p.client_id JOIN client_figure f ON f.client_id = p.client_id
               WHERE c.primary_guide_id = ? AND p.kind = 'sale' AND p.at > ? AND p.at <= ? GROUP BY p.client_id)""",
        (guide_id, until - _WINDOW_DAYS * DAY_MS, until),
    ).one()
    return round(again * 1000 / buyers) if buyers else None
