"""Search as a guide types: milliseconds from text to rows over a full book, beside LIKE on the same book.

Each keystroke's text is asked several times and its median taken, so that a figure over keystrokes tells the slowest
texts and not the busiest moments of the machine. LIKE comes afterwards: it reads the whole book through the cache.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.book import folder_for, open_book
from bench.measure import Spent, options, quantile, timed, usual
from bench.report import Bench, Peer, Target
from guide_app.clients.queries import ClientQueries
from guide_app.store.database import Database
from guide_app.store.search import SearchIndex

_TYPED = ("陈雅婷", "cyt", "wangmin", "5678", "138123", "单", "zhao min", "脚背", "林小", "lxm", "1", "w", "王", "9012")
_LIKE_REPEATS = 3
_LIMIT = 50
_P50, _P99 = 0.5, 0.99
_LARGE = 300_000
_KEYSTROKE = Target(most=8)


@dataclass(frozen=True, slots=True)
class _Run:
    """Each keystroke's usual time by way of asking."""

    rows: list[Spent]
    query: list[Spent]
    like: list[Spent]
    cold: float


def keystrokes() -> list[str]:
    """The texts that stand in the field after each key."""
    texts = [text[:n] for text in _TYPED for n in range(1, len(text) + 1) if not text[:n].endswith(" ")]
    return list(dict.fromkeys(texts))


def _like(db: Database, text: str) -> None:
    pattern = f"%{text}%"
    db.query(
        lambda conn: conn.exec_driver_sql(
            "SELECT id, name, phone FROM client WHERE name LIKE ? OR phone LIKE ? OR remark LIKE ? LIMIT ?",
            (pattern, pattern, pattern, _LIMIT),
        ).all()
    )


def _each(ask: Callable[[str], object], repeats: int) -> list[Spent]:
    return [usual(lambda text=text: ask(text), repeats) for text in keystrokes()]  # type: ignore[misc]


def _measure(queries: ClientQueries, db: Database, repeats: int) -> _Run:
    index = SearchIndex()
    rows = _each(lambda text: queries.search(text, _LIMIT), repeats)
    query = _each(lambda text: db.query(lambda conn: index.search(conn, text, _LIMIT)), repeats)
    like = _each(lambda text: _like(db, text), min(repeats, _LIKE_REPEATS))
    return _Run(rows, query, like, timed(lambda: queries.search("cy", _LIMIT)).wall)


def main(arguments: Sequence[str] | None = None) -> None:
    """Build the book, type, print."""
    given = options("search", arguments, clients=100_000, repeats=7)
    bench = Bench("search", given.given, given.out)
    with folder_for(given) as folder:
        db, desk = open_book(folder, given.clients)
        try:
            run = _measure(desk.clients, db, given.repeats)
        finally:
            db.close()
    query_target = Target(most=10 if given.clients > _LARGE else 1)
    book = f"{given.clients:,} clients"
    for share in (_P50, _P99):
        name = f"p{share * 100:g} of the keystrokes"
        rows, query, like = (quantile([spent.wall for spent in way], share) for way in (run.rows, run.query, run.like))
        bench.add(f"text to rows, {book}, {name}", rows, "ms", _KEYSTROKE, Peer("LIKE on the same book", like))
        bench.add(f"query alone, {book}, {name}", query, "ms", query_target, Peer("LIKE on the same book", like))
    for work, way, wanted in (("text to rows", run.rows, _KEYSTROKE), ("query alone", run.query, query_target)):
        cpu = quantile([spent.cpu for spent in way], _P99)
        bench.add(f"{work}, {book}, processor time, p99", cpu, "ms", wanted)
    bench.add(f"text to rows, {book}, once, after reading all of it", run.cold, "ms", _KEYSTROKE)
    bench.finish()


if __name__ == "__main__":
    main()
