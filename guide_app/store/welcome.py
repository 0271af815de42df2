"""Asks the book whether a client may be pressed to come and buy, before a deed of any trade does so."""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.flagged import flagged
from guide_app.base.phrase import Phrase


def require_unflagged(conn: Connection, client_id: str, deed: Phrase) -> None:
    """Raise InvalidInputError (`client.flagged`) with the reason and the way out if she carries a flag.

    `deed` says what is refused (`不能派任务`). Nobody is known by an id that is not in the book.
    """
    row = conn.exec_driver_sql("SELECT name, flag, flag_why FROM client WHERE id = ?", (client_id,)).first()
    if row is not None and (refused := flagged(row[0], row[1], row[2], deed)) is not None:
        raise refused
