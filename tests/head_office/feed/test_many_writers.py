"""Writers of every sort beside one another: nothing is missed or split, and the database's refusals are survived."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import pytest
import sqlalchemy as sa
from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from guide_app.protocol.hlc import HybridClock
from guide_app.protocol.messages import Cursor, Mutation, RecordFrame, ScopeFrame
from guide_app.protocol.scopes import BRAND, Scope
from head_office.deeds import push_rules
from head_office.feed.check import check_feed
from head_office.feed.heads import lock_heads
from head_office.feed.read import pull
from head_office.feed.rows import Gone
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store.engine import Timeouts, make_engine, repeatable_read
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id, put_all, rows_of

ROUNDS = 12


@pytest.fixture
def pcs(office_engine: Engine) -> list[Pc]:
    for code in ("SH01", "SH02", "SH03"):
        make_store(office_engine, code, code)
    rules = push_rules(SECRET)
    return [Pc(office_engine, enrol_device(office_engine, code), rules) for code in ("SH01", "SH02", "SH03")]


def _pusher(pc: Pc, clients: list[str], seed: int) -> list[str]:
    """A PC's pushes: new clients with notes, edits of known ones, wherever they are by now; returns the notes' ids."""
    rng = random.Random(seed)  # noqa: S311 - a test's dice
    ticks = iter(range(NOW, NOW + 10_000_000))
    clock = HybridClock(lambda: next(ticks), pc.who.tag)
    notes = []
    for round_no in range(ROUNDS):
        batch = []
        for _ in range(6):
            note = new_id()
            notes.append(note)
            known = rng.choice(clients)
            for op, kind, record_id, data in (
                ("put", "note", note, {"client_id": known, "body": f"{seed}-{round_no}"}),
                ("patch", "client", known, {"remark": f"{seed}-{round_no}"}),
                ("put", "client", new_id(), {"name": f"{seed}-{round_no}"}),
            ):
                pc.mid += 1
                batch.append(Mutation(pc.mid, op, kind, record_id, pc.who.store_id, clock.tick(), data))  # type: ignore[arg-type]  # literals in a loop
        pc.push(*batch, now_ms=NOW + round_no)
    return notes


def _till(engine: Engine, scope: Scope, seed: int) -> None:
    """The ERP's writes: purchases and stock, many rows at once."""
    for round_no in range(ROUNDS):
        orders = [f"{seed}-{round_no}-{i}" for i in range(15)]
        put_all(engine, scope, "purchase", {new_id(): {"order_no": order, "at": NOW} for order in orders})
        put_all(engine, scope, "target", {new_id(): {"month": "2026-06"} for _ in range(5)})
        put_all(engine, BRAND, "tag", {new_id(): {"name": f"{seed}-{round_no}"}})


def _mover(engine: Engine, scopes: list[Scope], clients: list[str], seed: int) -> None:
    """Transfers: a client and her notes from wherever she is to another store, both scopes in one transaction."""
    rng = random.Random(seed)  # noqa: S311 - a test's dice
    for round_no in range(ROUNDS * 2):
        client_id, to = rng.choice(clients), rng.choice(scopes)

        def work(connection: Connection, client_id: str = client_id, to: Scope = to, at: int = round_no) -> None:
            writer = FeedWriter(connection, NOW + 20_000_000 + at)
            here = [scope for scope in scopes if writer.get((scope, "client", client_id)) is not None]
            if here in ([], [to]):
                return
            found = connection.execute(
                sa.text("SELECT id::text FROM note WHERE store_id = :s AND client_id = :c"),
                {"s": here[0].removeprefix("store:"), "c": client_id},
            ).scalars()
            keys = [(here[0], "note", note) for note in found]
            writer.load(keys)
            for key in [(here[0], "client", client_id), *keys]:
                if writer.get(key) is not None:
                    writer.move(key, to)
            writer.flush()

        in_transaction(engine, work)


