from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from guide_app.protocol.messages import Cursor, DropFrame, EndFrame, GoneFrame, LeaveFrame, RecordFrame, ScopeFrame
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.feed.read import Position, is_up_to_date, pull
from head_office.feed.write import MAX_ROWS, FeedWriter, in_transaction, write_all
from head_office.store.engine import repeatable_read
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id, put_all, seqs_of


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    return Pc(office_engine, enrol_device(office_engine))


def test_a_pull_from_the_start_brings_all_and_its_digest_holds(office_engine: Engine, pc: Pc) -> None:
    put_all(office_engine, pc.scope, "client", {new_id(): {"name": f"客户{i}"} for i in range(7)})
    put_all(office_engine, pc.scope, "note", {new_id(): {"client_id": new_id(), "body": "试穿 38"} for _ in range(5)})
    pc.pull(limit=3)
    assert len(pc.held) == 13
    assert pc.digests() == pc.promised()


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_pages_of_any_size_add_up_to_the_same(office_engine: Engine, pc: Pc, limit: int) -> None:
    clients = {new_id(): {"name": f"客户{i}"} for i in range(6)}
    put_all(office_engine, pc.scope, "client", clients)
    put_all(office_engine, pc.scope, "task", {new_id(): {"title": "回访"} for _ in range(4)})
    put_all(office_engine, pc.scope, "client", {i: {"name": "改名"} for i in list(clients)[:2]})
    places: list[int] = []
    while True:
        frames = pc.page(limit)
        places += [frame.seq for frame in frames if isinstance(frame, RecordFrame) and frame.scope == pc.scope]
        if not any(cursor.more for cursor in pc.cursors.values()):
            break
    assert places == sorted(places)
    assert len(pc.held) == 11
    assert pc.digests() == pc.promised()


def test_a_record_changed_between_pages_comes_once_more_and_nothing_is_missed(office_engine: Engine, pc: Pc) -> None:
    clients = {new_id(): {"name": f"客户{i}"} for i in range(6)}
    put_all(office_engine, pc.scope, "client", clients)
    pc.page(limit=4)
    put_all(office_engine, pc.scope, "client", {i: {"name": "后来改的"} for i in clients})
    pc.pull(limit=4)
    assert {frame.data["name"] for frame in pc.held.values() if frame.kind == "client"} == {"后来改的"}
    assert pc.digests() == pc.promised()


def test_every_line_is_counted_and_defaults_are_left_out(office_engine: Engine, pc: Pc) -> None:
    client_id = new_id()
    put_all(office_engine, pc.scope, "client", {client_id: {"name": "王姐", "starred": False, "shoe_size": "38"}})
    frames = pc.page()
    end = frames[-1]
    assert isinstance(end, EndFrame)
    assert end.count == len(frames) - 1
    (client,) = [frame for frame in frames if isinstance(frame, RecordFrame) and frame.kind == "client"]
    assert client.data == {"name": "王姐", "shoe_size": "38"}


def test_unknown_fields_of_a_newer_program_survive_the_round_trip(office_engine: Engine, pc: Pc) -> None:
    client_id = new_id()
    put_all(office_engine, pc.scope, "client", {client_id: {"name": "王姐", "favourite_song": {"title": "月亮"}}})
    pc.pull()
    assert pc.held[pc.scope, "client", client_id].data["favourite_song"] == {"title": "月亮"}


def test_what_ends_is_told_with_its_reason(office_engine: Engine, pc: Pc) -> None:
    deleted, moved = new_id(), new_id()
    put_all(office_engine, pc.scope, "client", {deleted: {"name": "甲"}, moved: {"name": "乙"}})
    pc.pull()

    def end(connection: Connection) -> None:
        writer = FeedWriter(connection, NOW)
        writer.remove((pc.scope, "client", deleted))
        writer.remove((pc.scope, "client", moved), mark="l")
        writer.flush()

    in_transaction(office_engine, end)
    frames = pc.page()
    assert {type(frame) for frame in frames[:2]} == {GoneFrame, LeaveFrame}
    assert pc.digests() == pc.promised()
    assert not [key for key in pc.held if key[1] == "client"]


def test_writing_what_is_there_already_moves_nothing(office_engine: Engine, pc: Pc) -> None:
    record = {new_id(): {"name": "甲"}}
    first = put_all(office_engine, pc.scope, "client", record)
    again = put_all(office_engine, pc.scope, "client", record)
    assert len(first.moves) == 1
    assert again.moves == ()


@pytest.mark.parametrize(("epoch", "seq"), [("older", 1), ("", 0), (None, 99)])
def test_another_line_of_history_is_told_where_the_new_one_begins_and_given_no_records(
    office_engine: Engine, pc: Pc, epoch: str | None, seq: int
) -> None:
    put_all(office_engine, pc.scope, "client", {new_id(): {"name": "甲"}})
    with repeatable_read(office_engine) as connection:
        head = connection.execute(sa.text("SELECT epoch FROM feed_head WHERE store_id = :s"), {"s": pc.who.store_id})
        present = head.scalar_one()
        cursor = Cursor(pc.scope, present if epoch is None else epoch, seq)
        frames = pull(connection, [pc.scope], [cursor], 10, last_mid=0, now_ms=NOW)
    place = next(frame for frame in frames if isinstance(frame, ScopeFrame))
    if epoch == "":  # a device that knows none yet begins like any other
        assert list(seqs_of(frames)) == [1]
        assert (place.seq, place.more) == (1, False)
    else:
        assert list(seqs_of(frames)) == []
        assert (place.epoch, place.seq, place.more, place.n_live) == (present, 0, True, 1)


