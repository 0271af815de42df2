"""Finding clients: complete, in order, following every change, and without a trace of those who are gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from guide_app.protocol.messages import GoneFrame, RecordFrame
from guide_app.protocol.scopes import store_scope
from guide_app.store.backup import decrypt
from guide_app.store.database import Database
from guide_app.store.search import SearchIndex
from guide_app.store.search_tokens import client_tokens, term_tiers
from tests.helpers.book import KEY, NOW, STORE, HandClock, ident

_CHARS = "陈雅婷王敏单曾林小满欧阳"
_names = st.text(_CHARS, min_size=1, max_size=4)
_phones = st.integers(0, 999).map(lambda n: f"138{n:03d}05678")
_clients = st.lists(st.tuples(_names, _phones, st.integers(0, 5)), min_size=1, max_size=12)
_typed = st.one_of(
    st.text(_CHARS, min_size=1, max_size=3),
    st.text("cytwmszlxehn", min_size=1, max_size=5),
    st.text("0135678", min_size=1, max_size=5),
)

_Clients = list[tuple[str, str, int]]


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, index: SearchIndex) -> Iterator[Database]:
    folder = tmp_path_factory.mktemp("search")
    with closing(Database.open(folder / "book.db", KEY, HandClock(), search=index)) as db:
        db.apply(lambda _: None)  # starts the writer's thread, which outlives each test
        yield db


def _client(n: int, seq: int, name: str, phone: str) -> RecordFrame:
    return RecordFrame(store_scope(STORE), "client", ident(n), seq, {"name": name, "phone": phone, "created_at": NOW})


def _purchase(n: int, seq: int, client: int, at: int) -> RecordFrame:
    data = {"client_id": ident(client), "order_no": f"N{n}", "at": at, "total_fen": 100, "kind": "sale"}
    return RecordFrame(store_scope(STORE), "purchase", ident(n), seq, data)


def _fill(db: Database, clients: _Clients) -> None:
    """Replace all clients, and what each bought last, by these."""
    db.apply(lambda applier: applier.drop_scope(store_scope(STORE)))
    frames = [_client(1000 + n, n + 1, name, phone) for n, (name, phone, _) in enumerate(clients)]
    bought = [(n, day) for n, (_, _, day) in enumerate(clients) if day]
    frames += [_purchase(2000 + n, 100 + n, 1000 + n, NOW + day) for n, day in bought]
    db.apply(lambda applier: applier.apply(frames))


def _tier_of(name: str, phone: str, typed: str) -> int | None:
    tokens = client_tokens({"name": name, "phone": phone, "member_no": "", "wechat": ""}).split()
    for tier, query in enumerate(term_tiers(typed)):
        if query[0] == "e":
            found = typed in phone[1:]
        else:
            found = any(t.startswith(query[:-1]) if query.endswith("*") else t == query for t in tokens)
        if found:
            return tier
    return None


@settings(max_examples=40)
@given(clients=_clients, typed=_typed)
def test_finds_whom_the_rules_name_best_match_first_then_latest_buyer(
    book: Database, index: SearchIndex, clients: _Clients, typed: str
) -> None:
    _fill(book, clients)
    tiers = {ident(1000 + n): _tier_of(name, phone, typed) for n, (name, phone, _) in enumerate(clients)}
    bought = {ident(1000 + n): day for n, (_, _, day) in enumerate(clients)}
    hits = book.query(lambda conn: index.search(conn, typed, 50))
    assert {hit.client_id: hit.tier for hit in hits} == {i: tier for i, tier in tiers.items() if tier is not None}
    order = [(hit.tier, -bought[hit.client_id]) for hit in hits]
    assert order == sorted(order)


@settings(max_examples=30)
@given(phones=st.lists(st.text("12", min_size=1, max_size=11), min_size=1, max_size=8), typed=st.text("12", min_size=3))
def test_a_run_of_digits_is_found_wherever_it_stands_and_never_in_pieces(
    book: Database, index: SearchIndex, phones: list[str], typed: str
) -> None:
    """Numbers of two digits: their threes nearly always all occur somewhere."""
    _fill(book, [("王敏", phone, 0) for phone in phones])
    having = {ident(1000 + n) for n, phone in enumerate(phones) if typed in phone}
    assert {hit.client_id for hit in book.query(lambda conn: index.search(conn, typed, 50))} == having
    both = book.query(lambda conn: index.search(conn, f"wang {typed}", 50))
    assert {hit.client_id for hit in both} == having


@pytest.mark.parametrize("typed", ["9", "79", "679"])
def test_the_last_digits_of_a_number_are_found_however_few_are_typed(
    book: Database, index: SearchIndex, typed: str
) -> None:
    _fill(book, [("王敏", "13812345679", 0), ("李一", "13812345678", 0)])
    assert [hit.client_id for hit in book.query(lambda conn: index.search(conn, typed, 9))] == [ident(1000)]


@pytest.mark.parametrize(("typed", "name", "phone"), [
    ("５６７９", "王敏", "13812345679"), ("ｗｍ", "王敏", ""), ("anna", "Ａｎｎａ　Ｌｉ", ""),
    ("ａｎｎａ", "Anna Li", ""),
])  # fmt: skip
def test_what_an_input_method_types_in_full_width_is_found(
    book: Database, index: SearchIndex, typed: str, name: str, phone: str
) -> None:
    _fill(book, [(name, phone, 0), ("李一", "13812345678", 0)])
    assert [hit.client_id for hit in book.query(lambda conn: index.search(conn, typed, 9))] == [ident(1000)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [("yt", ["杨婷", "陈雅婷"]), ("婷", ["婷婷", "陈雅婷"]), ("min", ["闵一", "王敏"]), ("138", ["李一", "李二"])],
)
def test_a_match_from_the_start_comes_before_one_further_on(
    book: Database, index: SearchIndex, typed: str, names: list[str]
) -> None:
    phones = {"李一": "13800000000", "李二": "15513800000"}
    later_bought_more_recently = [(name, phones.get(name, ""), day) for name, day in zip(names, (1, 5), strict=True)]
    _fill(book, later_bought_more_recently)
    assert [hit.client_id for hit in book.query(lambda c: index.search(c, typed, 9))] == [ident(1000), ident(1001)]


def _rows(conn: Connection) -> list[tuple[object, ...]]:
    asked = "SELECT g.guide_id, f.* FROM client_figure f LEFT JOIN figure_guide g ON g.no = guide_no ORDER BY client_id"
    # Which number a client or a guide has says nothing.
    found = [{**row, "rid": 0, "guide_no": 0}.values() for row in conn.exec_driver_sql(asked).mappings()]
    return list(map(tuple, found))


@settings(max_examples=40)
@given(before=_clients, after=_clients, typed=_typed)
def test_an_index_that_followed_changes_answers_as_one_made_anew(
    book: Database, index: SearchIndex, before: _Clients, after: _Clients, typed: str
) -> None:
    _fill(book, before)
    renamed = [_client(1000 + n, 500 + n, name, phone) for n, (name, phone, _) in enumerate(after)]
    book.apply(lambda applier: applier.apply(renamed))

    def answer() -> tuple[set[tuple[str, int]], list[tuple[object, ...]]]:
        hits = book.query(lambda conn: index.search(conn, typed, 50))
        return {(hit.client_id, hit.tier) for hit in hits}, book.query(_rows)

    followed = answer()
    book.apply(lambda applier: index.rebuild(applier.conn))
    assert answer() == followed


_listed = st.fixed_dictionaries({
    "primary_guide_id": st.sampled_from((None, ident(1), ident(2))), "archived_at": st.sampled_from((None, NOW)),
    "merged_into": st.sampled_from((None, ident(1000))), "starred": st.booleans(), "created_at": st.integers(0, 9),
})  # fmt: skip


@settings(max_examples=25)
@given(changes=st.lists(st.tuples(st.integers(0, 2), _listed), min_size=1, max_size=5))
def test_what_lists_ask_of_a_client_follows_her_record(
    book: Database, index: SearchIndex, changes: list[tuple[int, dict[str, object]]]
) -> None:
    _fill(book, [("陈雅婷", "13800005678", 1), ("王敏", "", 0), ("林小满", "", 2)])
    for seq, (n, fields) in enumerate(changes, 500):
        data = {"name": "陈雅婷", **fields}
        frame = RecordFrame(store_scope(STORE), "client", ident(1000 + n), seq, data)
        book.apply(lambda applier, frame=frame: applier.apply([frame]))  # type: ignore[misc]
    followed = book.query(_rows)
    book.apply(lambda applier: index.rebuild(applier.conn))
    assert book.query(_rows) == followed


def test_a_book_with_an_index_of_another_version_is_indexed_anew(tmp_path: Path, index: SearchIndex) -> None:
    with closing(Database.open(tmp_path / "book.db", KEY, HandClock(), search=index)) as db:
        _fill(db, [("陈雅婷", "13800005678", 1)])
        spoil = "UPDATE setting SET value = '0' WHERE key = 'search.version'"
        db.apply(lambda applier: applier.conn.exec_driver_sql("DELETE FROM search_name") and None)
        db.apply(lambda applier: applier.conn.exec_driver_sql(spoil) and None)
        assert not db.query(lambda conn: index.search(conn, "cyt", 9))
    with closing(Database.open(tmp_path / "book.db", KEY, HandClock(), search=index)) as db:
        assert [hit.client_id for hit in db.query(lambda conn: index.search(conn, "cyt", 9))] == [ident(1000)]


def test_of_an_erased_client_no_word_stays_in_the_file(tmp_path: Path, index: SearchIndex) -> None:
    plain = tmp_path / "plain.db"
    others = [(f"林小满{n}", f"1860000{n:04d}", 0) for n in range(40)]
    with closing(Database.open(tmp_path / "book.db", KEY, HandClock(), search=index)) as db:
        _fill(db, others)
        db.apply(lambda applier: applier.apply([_client(1, 200, "zqxjkv", "91357924680")]))
        note = {"client_id": ident(1), "body": "wvutsr", "at": NOW, "kind": "message"}
        db.apply(lambda applier: applier.apply([RecordFrame(store_scope(STORE), "note", ident(2), 201, note)]))
        gone = [GoneFrame(store_scope(STORE), kind, ident(n), 300 + n) for n, kind in ((2, "note"), (1, "client"))]
        db.apply(lambda applier: applier.apply(gone))
        assert not db.query(lambda conn: index.search(conn, "zqxjkv", 9))
    decrypt(tmp_path / "book.db", KEY, plain)
    with closing(sqlite3.connect(plain)) as raw:
        assert raw.execute("SELECT count(*) FROM client").fetchone() == (len(others),)
    data = plain.read_bytes()
    # An index stores terms without the beginning that they share with the one before, so parts are looked for.
    assert not [word for word in (b"qxjkv", b"357924", b"vutsr") if word in data]


def test_of_the_second_one_erased_no_word_stays_either(tmp_path: Path, index: SearchIndex) -> None:
    """After the first the index is one part already, which another scrub must write anew all the same."""
    plain = tmp_path / "plain.db"
    with closing(Database.open(tmp_path / "book.db", KEY, HandClock(), search=index)) as db:
        _fill(db, [(f"林小满{n}", f"1860000{n:04d}", 0) for n in range(40)])
        both = [_client(1, 200, "zqxjkv", "91357924680"), _client(2, 201, "bfghwm", "97531864209")]
        db.apply(lambda applier: applier.apply(both))
        for n in (1, 2):
            gone = GoneFrame(store_scope(STORE), "client", ident(n), 300 + n)
            db.apply(lambda applier, gone=gone: applier.apply([gone]))  # type: ignore[misc]
    decrypt(tmp_path / "book.db", KEY, plain)
    data = plain.read_bytes()
    assert not [word for word in (b"qxjkv", b"357924", b"fghwm", b"531864", b"7531") if word in data]
