"""What moves, merges, ends or is erased while a PC is away: the same at both offices."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.holding import held_digest
from guide_app.sync.office import Office
from guide_app.sync.parked import ParkedService
from guide_app.sync.queries import SyncQueries
from tests.contract.offices import MANAGER, OTHER, OTHER_MANAGER, OfficeUnderTest, device_id, furnish
from tests.helpers.desk import TestDesk
from tests.helpers.plain_book import STORE, HeldClock

Make = Callable[..., TestDesk]
SCOPES = {STORE: store_scope(STORE), OTHER: store_scope(OTHER)}


@pytest.fixture(autouse=True)
def _furnished(office: OfficeUnderTest) -> None:
    furnish(office)


def command(desk: TestDesk, name: str, record_id: str, by: str = MANAGER, **params: object) -> None:
    desk.db.change(lambda uow: uow.command(name, record_id, params, []), by=by, origin="test")


def refused(desk: TestDesk) -> list[str]:
    return [change.code for change in SyncQueries(desk.db).parked()]


def assert_equal(office: OfficeUnderTest, desk: TestDesk, *stores: str) -> None:
    for scope in (BRAND, *(SCOPES[store] for store in stores)):
        assert desk.db.query(lambda c, s=scope: held_digest(c, s)) == office.stands(scope), scope  # type: ignore[misc]


def moved_away(one: TestDesk, two: TestDesk, clock: HeldClock) -> str:
    """A client whom PC 1 handed over; PC 2 has not heard of it, and has been writing about her since before."""
    client = one.put("client", name="赵姐", phone="13800000001")
    one.put("purchase", order_no="NJ-1", at=1, client_id=client)
    one.sync()
    two.sync()
    clock.move(1000)
    two.patch("client", client, remark="走之前写的")
    two.put("note", client_id=client, body="走之前记的")
    task = two.put("task", client_id=client, title="走之前答应的")
    two.patch("task", task, body="补一句")
    clock.move(1000)
    command(one, "client.transfer", client, to_store=OTHER, reason="搬家")
    assert one.sync().rejected == 0, refused(one)
    return client


def test_what_was_written_before_she_moved_goes_after_her(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, two, there = desk_of(1), desk_of(2), desk_of(3, OTHER)
    client = moved_away(one, two, clock)
    report = two.sync()
    assert (report.rejected, refused(two)) == (0, [])
    there.sync()
    assert there.field("client", client, "remark") == "走之前写的"
    assert there.scalar("SELECT body FROM note") == "走之前记的"
    assert there.scalar("SELECT title || body FROM task") == "走之前答应的补一句"
    for desk in (one, two):
        assert desk.scalar("SELECT count(*) FROM client") == desk.scalar("SELECT count(*) FROM task") == 0
        assert_equal(office, desk, STORE)
    assert_equal(office, there, OTHER)
    assert two.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%走之前%'") == 0, "no word of her is left"


def test_what_is_written_after_she_moved_is_refused_with_a_reason(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, two, there = desk_of(1), desk_of(2), desk_of(3, OTHER)
    client = moved_away(one, two, clock)
    clock.move(1000)
    two.patch("client", client, remark="走之后写的")
    two.put("note", client_id=client, body="走之后记的")
    two.sync()
    assert refused(two) == ["record.moved", "record.moved"]
    there.sync()
    assert there.field("client", client, "remark") == "走之前写的"
    assert office.read("client", client) is None
    assert_equal(office, two, STORE)


def test_a_pc_that_may_see_both_stores_sees_her_move_at_once(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, two = desk_of(1), desk_of(2)
    office.grant(two, OTHER)
    two.sync()
    client = moved_away(one, two, clock)
    two.sync()
    assert two.field("client", client, "store_id") == OTHER
    assert two.scalar("SELECT count(*) FROM purchase") == two.scalar("SELECT count(*) FROM note") == 1
    assert_equal(office, two, STORE, OTHER)


@pytest.mark.parametrize(
    ("by", "to_store", "code"),
    [
        (OTHER_MANAGER, OTHER, "transfer.not_manager"),
        (MANAGER, "018f0000-0000-7000-8000-0000000000ff", "transfer.store_unknown"),
    ],
)
def test_only_her_stores_manager_hands_a_client_over_to_a_store_that_exists(
    desk_of: Make, office: OfficeUnderTest, by: str, to_store: str, code: str
) -> None:
    one = desk_of(1)
    client = one.put("client", name="赵姐")
    command(one, "client.transfer", client, by=by, to_store=to_store, reason="")
    one.sync()
    assert refused(one) == [code]
    assert office.read("client", client) is not None


def test_a_double_becomes_one_and_what_is_said_of_it_later_goes_to_the_survivor(
    desk_of: Make, office: OfficeUnderTest
) -> None:
    one, two = desk_of(1), desk_of(2)
    loser = one.put("client", name="赵姐", phone="13800000001", shoe_size="37")
    survivor = one.put("client", name="赵敏", shoe_size="38")
    one.put("note", client_id=loser, body="喜欢红色")
    one.sync()
    two.sync()
    two.put("note", client_id=loser, body="合并之后上交的")
    two.patch("client", loser, preference="乐福鞋")
    command(one, "client.merge", loser, into=survivor)
    one.sync()
    two.sync()
    one.sync()
    assert (refused(one), refused(two)) == ([], [])
    for desk in (one, two):
        assert desk.scalar(f"SELECT count(*) FROM note WHERE client_id = '{survivor}'") == 2
        shown = [desk.field("client", survivor, name) for name in ("name", "phone", "shoe_size", "preference")]
        assert shown == ["赵敏", "13800000001", "38", "乐福鞋"]
        assert desk.field("client", loser, "merged_into") == survivor
        assert_equal(office, desk, STORE)


def test_of_two_opposite_merges_one_client_stays_and_what_the_second_guide_chose_is_told(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    """Two PCs that are offline merge the same two clients, each into the other."""
    one, two = desk_of(1), desk_of(2)
    anna = one.put("client", name="王女士", phone="13800000001", shoe_size="37")
    berta = one.put("client", name="王姐", shoe_size="38", remark="宽脚")
    one.put("note", client_id=anna, body="喜欢红色")
    one.sync()
    two.sync()
    clock.move(1000)
    command(two, "client.merge", berta, into=anna, keep={"shoe_size": "38", "preference": "乐福鞋"})
    two.put("note", client_id=anna, body="离线时记的")
    clock.move(1000)
    command(one, "client.merge", anna, into=berta, keep={"preference": "高跟鞋"})
    one.sync()
    assert two.sync().rejected == 0, refused(two)
    one.sync()
    for desk in (one, two):
        assert desk.field("client", anna, "merged_into") == berta
        assert desk.field("client", berta, "merged_into") is None
        assert desk.scalar(f"SELECT count(*) FROM note WHERE client_id = '{berta}'") == 2
        assert_equal(office, desk, STORE)
    lost = {one.field: (one.record_id, one.sent, one.now, one.rule) for one in SyncQueries(two.db).lost()}
    assert lost == {"name": (berta, "王女士", "王姐", "first"), "preference": (berta, "乐福鞋", "高跟鞋", "first")}
    assert SyncQueries(one.db).lost() == ()
    (mid,) = {one.mid for one in SyncQueries(two.db).lost()}
    ParkedService(two.db).restore(mid, ("name",), by=MANAGER, origin="test")
    two.sync()
    one.sync()
    assert (one.field("client", berta, "name"), SyncQueries(two.db).lost()) == ("王女士", ())


def test_a_doubles_record_sent_once_more_is_not_taken_for_the_survivors_word(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, restored = desk_of(1), desk_of(2)
    survivor, loser = one.put("client", name="赵敏"), one.put("client", name="赵姐")
    command(one, "client.merge", loser, into=survivor)
    one.sync()
    clock.move(1000)
    restored.db.change(lambda uow: uow.put("client", {"name": "赵姐"}, id=loser), by=None, origin="test")
    restored.sync()
    told = office.read("client", survivor)
    assert told is not None
    assert (told["name"], refused(restored)) == ("赵敏", [])
    assert_equal(office, restored, STORE)


def test_a_double_goes_along_to_another_store(desk_of: Make, office: OfficeUnderTest) -> None:
    one, there = desk_of(1), desk_of(3, OTHER)
    loser, survivor = one.put("client", name="赵姐"), one.put("client", name="赵敏")
    command(one, "client.merge", loser, into=survivor)
    one.sync()
    command(one, "client.transfer", survivor, to_store=OTHER, reason="搬家")
    one.sync()
    there.sync()
    assert (refused(one), one.scalar("SELECT count(*) FROM client")) == ([], 0)
    assert there.field("client", loser, "merged_into") == survivor
    assert_equal(office, one, STORE)
    assert_equal(office, there, OTHER)


def test_a_merge_that_cannot_be_is_refused_and_one_done_already_changes_nothing(
    desk_of: Make, office: OfficeUnderTest
) -> None:
    one = desk_of(1)
    ids = [one.put("client", name=f"客{n}") for n in range(2)]
    command(one, "client.merge", ids[0], into=ids[0])
    command(one, "client.merge", ids[0], into="018f0000-0000-7000-8000-00000000ffff")
    command(one, "client.merge", ids[0], into=ids[1])
    command(one, "client.merge", ids[0], into=ids[1])
    command(one, "client.merge", ids[1], into=ids[0])
    one.sync()
    assert sorted(refused(one)) == ["merge.same", "merge.unknown"]
    told = office.read("client", ids[1])
    assert told is not None
    assert told["merged_into"] is None


def test_the_first_to_finish_a_task_counts_and_a_cancelled_one_is_not_finished(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, two = desk_of(1), desk_of(2)
    task, called_off = one.put("task", title="回访"), one.put("task", title="不用了")
    one.sync()
    two.sync()
    for desk, by, result in ((one, MANAGER, "到店"), (two, OTHER_MANAGER, "没人接")):
        command(desk, "task.complete", task, by=by, result=result, at=clock.now_ms())
    office.write("task", called_off, {"status": "cancelled"})
    command(two, "task.complete", called_off, result="完成", at=clock.now_ms())
    one.sync()
    two.sync()
    one.sync()
    assert (refused(one), refused(two)) == ([], ["task.cancelled"])
    for desk in (one, two):
        shown = [desk.field("task", task, name) for name in ("status", "result", "done_by")]
        assert shown == ["done", "到店", MANAGER]
        assert_equal(office, desk, STORE)


def test_the_erased_leave_every_pc_and_never_come_back(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, two = desk_of(1), desk_of(2)
    client = one.put("client", name="赵秘密")
    one.put("note", client_id=client, body="赵秘密的事")
    one.sync()
    two.sync()
    two.put("note", client_id=client, body="又是赵秘密的事")
    two.patch("client", client, remark="赵秘密")
    command(one, "client.erase", client, reason="本人要求")
    one.sync()
    two.sync()
    one.sync()
    assert {device_id(one), device_id(two)} == office.confirmed(client)
    for desk in (one, two):
        for table in ("client", "note", "base"):
            assert desk.scalar(f"SELECT count(*) FROM {table}") == 0
        assert desk.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%赵秘密%'") == 0
        assert_equal(office, desk, STORE)
    office.tidy()
    clock.move(1000)
    two.db.change(lambda uow: uow.put("client", {"name": "赵秘密"}, id=client), by=None, origin="test")
    two.put("note", client_id=client, body="还是赵秘密的事")
    two.sync()
    assert office.read("client", client) is None
    assert set(refused(two)) == {"record.gone"}
    assert two.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%赵秘密%'") == 0
    assert_equal(office, two, STORE)


def test_what_was_done_before_a_grant_ended_still_counts(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, there = desk_of(1), desk_of(2, OTHER)
    client = there.put("client", name="隔壁店的")
    there.sync()
    office.grant(one, OTHER)
    one.sync()
    assert one.field("client", client, "name") == "隔壁店的"
    clock.move(1000)
    one.patch("client", client, remark="帮忙时写的")
    clock.move(1000)
    office.drop(one, OTHER)
    clock.move(1000)
    one.patch("client", client, preference="之后写的")
    one.sync()
    told = office.read("client", client, OTHER)
    assert told is not None
    assert (told["remark"], told["preference"]) == ("帮忙时写的", "")
    assert refused(one) == ["scope.forbidden"]
    assert one.scalar("SELECT count(*) FROM client") == 0
    assert_equal(office, one, STORE)


def test_the_erased_are_gone_from_stores_too_that_never_had_them(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, there = desk_of(1), desk_of(3, OTHER)
    client = one.put("client", name="赵秘密")
    one.sync()
    # She had moved there, and the office went back to a backup from before that.
    note = there.put("note", client_id=client, body="赵秘密的事")
    receipt = there.put("purchase", order_no="XJH-1", at=1, client_id=client)
    there.sync()
    command(one, "client.erase", client, reason="本人要求")
    one.sync()
    assert office.read("note", note, OTHER) is None
    kept = office.read("purchase", receipt, OTHER)
    assert kept is not None
    assert kept["client_id"] is None
    clock.move(1000)
    there.put("note", client_id=client, body="还是赵秘密的事")
    there.sync()
    assert refused(there) == ["record.gone"]
    assert there.scalar("SELECT count(*) FROM note") == 0
    assert there.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%赵秘密%'") == 0
    assert_equal(office, there, OTHER)


def test_a_store_that_never_heard_of_the_erased_cannot_bring_word_of_them(
    desk_of: Make, office: OfficeUnderTest
) -> None:
    one, there = desk_of(1), desk_of(3, OTHER)
    client = one.put("client", name="赵秘密")
    command(one, "client.erase", client, reason="本人要求")
    one.sync()
    note = there.put("note", client_id=client, body="赵秘密的事")
    there.sync()
    assert refused(there) == ["record.gone"]
    assert office.read("note", note, OTHER) is None
    assert there.scalar("SELECT count(*) FROM note") == 0
    assert there.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%赵秘密%'") == 0


def test_refused_words_about_the_erased_go_though_their_store_is_closed_to_this_pc(
    desk_of: Make, office: OfficeUnderTest, clock: HeldClock
) -> None:
    one, there = desk_of(1), desk_of(2, OTHER)
    erased, other = there.put("client", name="赵秘密"), there.put("client", name="孙姐")
    there.sync()
    office.grant(one, OTHER)
    one.sync()
    clock.move(1000)
    office.drop(one, OTHER)
    clock.move(1000)
    notes = [
        one.db.change(
            lambda uow, about=about, said=said: uow.put("note", {"client_id": about, "body": said}, store_id=OTHER),  # type: ignore[misc]
            by=None,
            origin="test",
        )
        for about, said in ((erased, "赵秘密的事"), (other, "还在清单上"))
    ]
    one.sync()
    assert set(refused(one)) == {"scope.forbidden"}
    asked = Office(one.transport)
    assert asked.erased_among([erased, other]) == []
    command(there, "client.erase", erased, OTHER_MANAGER, reason="本人要求")
    there.sync()
    assert asked.erased_among([erased, other]) == [erased]
    one.sync()
    assert one.scalar("SELECT count(*) FROM outbox WHERE data LIKE '%赵秘密%'") == 0
    assert one.scalar("SELECT group_concat(id) FROM outbox WHERE state = 'parked' AND data <> '{}'") == notes[1]
