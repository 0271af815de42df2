"""A scope by buckets: what is in them is what the scope holds, and who differs finds where."""

from __future__ import annotations

import threading
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from guide_app.protocol.digest import BUCKETS, bucket_digests, bucket_of, shift
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import EndFrame, RecordFrame, ScopeFrame, page_end
from guide_app.protocol.scopes import BRAND
from head_office.feed.buckets import BucketReader, bucket_page
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store.engine import repeatable_read
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id, put_all


@pytest.fixture
def pc(office_engine: Engine) -> Pc:
    make_store(office_engine)
    pc = Pc(office_engine, enrol_device(office_engine))
    put_all(office_engine, pc.scope, "client", {new_id(): {"name": f"客户{i}"} for i in range(40)})
    put_all(office_engine, pc.scope, "note", {new_id(): {"client_id": new_id(), "body": "x"} for _ in range(40)})
    return pc


def _by_bucket(pc: Pc) -> list[tuple[str, int]]:
    mine = [(f.kind, f.id, f.seq) for f in pc.held.values() if f.scope == pc.scope]
    return bucket_digests(mine)


def test_sums_of_the_buckets_are_those_of_the_scope_and_of_who_holds_it(pc: Pc) -> None:
    pc.pull()
    with repeatable_read(pc.engine) as connection:
        found = BucketReader().sums(connection, pc.scope)
    place = pc.cursors[pc.scope]
    assert (found.epoch, found.seq, found.n_live, found.digest) == (place.epoch, place.seq, place.n_live, place.digest)
    assert len(found.buckets) == BUCKETS
    assert [tuple(one) for one in found.buckets] == _by_bucket(pc)
    assert sum(n for _, n in found.buckets) == found.n_live == 80
    assert shift("0" * 16, add=(int(digest, 16) for digest, _ in found.buckets)) == found.digest


def test_reading_the_buckets_that_differ_makes_both_equal(pc: Pc) -> None:
    """What a PC does whose book was damaged, or that missed tombstones that are no longer kept."""
    pc.pull()
    keys = sorted(key for key in pc.held if key[1] == "client")
    lost, gone, old = keys[0], keys[1], keys[2]

    def change(connection: Connection) -> None:
        writer = FeedWriter(connection, NOW)
        writer.remove(gone)
        writer.change(old, remark="新")
        writer.flush()

    in_transaction(pc.engine, change)
    del pc.held[lost]
    with repeatable_read(pc.engine) as connection:
        theirs = BucketReader().sums(connection, pc.scope)
        differ = {i for i, (a, b) in enumerate(zip(theirs.buckets, _by_bucket(pc), strict=True)) if tuple(a) != b}
        assert differ == {bucket_of("client", key[2]) for key in (lost, gone, old)}
        frames = bucket_page(connection, pc.scope, differ, last_mid=7, now_ms=NOW)
    end = page_end(frames)
    assert (end.last_mid, end.server_ms) == (7, NOW)
    assert {bucket_of(f.kind, f.id) for f in frames if isinstance(f, RecordFrame)} <= differ
    for key in [key for key in pc.held if key[0] == pc.scope and bucket_of(key[1], key[2]) in differ]:
        del pc.held[key]
    pc.held.update({(f.scope, f.kind, f.id): f for f in frames if isinstance(f, RecordFrame)})
    (place,) = [f for f in frames if isinstance(f, ScopeFrame)]
    pc.cursors[pc.scope] = place
    assert (place.more, place.seq) == (False, theirs.seq)
    assert pc.digests() == pc.promised()
    assert pc.held[old].data["remark"] == "新"
    assert isinstance(frames[-1], EndFrame)


def test_all_buckets_together_are_a_first_load(pc: Pc) -> None:
    pc.pull()
    with repeatable_read(pc.engine) as connection:
        pages = [
            bucket_page(connection, scope, range(first, first + 32), last_mid=0, now_ms=NOW)
            for scope in (BRAND, pc.scope)
            for first in range(0, BUCKETS, 32)
        ]
    read = {(f.scope, f.kind, f.id): f for page in pages for f in page if isinstance(f, RecordFrame)}
    assert read == pc.held


def test_sums_are_counted_once_for_each_place_of_the_head(pc: Pc) -> None:
    asked: list[str] = []

    def listen(*args: Any) -> None:
        asked.append(args[2])

    reader, counts = BucketReader(), []
    sa.event.listen(pc.engine, "before_cursor_execute", listen)
    try:
        for step in range(3):
            asked.clear()
            for _ in range(3):
                with repeatable_read(pc.engine) as connection:
                    assert reader.sums(connection, pc.scope).n_live == 80 + step
            counts.append(sum(sql.startswith("SELECT id::text, seq FROM") for sql in asked))
            put_all(pc.engine, pc.scope, "client", {new_id(): {"name": "又一位"}})
    finally:
        sa.event.remove(pc.engine, "before_cursor_execute", listen)
    assert counts == [len([kind for kind in KINDS.values() if kind.scope == "store"])] * 3


def test_many_askers_at_once_get_what_their_own_snapshot_holds(pc: Pc) -> None:
    reader = BucketReader()
    barrier = threading.Barrier(6)
    wrong: list[str] = []

    def ask() -> None:
        barrier.wait(20)
        for _ in range(10):
            with repeatable_read(pc.engine) as connection:
                found = reader.sums(connection, pc.scope)
                live = connection.scalar(sa.text("SELECT (SELECT count(*) FROM client) + (SELECT count(*) FROM note)"))
            if (found.n_live, sum(n for _, n in found.buckets)) != (live, live):
                wrong.append(f"{found.n_live} for {live}")

    def write() -> None:
        barrier.wait(20)
        for _ in range(20):
            put_all(pc.engine, pc.scope, "client", {new_id(): {"name": "又一位"}})

    threads = [threading.Thread(target=ask) for _ in range(5)] + [threading.Thread(target=write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
