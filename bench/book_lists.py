"""Opening the client book: what a guide waits for until her list, its counts and the tags to filter by are there."""

from __future__ import annotations

from collections.abc import Sequence

from bench.book import folder_for, open_book
from bench.measure import options, usual
from bench.people import GUIDE
from bench.report import Bench, Target
from guide_app.clients.model import Book, ClientFilter
from guide_app.flows.desk import Desk

_REPEATS = 7
_SCREEN, _ANCHORS = 40, 100
_BOOKS: tuple[Book, ...] = ("mine", "store")
_OPEN = Target(most=300)


def _open(desk: Desk, book: Book) -> None:
    """All that the page asks when it is opened."""
    what = ClientFilter(book)
    desk.clients.books(GUIDE)
    desk.clients.counts(book, GUIDE)
    desk.clients.used_tags(GUIDE)
    desk.clients.count(what, GUIDE)
    desk.clients.page(what, GUIDE, limit=_SCREEN)
    desk.clients.anchors(what, GUIDE, _ANCHORS)


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the book, open its lists, print."""
    given = options("book_lists", arguments, clients=5_000)
    bench = Bench("book_lists", given.given, given.out)
    with folder_for(given) as folder:
        db, desk = open_book(folder, given.clients)
        try:
            spent = {book: usual(lambda book=book: _open(desk, book), _REPEATS) for book in _BOOKS}  # type: ignore[misc]
        finally:
            db.close()
    for book, took in spent.items():
        bench.add(f"open the {book} list, {given.clients:,} clients", took.wall, "ms", _OPEN)
    bench.finish()


if __name__ == "__main__":
    main()
