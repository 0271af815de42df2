"""What a PC tells an office that was restored from an older backup of tags, transfers and erasures since."""

from __future__ import annotations

from collections.abc import Callable

from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.holding import held_digest
from guide_app.sync.queries import SyncQueries
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice
from tests.helpers.plain_book import STORE

SCOPE = store_scope(STORE)
MANAGER = "018f0000-0000-7000-8000-00000000d001"
OTHER_STORE = "018f0000-0000-7000-8000-0000000000a2"
Make = Callable[..., TestDesk]


def equal(desk: TestDesk, office: MemoryOffice) -> bool:
    """The desk holds exactly what the office holds in its scopes."""
    scopes = (BRAND, SCOPE)
    held = desk.db.query(lambda conn: [held_digest(conn, scope) for scope in scopes])
    return held == [(office.feeds[scope].digest, len(office.feeds[scope].live)) for scope in scopes]


def erase(desk: TestDesk, client: str) -> None:
    """Ask for a client's erasure, with a reason that names her."""
    data = {"reason": "王女士本人要求"}
    desk.db.change(lambda uow: uow.command("client.erase", client, data, effects=()), by=None, origin="test")


def test_a_tag_taken_off_stays_off_after_a_restore_of_the_office(desk: TestDesk, office: MemoryOffice) -> None:
    client = desk.put("client", name="王女士")
    old = desk.put("client_tag", client_id=client, name="新客")
    desk.sync()
    saved = office.backup()
    new = desk.put("client_tag", client_id=client, name="乐福鞋")
    desk.sync()
    desk.remove("client_tag", old)
    desk.remove("client_tag", new)
    desk.sync()
    office.restore(saved, "e2")

    desk.sync()
    report = desk.sync()

    assert office.read("client_tag", old, STORE) is None
    assert office.read("client_tag", new, STORE) is None
    assert report.rejected == 0
    assert equal(desk, office)


def test_tags_taken_off_a_client_leave_the_queue_with_her(desk: TestDesk, office: MemoryOffice) -> None:
    client = desk.put("client", name="王女士")
    tag = desk.put("client_tag", client_id=client, name="乐福鞋")
    desk.sync()
    desk.remove("client_tag", tag)
    desk.sync()
    said = "SELECT op, data FROM outbox WHERE kind = 'client_tag' ORDER BY mid"
    queue = desk.db.query(lambda conn: [row[0] for row in conn.exec_driver_sql(said)])
    assert queue == ["put", "remove"]

    office.end("client", client, STORE, "l", OTHER_STORE)
    desk.sync()

    assert desk.db.query(lambda conn: [tuple(row) for row in conn.exec_driver_sql(said)]) == [("void", "{}")] * 2


def test_who_was_erased_does_not_come_back_with_a_restored_office(desk_of: Make, office: MemoryOffice) -> None:
    one, two = desk_of(1), desk_of(2)
    client = one.put("client", name="王女士")
    one.sync()
    two.sync()
    saved = office.backup()
    later = one.put("client", name="李女士")
    one.sync()
    two.sync()
    for erased in (client, later):
        erase(one, erased)
    one.sync()
    two.sync()
    assert not one.db.query(lambda conn: conn.exec_driver_sql("SELECT 1 FROM outbox WHERE data LIKE '%王%'").all())
    office.restore(saved, "e2")

    two.sync()
    report = one.sync()
    two.sync()

    assert office.read("client", client, STORE) is None
    assert report.rejected == 0, "nobody has to deal with one whom the restored office never knew"
    assert SyncQueries(one.db).parked() == ()
    assert (one.field("client", client, "name"), two.field("client", client, "name")) == (None, None)
    assert equal(one, office)
    assert equal(two, office)


def test_who_was_handed_over_is_handed_over_again(desk: TestDesk, office: MemoryOffice) -> None:
    office.open_store(OTHER_STORE, "徐家汇店", "")
    office.write("guide", MANAGER, {"no": 1, "name": "店长", "role": "store_manager", "store_id": STORE})
    client = desk.put("client", name="王女士")
    desk.sync()
    saved = office.backup()
    told = {"to_store": OTHER_STORE, "reason": "王女士搬家"}
    desk.db.change(lambda uow: uow.command("client.transfer", client, told, effects=()), by=MANAGER, origin="test")
    desk.sync()
    assert desk.field("client", client, "name") is None
    assert desk.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%王%'") == 0, "not a word of her stays here"
    office.restore(saved, "e2")

    desk.sync()
    report = desk.sync()

    assert office.read("client", client, STORE) is None
    assert office.read("client", client, OTHER_STORE)["name"] == "王女士"  # type: ignore[index]
    assert report.rejected == 0
    assert equal(desk, office)
