"""Search as a guide types, over 100,000 clients: milliseconds from text to rows, beside LIKE on the same book."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from bench.book import open_book
from bench.report import Bench, quantile, times
from guide_app.clients.queries import ClientQueries
from guide_app.store.database import Database

_COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
_TYPED = ("陈雅婷", "cyt", "wangmin", "5678", "138123", "单", "zhao min", "脚背", "林小", "lxm")


def _keystrokes() -> list[str]:
    return [text[:n] for text in _TYPED for n in range(1, len(text) + 1) if not text[:n].endswith(" ")]


def _like(db: Database, text: str) -> None:
    pattern = f"%{text}%"
    db.query(
        lambda conn: conn.exec_driver_sql(
            "SELECT id, name, phone FROM client WHERE name LIKE ? OR phone LIKE ? OR remark LIKE ? LIMIT 50",
            (pattern, pattern, pattern),
        ).all()
    )


def _measure(queries: ClientQueries, db: Database) -> tuple[list[float], list[float]]:
    texts = _keystrokes() * 4
    random.Random(1).shuffle(texts)
    ours: list[float] = []
    like: list[float] = []
    for text in texts:
        ours += times(lambda text=text: queries.search(text, 50), 1)  # type: ignore[misc]
        like += times(lambda text=text: _like(db, text), 1)  # type: ignore[misc]
    return sorted(ours), sorted(like)


def main() -> None:
    """Build the book, type, print."""
    bench = Bench("search")
    with tempfile.TemporaryDirectory() as folder:
        db, desk = open_book(Path(folder), _COUNT)
        try:
            ours, like = _measure(desk.clients, db)
        finally:
            db.close()
    for share in (0.5, 0.99):
        mine, theirs = quantile(ours, share), quantile(like, share)
        limit = 8.0
        name = f"keystroke to rows, {_COUNT:,} clients, p{round(share * 100)}"
        bench.add(name, mine, "ms", "LIKE on the same book", theirs, target=f"p99 ≤ {limit:g} ms", ok=mine <= limit)
    bench.finish()


if __name__ == "__main__":
    main()