def _reader(engine: Engine, scopes: list[Scope], stop: threading.Event) -> tuple[Pc, list[str]]:
    """A PC that sees all stores and pulls small pages all the while; at every place where it is level, it checks."""
    reader = Pc(engine, enrol_device(engine, "SH01", "区域经理"))
    wrong: list[str] = []
    left = 200  # pages after the last write; a feed that never comes level must not hold the test for ever
    while left:
        last_round = stop.is_set()
        left -= last_round
        cursors = [Cursor(c.scope, c.epoch, c.seq) for c in reader.cursors.values()]
        with repeatable_read(engine) as connection:
            frames = pull(connection, [BRAND, *scopes], cursors, 70, last_mid=0, now_ms=NOW)
        places: dict[Scope, int] = {}
        for frame in frames:
            if isinstance(frame, RecordFrame):
                if frame.seq <= places.get(frame.scope, 0):
                    wrong.append(f"{frame.scope} went back to {frame.seq}")
                places[frame.scope] = frame.seq
            reader._take(frame)
        level = [frame for frame in frames if isinstance(frame, ScopeFrame) and not frame.more]
        held = reader.digests()
        wrong += [f"{f.scope} at {f.seq}" for f in level if held[f.scope] != (f.n_live, f.digest)]
        if len(level) == len(scopes) + 1:
            seen = [key[2] for key in reader.held if key[1] == "client"]
            wrong += ["a client in two stores"] if len(seen) != len(set(seen)) else []
            if last_round:
                return reader, wrong
    return reader, [*wrong, "never level"]


@pytest.mark.parametrize("seed", [1, 2])
def test_pushes_tills_and_transfers_beside_a_puller_that_misses_nothing(pcs: list[Pc], seed: int) -> None:
    engine, scopes = pcs[0].engine, [pc.scope for pc in pcs]
    clients = [new_id() for _ in range(12)]
    own = {pc.scope: clients[4 * i : 4 * i + 4] for i, pc in enumerate(pcs)}
    for scope, ids in own.items():
        put_all(engine, scope, "client", {i: {"name": "王姐"} for i in ids})
    stop = threading.Event()
    with ThreadPoolExecutor(9) as pool:
        reading = [pool.submit(_reader, engine, scopes, stop) for _ in range(2)]
        pushing = [pool.submit(_pusher, pc, own[pc.scope], seed * 10 + i) for i, pc in enumerate(pcs)]
        others = [pool.submit(_till, engine, scopes[i], seed * 10 + i) for i in range(2)]
        others += [pool.submit(_mover, engine, scopes, clients, seed * 10 + i) for i in range(2)]
        try:
            for job in others:
                job.result(120)
            notes = [note for job in pushing for note in job.result(120)]
        finally:
            stop.set()
        read = [job.result(120) for job in reading]
    assert check_feed(engine).ok
    home = {row["id"]: row["store_id"] for row in rows_of(engine, "client")}
    found = {row["id"]: row for row in rows_of(engine, "note")}
    assert sorted(found) == sorted(notes)
    assert [n for n, row in found.items() if home[row["client_id"]] != row["store_id"]] == []
    for reader, wrong in read:
        assert wrong == []
        assert reader.digests() == reader.promised()
        assert {key[2] for key in reader.held if key[1] == "note"} == set(notes)


@contextmanager
def _holding(engine: Engine, scope: Scope) -> Iterator[None]:
    """Another writer that holds the head of a scope and does not let go."""
    with engine.begin() as connection:
        lock_heads(connection, [scope])
        yield


