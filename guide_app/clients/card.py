"""What hangs on a client besides her record, read in one consistent moment; and the deeds on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection

from guide_app.base.clock import Clock, china_date
from guide_app.clients.aftercare import AftercareService, ServiceRow, Warranty, services_of, warranties
from guide_app.clients.bought import BoughtForService, gaps_needed, lines_of
from guide_app.clients.closet import Piece, closet, products_of
from guide_app.clients.colleagues import Colleagues, colleagues_of
from guide_app.clients.custom import Answer, CustomService, answers_of
from guide_app.clients.dates import Birthday, DateRow, DateService, birthday_of, dates_of
from guide_app.clients.known import known_client
from guide_app.clients.relations import RelationRow, RelationService, relations_of
from guide_app.clients.sizes import Habits, habits, kept_lines, without_windows
from guide_app.clients.standing import StandingService
from guide_app.clients.stated_sizes import SizeService, StatedSize, stated_of
from guide_app.clients.wishes import WishRow, WishService, wishes_of
from guide_app.store.database import Database


@dataclass(frozen=True, slots=True)
class Card:
    """Dates, habits, people, wishes, answers and services of one client, as the guide who looks may see them."""

    birthday: Birthday
    dates: tuple[DateRow, ...]
    habits: Habits
    relations: tuple[RelationRow, ...]
    wishes: tuple[WishRow, ...]
    answers: tuple[Answer, ...]
    services: tuple[ServiceRow, ...]
    warranties: tuple[Warranty, ...]
    colleagues: Colleagues = field(default_factory=Colleagues)
    stated: tuple[StatedSize, ...] = ()
    closet: tuple[Piece, ...] = ()


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
    bought: BoughtForService
    relations: RelationService
    wishes: WishService
    custom: CustomService
    aftercare: AftercareService
    standing: StandingService
    sizes: SizeService


def make_card_deeds(db: Database) -> CardDeeds:
    """The deeds over an open book."""
    return CardDeeds(
        dates=DateService(db),
        bought=BoughtForService(db),
        relations=RelationService(db),
        wishes=WishService(db),
        custom=CustomService(db),
        aftercare=AftercareService(db),
        standing=StandingService(db),
        sizes=SizeService(db),
    )


def _card(conn: Connection, client_id: str, guide_id: str, now: int) -> Card:
    client = known_client(conn, client_id)
    today = china_date(now)
    lines = lines_of(conn, client_id)
    counted = habits(lines, gaps_needed(conn, lines)) if not client["no_profiling"] else without_windows(lines)
    kept = kept_lines(lines)
    return Card(
        birthday=birthday_of(client, today),
        dates=dates_of(conn, client_id, today),
        habits=counted,
        relations=relations_of(conn, client_id),
        wishes=wishes_of(conn, client_id),
        answers=answers_of(conn, client_id, guide_id),
        services=services_of(conn, client_id),
        colleagues=colleagues_of(conn, client_id, guide_id),
        warranties=warranties(kept, today),
        stated=stated_of(conn, client),
        closet=closet(kept, products_of(conn, kept)),
    )
