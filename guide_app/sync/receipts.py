"""Tells head office which erasures have been carried out here, once no file holds a trace any more."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from guide_app.store.apply import Applier
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.sync.office import Office

#: Clients to a receipt.
_TOGETHER = 500


def confirm_erasures(db: Database, office: Office) -> int:
    """Confirm what is owed; returns how many. What a reader still keeps from leaving the files waits for a next round.

    Raises what the office's answers raise; the confirmations then stay owed.
    """
    owed = db.query(_owed)
    if not owed:
        return 0
    # Overwriting what is deleted is not enough: SQLite leaves copies in the gaps of pages whose rows it has moved.
    db.compact()
    if not db.scrub():
        return 0
    for first in range(0, len(owed), _TOGETHER):
        some = owed[first : first + _TOGETHER]
        office.erased(some)
        db.apply(partial(_done, clients=some))
    return len(owed)


def _owed(conn: Connection) -> list[str]:
    return [row[0] for row in conn.exec_driver_sql("SELECT client_id FROM erasure ORDER BY at, client_id")]


def _done(applier: Applier, clients: list[str]) -> None:
    applier.conn.exec_driver_sql(
        "DELETE FROM erasure WHERE client_id IN (SELECT value FROM json_each(?))", (json_list(clients),)
    )
