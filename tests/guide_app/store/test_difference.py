"""Only what an answer changes is written and derived anew, and the book and its index end as if all had been."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from guide_app.store import outbox
from guide_app.store.apply import Applier
from guide_app.store.codec import CODECS
from guide_app.store.database import Database
from guide_app.store.difference import difference
from guide_app.store.search import SearchIndex
from tests.helpers.plain_book import STORE, open_book

SCOPE, OTHER = store_scope(STORE), store_scope("018f0000-0000-7000-8000-0000000000ff")
IDS = [f"018f0000-0000-7000-8000-00000000d00{n}" for n in range(4)]
ANN = IDS[0]


class Followed(SearchIndex):
    """The index in use; notes what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, list[str], frozenset[str] | None]] = []

    def changed(self, conn: Connection, kind: str, ids: Sequence[str], fields: frozenset[str] | None = None) -> None:
        self.told.append((kind, sorted(ids), fields))
        super().changed(conn, kind, ids, fields)


@pytest.fixture
def index() -> Followed:
    return Followed()


@pytest.fixture
def db(tmp_path: Path, index: Followed) -> Iterator[Database]:
    book = open_book(tmp_path, search=index)
    yield book
    book.close()


def client(seq: int, record_id: str = ANN, **data: Any) -> RecordFrame:
    return RecordFrame(SCOPE, "client", record_id, seq, data)


def take(db: Database, *frames: RecordFrame) -> None:
    db.apply(lambda applier: applier.apply(frames))


def found(db: Database, index: SearchIndex, text: str) -> list[str]:
    return sorted(hit.client_id for hit in db.query(lambda conn: index.search(conn, text, 9)))


def test_ones_own_change_comes_back_as_a_number_alone(db: Database, index: Followed) -> None:
    ann = db.change(lambda uow: uow.put("client", {"name": "安然", "remark": "脚背高"}), by=None, origin="test")
    index.told.clear()

    def answered(applier: Applier) -> None:
        settled = outbox.settle(applier.conn, 1, [], applier.now_ms)
        applier.apply([client(7, ann, name="安然", remark="脚背高")])
        applier.lay_over(sorted(settled.records))

    db.apply(answered)
    assert index.told == []
    assert found(db, index, "安然") == [ann]
    assert db.query(lambda c: c.exec_driver_sql("SELECT name, seq FROM client").all()) == [("安然", 7)]


def test_a_changed_remark_is_found_and_the_name_is_left_alone(db: Database, index: Followed) -> None:
    take(db, client(1, name="安然", remark="脚背高"))
    index.told.clear()
    take(db, client(2, name="安然", remark="久站"))
    assert index.told == [("client", [ANN], frozenset({"remark"}))]
    assert (found(db, index, "久站"), found(db, index, "脚背"), found(db, index, "anran")) == ([ANN], [], [ANN])


def test_a_changed_name_is_found_by_the_new_one(db: Database, index: Followed) -> None:
    take(db, client(1, name="安然", remark="久站"))
    take(db, client(2, name="白雪", remark="久站"))
    assert (found(db, index, "bx"), found(db, index, "安然"), found(db, index, "久站")) == ([ANN], [], [ANN])


def test_an_older_version_changes_nothing(db: Database, index: Followed) -> None:
    take(db, client(5, name="安然"))
    take(db, client(3, name="白雪"))
    assert found(db, index, "安然") == [ANN]
    take(db, client(4, name="安然"))
    assert db.query(lambda c: c.exec_driver_sql("SELECT seq FROM client").scalar_one()) == 5


def test_a_record_in_another_store_is_new_whatever_it_says(db: Database) -> None:
    take(db, client(1, name="安然"))
    codec = CODECS["client"]
    row = codec.pack(ANN, OTHER.removeprefix("store:"), {"name": "安然"}, 1)
    told = db.query(lambda conn: difference(conn, codec, [row]))
    assert (told.whole, dict(told.changed)) == ([row], {None: [ANN]})


def test_unknown_fields_are_a_change_too(db: Database) -> None:
    take(db, client(1, name="安然"))
    take(db, client(2, name="安然", shoe_width="宽"))
    assert db.query(lambda c: c.exec_driver_sql("SELECT extra, seq FROM client").all()) == [('{"shoe_width":"宽"}', 2)]


_FIELDS = st.fixed_dictionaries(
    {"name": st.sampled_from(["安然", "白雪"])},
    optional={
        "phone": st.sampled_from(["", "13800001234", "13900005678"]),
        "remark": st.sampled_from(["", "久站", "脚背高"]),
        "preference": st.sampled_from(["", "乐福鞋"]),
        "starred": st.booleans(),
        "level": st.sampled_from(["", "金卡"]),
    },
)
_ASKED = ("安然", "bx", "1234", "13900005678", "久站", "脚背", "乐福", "ar")


@settings(max_examples=25)
@given(st.lists(st.lists(st.tuples(st.sampled_from(IDS), _FIELDS), min_size=1, max_size=4), min_size=1, max_size=5))
def test_the_index_ends_as_if_it_had_been_built_from_the_rows(pages: list[list[tuple[str, dict[str, Any]]]]) -> None:
    index, seq = SearchIndex(), 0
    with tempfile.TemporaryDirectory() as folder:
        db = open_book(Path(folder), search=index)
        try:
            for page in pages:
                frames = [client(seq + n, record_id, **data) for n, (record_id, data) in enumerate(page, 1)]
                seq += len(frames)
                take(db, *frames)
            followed = [found(db, index, text) for text in _ASKED]
            db.apply(lambda applier: index.rebuild(applier.conn))
            assert followed == [found(db, index, text) for text in _ASKED]
        finally:
            db.close()
