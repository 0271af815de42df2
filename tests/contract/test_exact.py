"""Buckets, new histories, hints, chains, clocks, poison, other PCs: what makes sync exact, at both offices."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

import msgspec
import pytest
from sqlalchemy import event

from guide_app.protocol.digest import BUCKETS, bucket_digests
from guide_app.protocol.messages import Cursor, Mutation, RecordFrame, ScopeFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store import cursors, outbox
from guide_app.store.holding import held_digest
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.errors import OfficeRefusedError, SyncStuckError
from guide_app.sync.office import Office
from guide_app.sync.transport import Limits, Transport
from tests.contract.offices import OTHER, OfficeUnderTest, OnPostgres, device_id, furnish
from tests.helpers.desk import PATIENT, TestDesk
from tests.helpers.plain_book import KEY, STORE, HeldClock

Make = Callable[..., TestDesk]
SCOPE = store_scope(STORE)
CLIENT = "018f0000-0000-7000-8000-00000000c0"


def assert_equal(office: OfficeUnderTest, *desks: TestDesk) -> None:
    for desk in desks:
        for scope in (BRAND, SCOPE):
            assert desk.db.query(lambda c, s=scope: held_digest(c, s)) == office.stands(scope), scope  # type: ignore[misc]


def places(desk: TestDesk) -> list[Cursor]:
    return [stand.cursor for stand in desk.db.query(cursors.read_stands).values()]


def crowd(office: OfficeUnderTest, n: int) -> None:
    for i in range(n):
        office.write("client", f"{CLIENT}{i:02x}", {"name": f"客{i}"})


def test_the_buckets_are_the_scope_and_nothing_else(desk_of: Make, office: OfficeUnderTest) -> None:
    crowd(office, 40)
    one = desk_of(1)
    asked = Office(one.transport)
    told = asked.buckets(SCOPE)
    assert (told.digest, told.n_live) == office.stands(SCOPE)
    assert len(told.buckets) == BUCKETS
    assert sum(n for _, n in told.buckets) == told.n_live
    rows: list[tuple[str, str, int]] = []
    for first in range(0, BUCKETS, 32):
        page = asked.bucket(SCOPE, range(first, first + 32))
        rows += [(f.kind, f.id, f.seq) for f in page.frames if isinstance(f, RecordFrame)]
        (place,) = [f for f in page.frames if isinstance(f, ScopeFrame)]
        assert (place.scope, place.epoch, place.seq, place.more) == (SCOPE, told.epoch, told.seq, False)
    assert bucket_digests(rows) == [tuple(bucket) for bucket in told.buckets]


def test_a_scope_that_is_not_granted_does_not_exist(desk_of: Make, office: OfficeUnderTest) -> None:
    furnish(office)
    one = desk_of(1)
    asked = Office(one.transport)
    for ask in (lambda: asked.buckets(store_scope(OTHER)), lambda: asked.bucket(store_scope(OTHER), [1])):
        with pytest.raises(OfficeRefusedError) as caught:
            ask()
        assert caught.value.code == "not_found"


def test_a_new_history_is_told_without_a_record_and_reconciled(desk_of: Make, office: OfficeUnderTest) -> None:
    crowd(office, 20)
    one = desk_of(1)
    one.sync()
    before = places(one)
    office.new_history()
    office.write("client", f"{CLIENT}05", {"remark": "之后"})
    kept = one.put("client", name="未上交的")
    page = Office(one.transport).pull(before)
    assert page is not None
    assert not [f for f in page.frames if isinstance(f, RecordFrame)]
    said = [f for f in page.frames if isinstance(f, ScopeFrame)]
    assert {(f.scope, f.seq, f.more) for f in said} == {(BRAND, 0, True), (SCOPE, 0, True)}
    report = one.sync()
    assert set(report.repaired) == {BRAND, SCOPE}
    assert one.field("client", f"{CLIENT}05", "remark") == "之后"
    assert one.field("client", kept, "name") == "未上交的"
    assert_equal(office, one)


def test_a_pc_that_was_away_longer_than_tombstones_last_is_mended_by_its_digest(
    desk_of: Make, office: OfficeUnderTest
) -> None:
    crowd(office, 20)
    one = desk_of(1)
    one.sync()
    for i in range(5):
        office.end("client", f"{CLIENT}{i:02x}", "x")
    office.tidy()
    office.write("client", f"{CLIENT}10", {"remark": "之后"})
    report = one.sync()
    assert report.repaired == (SCOPE,)
    assert one.scalar("SELECT count(*) FROM client") == 15
    assert report.pulled < 15, "what is equal is not read again"
    assert_equal(office, one)


def test_a_hint_waits_while_there_is_no_news_and_ends_with_it(desk_of: Make, office: OfficeUnderTest) -> None:
    one = desk_of(1)
    one.sync()
    patient = Transport(office.origin, one.scalar("SELECT token FROM device"), one.clock, limits=Limits(2.0, 20.0))  # type: ignore[arg-type]
    try:
        began = time.monotonic()
        assert not Office(patient).hint(places(one), 1).news
        assert time.monotonic() - began > 0.9
        office.write("client", f"{CLIENT}00", {"name": "王"})
        assert Office(patient).hint(places(one), 15).news
        assert time.monotonic() - began < 10
    finally:
        patient.close()


def test_the_pcs_of_a_store_see_how_the_others_stand(desk_of: Make, office: OfficeUnderTest, clock: HeldClock) -> None:
    furnish(office)
    one, two, _ = desk_of(1), desk_of(2), desk_of(3, OTHER)
    two.sync()
    Office(two.transport).pull(places(two), waiting=7)
    clock.move(60_000)
    pcs = {pc.id: pc for pc in Office(one.transport).store_pcs().pcs}
    assert set(pcs) == {device_id(one), device_id(two)}
    assert (pcs[device_id(two)].name, pcs[device_id(two)].store_id) == ("1号机", STORE)


def test_a_copied_disk_is_found_out_and_both_keep_their_work(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock, tmp_path: Path
) -> None:
    one = desk_of(1)
    one.put("client", name="从前")
    one.sync()
    one.db.close()
    shutil.copytree(tmp_path / "pc1", tmp_path / "copy")
    twins = [TestDesk(tmp_path / name, office.origin, clock, seed=n) for n, name in enumerate(("pc1", "copy"), 8)]
    try:
        for twin, name in zip(twins, ("正本", "副本"), strict=True):
            twin.put("client", name=name)
        twins[0].sync()
        with pytest.raises(SyncStuckError) as caught:
            twins[1].sync()
        assert caught.value.code == "device.forked"
        fresh = Transport(office.origin, None, clock, limits=PATIENT)
        enrol(twins[1].db, fresh, office.origin, Application(office.code(), "2号机", "0.1.0", KEY), rejoin=True)
        fresh.close()
        again = TestDesk(tmp_path / "copy", office.origin, clock)
        twins.append(again)
        again.sync()
        twins[0].sync()
        for twin in (twins[0], again):
            names = twin.db.query(lambda c: [r[0] for r in c.exec_driver_sql("SELECT name FROM client ORDER BY name")])
            assert names == ["从前", "副本", "正本"]
        assert_equal(office, twins[0], again)
    finally:
        for twin in twins:
            twin.close()


def test_a_clock_far_ahead_keeps_the_order_of_its_own_edits(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one = desk_of(1)
    asked = Office(one.transport)
    year = 365 * 86_400_000

    def stamp(ms: int, counter: int) -> str:
        return f"{ms:012x}{counter:04x}.0000000a"

    client, now = f"{CLIENT}77", clock.now_ms()
    asked.push([Mutation(1, "put", "client", client, STORE, stamp(now + year, 9), {"name": "王"})], "")
    edits = [("先", now + year, 65_535), ("后", now + year + 1, 0), ("末", now + year + 2, 0)]
    for mid, (remark, ms, counter) in enumerate(edits, 2):
        asked.push([Mutation(mid, "patch", "client", client, STORE, stamp(ms, counter), {"remark": remark})], "")
    told = office.read("client", client)
    assert told is not None
    assert told["remark"] == "末"


def test_a_void_settles_its_number_and_is_taken_in_after_all(desk_of: Make, office: OfficeUnderTest) -> None:
    one = desk_of(1)
    one.sync()
    note = one.put("note", client_id=f"{CLIENT}01", body="总部消化不了的")
    (mutation,) = one.db.query(lambda c: outbox.waiting(c, 10))
    inner = {"op": mutation.op, "data": msgspec.json.encode(mutation.data).decode()}
    void = msgspec.structs.replace(mutation, op="void", data=inner)
    pushed, _ = Office(one.transport).push([void], "0" * 16)
    assert [(r.mid, r.status, r.code) for r in pushed.results] == [(1, "rejected", "office.internal")]
    again, _ = Office(one.transport).push([void], "0" * 16)
    assert (again.results, again.chain) == (pushed.results, pushed.chain)
    assert office.read("note", note) is None
    assert office.replay() == []
    told = office.read("note", note)
    assert told is not None
    assert told["body"] == "总部消化不了的"
    page = Office(one.transport).pull(places(one))
    assert page is not None
    assert page.end.revised == [1]


def test_a_pc_that_is_shut_out_destroys_its_book_and_says_so(desk_of: Make, office: OfficeUnderTest) -> None:
    crowd(office, 3)
    one = desk_of(1)
    one.sync()
    name = device_id(one)
    office.revoke(name)
    with pytest.raises(OfficeRefusedError) as caught:
        one.sync()
    assert caught.value.code == "device.revoked"
    assert one.scalar("SELECT count(*) FROM client") == 0
    assert office.wiped(name)


@pytest.mark.parametrize("token", [None, "x" * 43, "revoked"])
def test_no_route_serves_who_is_not_let_in(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock, token: str | None
) -> None:
    crowd(office, 3)
    one = desk_of(1)
    if token == "revoked":
        token = str(one.scalar("SELECT token FROM device"))
        office.revoke(device_id(one))
    transport = Transport(office.origin, token, clock, limits=PATIENT)
    asked = Office(transport)
    asks: list[Callable[[], object]] = [
        lambda: asked.pull([]),
        lambda: asked.hint([], 1),
        lambda: asked.buckets(SCOPE),
        lambda: asked.bucket(SCOPE, [0]),
        asked.store_pcs,
        lambda: asked.push([], ""),
        lambda: asked.erased([f"{CLIENT}01"]),
    ]
    try:
        for ask in asks:
            with pytest.raises(OfficeRefusedError) as caught:
                ask()
            assert caught.value.code in {"auth.missing", "auth.invalid", "device.revoked"}
    finally:
        transport.close()


@pytest.mark.parametrize("office", ["postgres"], indirect=True)
def test_an_idle_pull_costs_300_bytes_and_one_question_of_the_database(desk_of: Make, office: OnPostgres) -> None:
    one = desk_of(1)
    one.sync()
    asked: list[str] = []
    event.listen(office.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    host, port = office.origin.removeprefix("http://").split(":")
    query = urlencode([("c", cursor.text()) for cursor in places(one)])
    token = one.scalar("SELECT token FROM device")
    lines = (
        "GET /sync/v1/pull?{} HTTP/1.1",
        "Host: {}",
        "Authorization: Bearer {}",
        "Guide-Schema: 2",
        "Connection: close",
    )
    request = "\r\n".join(lines).format(query, host, token)
    with socket.create_connection((host, int(port)), timeout=10) as line:
        line.sendall(f"{request}\r\n\r\n".encode())
        heard = b"".join(iter(lambda: line.recv(4096), b""))
    assert heard.startswith(b"HTTP/1.1 304")
    assert len(heard) <= 300, "I13 idle: too many bytes"
    reads = [text for text in asked if text.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert len(reads) == 1, f"I13 idle: {reads}"
