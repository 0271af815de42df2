"""整本移交: counted, in small transactions, cut short and continued; a guide who leaves leaves nothing undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Engine

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.clients.book import Book, find_book, preview
from head_office.clients.handover import Pace, TransferLine, hand_over, list_transfers
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.feed.write import MAX_ROWS, in_transaction
from head_office.roster.leaving import books_of, find_succession, hand_over_tasks, shut_out
from tests.head_office.api.conftest import StillClock
from tests.head_office.kit import (
    NOW,
    SECRET,
    Pc,
    enrol_device,
    make_guide,
    make_store,
    new_id,
    put_all,
    rows_of,
)


@dataclass
class Shops:
    """Two stores, two guides in the first, one in the second, 60 clients of the first guide with a note and a task."""

    engine: Engine
    here: str
    there: str
    first: str
    second: str
    third: str
    clients: list[str]


@pytest.fixture
def shops(office_engine: Engine) -> Shops:
    here, there = make_store(office_engine), make_store(office_engine, "SH02", "徐家汇店")
    first, second, third = (make_guide(office_engine, s, f"G{n}", n) for n, s in enumerate((here, here, there), 1))
    clients = [new_id() for _ in range(60)]
    scope = store_scope(here)
    people = {client: {"name": f"客{n}", "primary_guide_id": first} for n, client in enumerate(clients)}
    put_all(office_engine, scope, "client", {**people, new_id(): {"name": "别人的", "primary_guide_id": second}})
    put_all(office_engine, scope, "note", {new_id(): {"client_id": c, "body": "记"} for c in clients})
    tasks = {new_id(): {"client_id": c, "title": "回访", "guide_id": first} for c in clients}
    put_all(office_engine, scope, "task", tasks)
    return Shops(office_engine, here, there, first, second, third, clients)


def _book(shops: Shops, **change: Any) -> Book:
    plain = {"from_store": shops.here, "from_guide": shops.first, "to_store": shops.there, "to_guide": shops.third}
    return Book(**{**plain, "reason": "门店合并", **change})


def _run(shops: Shops, book: Book, pace: Pace | None = None) -> TransferLine:
    quick = pace or Pace(1_000_000, rest=lambda _seconds: None)
    return hand_over(shops.engine, SECRET, book, StillClock(NOW), quick)


def _where(shops: Shops, kind: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows_of(shops.engine, kind):
        counts[row["store_id"]] = counts.get(row["store_id"], 0) + 1
    return counts


def test_the_book_of_one_guide_moves_whole_and_only_hers(shops: Shops) -> None:
    done = _run(shops, _book(shops))
    assert (done.planned, done.done, done.records, done.finished_ms) == (60, 60, 180, NOW)
    assert (done.from_code, done.to_code, done.from_number, done.to_number) == ("SH01", "SH02", "G1", "G3")
    assert _where(shops, "client") == {shops.there: 60, shops.here: 1}
    assert _where(shops, "note") == _where(shops, "task") == {shops.there: 60}
    assert {row["guide_id"] for row in rows_of(shops.engine, "task")} == {shops.third}
    assert check_feed(shops.engine).ok


def test_a_run_that_is_cut_short_goes_on_where_it_stood(shops: Shops) -> None:
    class KilledError(Exception):
        """Stands for a kill between two transactions."""

    def die(_seconds: float) -> None:
        raise KilledError

    with pytest.raises(KilledError):
        _run(shops, _book(shops), Pace(1, rest=die))
    halfway = _where(shops, "client")[shops.there]
    assert 0 < halfway < 60
    assert check_feed(shops.engine).ok
    done = _run(shops, _book(shops))
    assert (done.done, done.records, done.planned) == (60, 180, 60)
    with shops.engine.connect() as connection:
        assert len(list_transfers(connection)) == 1


def test_it_rests_between_parts_so_that_shops_can_work(shops: Shops) -> None:
    rests: list[float] = []
    _run(shops, _book(shops), Pace(60, rest=rests.append))
    assert sum(rests) > 50  # 60 clients at 60 a minute


def test_clients_with_very_many_records_come_in_smaller_parts(shops: Shops) -> None:
    scope = store_scope(shops.here)
    for n in range(3):
        notes = {new_id(): {"client_id": shops.clients[n], "body": str(i)} for i in range(900)}
        put_all(shops.engine, scope, "note", notes)
    heads: list[int] = []

    def rest(_seconds: float) -> None:
        with shops.engine.connect() as connection:
            seq = "SELECT seq FROM feed_head WHERE store_id = %(store)s::uuid"
            heads.append(connection.exec_driver_sql(seq, {"store": shops.there}).scalar_one())

    done = _run(shops, _book(shops), Pace(1_000_000, rest=rest))
    assert done.done == 60
    steps = [after - before for before, after in zip([0, *heads], heads, strict=False)]
    assert max(steps) <= MAX_ROWS


def test_within_a_store_only_guides_change(shops: Shops) -> None:
    done = _run(shops, _book(shops, to_store=shops.here, to_guide=shops.second))
    assert (done.done, done.records) == (60, 120)
    assert {row["primary_guide_id"] for row in rows_of(shops.engine, "client")} == {shops.second}
    assert {row["guide_id"] for row in rows_of(shops.engine, "task")} == {shops.second}
    assert rows_of(shops.engine, "client")[0]["store_id"] == shops.here


def test_what_she_finished_and_what_is_somebody_elses_to_do_stay_where_they_are(shops: Shops) -> None:
    client = {"client_id": shops.clients[0], "title": "回访"}
    finished, others = new_id(), new_id()
    stay = {
        finished: {**client, "guide_id": shops.first, "status": "done"},
        others: {**client, "guide_id": shops.third},
    }
    put_all(shops.engine, store_scope(shops.here), "task", stay)
    _run(shops, _book(shops, to_store=shops.here, to_guide=shops.second))
    whose = {row["id"]: row["guide_id"] for row in rows_of(shops.engine, "task")}
    assert (whose.pop(finished), whose.pop(others)) == (shops.first, shops.third)
    assert set(whose.values()) == {shops.second}


def test_the_preview_counts_and_changes_nothing(shops: Shops) -> None:
    device = enrol_device(shops.engine)
    with shops.engine.connect() as connection:
        found = preview(connection, _book(shops))
    assert (found.clients, found.records, found.open_tasks, found.open_coupons) == (60, {"note": 60, "task": 60}, 60, 0)
    assert [(pc.store_code, pc.id) for pc in found.pcs] == [("SH01", device.device_id)]
    assert _where(shops, "client") == {shops.here: 61}


def test_a_book_that_cannot_go_anywhere_is_refused(shops: Shops) -> None:
    with shops.engine.connect() as connection:
        for guide, to_store in ((None, "SH99"), ("G99", "SH02")):
            with pytest.raises(NotFoundError):
                find_book(connection, "SH01", guide, to_store, None, "原因")
        for guide, to_store, to_guide in ((None, "SH02", "G2"), ("G1", "SH01", None), ("G1", "SH01", "G1")):
            with pytest.raises(InvalidInputError):
                find_book(connection, "SH01", guide, to_store, to_guide, "原因")
        with pytest.raises(InvalidInputError):
            find_book(connection, "SH01", None, "SH02", None, "  ")


def test_edits_from_the_old_store_are_counted_with_the_book(shops: Shops) -> None:
    pc = Pc(shops.engine, enrol_device(shops.engine), push_rules(SECRET))
    hand_over(shops.engine, SECRET, _book(shops), StillClock(NOW + 100), Pace(10**6, rest=lambda _s: None))
    before = pc.mutation("patch", "client", shops.clients[0], ms=NOW + 50, remark="早写的")
    after = pc.mutation("patch", "client", shops.clients[1], ms=NOW + 150, remark="晚写的")
    pushed = pc.push(before, after, now_ms=NOW + 200)
    assert [(r.mid, r.code) for r in pushed.results if r.status == "rejected"] == [(2, "record.moved")]
    with shops.engine.connect() as connection:
        (line,) = list_transfers(connection)
    assert (line.late, line.refused) == (1, 1)


def test_a_guide_who_leaves_is_shut_out_and_her_work_goes_on(shops: Shops) -> None:
    scope = store_scope(shops.here)
    put_all(shops.engine, scope, "guide_pin", {shops.first: {"pin_hash": "x"}, shops.second: {"pin_hash": "y"}})
    put_all(shops.engine, scope, "task", {new_id(): {"title": "盘点", "guide_id": shops.first}})
    with shops.engine.connect() as connection:
        heir = find_succession(connection, "G1", "G2")
        assert books_of(connection, shops.first) == [shops.here]
    assert in_transaction(shops.engine, lambda c: shut_out(c, heir, NOW)) == 1
    _run(shops, _book(shops, to_store=heir.to_store, to_guide=heir.to_guide))
    assert hand_over_tasks(shops.engine, heir, NOW) == 1
    assert [row["id"] for row in rows_of(shops.engine, "guide_pin")] == [shops.second]
    assert {row["id"] for row in rows_of(shops.engine, "guide") if not row["active"]} == {shops.first}
    assert {row["guide_id"] for row in rows_of(shops.engine, "task")} == {shops.second}
    assert {row["primary_guide_id"] for row in rows_of(shops.engine, "client")} == {shops.second}


def test_nobody_who_has_left_or_is_the_same_takes_over(shops: Shops) -> None:
    put_all(shops.engine, BRAND, "guide", {new_id(): {"no": 9, "number": "G9", "name": "走了", "active": False}})
    with shops.engine.connect() as connection:
        for heir in ("G9", "G1"):
            with pytest.raises(InvalidInputError):
                find_succession(connection, "G1", heir)
        with pytest.raises(NotFoundError):
            find_succession(connection, "G1", "G77")
