"""By the mark that a voucher bears (`guide_app.protocol.voucher.holder_mark`), which clients of the book may be meant.

Derived from the ids alone and written with the records: a voucher of a stranger is told from one of another client of
the store by its key, without hashing the whole book.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from guide_app.protocol.voucher import holder_mark
from guide_app.store.codec import encode_json, json_list

_SCHEMA = (
    "CREATE TABLE client_mark (mark TEXT NOT NULL, client_id TEXT NOT NULL, PRIMARY KEY (mark, client_id))"
    " WITHOUT ROWID"
)
_PRESENT = "SELECT id FROM client WHERE id IN (SELECT value FROM json_each(?))"
_HOLD = "INSERT OR IGNORE INTO client_mark (mark, client_id) SELECT value, key FROM json_each(?)"
_FORGET = "DELETE FROM client_mark WHERE mark = ? AND client_id = ?"


def make(conn: Connection) -> None:
    """Make the table anew, empty."""
    conn.exec_driver_sql("DROP TABLE IF EXISTS client_mark")
    conn.exec_driver_sql(_SCHEMA)


def refresh(conn: Connection, client_ids: Sequence[str]) -> None:
    """Follow these clients, who came or are gone."""
    present = set(conn.exec_driver_sql(_PRESENT, (json_list(client_ids),)).scalars())
    marks = {client_id: holder_mark(client_id).hex() for client_id in present}
    conn.exec_driver_sql(_HOLD, (encode_json(marks).decode(),))
    gone = [(holder_mark(client_id).hex(), client_id) for client_id in set(client_ids) - present]
    if gone:
        conn.exec_driver_sql(_FORGET, gone)


def is_somebody(conn: Connection, mark: bytes) -> bool:
    """Whether a client of the book has this mark of four bytes."""
    return conn.exec_driver_sql("SELECT 1 FROM client_mark WHERE mark = ? LIMIT 1", (mark.hex(),)).first() is not None
