"""Enrolment, pictures, and what a guide can do about refused and overtaken changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from guide_app.base.errors import NotFoundError, OfficeUnreachableError
from guide_app.protocol.scopes import store_scope
from guide_app.store.device import read_device
from guide_app.store.keys import parse_recovery
from guide_app.sync.blobs import BlobStore
from guide_app.sync.enrol import AlreadyEnrolledError, Application, enrol
from guide_app.sync.errors import OfficeRefusedError
from guide_app.sync.fetch import BlobFetcher
from guide_app.sync.parked import ParkedService
from guide_app.sync.queries import SyncQueries
from guide_app.sync.transport import Transport
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.plain_book import KEY, STORE, HeldClock, open_book

CLIENT = "018f0000-0000-7000-8000-00000000c001"
PRODUCTS = [f"018f0000-0000-7000-8000-00000000b00{n}" for n in range(4)]


def test_enrolment_stores_what_is_given_once(server: OfficeServer, tmp_path: Path, clock: HeldClock) -> None:
    db = open_book(tmp_path, clock, enrol=False)
    transport = Transport(server.origin, None, clock)
    asked = Application("CODE-3", "3号机", "0.1.0", KEY)
    try:
        given = enrol(db, transport, server.origin, asked)
        device = db.query(read_device)
        assert given.device_id == device.device_id
        assert (device.store_id, device.store_name, device.office) == (STORE, "南京西路店", server.origin)
        assert parse_recovery(given.recovery_key) == KEY
        assert device.signing_key is not None
        assert len(device.signing_key) == 32
        assert device.token is not None
        assert device.token not in repr(device), "secrets do not slip into logs"
        with pytest.raises(AlreadyEnrolledError):
            enrol(db, transport, server.origin, asked)
    finally:
        transport.close()
        db.close()


def test_a_lost_answer_can_be_asked_for_again_and_a_used_code_is_refused_to_others(
    server: OfficeServer, tmp_path: Path, clock: HeldClock
) -> None:
    here, other = open_book(tmp_path / "a", clock, enrol=False), open_book(tmp_path / "b", clock, enrol=False)
    transport = Transport(server.origin, None, clock)
    asked = Application("CODE-3", "3号机", "0.1.0", KEY)
    try:
        server.fault = lambda moment, _: "drop" if moment == "after" else ""
        with pytest.raises(OfficeUnreachableError) as lost:
            enrol(here, transport, server.origin, asked)
        assert lost.value.way_out == "请核对总部地址和网络, 稍后再试一次。", "nothing is kept that would be sent later"
        assert not here.query(read_device).enrolled
        server.fault = lambda *_: ""
        with pytest.raises(OfficeRefusedError) as caught:
            enrol(other, transport, server.origin, asked)
        assert caught.value.code == "enrol.code_invalid"
        enrol(here, transport, server.origin, asked)
        assert here.query(read_device).enrolled
    finally:
        transport.close()
        here.close()
        other.close()


def test_pictures_are_fetched_verified_and_kept_once(
    desk: TestDesk, office: MemoryOffice, clock: HeldClock, tmp_path: Path
) -> None:
    bodies = [b"picture %d" % n for n in range(3)]
    names = [hashlib.sha256(body).hexdigest() for body in bodies]
    office.blobs = {names[0]: bodies[0], names[1]: bodies[1]}
    for n, name in enumerate([names[0], names[1], names[0]]):
        office.write("product", PRODUCTS[n], {"no": n, "image": name})
    office.write("product", PRODUCTS[3], {"no": 9, "image": names[2]})
    desk.sync()
    store = BlobStore(tmp_path / "blobs")
    fetcher = BlobFetcher(desk.db, desk.transport, store)
    assert fetcher.missing() == [names[2], names[0], names[1]], "the newest products come first"
    assert fetcher.fetch(cancelled=lambda: True) == 0
    assert fetcher.fetch(limit=1) == 1, "the office has not got the newest"
    assert fetcher.fetch() == 1
    path = store.path(names[0])
    assert path is not None
    assert path.read_bytes() == bodies[0]
    assert path.relative_to(tmp_path) == Path("blobs") / names[0][:2] / names[0]
    assert fetcher.missing() == [names[2]]
    office.blobs[names[2]] = b"not what its name says"
    assert fetcher.fetch() == 0, "what the office had not got is not asked for again at once"
    clock.move(3_600_001)
    with pytest.raises(OfficeUnreachableError):
        fetcher.fetch()
    assert store.path(names[2]) is None
    assert not list((tmp_path / "blobs").rglob("*.part"))


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 64, "0" * 63])
def test_only_a_checksum_names_a_picture(tmp_path: Path, name: str) -> None:
    store = BlobStore(tmp_path)
    assert store.path(name) is None
    assert store.missing([name]) == []


def test_a_refused_change_can_be_corrected_and_handed_in_again(desk: TestDesk, office: MemoryOffice) -> None:
    real = office._refusal
    office._refusal = lambda *_: "record.invalid"  # type: ignore[method-assign]
    client = desk.put("client", name="王", phone="13800000001")
    desk.sync()
    assert desk.field("client", client, "name") is None
    office._refusal = real  # type: ignore[method-assign]
    service, queries = ParkedService(desk.db), SyncQueries(desk.db)
    (parked,) = queries.parked()
    assert (parked.change.about, parked.sentence) == ("王", "有字段不合规则。")

    service.resubmit(parked.change.mid, {"name": "王女士"}, by=None, origin="sync-page")

    assert desk.field("client", client, "name") == "王女士"
    assert queries.parked() == ()
    assert desk.sync().rejected == 0
    assert office.read("client", client, STORE)["phone"] == "13800000001"  # type: ignore[index]
    with pytest.raises(NotFoundError):
        service.resubmit(parked.change.mid, {}, by=None, origin="sync-page")


def test_a_refused_change_can_be_given_up(desk: TestDesk, office: MemoryOffice) -> None:
    office._refusal = lambda *_: "record.invalid"  # type: ignore[method-assign]
    desk.put("client", name="王")
    desk.sync()
    (parked,) = SyncQueries(desk.db).parked()
    ParkedService(desk.db).discard(parked.change.mid, by=None, origin="sync-page")
    assert SyncQueries(desk.db).standing().parked == 0
    with pytest.raises(NotFoundError):
        ParkedService(desk.db).discard(parked.change.mid, by=None, origin="sync-page")


def test_a_value_that_lost_can_be_brought_back(
    desk_of: Callable[..., TestDesk], office: MemoryOffice, clock: HeldClock
) -> None:
    one, two = desk_of(1), desk_of(2)
    office.write("client", CLIENT, {"name": "王"}, STORE)
    one.sync()
    two.sync()
    one.patch("client", CLIENT, remark="对羊毛过敏")
    clock.move(5)
    two.patch("client", CLIENT, remark="喜欢羊毛")
    two.sync()
    one.sync()
    queries, service = SyncQueries(one.db), ParkedService(one.db)
    (lost,) = queries.lost()
    assert (lost.about, lost.sent, lost.now, lost.seen) == ("王", "对羊毛过敏", "喜欢羊毛", False)
    assert queries.standing().conflicts == 1
    service.restore(lost.mid, ("remark",), by=None, origin="sync-page")
    assert queries.lost() == ()
    assert [v.seen for v in queries.lost(unseen_only=False)] == [True]
    one.sync()
    two.sync()
    assert two.field("client", CLIENT, "remark") == "对羊毛过敏"


def test_the_standing_says_what_a_helpdesk_asks_for(desk: TestDesk, office: MemoryOffice) -> None:
    client = desk.put("client", name="王女士")
    desk.put("note", client_id=client, body="喜欢红色")
    queries = SyncQueries(desk.db)
    before = queries.standing()
    assert (before.waiting, before.oldest_ms) == (2, desk.clock.now_ms())
    assert [(c.kind, c.about, c.fields) for c in queries.waiting()] == [
        ("client", "王女士", ("name",)),
        ("note", "王女士 · 喜欢红色", ("client_id", "body")),
    ]
    desk.sync()
    after = queries.standing()
    assert (after.waiting, after.enrolled, after.store_name, after.brand) == (0, True, "南京西路店", "红枫叶")
    assert [(s.scope, s.equal) for s in after.scopes] == [("brand", True), (store_scope(STORE), True)]
    assert after.scopes[1].office_digest == office.feeds[store_scope(STORE)].digest
    assert after.database_bytes > 100_000
    assert (after.schema, after.database_version, after.last_contact_ms) == (2, "0004", desk.clock.now_ms())


def test_who_joins_anew_twice_keeps_what_was_refused_each_time(
    desk_of: Callable[..., TestDesk], office: MemoryOffice, server: OfficeServer, clock: HeldClock
) -> None:
    for code, before in (("CODE-4", None), ("CODE-5", "")):
        here = desk_of(1, code=before)
        office.poison.add(here.put("note", client_id=CLIENT, body=f"before {code}", at=1))
        here.sync()
        transport = Transport(server.origin, None, clock)
        try:
            enrol(here.db, transport, server.origin, Application(code, "换机", "0.1.0", KEY), rejoin=True)
            refused = SyncQueries(here.db).parked()
        finally:
            transport.close()
            here.close()
    assert {str(parked.data["body"]) for parked in refused} == {"before CODE-4", "before CODE-5"}
