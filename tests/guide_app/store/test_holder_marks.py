"""Whose mark a voucher bears is asked by key, and an erased client leaves none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide_app.protocol.messages import GoneFrame, RecordFrame
from guide_app.protocol.scopes import store_scope
from guide_app.protocol.voucher import holder_mark
from guide_app.store import holder_marks
from guide_app.store.database import Database
from guide_app.store.search import SearchIndex
from tests.helpers.book import KEY, NOW, STORE, HandClock, ident

HERS = ident(1_001)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Database]:
    database = Database.open(tmp_path / "book.db", KEY, HandClock(), search=SearchIndex())
    yield database
    database.close()


def _is_somebody(book: Database, client_id: str) -> bool:
    return book.query(lambda conn: holder_marks.is_somebody(conn, holder_mark(client_id)))


def test_a_client_is_known_by_her_mark_as_long_as_she_is_in_the_book(book: Database) -> None:
    scope = store_scope(STORE)
    assert not _is_somebody(book, HERS)
    came = RecordFrame(scope, "client", HERS, 5, {"name": "王姐", "created_at": NOW})
    book.apply(lambda applier: applier.apply([came]))
    assert _is_somebody(book, HERS)
    assert not _is_somebody(book, ident(1_002))
    book.apply(lambda applier: applier.apply([GoneFrame(scope, "client", HERS, 6)]))
    assert not _is_somebody(book, HERS)


def test_it_is_found_by_its_key(book: Database) -> None:
    plan = book.query(
        lambda conn: conn.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT 1 FROM client_figure WHERE mark = ? LIMIT 1", (1633837924,)
        ).all()
    )
    assert [row[3] for row in plan] == ["SEARCH client_figure USING COVERING INDEX client_figure_mark (mark=?)"]