def test_a_writer_that_waits_in_vain_gives_up_and_succeeds_when_it_comes_again(office_url: str, pcs: list[Pc]) -> None:
    impatient = make_engine(office_url, timeouts=Timeouts(lock=150))
    pc = pcs[0]
    pc.engine = impatient
    note = pc.mutation("put", "note", new_id(), client_id=new_id(), body="一次")
    tries: list[int] = []
    sa.event.listen(impatient, "begin", lambda _connection: tries.append(1))
    try:
        with _holding(pcs[1].engine, pc.scope), pytest.raises(OperationalError) as caught:
            pc.push(note)
        assert tries == [1]
        assert isinstance(caught.value.orig, LockNotAvailable)
        assert pc.push(note).last_mid == 1
        assert pc.push(note).last_mid == 1
    finally:
        impatient.dispose()
    assert [row["body"] for row in rows_of(pcs[1].engine, "note")] == ["一次"]


def test_a_deadlock_costs_a_second_try_and_nothing_else(pcs: list[Pc]) -> None:
    """Two deeds that lock two clients in opposite order: PostgreSQL ends one, which begins again."""
    engine, scope = pcs[0].engine, pcs[0].scope
    first, second = sorted(new_id() for _ in range(2))
    put_all(engine, scope, "client", {first: {"name": "甲", "remark": ""}, second: {"name": "乙", "remark": ""}})
    barrier = threading.Barrier(2)
    tries: list[str] = []

    def deed(connection: Connection, name: str, order: tuple[str, str], met: list[bool]) -> None:
        tries.append(name)
        writer = FeedWriter(connection, NOW)
        writer.load([(scope, "client", order[0])])
        if not met:
            met.append(True)
            barrier.wait(20)
        writer.load([(scope, "client", order[1])])
        for record_id in order:
            row = writer.get((scope, "client", record_id))
            assert row is not None
            writer.change((scope, "client", record_id), remark=row.data["remark"] + name)
        writer.flush()

    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(in_transaction, engine, partial(deed, name=name, order=order, met=[]))
            for name, order in (("a", (first, second)), ("b", (second, first)))
        ]
        for job in jobs:
            job.result(60)
    assert len(tries) > 2
    assert {"".join(sorted(row["remark"])) for row in rows_of(engine, "client")} == {"ab"}
    assert check_feed(engine).ok


def test_a_deadlock_that_never_ends_is_raised_after_some_tries(office_engine: Engine) -> None:
    tries: list[int] = []

    def work(_connection: Connection) -> None:
        tries.append(1)
        raise OperationalError("SELECT", {}, DeadlockDetected("deadlock"))

    with pytest.raises(OperationalError):
        in_transaction(office_engine, work)
    assert len(tries) == 4


def test_both_heads_of_a_move_are_taken_in_one_order(pcs: list[Pc]) -> None:
    """Moves to and fro at once: heads are locked ascending, so nobody waits in a ring at the end of his work."""
    engine = pcs[0].engine
    there, back = pcs[0].scope, pcs[1].scope
    ids = [new_id() for _ in range(2)]
    put_all(engine, there, "client", {ids[0]: {"name": "甲"}})
    put_all(engine, back, "client", {ids[1]: {"name": "乙"}})
    tries: list[str] = []

    def move(connection: Connection, record_id: str, scopes: tuple[Scope, Scope]) -> None:
        tries.append(record_id)
        writer = FeedWriter(connection, NOW)
        here, to = scopes if writer.get((scopes[0], "client", record_id)) is not None else scopes[::-1]
        writer.move((here, "client", record_id), to)
        writer.flush()

    def shuttle(record_id: str, scopes: tuple[Scope, Scope]) -> None:
        for _ in range(20):
            in_transaction(engine, partial(move, record_id=record_id, scopes=scopes))

    jobs: list[Callable[[], None]] = [
        partial(shuttle, ids[0], (there, back)),
        partial(shuttle, ids[1], (back, there)),
    ]
    with ThreadPoolExecutor(2) as pool:
        for job in [pool.submit(job) for job in jobs]:
            job.result(60)
    assert len(tries) == 40
    assert check_feed(engine).ok
    with engine.connect() as connection:
        writer = FeedWriter(connection, NOW)
        assert not isinstance(writer.held((there, "client", ids[0])), Gone)
