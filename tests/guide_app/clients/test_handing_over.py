"""Merging and handing over on the desk: shown at once, asked of head office, refused where it makes no sense."""

from __future__ import annotations

import pytest

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.clients.model import ClientFilter
from guide_app.flows.desk import Desk
from guide_app.protocol.one_person import BIRTH_FIELDS
from guide_app.store.outbox import waiting
from tests.helpers.book import CHEN, LI, LIN, NOW, OTHER_STORE, STORE, WANG, ZHOU, actor, ident


def manager() -> Actor:
    return Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")


def test_the_double_leaves_the_lists_and_her_records_are_shown_with_the_other(desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "喜欢软底", actor())
    assert desk.client_deeds.merge(CHEN, ZHOU, actor()) == "周建国"
    assert [row.name for row in desk.clients.page(ClientFilter(), WANG).rows] == ["周建国", "林小满"]
    assert [row.name for row in desk.clients.search("雅婷")] == []
    assert desk.clients.portrait(ZHOU).figures.orders == 4
    assert [tag.name for tag in desk.clients.portrait(ZHOU).tags] == ["金卡"]
    assert desk.clients.search("喜欢软底")[0].id == ZHOU
    (note, deed) = desk.db.query(lambda conn: waiting(conn, 10))
    assert (note.op, deed.op, deed.kind, deed.id, deed.data) == (
        "put", "command", "client.merge", CHEN, {"into": ZHOU},
    )  # fmt: skip


def test_who_asks_to_be_erased_leaves_the_lists_at_once(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="原因"):
        desk.client_deeds.erase(CHEN, " ", actor())
    assert desk.client_deeds.erase(CHEN, " 本人要求 ", actor()) == "陈雅婷"
    assert [row.id for row in desk.clients.page(ClientFilter(), WANG).rows] == [ZHOU, LIN]
    assert CHEN not in [suggestion.client_id for suggestion in desk.followup.today(WANG)]
    (_, deed) = desk.db.query(lambda conn: waiting(conn, 10))
    assert (deed.kind, deed.id, deed.data) == ("client.erase", CHEN, {"reason": "本人要求"})


def test_the_same_tag_on_both_is_shown_once(desk: Desk) -> None:
    desk.client_deeds.tag(ZHOU, "金卡", actor())
    desk.client_deeds.merge(CHEN, ZHOU, actor())
    assert [tag.name for tag in desk.clients.portrait(ZHOU).tags] == ["金卡"]
    (row, _) = desk.clients.page(ClientFilter(), WANG).rows
    assert row.tags == ("金卡",)
    assert desk.client_deeds.untag(ZHOU, "金卡", actor()) == 2


def test_her_number_is_known_to_belong_to_who_stays(desk: Desk) -> None:
    desk.client_deeds.merge(CHEN, ZHOU, actor())
    with pytest.raises(InvalidInputError, match="周建国"):
        desk.client_deeds.add({"name": "新客", "phone": "13800005678"}, actor())
    desk.client_deeds.edit(ZHOU, {"phone": "13800005678"}, actor())


def test_what_makes_no_sense_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="同一位"):
        desk.client_deeds.merge(CHEN, CHEN, actor())
    with pytest.raises(NotFoundError):
        desk.client_deeds.merge(CHEN, ident(999), actor())
    desk.client_deeds.merge(CHEN, ZHOU, actor())
    for one, into in ((CHEN, ZHOU), (LIN, CHEN)):
        with pytest.raises(InvalidInputError, match="同一位"):
            desk.client_deeds.merge(one, into, actor())


def test_a_birthday_is_settled_whole_and_a_number_that_neither_has_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInputError, match="不能这样选 phone"):
        desk.client_deeds.merge(CHEN, ZHOU, actor(), keep={"phone": "13911112222"})
    desk.client_deeds.merge(CHEN, ZHOU, actor(), take=["birth", "phone"])
    (deed,) = desk.db.query(lambda conn: waiting(conn, 10))
    assert set(deed.data["keep"]) == {"phone", *BIRTH_FIELDS}, "also what both say alike"
    assert desk.clients.portrait(ZHOU).fields["birth_calendar"] == "solar"


def test_a_merge_taken_back_unsent_leaves_what_was_written_since(desk: Desk) -> None:
    desk.client_deeds.edit(CHEN, {"wechat": "cyt_1991"}, actor())
    desk.client_deeds.merge(CHEN, ZHOU, actor(), keep={"name": "周总", "remark": "两条都留"})
    (line,) = desk.clients.merges(ZHOU)
    assert (line.id, line.phone) == (CHEN, "138****5678"), "numbers are masked here too"
    assert [row.id for row in desk.clients.same("", "CYT_1991")] == [ZHOU]
    desk.client_deeds.edit(ZHOU, {"name": "周先生"}, actor())
    desk.client_deeds.unmerge(CHEN, actor())
    fields = desk.clients.portrait(ZHOU).fields
    assert (fields["name"], fields["remark"]) == ("周先生", "")


def test_a_manager_hands_over_with_a_reason(desk: Desk) -> None:
    assert desk.client_deeds.transfer(LIN, OTHER_STORE, " 客户搬家 ", manager()) == "林小满"
    (deed,) = desk.db.query(lambda conn: waiting(conn, 10))
    assert (deed.kind, deed.id, deed.by) == ("client.transfer", LIN, LI)
    assert deed.data == {"to_store": OTHER_STORE, "reason": "客户搬家"}
    assert desk.clients.count(ClientFilter(), WANG) == 2


@pytest.mark.parametrize(
    ("who", "store", "reason", "code"),
    [
        (actor, OTHER_STORE, "搬家", "transfer.not_manager"),
        (manager, OTHER_STORE, "  ", "transfer.reason"),
        (manager, STORE, "搬家", "transfer.store_unknown"),
        (manager, ident(998), "搬家", "transfer.store_unknown"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(desk: Desk, who: object, store: str, reason: str, code: str) -> None:
    assert callable(who)
    with pytest.raises(InvalidInputError) as refused:
        desk.client_deeds.transfer(LIN, store, reason, who())
    assert refused.value.code == code
    assert desk.db.query(lambda conn: waiting(conn, 10)) == []


def test_other_stores_are_offered_by_code(desk: Desk) -> None:
    assert [(store.id, store.code, store.name) for store in desk.roster.stores()] == [
        (OTHER_STORE, "SH002", "徐家汇店")
    ]


def test_finishing_a_task_is_asked_of_head_office_and_shown_at_once(desk: Desk) -> None:
    task = desk.followup_deeds.promise(CHEN, "留一双 37", NOW + 1, actor())
    desk.followup_deeds.done(task, actor(), "已留")
    desk.followup_deeds.done(task, actor(), "又一次")
    (put, deed) = desk.db.query(lambda conn: waiting(conn, 10))
    assert (put.op, deed.kind, deed.data) == ("put", "task.complete", {"result": "已留", "at": NOW})
    (row,) = [task for task in desk.followup.tasks(WANG, done_since=0)]  # noqa: C416 - exactly one
    assert row.status == "done"
    assert desk.followup.of_client(CHEN) == []


def test_what_the_office_cancelled_and_what_is_not_there_cannot_be_finished(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.followup_deeds.done(ident(997), actor())
    task = desk.followup_deeds.task("盘点", None, actor())
    desk.db.change(lambda uow: uow.patch("task", task, {"status": "cancelled"}), by=None, origin="test")
    with pytest.raises(InvalidInputError, match="取消"):
        desk.followup_deeds.done(task, actor())