def test_a_scope_that_was_taken_away_is_dropped(office_engine: Engine, pc: Pc) -> None:
    put_all(office_engine, pc.scope, "client", {new_id(): {"name": "甲"}})
    pc.pull()
    frames = pc.page(granted=[BRAND])
    assert frames[0] == DropFrame(pc.scope)
    assert {key[0] for key in pc.held} == {BRAND}


def test_nothing_of_another_store_is_ever_sent(office_engine: Engine, pc: Pc) -> None:
    other = make_store(office_engine, "SH02", "徐家汇店")
    put_all(office_engine, store_scope(other), "client", {new_id(): {"name": "别店的客户"}})
    pc.pull()
    assert not [frame for frame in pc.held.values() if frame.kind == "client"]


def test_a_look_sees_whether_all_scopes_stand_at_their_heads() -> None:
    heads = {BRAND: Position("e", 5), "store:x": Position("e", 2)}
    here = [Cursor(BRAND, "e", 5), Cursor("store:x", "e", 2)]
    assert is_up_to_date(here, heads)
    assert not is_up_to_date(here[:1], heads)
    assert not is_up_to_date([*here, Cursor("store:y", "e", 1)], heads)
    assert not is_up_to_date([Cursor(BRAND, "old", 5), here[1]], heads)


def test_a_transaction_is_bounded_and_flushes_once(office_engine: Engine, pc: Pc) -> None:
    with office_engine.begin() as connection:
        writer = FeedWriter(connection, NOW)
        for _ in range(MAX_ROWS + 1):
            writer.put((pc.scope, "note", new_id()), {"body": "x"})
        with pytest.raises(ValueError, match="at most"):
            writer.flush()
        with pytest.raises(RuntimeError):
            writer.flush()


def test_a_kind_is_written_only_where_it_lives(office_engine: Engine, pc: Pc) -> None:
    with office_engine.begin() as connection:
        writer = FeedWriter(connection, NOW)
        with pytest.raises(ValueError, match="does not live"):
            writer.put((BRAND, "client", new_id()), {})
        with pytest.raises(ValueError, match="does not live"):
            writer.remove((pc.scope, "product", new_id()))


def test_many_records_go_in_bounded_transactions(office_engine: Engine, pc: Pc) -> None:
    notes = [((pc.scope, "note", new_id()), {"body": "批量"}) for _ in range(MAX_ROWS + 5)]
    assert write_all(office_engine, NOW, notes) == MAX_ROWS + 5
    pc.pull()
    assert pc.digests() == pc.promised()


def test_two_writers_of_one_new_id_end_as_one_record_with_an_exact_digest(office_engine: Engine, pc: Pc) -> None:
    record_id = new_id()
    barrier = threading.Barrier(2)
    waited = threading.local()

    def work(connection: Connection, name: str) -> None:
        writer = FeedWriter(connection, NOW)
        writer.load([(pc.scope, "client", record_id)])
        if not getattr(waited, "once", False):
            waited.once = True
            barrier.wait(10)  # both have seen that there is none
        writer.put((pc.scope, "client", record_id), {"name": name})
        writer.flush()

    with ThreadPoolExecutor(2) as pool:
        jobs = [pool.submit(in_transaction, office_engine, lambda c, n=name: work(c, n)) for name in ("甲", "乙")]
        for job in jobs:
            job.result()
    pc.pull()
    assert pc.digests() == pc.promised()
    assert len([key for key in pc.held if key[1] == "client"]) == 1


def test_four_writers_and_two_pullers_miss_nothing_and_leave_no_gap(office_engine: Engine, pc: Pc) -> None:
    per_writer, batch = 25, 8
    stop = threading.Event()

    def writer_job(number: int) -> None:
        own: list[str] = []
        for round_no in range(per_writer):
            fresh = {new_id(): {"name": f"{number}-{round_no}"} for _ in range(batch)}
            own += fresh
            put_all(office_engine, pc.scope, "client", {**fresh, own[0]: {"name": f"again {number}-{round_no}"}})

    def puller_job(puller: Pc) -> list[int]:
        places: list[int] = []
        while True:
            last_round = stop.is_set()
            frames = puller.page(limit=50)
            places += [f.seq for f in frames if isinstance(f, RecordFrame) and f.scope == puller.scope]
            (cursor,) = [f for f in frames if isinstance(f, ScopeFrame) and f.scope == puller.scope]
            if last_round and not cursor.more:
                return places

    pullers = [Pc(office_engine, pc.who) for _ in range(2)]
    with ThreadPoolExecutor(6) as pool:
        reading: list[Any] = [pool.submit(puller_job, puller) for puller in pullers]
        writing = [pool.submit(writer_job, number) for number in range(4)]
        for job in writing:
            job.result()
        stop.set()
        seen = [job.result() for job in reading]
    for puller, places in zip(pullers, seen, strict=True):
        assert places == sorted(places)
        assert puller.digests() == puller.promised()
        assert len([key for key in puller.held if key[1] == "client"]) == 4 * per_writer * batch
    with office_engine.connect() as connection:
        live = connection.execute(sa.text("SELECT count(*), max(seq) FROM client")).one()
        head = connection.execute(
            sa.text("SELECT seq FROM feed_head WHERE store_id = :s"), {"s": pc.who.store_id}
        ).scalar_one()
    assert live.max == head == 4 * per_writer * batch + 4 * (per_writer - 1)
