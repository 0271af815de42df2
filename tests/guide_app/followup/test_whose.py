"""Why to contact one client is what the whole book would say of her, read by her indexes alone."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.followup.signals import all_signals
from guide_app.followup.whose import Whose
from tests.helpers.book import NOW

_CLIENTS = "SELECT id FROM client"


@pytest.mark.parametrize("days", range(-3, 4))
def test_one_clients_signals_are_the_books_of_her(desk: Desk, days: int) -> None:
    at = NOW + days * DAY_MS

    def read(conn: Connection) -> None:
        book = list(all_signals(conn, at))
        for client_id in conn.exec_driver_sql(_CLIENTS).scalars().all():
            hers = list(all_signals(conn, at, Whose(client_id)))
            assert hers == [signal for signal in book if signal.client_id == client_id]

    desk.db.query(read)
