"""What a PC did before it knew: the client had moved, was merged or erased, or its grant had ended."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.messages import GoneFrame, LeaveFrame, Mutation, Pushed, RecordFrame
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from head_office.clients.erase import erase_client
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.feed.rows import Key
from head_office.feed.tidy import tidy
from head_office.feed.write import FeedWriter, in_transaction
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id, put_all, rows_of

MOVED = NOW + 10_000
AFTER = MOVED + 5_000
RULES = push_rules(SECRET)


@dataclass
class Shops:
    """Three stores with a PC each."""

    engine: Engine
    pcs: tuple[Pc, Pc, Pc]

    @property
    def scopes(self) -> tuple[Scope, Scope, Scope]:
        a, b, c = (pc.scope for pc in self.pcs)
        return a, b, c

    def move(self, record: Key, to: Scope, at_ms: int = MOVED) -> None:
        def work(connection: Connection) -> None:
            writer = FeedWriter(connection, at_ms)
            writer.move(record, to)
            writer.flush()

        in_transaction(self.engine, work)

    def where(self, kind: str, record_id: str) -> list[Scope]:
        return [store_scope(row["store_id"]) for row in rows_of(self.engine, kind) if row["id"] == record_id]


@pytest.fixture
def shops(office_engine: Engine) -> Shops:
    codes = ("SH01", "SH02", "SH03")
    for code in codes:
        make_store(office_engine, code, f"{code}店")
    a, b, c = (Pc(office_engine, enrol_device(office_engine, code), RULES) for code in codes)
    return Shops(office_engine, (a, b, c))


def _client(pc: Pc, **data: Any) -> str:
    client_id = new_id()
    pc.push(pc.mutation("put", "client", client_id, **{"name": "王姐", **data}))
    return client_id


def _codes(pushed: Pushed) -> list[tuple[str, str]]:
    return [(result.status, result.code) for result in pushed.results]


def test_what_was_done_before_the_move_reaches_the_client_in_her_new_store(shops: Shops) -> None:
    a, b, _ = shops.pcs
    client_id, note_id = _client(a), new_id()
    shops.move((a.scope, "client", client_id), b.scope)
    pushed = a.push(
        a.mutation("patch", "client", client_id, ms=MOVED - 1, remark="转店前"),
        a.mutation("put", "note", note_id, ms=MOVED - 1, client_id=client_id, body="转店前的备注"),
        now_ms=AFTER,
    )
    assert _codes(pushed) == [("applied", ""), ("applied", "")]
    assert all("moved" in result.detail for result in pushed.results)
    assert {frame.scope for frame in pushed.records} == {a.scope}  # type: ignore[union-attr]  # all have one
    assert not [frame for frame in pushed.records if isinstance(frame, RecordFrame)]
    assert {move.scope for move in pushed.moves} == {a.scope}
    b.pull()
    assert b.held[b.scope, "client", client_id].data["remark"] == "转店前"
    assert b.held[b.scope, "note", note_id].data["body"] == "转店前的备注"
    assert shops.where("note", note_id) == [b.scope]
    assert b.digests() == b.promised()
    assert check_feed(shops.engine).ok


def test_what_was_done_after_the_move_is_refused_with_the_reason(shops: Shops) -> None:
    a, b, _ = shops.pcs
    client_id = _client(a)
    shops.move((a.scope, "client", client_id), b.scope)
    pushed = a.push(
        a.mutation("patch", "client", client_id, ms=MOVED, remark="转店后"),
        a.mutation("put", "note", new_id(), ms=AFTER, client_id=client_id, body="转店后的备注"),
        a.mutation("put", "task", new_id(), ms=AFTER, client_id=client_id, title="转店后的任务"),
        now_ms=AFTER,
    )
    assert _codes(pushed) == [("rejected", "record.moved")] * 3
    assert rows_of(shops.engine, "client")[0]["remark"] == ""
    assert rows_of(shops.engine, "note") == rows_of(shops.engine, "task") == []
    assert a.push(a.mutation("put", "note", new_id(), client_id=new_id(), body="别的客户")).results == []


def test_a_clock_far_ahead_does_not_make_a_late_edit_of_an_early_one_or_the_other_way_round(shops: Shops) -> None:
    a, b, _ = shops.pcs
    client_id = _client(a)
    shops.move((a.scope, "client", client_id), b.scope)
    far = a.mutation("patch", "client", client_id, ms=MOVED + 400 * DAY_MS, remark="时钟快一年")
    assert _codes(a.push(far, now_ms=AFTER)) == [("rejected", "record.moved")]


def test_a_client_is_followed_through_several_stores(shops: Shops) -> None:
    a, b, c = shops.pcs
    client_id, note_id = _client(a), new_id()
    shops.move((a.scope, "client", client_id), b.scope)
    shops.move((b.scope, "client", client_id), c.scope, MOVED + 1_000)
    note = a.mutation("put", "note", note_id, ms=MOVED - 1, client_id=client_id, body="还在第一家店时")
    assert _codes(a.push(note, now_ms=AFTER)) == [("applied", "")]
    assert shops.where("note", note_id) == [c.scope]
    second = b.mutation("put", "note", new_id(), ms=MOVED + 999, client_id=client_id, body="在第二家店时")
    assert _codes(b.push(second, now_ms=AFTER)) == [("applied", "")]
    third = b.mutation("put", "note", new_id(), ms=MOVED + 1_000, client_id=client_id, body="已离开第二家店")
    assert _codes(b.push(third, now_ms=AFTER)) == [("rejected", "record.moved")]
    c.pull()
    assert len([key for key in c.held if key[1] == "note"]) == 2
    assert c.digests() == c.promised()


def test_a_client_who_came_back_is_at_home(shops: Shops) -> None:
    a, b, _ = shops.pcs
    client_id = _client(a)
    shops.move((a.scope, "client", client_id), b.scope)
    shops.move((b.scope, "client", client_id), a.scope, MOVED + 1_000)
    pushed = a.push(a.mutation("patch", "client", client_id, ms=AFTER, remark="又回来了"), now_ms=AFTER)
    assert pushed.results == []
    late = b.mutation("patch", "client", client_id, ms=MOVED + 500, remark="在别店时", preference="短靴")
    assert _codes(b.push(late, now_ms=AFTER)) == [("merged", "")]
    (row,) = rows_of(shops.engine, "client")
    assert (row["remark"], row["preference"]) == ("又回来了", "短靴")


def test_records_that_moved_along_take_late_edits_too_and_lines_follow_their_receipt(shops: Shops) -> None:
    a, b, _ = shops.pcs
    client_id, task_id, purchase_id, line_id = _client(a), new_id(), new_id(), new_id()
    a.push(
        a.mutation("put", "task", task_id, client_id=client_id, title="回访"),
        a.mutation("put", "purchase", purchase_id, client_id=client_id, order_no="R1", at=NOW),
    )
    for kind, record_id in (("client", client_id), ("task", task_id), ("purchase", purchase_id)):
        shops.move((a.scope, kind, record_id), b.scope)
    pushed = a.push(
        a.mutation("patch", "task", task_id, ms=MOVED - 1, body="改约周六"),
        a.mutation("put", "purchase_line", line_id, ms=MOVED - 1, purchase_id=purchase_id, title="短靴"),
        a.mutation("patch", "task", task_id, ms=MOVED, body="太晚了"),
        now_ms=AFTER,
    )
    assert _codes(pushed) == [("applied", ""), ("applied", ""), ("rejected", "record.moved")]
    assert shops.where("purchase_line", line_id) == [b.scope]
    assert [row["body"] for row in rows_of(shops.engine, "task")] == ["改约周六"]


def test_late_edits_are_counted_with_the_transfer(shops: Shops) -> None:
    a, b, _ = shops.pcs
    manager = new_id()
    data = {"no": 1, "number": "M1", "name": "店长", "store_id": a.who.store_id, "role": "store_manager"}
    put_all(shops.engine, BRAND, "guide", {manager: data})
    client_id = _client(a)
    order = a.mutation("command", "client.transfer", client_id, to_store=b.who.store_id, reason="搬家")
    assert a.push(_by(order, manager), now_ms=MOVED).results == []
    a.push(
        a.mutation("patch", "client", client_id, ms=MOVED - 2, remark="早"),
        a.mutation("put", "note", new_id(), ms=MOVED - 1, client_id=client_id, body="早"),
        a.mutation("patch", "client", client_id, ms=AFTER, remark="晚"),
        now_ms=AFTER,
    )
    with shops.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT late, refused FROM transfer")).one() == (2, 1)


def _by(mutation: Mutation, guide_id: str) -> Mutation:
    return msgspec.structs.replace(mutation, by=guide_id)


def test_a_late_batch_sent_again_changes_nothing_and_is_answered_alike(shops: Shops) -> None:
    a, b, _ = shops.pcs
    client_id = _client(a)
    shops.move((a.scope, "client", client_id), b.scope)
    batch = [
        a.mutation("patch", "client", client_id, ms=MOVED - 1, remark="早"),
        a.mutation("put", "note", new_id(), ms=MOVED - 1, client_id=client_id, body="早"),
        a.mutation("patch", "client", client_id, ms=AFTER, remark="晚"),
    ]
    first = a.push(*batch, now_ms=AFTER)
    b.pull()
    stood = b.cursors[b.scope]
    assert a.push(*batch, now_ms=AFTER) == first
    b.pull()
    assert b.cursors[b.scope] == msgspec.structs.replace(stood, after=stood.seq)
    assert len(rows_of(shops.engine, "note")) == 1


def _merge(engine: Engine, scope: Scope, loser: str, survivor: str) -> None:
    def work(connection: Connection) -> None:
        writer = FeedWriter(connection, NOW)
        writer.change((scope, "client", loser), merged_into=survivor, archived_at=NOW)
        writer.flush()

    in_transaction(engine, work)


def test_what_is_said_about_a_double_goes_to_the_client_who_stays(shops: Shops) -> None:
    a, _, _ = shops.pcs
    first, second, third = (_client(a) for _ in range(3))
    _merge(shops.engine, a.scope, first, second)
    _merge(shops.engine, a.scope, second, third)
    note_id = new_id()
    pushed = a.push(
        a.mutation("put", "note", note_id, client_id=first, body="写给重复的那位"),
        a.mutation("patch", "client", first, ms=NOW + 1, remark="写给重复的那位"),
    )
    assert _codes(pushed) == [("applied", ""), ("applied", "")]
    assert all("merged" in result.detail for result in pushed.results)
    a.pull()
    assert a.held[a.scope, "note", note_id].data["client_id"] == third
    assert a.held[a.scope, "client", third].data["remark"] == "写给重复的那位"
    assert "remark" not in a.held[a.scope, "client", first].data
    assert a.digests() == a.promised()


def test_a_double_whose_survivor_moved_is_followed_there(shops: Shops) -> None:
    a, b, _ = shops.pcs
    loser, survivor, note_id = _client(a), _client(a), new_id()
    _merge(shops.engine, a.scope, loser, survivor)
    shops.move((a.scope, "client", survivor), b.scope)
    a.push(a.mutation("put", "note", note_id, ms=MOVED - 1, client_id=loser, body="早"), now_ms=AFTER)
    assert [(row["client_id"], store_scope(row["store_id"])) for row in rows_of(shops.engine, "note")] == [
        (survivor, b.scope)
    ]


def test_merges_that_point_in_a_ring_end(shops: Shops) -> None:
    a, _, _ = shops.pcs
    first, second = _client(a), _client(a)
    _merge(shops.engine, a.scope, first, second)
    _merge(shops.engine, a.scope, second, first)
    assert a.push(a.mutation("put", "note", new_id(), client_id=first, body="x")).last_mid == 3
    assert check_feed(shops.engine).ok


def _erase(shops: Shops, scope: Scope, client_id: str, at_ms: int = NOW) -> None:
    def work(connection: Connection) -> None:
        writer = FeedWriter(connection, at_ms)
        erase_client(writer, SECRET, scope, client_id, by=None, reason="本人要求")
        writer.flush()

    in_transaction(shops.engine, work)


@pytest.mark.parametrize("days", [1, 181, 4_000])
def test_nothing_brings_the_erased_back_however_late(shops: Shops, days: int) -> None:
    a, b, _ = shops.pcs
    client_id, moved_id = _client(a, phone="13800138000"), _client(a)
    shops.move((a.scope, "client", moved_id), b.scope)
    _erase(shops, a.scope, client_id, MOVED)
    _erase(shops, b.scope, moved_id, MOVED)
    later = MOVED + days * DAY_MS
    tidy(shops.engine, later)
    pushed = a.push(
        a.mutation("put", "client", client_id, ms=NOW + 1, name="王姐", phone="13800138000"),
        a.mutation("patch", "client", client_id, ms=NOW + 1, remark="又写"),
        *(
            a.mutation("put", kind, new_id(), ms=NOW + 1, client_id=who, **data)
            for who in (client_id, moved_id)
            for kind, data in (
                ("note", {"body": "x"}),
                ("client_tag", {"name": "x"}),
                ("task", {"title": "x"}),
                ("purchase", {"order_no": "R1", "at": NOW}),
            )
        ),
        now_ms=later,
    )
    assert {status for status, _ in _codes(pushed)} == {"rejected"}
    assert {code for _, code in _codes(pushed)} == {"record.gone"}
    for kind in ("client", "note", "client_tag", "task", "purchase"):
        assert rows_of(shops.engine, kind) == []
    assert not [frame for frame in pushed.records if not isinstance(frame, GoneFrame | LeaveFrame)]


def test_what_was_done_before_a_grant_ended_is_taken_and_nothing_is_shown_for_it(shops: Shops) -> None:
    a, b, _ = shops.pcs
    client_id = _client(b)
    a.who.scopes.append(b.scope)
    a.ended[b.scope] = MOVED
    pushed = a.push(
        a.mutation("patch", "client", client_id, ms=MOVED - 1, store=b.who.store_id, remark="还在帮忙"),
        a.mutation("put", "note", new_id(), ms=MOVED, store=b.who.store_id, client_id=client_id, body="已经结束"),
        now_ms=AFTER,
    )
    assert _codes(pushed) == [("rejected", "scope.forbidden")]
    assert (pushed.records, pushed.moves) == ([], [])
    b.pull()
    assert b.held[b.scope, "client", client_id].data["remark"] == "还在帮忙"
    assert rows_of(shops.engine, "note") == []


@settings(max_examples=15, deadline=None)
@given(
    stamps=st.lists(st.integers(NOW, MOVED + 20_000), min_size=1, max_size=8),
    hops=st.lists(st.integers(0, 2), min_size=1, max_size=3),
)
def test_every_late_note_is_with_its_client_or_refused(
    converging_engine: Engine, stamps: list[int], hops: list[int]
) -> None:
    codes = [f"S{new_id()[-6:]}" for _ in range(3)]
    for code in codes:
        make_store(converging_engine, code)
    a, b, c = (Pc(converging_engine, enrol_device(converging_engine, code), RULES) for code in codes)
    shops = Shops(converging_engine, (a, b, c))
    client_id = _client(a)
    at, here, left = MOVED, a.scope, None
    for hop in hops:
        if (to := shops.scopes[hop]) != here:
            shops.move((here, "client", client_id), to, at)
            left = at if here == a.scope else left
            here, at = to, at + 1_000
    notes = [
        a.mutation("put", "note", new_id(), ms=ms, counter=i, client_id=client_id, body=str(ms))
        for i, ms in enumerate(stamps)
    ]
    pushed = a.push(*notes, now_ms=MOVED + 30_000)
    refused = {result.mid for result in pushed.results if result.status == "rejected"}
    is_home = left is None or here == a.scope
    expected = {n.mid for n, ms in zip(notes, stamps, strict=True) if not is_home and ms >= (left or 0)}
    assert refused == expected
    for note in notes:
        assert shops.where("note", note.id) == ([] if note.mid in refused else [here])


def test_looking_up_what_left_costs_no_statement_a_mutation(shops: Shops) -> None:
    a, _, _ = shops.pcs
    clients = [_client(a) for _ in range(30)]
    asked: list[str] = []

    def listen(*args: Any) -> None:
        asked.append(args[2])

    sa.event.listen(shops.engine, "before_cursor_execute", listen)
    try:
        for size in (5, 30):
            asked.clear()
            notes = [a.mutation("put", "note", new_id(), client_id=c, body="x") for c in clients[:size]]
            a.push(*notes)
            if size == 5:
                few = len(asked)
        assert len(asked) == few
    finally:
        sa.event.remove(shops.engine, "before_cursor_execute", listen)


def test_a_note_that_comes_while_its_client_is_being_moved_moves_or_waits(shops: Shops) -> None:
    """The mover holds the client, so the note is written before she moves or goes after her; never left behind."""
    a, b, _ = shops.pcs
    client_id, note_id = _client(a), new_id()
    note = a.mutation("put", "note", note_id, ms=NOW + 1, client_id=client_id, body="正好同时")
    with ThreadPoolExecutor(1) as pool:
        with shops.engine.begin() as connection:
            writer = FeedWriter(connection, MOVED)
            writer.load([(a.scope, "client", client_id)])
            job = pool.submit(partial(a.push, note, now_ms=AFTER))
            _until_waiting(shops.engine, job)
            writer.move((a.scope, "client", client_id), b.scope)
            writer.flush()
        assert _codes(job.result(20)) == [("applied", "")]
    assert shops.where("note", note_id) == [b.scope]


def _until_waiting(engine: Engine, job: Future[Pushed]) -> None:
    """Until another session waits for a lock, or is through without."""
    waiting = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not job.done() and not connection.scalar(waiting):
            connection.execute(sa.text("SELECT pg_sleep(0.01)"))


@pytest.mark.parametrize("kind", ["note", "client"])
def test_a_client_who_comes_back_while_one_looks_for_her_is_found_at_home(shops: Shops, kind: str) -> None:
    """Between the look for the client and the look for her mark she returns: the mark of her old leave is no guide."""
    a, b, _ = shops.pcs
    client_id, note_id = _client(a), new_id()
    shops.move((a.scope, "client", client_id), b.scope)
    came_back: list[bool] = []

    def listen(*args: Any) -> None:
        if "FROM gone" in args[2] and not came_back:
            came_back.append(True)
            shops.move((b.scope, "client", client_id), a.scope, MOVED + 1_000)

    note = ("put", "note", note_id, {"client_id": client_id, "body": "她回来了"})
    edit = ("patch", "client", client_id, {"remark": "她回来了"})
    op, of, record_id, data = note if kind == "note" else edit
    sa.event.listen(shops.engine, "before_cursor_execute", listen)
    try:
        assert a.push(a.mutation(op, of, record_id, ms=AFTER, **data), now_ms=AFTER).results == []  # type: ignore[arg-type]  # literals
    finally:
        sa.event.remove(shops.engine, "before_cursor_execute", listen)
    assert came_back == [True]
    assert shops.where(of, record_id) == shops.where("client", client_id) == [a.scope]
    assert "她回来了" in (rows_of(shops.engine, of)[0]["remark" if kind == "client" else "body"])


def test_a_late_new_record_is_purged_where_it_was_written_and_can_still_be_edited(shops: Shops) -> None:
    a, b, _ = shops.pcs
    client_id, task_id, note_id = _client(a), new_id(), new_id()
    shops.move((a.scope, "client", client_id), b.scope)
    pushed = a.push(
        a.mutation("put", "task", task_id, ms=MOVED - 3, client_id=client_id, title="回访"),
        a.mutation("patch", "task", task_id, ms=MOVED - 2, body="同一批里又改"),
        a.mutation("put", "note", note_id, ms=MOVED - 1, client_id=client_id, body="早"),
        now_ms=AFTER,
    )
    assert _codes(pushed) == [("applied", "")] * 3
    left = {frame.id for frame in pushed.records if isinstance(frame, LeaveFrame)}
    assert left == {task_id, note_id}
    a.push(a.mutation("patch", "task", task_id, ms=MOVED - 1, title="周六回访"), now_ms=AFTER)
    late = a.push(a.mutation("patch", "task", task_id, ms=MOVED, title="太晚"), now_ms=AFTER)
    assert _codes(late) == [("rejected", "record.moved")]
    (task,) = rows_of(shops.engine, "task")
    assert (task["title"], task["body"], store_scope(task["store_id"])) == ("周六回访", "同一批里又改", b.scope)
    for pc in (a, b):
        pc.pull()
        assert pc.digests() == pc.promised()
    assert check_feed(shops.engine).ok


def test_where_a_client_went_is_remembered_for_good(shops: Shops) -> None:
    """A copied disk hands in years later what the original had handed in long ago: nobody lives in two stores."""
    a, b, _ = shops.pcs
    client_id, note_id = _client(a), new_id()
    a.push(a.mutation("put", "note", note_id, client_id=client_id, body="原文"))
    for kind, record_id in (("client", client_id), ("note", note_id)):
        shops.move((a.scope, kind, record_id), b.scope)
    later = MOVED + 1_000 * DAY_MS
    tidy(shops.engine, later)
    copy = Pc(shops.engine, enrol_device(shops.engine, "SH01", "副本"), RULES)
    copy.push(
        copy.mutation("put", "client", client_id, name="王姐"),
        copy.mutation("put", "note", note_id, ms=NOW + 1, client_id=client_id, body="原文"),
        now_ms=later,
    )
    assert shops.where("client", client_id) == shops.where("note", note_id) == [b.scope]
    assert check_feed(shops.engine).ok
