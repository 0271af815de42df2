"""Reads of campaigns and of head office's messages."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.clock import Clock
from guide_app.store.database import Database


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A campaign or message in force. Times are UTC ms; `ends_at` 0 means without end."""

    id: str
    kind: str
    title: str
    body: str
    starts_at: int
    ends_at: int


class CampaignQueries:
    """Answers what head office says now."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def messages(self, limit: int = 20) -> list[MessageRow]:
        """Those in force, the newest first."""
        now = self._clock.now_ms()
        statement = """SELECT id, kind, title, body, starts_at, ends_at FROM campaign
            WHERE starts_at <= ? AND (ends_at = 0 OR ends_at > ?) ORDER BY starts_at DESC, id LIMIT ?"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, (now, now, limit)).all())
        return [MessageRow(*row) for row in rows]
