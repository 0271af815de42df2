"""The deeds on clients and tasks from the desk's own services through to what every PC of the store then shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide_app.base.actor import Actor, Role
from guide_app.base.clock import DAY_MS
from guide_app.clients.service import ClientService
from guide_app.followup.service import FollowupService
from guide_app.privacy.queries import PrivacyQueries
from guide_app.protocol.one_person import UNDO_DAYS
from guide_app.sync.queries import SyncQueries
from tests.contract.offices import OfficeUnderTest
from tests.contract.test_sync import GUIDE, assert_equal
from tests.helpers.desk import TestDesk
from tests.helpers.plain_book import STORE, HeldClock

Make = Callable[[int], TestDesk]
OTHER = "0190f5e2-7c00-7000-8000-0000000000f2"


def acting(role: Role = "guide") -> Actor:
    return Actor(GUIDE, 1, "0231", "王敏", role, STORE, "南京西路店", "test")


def test_a_merge_is_the_same_on_every_pc(desk_of: Make, office: OfficeUnderTest) -> None:
    one, two = desk_of(1), desk_of(2)
    stays, ends = one.put("client", name="王姐"), one.put("client", name="王女士", wechat="wang")
    note = one.put("note", client_id=ends, body="鞋跟紧")
    one.sync()
    two.sync()
    late = two.put("note", client_id=ends, body="离线写的")
    ClientService(one.db).merge(ends, stays, acting())
    assert one.field("note", note, "client_id") == stays
    assert one.sync().rejected == 0, SyncQueries(one.db).parked()
    assert one.field("client", stays, "wechat") == "wang"
    assert two.sync().rejected == 0, SyncQueries(two.db).parked()
    one.sync()
    for desk in (one, two):
        assert {desk.field("note", n, "client_id") for n in (note, late)} == {stays}
        assert desk.field("client", ends, "merged_into") == stays
    assert_equal(office, one, two)


def test_what_the_guide_settled_in_a_merge_is_the_same_on_every_pc_until_she_takes_it_back(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, two = desk_of(1), desk_of(2)
    stays = one.put("client", name="王姐", wechat="old", shoe_size="37")
    ends = one.put("client", name="王女士", wechat="new", shoe_size="38")
    notes = [one.put("note", client_id=client, body=client) for client in (stays, ends)]
    one.sync()
    two.sync()
    clock.move(1_000)
    ClientService(one.db).merge(ends, stays, acting(), take=["wechat"], keep={"remark": "两条都留"})
    assert [one.field("client", stays, name) for name in ("wechat", "shoe_size")] == ["new", "37"]
    one.sync()
    clock.move(1_000)
    two.sync()
    for desk in (one, two):
        shown = [desk.field("client", stays, name) for name in ("name", "wechat", "shoe_size", "remark")]
        assert shown == ["王姐", "new", "37", "两条都留"]
    assert_equal(office, one, two)
    since = two.put("note", client_id=stays, body="合并以后")
    ClientService(two.db).unmerge(ends, acting())
    assert two.field("client", ends, "merged_into") is None
    assert two.sync().rejected == 0, SyncQueries(two.db).parked()
    one.sync()
    for desk in (one, two):
        assert [desk.field("note", note, "client_id") for note in (*notes, since)] == [stays, ends, stays]
        assert [desk.field("client", stays, name) for name in ("wechat", "remark")] == ["old", ""]
        assert desk.field("client", ends, "merged_into") is None
    assert_equal(office, one, two)


def test_a_merge_of_long_ago_is_not_taken_back(desk_of: Make, office: OfficeUnderTest, clock: HeldClock) -> None:
    one = desk_of(1)
    stays, ends = one.put("client", name="王姐"), one.put("client", name="王女士")
    ClientService(one.db).merge(ends, stays, acting())
    one.sync()
    clock.move((UNDO_DAYS + 1) * DAY_MS)
    ClientService(one.db).unmerge(ends, acting())
    one.sync()
    assert [change.code for change in SyncQueries(one.db).parked()] == ["merge.too_old"]
    assert one.field("client", ends, "merged_into") == stays
    assert_equal(office, one)


def test_the_same_client_taken_down_on_two_pcs_that_were_apart_is_one_after_sync(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, two = desk_of(1), desk_of(2)
    made = []
    for desk, name, fields in ((one, "陈雅婷", {"wechat": "yating"}), (two, "陈女士", {"shoe_size": "37"})):
        clock.move(1_000)
        client = ClientService(desk.db).add({"name": name, "phone": "13800005678", **fields}, acting())
        ClientService(desk.db).note(client, f"{name}的便条", acting())
        made.append(client)
    for desk in (one, two, one):
        assert desk.sync().rejected == 0, SyncQueries(desk.db).parked()
    proposed = [[(p.gone.id, p.stays.id) for p in PrivacyQueries(d.db, clock).doubles()] for d in (one, two)]
    assert proposed == [[(made[1], made[0])]] * 2, "both PCs propose the same"
    clock.move(1_000)
    ClientService(two.db).merge(made[1], made[0], acting())
    two.sync()
    one.sync()
    for desk in (one, two):
        assert PrivacyQueries(desk.db, clock).doubles() == []
        assert desk.scalar(f"SELECT count(*) FROM note WHERE client_id = '{made[0]}'") == 2, "both notes are kept"
        assert [desk.field("client", made[0], name) for name in ("name", "wechat", "shoe_size")] == [
            "陈雅婷", "yating", "37",
        ]  # fmt: skip
    assert_equal(office, one, two)


def test_the_first_to_finish_a_task_counts_on_every_pc(desk_of: Make, office: OfficeUnderTest) -> None:
    one, two = desk_of(1), desk_of(2)
    task = one.put("task", title="回访")
    one.sync()
    two.sync()
    FollowupService(one.db).done(task, acting(), "先")
    FollowupService(two.db).done(task, acting(), "后")
    assert (one.field("task", task, "status"), two.field("task", task, "result")) == ("done", "后")
    one.sync()
    assert two.sync().rejected == 0, SyncQueries(two.db).parked()
    assert [desk.field("task", task, "result") for desk in (one, two)] == ["先", "先"]
    assert_equal(office, one, two)


@pytest.mark.parametrize("office", ["postgres"], indirect=True)
def test_a_client_who_is_handed_over_leaves_every_pc_of_the_store(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    office.write("store", OTHER, {"name": "徐家汇店", "code": "SH77"})
    manager = {"no": 1, "number": "0231", "name": "王敏", "store_id": STORE, "role": "store_manager", "active": True}
    office.write("guide", GUIDE, manager)
    one, two = desk_of(1), desk_of(2)
    client = one.put("client", name="赵秘密")
    one.put("note", client_id=client, body="赵秘密的便条")
    one.sync()
    two.sync()
    two.patch("client", client, remark="转店前写的")
    clock.ms += 1_000
    ClientService(one.db).transfer(client, OTHER, "客户搬家", acting("store_manager"))
    assert one.sync().rejected == 0, SyncQueries(one.db).parked()
    assert two.sync().rejected == 0, SyncQueries(two.db).parked()
    for desk in (one, two):
        assert desk.field("client", client, "name") is None
        assert desk.scalar("SELECT count(*) FROM note") == 0
        assert desk.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%赵秘密%'") == 0
    assert_equal(office, one, two)
