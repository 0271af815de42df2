"""Reads about consent, access, retention and doubles."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import Clock
from guide_app.base.errors import NotFoundError
from guide_app.privacy.model import Ledger
from guide_app.protocol.records import Consent
from guide_app.store.database import Database

_FACTS = "SELECT * FROM consent WHERE client_id = ? ORDER BY at, granted DESC, id"


class PrivacyQueries:
    """Answers what a client agreed to and what was done with her data. Every answer is one snapshot."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def ledger(self, client_id: str) -> Ledger:
        """All consents of a client with her contact state. Raises NotFoundError."""
        return self._db.query(lambda conn: read_ledger(conn, client_id))


def read_ledger(conn: Connection, client_id: str) -> Ledger:
    """A client's ledger over an open connection. Raises NotFoundError."""
    state = conn.exec_driver_sql("SELECT contact_state FROM client WHERE id = ?", (client_id,)).scalar()
    if state is None:
        raise NotFoundError("client.unknown", f"没有编号为 {client_id} 的客户。", "先用 clients search 找到客户。")
    rows = conn.exec_driver_sql(_FACTS, (client_id,)).mappings()
    return Ledger(client_id, state, tuple(_fact(dict(row)) for row in rows))


def _fact(row: dict[str, Any]) -> Consent:
    known = {name: row[name] for name in Consent.__struct_fields__}
    return msgspec.convert({**known, "granted": bool(row["granted"])}, Consent)
