"""Opening the client book: what a guide waits for until her list, its counts and the tags to filter by are there."""

from __future__ import annotations

from collections.abc import Sequence

from bench.book import folder_for, open_book
from bench.measure import Spent, options, usual
from bench.people import GUIDE
from bench.report import Bench, Peer, Target
from guide_app.clients.model import Book, ClientFilter
from guide_app.flows.desk import Desk
from guide_app.store.database import Database

_REPEATS = 7
_SCREEN, _PAGE = 40, 100
_BOOKS: tuple[Book, ...] = ("mine", "store")
_FIRST, _OPEN, _JUMP = Target(most=100), Target(most=300), Target()
_LIMIT = "SQLite looking at each client once"


def _first(desk: Desk, book: Book) -> None:
    """What stands there at once: how long the list is, and its first screen."""
    desk.clients.books(GUIDE)
    desk.clients.count(ClientFilter(book), GUIDE)
    desk.clients.page(ClientFilter(book), GUIDE, limit=_SCREEN)


def _open(desk: Desk, book: Book) -> None:
    """All that the page asks when it is opened: with the counts at its side and the tags to filter by."""
    _first(desk, book)
    desk.clients.counts(book, GUIDE)
    desk.clients.used_tags(GUIDE)


def _jump(desk: Desk, book: Book) -> None:
    """What the first jump waits for: where all pages end, and one of them. Later ones wait for that one alone."""
    ends = desk.clients.anchors(ClientFilter(book), GUIDE, _PAGE)
    desk.clients.page(ClientFilter(book), GUIDE, ends[len(ends) // 2] if ends else None, _PAGE)


def _once_through(db: Database) -> Spent:
    """The limit: every client's figures looked at once, by SQLite alone."""
    statement = "SELECT count(*), sum(total_fen), max(last_at), sum(starred), max(created_at) FROM client_figure"
    return usual(lambda: db.query(lambda conn: conn.exec_driver_sql(statement).all()), _REPEATS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the book, open its lists, print."""
    given = options("book_lists", arguments, clients=5_000)
    bench = Bench("book_lists", given.given, given.out)
    with folder_for(given) as folder:
        db, desk = open_book(folder, given.clients)
        try:
            ways = (
                ("open first screen of", _first, _FIRST),
                ("open all of", _open, _OPEN),
                ("first jump in", _jump, _JUMP),
            )
            spent = {
                (words, book): (usual(lambda ask=ask, book=book: ask(desk, book), _REPEATS), target)  # type: ignore[misc]
                for words, ask, target in ways
                for book in _BOOKS
            }
            limit = _once_through(db)
        finally:
            db.close()
    for (words, book), (took, target) in spent.items():
        name = f"{words} the {book} list, {given.clients:,} clients"
        bench.add(name, took.wall, "ms", target, Peer(_LIMIT, limit.wall))
        bench.add(f"{name}, processor time", took.cpu, "ms", target, Peer(_LIMIT, limit.cpu))
    bench.finish()


if __name__ == "__main__":
    main()
