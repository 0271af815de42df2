"""Many changes at once: what is derived is written aside while the next ones are made, and nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection

from guide_app.store import uow as work
from guide_app.store.database import Database
from guide_app.store.hooks import Words
from guide_app.store.search import SearchIndex
from guide_app.store.uow import UnitOfWork
from tests.helpers.plain_book import open_book

_NAMES = ("王敏", "单雪", "欧阳娜", "尉迟敏", "Anna Li", "李", "陈雅婷", "曾建国")


class BrokenIndex(SearchIndex):
    """Fails when words of more than so many batches were to be written."""

    def __init__(self, batches: int) -> None:
        self._left = batches

    def added(self, conn: Connection, words: Mapping[str, Words]) -> None:
        self._left -= 1
        if self._left < 0:
            raise OSError("the index broke")
        super().added(conn, words)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "_FLUSH_ROWS", 3)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Database]:
    db = open_book(tmp_path, search=SearchIndex())
    yield db
    db.close()


def _many(uow: UnitOfWork) -> list[str]:
    clients = [
        uow.put("client", {"name": name, "phone": f"1380000567{n}", "remark": "脚背高" if n % 2 else ""})
        for n, name in enumerate(_NAMES)
    ]
    uow.patch("client", clients[-1], {"name": "曾建军", "remark": "久站"})
    uow.put("client_tag", {"client_id": clients[0], "name": "乐福鞋"})
    uow.put("note", {"client_id": clients[-1], "body": "喜欢红色", "at": 1, "kind": "message"})
    uow.put("purchase", {"client_id": clients[2], "order_no": "N1", "at": 5, "total_fen": 100, "kind": "sale"})
    return clients


def _words(db: Database) -> list[object]:
    """All that the index can be asked: its words, each with the clients that have it."""

    def read(conn: Connection) -> list[object]:
        figures = [tuple(row) for row in conn.exec_driver_sql("SELECT * FROM client_figure ORDER BY rid")]
        asked = (*_NAMES, "ouyang", "shanxue", "dx", "5674", "脚背高", "久站", "乐福鞋", "红色", "建军", "zjj")
        hits = [{(hit.client_id, hit.tier) for hit in SearchIndex().search(conn, typed, 50)} for typed in asked]
        return [*figures, *hits]

    return db.query(read)


def test_what_is_derived_in_batches_is_what_is_derived_from_the_records(book: Database) -> None:
    clients = book.change(_many, by=None, origin="t")
    followed = _words(book)
    book.apply(lambda applier: SearchIndex().rebuild(applier.conn))
    assert _words(book) == followed
    assert [hit.client_id for hit in book.query(lambda c: SearchIndex().search(c, "久站", 9))] == [clients[-1]]


@pytest.mark.parametrize("batches", [0, 1])
def test_an_index_that_breaks_aside_undoes_everything(tmp_path: Path, batches: int) -> None:
    db = open_book(tmp_path, search=BrokenIndex(batches))
    try:
        with pytest.raises(OSError, match="broke"):
            db.change(_many, by=None, origin="t")
        left = (
            "SELECT (SELECT count(*) FROM client), (SELECT count(*) FROM outbox), (SELECT count(*) FROM client_figure)"
        )
        assert db.query(lambda conn: tuple(conn.exec_driver_sql(left).one())) == (0, 0, 0)
    finally:
        db.close()


def test_a_change_given_up_while_words_are_written_aside_leaves_nothing(book: Database) -> None:
    class EndedError(Exception):
        pass

    def deed(uow: UnitOfWork) -> None:
        _many(uow)
        uow.put("client", {"name": "王"})
        raise EndedError

    with pytest.raises(EndedError):
        book.change(deed, by=None, origin="t")
    assert book.query(lambda c: SearchIndex().search(c, "王", 9)) == []
    assert len(book.change(_many, by=None, origin="t")) == len(_NAMES)


def test_what_is_read_in_a_change_sees_all_that_was_written_aside(book: Database) -> None:
    def deed(uow: UnitOfWork) -> int:
        for _ in range(4):
            uow.put("client", {"name": "王敏"})
        return len(SearchIndex().search(uow.conn, "王敏", 9))

    found = book.change(deed, by=None, origin="t")
    assert found == 2, "the words of a batch that is not full follow at the end"
    assert len(book.query(lambda c: SearchIndex().search(c, "王敏", 9))) == 4
