"""Where every scope stands, read for many who wait: cheap while nothing moves."""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.ids import NIL
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.feed.read import Position

# Every write raises a `seq`, and a restore names a new epoch: either changes the sum.
_FINGERPRINT = "SELECT count(*), sum(hashtextextended(epoch, seq)) FROM feed_head"
_ALL = "SELECT store_id::text, epoch, seq FROM feed_head"


class HeadReader:
    """Remembers the heads that it read last. Not for two threads at once."""

    def __init__(self) -> None:
        self._fingerprint: tuple[object, ...] = ()
        self._rows: dict[str, tuple[str, int]] = {}

    def moved(self, connection: Connection) -> dict[Scope, Position]:
        """The scopes whose heads differ from what was read last time, with their places now; all, the first time."""
        fingerprint = tuple(connection.exec_driver_sql(_FINGERPRINT).one())
        if fingerprint == self._fingerprint:
            return {}
        rows = {store: (epoch, seq) for store, epoch, seq in connection.exec_driver_sql(_ALL)}
        moved = [store for store, row in rows.items() if self._rows.get(store) != row]
        self._fingerprint, self._rows = fingerprint, rows
        return {BRAND if store == NIL else store_scope(store): Position(*rows[store]) for store in moved}
