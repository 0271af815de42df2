"""The receipts of a client for her habits, the store's gaps, and marks of what was bought for somebody else."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.clients.known import known_client
from guide_app.clients.sizes import HER_GAPS, Line, kept_lines, own_gaps
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

#: Who a line was bought for, in words: as written, or the name of the relation.
FOR_WHOM = """(SELECT coalesce(nullif(b.who, ''), nullif(r.name, ''), rc.name, '')
    FROM bought_for b LEFT JOIN relation r ON r.id = b.relation_id LEFT JOIN client rc ON rc.id = r.relative_id
    WHERE b.purchase_line_id = l.id ORDER BY b.id LIMIT 1)"""
_LINES = f"""SELECT l.id, p.order_no, p.at, p.kind, p.origin_order_no, l.sku_id, l.title, l.colour, l.size, l.qty,
        l.amount_fen, coalesce(pr.category, ''), coalesce(pr.warranty_days, 0), coalesce(pr.wear_days, 0),
        coalesce({FOR_WHOM}, '')
    FROM purchase p JOIN purchase_line l ON l.purchase_id = p.id LEFT JOIN product pr ON pr.id = l.product_id
    WHERE p.client_id = ? ORDER BY p.at DESC, l.id"""
#: Whose receipts tell the store's gaps: a portrait does not wait for all receipts of a store.
_ASKED_BUYERS = 500
#: Days between one client's purchases of a category on different days, of the store's latest buyers. Those of clients
#: who want no profiling tell nothing about others (个人信息保护法 art. 24).
GAPS = f"""SELECT category, gap FROM (
        SELECT pr.category AS category, (p.at - lag(p.at) OVER (PARTITION BY pr.category, p.client_id ORDER BY p.at))
            / {DAY_MS} AS gap
        FROM (SELECT client_id FROM client_figure WHERE last_at > 0
                AND NOT EXISTS (SELECT 1 FROM client c WHERE c.id = client_figure.client_id AND c.no_profiling)
                ORDER BY last_at DESC, client_id LIMIT {_ASKED_BUYERS}) f
            CROSS JOIN purchase p ON p.client_id = f.client_id CROSS JOIN purchase_line l ON l.purchase_id = p.id
            CROSS JOIN product pr ON pr.id = l.product_id
        WHERE pr.category IN (SELECT value FROM json_each(?)) AND p.kind = 'sale'
            AND NOT EXISTS (SELECT 1 FROM bought_for b WHERE b.purchase_line_id = l.id))
    WHERE gap > 0"""


def lines_of(conn: Connection, client_id: str) -> tuple[Line, ...]:
    """All lines of her receipts, newest first."""
    return tuple(Line(*row) for row in conn.exec_driver_sql(_LINES, (client_id,)))


def gaps_needed(conn: Connection, lines: tuple[Line, ...]) -> dict[str, list[int]]:
    """The store's gaps in days of those categories of which she has too few of her own."""
    few = [category for category, gaps in own_gaps(kept_lines(lines)).items() if len(gaps) < HER_GAPS]
    found: dict[str, list[int]] = defaultdict(list)
    if few:
        for category, gap in conn.exec_driver_sql(GAPS, (json_list(few),)):
            found[category].append(int(gap))
    return dict(found)


class BoughtForService:
    """Marks lines that were bought for somebody else."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def mark(self, client_id: str, line_id: str, actor: Actor, *, who: str = "", relation_id: str | None = None) -> str:
        """Say for whom a line was bought, in words or by a relation of hers; returns the mark's id.

        An earlier mark of the line goes. Raises NotFoundError for a line that is not hers, InvalidInputError without
        anybody.
        """
        name = who.strip()
        if not name and relation_id is None:
            raise InvalidInputError("bought_for.who", "没有写是给谁买的。", "例如「女儿」。")

        def deed(uow: UnitOfWork) -> str:
            store = str(known_client(uow.conn, client_id)["store_id"])
            _her_line(uow.conn, client_id, line_id)
            for mark_id in _marks(uow.conn, line_id):
                uow.remove("bought_for", mark_id)
            record = {
                "client_id": client_id, "purchase_line_id": line_id, "relation_id": relation_id, "who": name,
                "guide_id": actor.guide_id, "at": uow.now_ms,
            }  # fmt: skip
            return uow.put("bought_for", record, store_id=store)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def unmark(self, line_id: str, actor: Actor) -> int:
        """Say that a line was for herself after all; returns how many marks went."""

        def deed(uow: UnitOfWork) -> int:
            marks = _marks(uow.conn, line_id)
            for mark_id in marks:
                uow.remove("bought_for", mark_id)
            return len(marks)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _marks(conn: Connection, line_id: str) -> list[str]:
    rows = conn.exec_driver_sql("SELECT id FROM bought_for WHERE purchase_line_id = ?", (line_id,))
    return [str(row[0]) for row in rows]


def _her_line(conn: Connection, client_id: str, line_id: str) -> None:
    statement = """SELECT 1 FROM purchase_line l JOIN purchase p ON p.id = l.purchase_id
        WHERE l.id = ? AND p.client_id = ?"""
    if conn.exec_driver_sql(statement, (line_id, client_id)).first() is None:
        raise NotFoundError("purchase.unknown", "这位客户没有买过这一件。", "请从她的购买记录里选。")
