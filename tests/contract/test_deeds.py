"""The deeds on clients and tasks from the desk's own services through to what every PC of the store then shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide_app.base.actor import Actor, Role
from guide_app.clients.service import ClientService
from guide_app.followup.service import FollowupService
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
