"""Looking behind the mask: noted first, with a reason, and not without end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, InvalidInputError, LockedError, NotFoundError
from guide_app.flows.desk import Desk
from guide_app.privacy.queries import LOOKERS
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.outbox import waiting
from tests.helpers.book import CHEN, LI, LIN, NOW, OTHER_STORE, STORE, WANG, ZHOU, HandClock, actor, ident
from tests.helpers.house_rules import set_rule

LI_NA = replace(actor(), guide_id=LI, number="0300", name="李娜", role="store_manager")


def test_a_look_is_noted_with_its_reason_for_head_office(desk: Desk) -> None:
    assert desk.privacy_deeds.reveal_phone(CHEN, " 电话回访 ", actor()) == "13800005678"
    (line,) = desk.privacy.accesses(NOW)
    assert (line.deed, line.guide, line.client, line.reason, line.at) == ("reveal", "王敏", "陈雅婷", "电话回访", NOW)
    queued = desk.db.query(lambda c: c.exec_driver_sql("SELECT kind FROM outbox").scalars().all())
    assert list(queued) == ["access_log"]


def test_what_is_done_with_a_client_of_another_store_is_filed_there(desk: Desk) -> None:
    """Her own store answers for her: it is told who looked, and keeps what she agreed to."""
    her = {"name": "沈丽华", "phone": "13800002222", "contact_state": "one_to_one"}
    frame = RecordFrame(store_scope(OTHER_STORE), "client", ident(501), 9_001, her)
    desk.db.apply(lambda applier: applier.apply([frame]))
    desk.privacy_deeds.reveal_phone(ident(501), "回访", actor())
    desk.privacy_deeds.withdraw(ident(501), "profiling", actor())
    sent = desk.db.query(lambda conn: waiting(conn, 9))
    assert {(one.kind, one.store) for one in sent} == {
        (kind, OTHER_STORE) for kind in ("access_log", "consent", "client")
    }


def test_beyond_the_limit_the_way_out_is_told_and_nothing_is_shown_or_noted(desk: Desk) -> None:
    set_rule(desk, "reveal_limit", 2)
    for client in (CHEN, ZHOU, CHEN):
        desk.privacy_deeds.reveal_phone(client, "回访", actor())
    assert desk.privacy.reveals_left(WANG) == 0
    with pytest.raises(GuideError, match="店长") as caught:
        desk.privacy_deeds.reveal_phone(LIN, "回访", actor())
    assert caught.value.code == "reveal.limit"
    assert len(desk.privacy.accesses(0)) == 3
    assert desk.privacy_deeds.reveal_phone(CHEN, "再看一次", actor()) == "13800005678"


def test_each_guide_has_her_own_limit_and_a_new_one_every_day_in_china(desk: Desk, clock: HandClock) -> None:
    set_rule(desk, "reveal_limit", 1)
    desk.privacy_deeds.reveal_phone(CHEN, "回访", actor())
    assert desk.privacy_deeds.reveal_phone(LIN, "核对", LI_NA) == "18600000921"
    clock.ms = NOW // DAY_MS * DAY_MS + 16 * 3_600_000 - 1  # a moment before midnight in China
    assert desk.privacy.reveals_left(WANG) == 0
    clock.ms += 1
    assert desk.privacy.reveals_left(WANG) == 1


@pytest.mark.parametrize(("said", "left"), [(-5, 0), (7, 7), (10**9, 1_000), ("many", 30), (True, 30)])
def test_head_office_sets_the_limit_within_bounds(desk: Desk, said: object, left: int) -> None:
    assert desk.privacy.reveals_left(WANG) == 30
    set_rule(desk, "reveal_limit", said)
    assert desk.privacy.reveals_left(WANG) == left


def test_without_guide_reason_or_client_nothing_is_shown(desk: Desk) -> None:
    with pytest.raises(LockedError):
        desk.privacy_deeds.reveal_phone(CHEN, "回访", None)
    with pytest.raises(InvalidInputError, match="原因"):
        desk.privacy_deeds.reveal_phone(CHEN, "  ", actor())
    with pytest.raises(NotFoundError):
        desk.privacy_deeds.reveal_phone(ident(998), "回访", actor())
    assert desk.privacy.accesses(0) == ()


def test_whoever_comes_near_the_limit_is_named_to_the_manager(desk: Desk, clock: HandClock) -> None:
    set_rule(desk, "reveal_limit", 3)
    for client in (CHEN, ZHOU, CHEN):
        desk.privacy_deeds.reveal_phone(client, "回访", actor())
    assert desk.privacy.alarms() == ()
    desk.privacy_deeds.reveal_phone(LIN, "回访", actor())
    (alarm,) = desk.privacy.alarms()
    assert (alarm.guide, alarm.clients, alarm.limit) == ("王敏", 3, 3)
    clock.ms += DAY_MS
    assert desk.privacy.alarms() == ()


def test_four_fifths_of_the_limit_are_near(desk: Desk) -> None:
    set_rule(desk, "reveal_limit", 5)
    fourth = desk.client_deeds.add({"name": "宋", "phone": "13800002223"}, actor())
    for client in (CHEN, ZHOU, LIN, fourth):
        desk.privacy_deeds.reveal_phone(client, "回访", actor())
    assert [(alarm.clients, alarm.limit) for alarm in desk.privacy.alarms()] == [(4, 5)]


def test_the_reasons_are_her_own_whoever_bears_her_name_and_however_much_else_is_noted(
    desk: Desk, clock: HandClock
) -> None:
    set_rule(desk, "reveal_limit", 2)
    namesake = RecordFrame(BRAND, "guide", LI, 9_000, {"no": 2, "number": "0300", "name": "王敏", "store_id": STORE})
    desk.db.apply(lambda applier: applier.apply([namesake]))
    for client, reason in ((CHEN, "回访"), (ZHOU, "核对地址")):
        clock.ms += 1_000
        desk.privacy_deeds.reveal_phone(client, reason, actor())
    for reason in map(str, range(250)):
        clock.ms += 1_000
        desk.privacy_deeds.reveal_phone(LIN, reason, LI_NA)
    (alarm,) = desk.privacy.alarms()
    assert (alarm.guide_id, alarm.reasons) == (WANG, ("核对地址", "回访"))


def test_looking_for_alarms_reads_the_log_of_the_day_alone(desk: Desk) -> None:
    plan = desk.db.query(lambda conn: conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {LOOKERS}", (0, 1, 1)).all())
    assert not [row[3] for row in plan if row[3].startswith(("SCAN a", "SCAN access_log"))]
