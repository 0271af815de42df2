"""What hangs on a client besides her record, read in one consistent moment; and the deeds on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.clock import Clock, china_date
from guide_app.clients.dates import Birthday, DateRow, DateService, birthday_of, dates_of
from guide_app.clients.known import known_client
from guide_app.store.database import Database


@dataclass(frozen=True, slots=True)
class Card:
    """Dates, habits and people of one client, as the guide who looks may see them."""

    birthday: Birthday
    dates: tuple[DateRow, ...]


class CardQueries:
    """Reads cards."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def card(self, client_id: str, guide_id: str) -> Card:
        """The card of a client for the guide who looks. Raises NotFoundError."""
        now = self._clock.now_ms()
        return self._db.query(lambda conn: _card(conn, client_id, guide_id, now))


@dataclass(frozen=True, slots=True)
class CardDeeds:
    """Everything that changes a card."""

    dates: DateService


def make_card_deeds(db: Database) -> CardDeeds:
    """The deeds over an open book."""
    return CardDeeds(DateService(db))


def _card(conn: Connection, client_id: str, guide_id: str, now: int) -> Card:
    client = known_client(conn, client_id)
    today = china_date(now)
    del guide_id
    return Card(birthday=birthday_of(client, today), dates=dates_of(conn, client_id, today))
