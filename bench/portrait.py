"""Opening a client's portrait over a full book: what the page reads before it can show her, and why to contact her now.

The figures are of the reads alone, as the page asks for them, client after client; painting comes on top. Why to
contact her is asked when the guide stands on her, and shown when it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.book import folder_for, open_book
from bench.measure import Spent, options, quantile, usual
from bench.report import Bench, Target
from guide_app.clients.model import ClientFilter
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import authors, last_contact, timeline

_CLIENTS, _REPEATS = 60, 3
_PORTRAIT = Target(most=50)
_WHY = Target(most=50)
_SHARES = (0.5, 0.99)


def _portrait(desk: Desk, client_id: str, guide_id: str) -> None:
    desk.clients.portrait(client_id, guide_id)
    desk.clients.purchases(client_id)
    desk.coupons.of_client(client_id)
    desk.followup.of_client(client_id)
    timeline(desk.db, client_id, guide_id=guide_id)
    desk.card.card(client_id, guide_id)
    desk.followup.contact_room(client_id)
    authors(desk.db, client_id, guide_id)
    last_contact(desk.db, client_id)


def _each(clients: Sequence[str], read: Callable[[str], object], repeats: int) -> list[Spent]:
    return [usual(lambda one=one: read(one), repeats) for one in clients]  # type: ignore[misc]


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the book, open portraits, print."""
    given = options("portrait", arguments, clients=100_000)
    bench = Bench("portrait", given.given, given.out)
    with folder_for(given) as folder:
        db, desk = open_book(folder, given.clients)
        try:
            rows = desk.clients.page(ClientFilter(), "", limit=_CLIENTS).rows
            guide = next((row.primary_guide_id for row in rows if row.primary_guide_id), "")
            ids = [row.id for row in rows]
            opened = _each(ids, lambda one: _portrait(desk, one, guide), _REPEATS)
            why = _each(ids[:5], lambda one: desk.followup.about(one, guide), 1)
        finally:
            db.close()
    for share in _SHARES:
        name = f"{given.clients:,} clients, p{share * 100:g}"
        for work, spent, target in (("reading a portrait", opened, _PORTRAIT), ("why to contact her", why, _WHY)):
            bench.add(f"{work}, {name}", quantile([one.wall for one in spent], share), "ms", target)
            cpu = quantile([one.cpu for one in spent], share)
            bench.add(f"{work}, {name}, processor time", cpu, "ms", target)
    bench.finish()


if __name__ == "__main__":
    main()
