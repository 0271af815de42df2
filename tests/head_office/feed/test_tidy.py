from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS
from guide_app.protocol.messages import RecordFrame
from head_office.enrolment.codes import make_enrol_code
from head_office.feed.check import check_feed
from head_office.feed.tidy import TOMBSTONE_DAYS, Tidied, tidy
from head_office.feed.write import FeedWriter, in_transaction
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id, put_all


def _end(pc: Pc, client_id: str, now_ms: int) -> None:
    def work(connection: Connection) -> None:
        writer = FeedWriter(connection, now_ms)
        writer.remove((pc.scope, "client", client_id))
        writer.flush()

    in_transaction(pc.engine, work)


def test_old_tombstones_go_and_who_missed_them_goes_on_and_sees_it_in_the_digest(office_engine: Engine) -> None:
    make_store(office_engine)
    away, near = (Pc(office_engine, enrol_device(office_engine)) for _ in range(2))
    first, second, third = (new_id() for _ in range(3))
    put_all(office_engine, away.scope, "client", {i: {"name": "甲"} for i in (first, second, third)})
    away.pull()
    _end(away, first, NOW)
    near.pull()
    later = NOW + (TOMBSTONE_DAYS + 1) * DAY_MS
    _end(away, second, later)
    assert tidy(office_engine, later) == Tidied(tombstones=1, answers=0, results=0, codes=2, quarantined=0)
    assert check_feed(office_engine).ok

    near.pull()
    assert {key[2] for key in near.held if key[1] == "client"} == {third}
    assert near.digests() == near.promised()
    frames = away.page()
    assert not [frame for frame in frames if isinstance(frame, RecordFrame)]
    assert {key[2] for key in away.held if key[1] == "client"} == {first, third}
    assert away.digests() != away.promised()
    assert away.cursors[away.scope].seq == near.cursors[near.scope].seq
    assert tidy(office_engine, later).tombstones == 0


def test_where_clients_and_receipts_went_is_never_forgotten_and_the_floor_never_sinks(office_engine: Engine) -> None:
    store_id, other = make_store(office_engine), make_store(office_engine, "SH02")
    with office_engine.begin() as connection:
        for n, (kind, mark) in enumerate([("client", "l"), ("purchase", "l"), ("note", "l"), ("purchase", "g")], 1):
            connection.exec_driver_sql(
                "INSERT INTO gone (store_id, kind, id, seq, mark, to_store, at_ms) VALUES (%s, %s, %s, %s, %s, %s, %s)",
                (store_id, kind, new_id(), n, mark, other, NOW),
            )
        connection.exec_driver_sql("UPDATE feed_head SET floor_seq = 9 WHERE store_id = %s", (store_id,))
    assert tidy(office_engine, NOW + (TOMBSTONE_DAYS + 1) * DAY_MS).tombstones == 2
    with office_engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT kind, mark FROM gone ORDER BY kind").all()
        floor = connection.exec_driver_sql("SELECT floor_seq FROM feed_head WHERE store_id = %s", (store_id,)).scalar()
    assert ([tuple(row) for row in left], floor) == ([("client", "l"), ("purchase", "l")], 9)


def test_spent_and_stale_leftovers_go(office_engine: Engine) -> None:
    make_store(office_engine)
    pc = Pc(office_engine, enrol_device(office_engine))
    pc.push(pc.mutation("patch", "client", new_id(), name="无此人"))
    in_transaction(office_engine, lambda c: make_enrol_code(c, "SH01", NOW + 200 * DAY_MS))
    with office_engine.begin() as connection:
        connection.execute(
            sa.text("INSERT INTO idempotency VALUES (gen_random_uuid(), 'k', '', 200, '', :at)"), {"at": NOW}
        )
    assert tidy(office_engine, NOW + 200 * DAY_MS) == Tidied(tombstones=0, answers=1, results=1, codes=1, quarantined=1)
