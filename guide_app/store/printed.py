"""How long what this PC printed is kept: what is about a client no longer than she is in the book."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.store.codec import json_list

KEEP_DAYS = 30


def forget_of(conn: Connection, client_ids: Sequence[str]) -> None:
    """Drop what was printed for clients who are erased or leave: nobody may tell this PC of a later erasure."""
    conn.exec_driver_sql(
        "DELETE FROM print_job WHERE client_id IN (SELECT value FROM json_each(?))", (json_list(client_ids),)
    )


def forget_old(conn: Connection, now_ms: int) -> None:
    """Drop what was printed more than `KEEP_DAYS` before `now_ms` (UTC ms)."""
    conn.exec_driver_sql("DELETE FROM print_job WHERE at <= ?", (now_ms - KEEP_DAYS * DAY_MS,))
