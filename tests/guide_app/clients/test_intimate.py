"""The intimate list holds fifteen, reminds in its rhythm, and colleagues are told of without their notes."""

from typing import Any

import pytest

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.clients.colleagues import Colleagues
from guide_app.clients.intimate import MOST_INTIMATE
from guide_app.clients.model import ClientFilter
from guide_app.flows.desk import Desk
from guide_app.followup.model import Cause
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from tests.helpers.book import CHEN, LI, LIN, NOW, STORE, WANG, ZHOU, HandClock, actor

MANAGER = Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")


def arrives(desk: Desk, seq: int, kind: str, record_id: str, **data: Any) -> None:
    frame = RecordFrame(store_scope(STORE), kind, record_id, seq, data)
    desk.db.apply(lambda applier: applier.apply([frame]))


def star(desk: Desk, client: str, *, on: bool = True) -> None:
    desk.client_deeds.edit(client, {"starred": on}, actor())


def fill(desk: Desk, count: int) -> list[str]:
    return [desk.client_deeds.add({"name": f"密友{n}", "starred": True}, actor()) for n in range(count)]


def test_the_sixteenth_is_refused_and_told_whom_to_take_off(desk: Desk) -> None:
    first, *others = fill(desk, MOST_INTIMATE)
    for client in others:
        desk.client_deeds.note(client, "打过电话", actor(), "call")
    with pytest.raises(InvalidInputError, match="最多 15 位") as told:
        star(desk, ZHOU)
    assert told.value.code == "intimate.full"
    assert "密友0" in told.value.way_out
    with pytest.raises(InvalidInputError, match="最多 15 位"):
        desk.client_deeds.add({"name": "又一位", "starred": True}, actor())
    star(desk, LIN)  # she is her colleague's, whose list is empty
    edit = desk.client_deeds.edit(first, {"starred": False}, actor())
    star(desk, ZHOU)
    with pytest.raises(InvalidInputError, match="最多 15 位"):
        desk.client_deeds.undo(edit, actor())
    desk.client_deeds.edit(ZHOU, {"starred": True, "remark": "老客"}, actor())
    assert desk.clients.count(ClientFilter("mine", "starred"), WANG) == MOST_INTIMATE


def test_her_turn_comes_in_her_rhythm_with_the_reason(desk: Desk, clock: HandClock) -> None:
    star(desk, ZHOU)
    desk.client_deeds.edit(ZHOU, {"rhythm_days": 14}, actor())
    desk.client_deeds.note(ZHOU, "聊了聊", actor(), "call")

    def turns() -> list[str]:
        return [str(r) for s in desk.followup.today(WANG) if s.client_id == ZHOU for r in s.reasons if "亲密" in str(r)]

    clock.ms += 13 * DAY_MS
    assert turns() == []
    clock.ms += DAY_MS
    assert turns() == ["亲密名单: 每 14 天联系一次, 已 14 天没有联系"]
    (line,) = [s for s in desk.followup.today(WANG) if s.client_id == ZHOU]
    assert line.cause == Cause.INTIMATE
    desk.client_deeds.note(ZHOU, "又聊了聊", actor(), "message")
    assert turns() == []
    clock.ms += 14 * DAY_MS
    assert turns() != []
    star(desk, ZHOU, on=False)
    assert turns() == []


def test_without_a_rhythm_of_her_own_it_is_a_month(desk: Desk) -> None:
    star(desk, ZHOU)
    reasons = [str(r) for s in desk.followup.today(WANG) if s.client_id == ZHOU for r in s.reasons]
    assert "亲密名单: 每 30 天联系一次, 建档 300 天还没有联系过" in reasons


def test_colleagues_are_named_here_and_counted_elsewhere(desk: Desk) -> None:
    assert desk.card.card(CHEN, WANG).colleagues == Colleagues()
    desk.client_deeds.note(CHEN, "只给我自己", MANAGER, private=True)
    assert desk.card.card(CHEN, WANG).colleagues == Colleagues()
    desk.client_deeds.note(CHEN, "试过靴子", MANAGER)
    arrives(desk, 1_000, "company_view", CHEN, client_id=CHEN, colleagues=2, as_of=NOW)
    assert desk.card.card(CHEN, WANG).colleagues == Colleagues(("李娜",), 2)
    assert desk.card.card(CHEN, LI).colleagues == Colleagues(("王敏",), 2)


def test_each_role_sees_its_lists(desk: Desk) -> None:
    assert desk.clients.books(WANG) == ("mine", "store")
    assert desk.clients.books(LI) == ("mine", "store", "all")
    desk.client_deeds.archive(ZHOU, actor())
    assert [desk.clients.count(ClientFilter(book), LI) for book in ("mine", "store", "all")] == [1, 2, 3]
    assert [row.name for row in desk.clients.page(ClientFilter("mine"), WANG).rows] == ["陈雅婷"]
    with pytest.raises(InvalidInputError, match="只给店长"):
        desk.clients.page(ClientFilter("all"), WANG)
