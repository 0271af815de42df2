"""What a PC tells an office that was restored from an older backup of tags, transfers and erasures since."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.holding import held_digest
from guide_app.sync.queries import SyncQueries
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice
from tests.helpers.plain_book import STORE

SCOPE = store_scope(STORE)
MANAGER, OTHER_MANAGER = "018f0000-0000-7000-8000-00000000d001", "018f0000-0000-7000-8000-00000000d002"
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


def hand_over(desk: TestDesk, client: str, to_store: str, manager: str) -> None:
    """Hand a client over to another store, for a reason that names her."""
    data = {"to_store": to_store, "reason": "王女士搬家"}
    desk.db.change(lambda uow: uow.command("client.transfer", client, data, effects=()), by=manager, origin="test")


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
    hand_over(desk, client, OTHER_STORE, MANAGER)
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


def test_a_tag_that_another_pc_took_off_stays_off_whichever_of_the_two_comes_first(
    desk_of: Make, office: MemoryOffice
) -> None:
    """Who removed it tells of that before the other's book could give the tag back."""
    one, two = desk_of(1), desk_of(2)
    client = one.put("client", name="王女士")
    one.sync()
    two.sync()
    saved = office.backup()
    tag = one.put("client_tag", client_id=client, name="乐福鞋")
    one.sync()
    two.sync()
    two.remove("client_tag", tag)
    two.sync()
    one.sync()
    assert one.field("client_tag", tag, "name") is None
    office.restore(saved, "e2")

    report = two.sync()
    one.sync()
    two.sync()

    assert (report.rejected, SyncQueries(two.db).parked()) == (0, ()), "it is gone, which is all she wanted"
    assert office.read("client_tag", tag, STORE) is None
    assert (one.field("client_tag", tag, "name"), two.field("client_tag", tag, "name")) == (None, None)
    assert equal(one, office)
    assert equal(two, office)


def test_nobody_has_to_deal_with_one_handed_over_whom_the_restored_office_never_knew(
    desk: TestDesk, office: MemoryOffice
) -> None:
    office.open_store(OTHER_STORE, "徐家汇店", "")
    office.write("guide", MANAGER, {"no": 1, "name": "店长", "role": "store_manager", "store_id": STORE})
    desk.sync()
    saved = office.backup()
    client = desk.put("client", name="王女士")
    desk.sync()
    hand_over(desk, client, OTHER_STORE, MANAGER)
    desk.sync()
    office.restore(saved, "e2")

    assert desk.sync().rejected == 0
    assert SyncQueries(desk.db).parked() == ()
    assert equal(desk, office)


def test_what_a_merge_said_of_one_who_is_erased_stays_nowhere(desk: TestDesk, office: MemoryOffice) -> None:
    """The two are two persons again; only she into whom the other was merged is erased."""
    ends, stays = desk.put("client", name="李女士"), desk.put("client", name="王女士")
    desk.sync()
    told = {"into": stays, "keep": {"remark": "王女士脚背高"}}
    desk.db.change(lambda uow: uow.command("client.merge", ends, told, effects=()), by=None, origin="test")
    desk.sync()
    desk.db.change(lambda uow: uow.command("client.unmerge", ends, {}, effects=()), by=None, origin="test")
    desk.sync()
    office.do("client.erase", stays, {"reason": "本人要求"}, store_id=STORE)
    desk.sync()

    assert desk.field("client", ends, "name") == "李女士"
    assert desk.scalar("SELECT count(*) FROM outbox WHERE data || effects LIKE '%王%'") == 0
    assert equal(desk, office)


@pytest.mark.parametrize("first", ["the store that gave her away", "the store that gave her back"])
def test_who_was_handed_over_and_came_back_stays_whichever_store_comes_first(
    desk_of: Make, office: MemoryOffice, first: str
) -> None:
    for manager, store in ((MANAGER, STORE), (OTHER_MANAGER, OTHER_STORE)):
        office.write("guide", manager, {"no": 1, "name": "店长", "role": "store_manager", "store_id": store})
    here, there = desk_of(1), desk_of(2, code="OTHER")
    client = here.put("client", name="王女士")
    here.sync()
    there.sync()
    saved = office.backup()
    for desk, other, manager, to_store in (
        (here, there, MANAGER, OTHER_STORE),
        (there, here, OTHER_MANAGER, STORE),
    ):
        hand_over(desk, client, to_store, manager)
        desk.sync()
        other.sync()
    assert here.field("client", client, "name") == "王女士"
    office.restore(saved, "e2")

    for desk in (here, there) if first == "the store that gave her away" else (there, here):
        assert desk.sync().rejected == 0
    here.sync()
    there.sync()

    assert office.read("client", client, OTHER_STORE) is None
    assert office.read("client", client, STORE)["name"] == "王女士"  # type: ignore[index]
    assert (here.field("client", client, "name"), there.field("client", client, "name")) == ("王女士", None)
