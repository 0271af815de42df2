"""By the mark that a voucher bears (`guide_app.protocol.voucher.holder_mark`), which clients of the book may be meant.

Derived from the ids alone and kept with the figures of each client: a voucher of a stranger is told from one of another
client of the store by an index, without hashing the whole book.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from guide_app.protocol.voucher import holder_mark
from guide_app.store.codec import encode_json


def marked(client_ids: Iterable[str]) -> str:
    """The mark of each client as a number, as a JSON object by id."""
    return encode_json({client_id: int.from_bytes(holder_mark(client_id)) for client_id in client_ids}).decode()


def is_somebody(conn: Connection, mark: bytes) -> bool:
    """Whether a client of the book has this mark of four bytes."""
    found = conn.exec_driver_sql("SELECT 1 FROM client_figure WHERE mark = ? LIMIT 1", (int.from_bytes(mark),))
    return found.first() is not None
