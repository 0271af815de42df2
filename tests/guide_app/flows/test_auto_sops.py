"""Sequences that begin by themselves: at their occasion, once, and for nobody who is to be left alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.flows.auto_sops import run_id
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from tests.helpers.book import CHEN, LI, LIN, NOW, STORE, WANG, ZHOU, HandClock, actor, ident, open_desk

SOP = ident(9_000)
STEPS = [{"title": "问候"}, {"day": 3, "title": "问合脚"}]

Office = Callable[..., None]


def sender(desk: Desk) -> Office:
    numbers = count(1_000)

    def send(kind: str, record_id: str, /, *, store: str = "", **data: Any) -> None:
        frame = RecordFrame(store_scope(store) if store else BRAND, kind, record_id, next(numbers), data)
        desk.db.apply(lambda applier: applier.apply([frame]))

    return send


@pytest.fixture
def office(desk: Desk) -> Office:
    return sender(desk)


def buys(office: Office, n: int, client: str, at: int) -> None:
    office("purchase", ident(n), store=STORE, client_id=client, order_no=f"A{n}", at=at, total_fen=100, kind="sale")


def runs(desk: Desk, client: str) -> list[str]:
    return [run.state for run in desk.sops.of_client(client)]


def test_a_new_client_is_led_through_the_steps_by_her_own_guide(desk: Desk, clock: HandClock, office: Office) -> None:
    office("sop", SOP, name="新客三步", occasion="new_client", steps=STEPS)
    assert desk.auto_sops.run(actor()) == 0
    office("client", LIN, store=STORE, name="林小满", primary_guide_id=LI, created_at=NOW - DAY_MS)
    assert (desk.auto_sops.run(actor()), desk.auto_sops.run(actor())) == (1, 0)
    (run,) = desk.sops.of_client(LIN)
    statement = "SELECT id, guide_id FROM sop_run"
    assert desk.db.query(lambda c: c.exec_driver_sql(statement).all()) == [(run_id(SOP, LIN, LIN), LI)]
    desk.sop_deeds.stop(run.id, actor())
    clock.ms = NOW + DAY_MS
    assert (desk.auto_sops.run(actor()), runs(desk, LIN)) == (0, ["stopped"])


def test_a_purchase_begins_it_and_the_first_one_is_an_occasion_of_its_own(desk: Desk, office: Office) -> None:
    office("sop", SOP, name="购后", occasion="purchase", steps=STEPS)
    office("sop", ident(9_001), name="首购", occasion="first_purchase", steps=STEPS)
    buys(office, 9_100, LIN, NOW - DAY_MS)
    buys(office, 9_101, CHEN, NOW - DAY_MS)
    buys(office, 9_102, ZHOU, NOW - 10 * DAY_MS)
    assert desk.auto_sops.run(actor()) == 3
    assert [sorted(run.name for run in desk.sops.of_client(c)) for c in (LIN, CHEN, ZHOU)] == [
        ["购后", "首购"], ["购后"], [],
    ]  # fmt: skip


def test_a_birthday_begins_it_once_a_year(desk: Desk, clock: HandClock, office: Office) -> None:
    office("sop", SOP, name="生日", occasion="birthday", steps=STEPS)
    clock.ms = NOW + 106 * DAY_MS  # the day before 陈雅婷's, the 8th of March
    desk.auto_sops.run(actor())
    assert runs(desk, CHEN) == ["running"]
    clock.ms += DAY_MS
    assert desk.auto_sops.run(actor()) == 0


def test_who_lets_her_usual_interval_pass_is_asked_unless_she_is_not_to_be_profiled(
    desk: Desk, clock: HandClock, office: Office
) -> None:
    office("sop", SOP, name="唤回", occasion="lapse", steps=STEPS)
    clock.ms = NOW + 20 * DAY_MS
    desk.client_deeds.edit(CHEN, {"no_profiling": True}, actor())
    assert desk.auto_sops.run(actor()) == 0
    desk.client_deeds.edit(CHEN, {"no_profiling": False}, actor())
    assert (desk.auto_sops.run(actor()), runs(desk, CHEN)) == (1, ["running"])


@pytest.mark.parametrize("hers", [{"flag": "complaint", "flag_why": "x"}, {"contact_state": "refused"}])
def test_who_is_to_be_left_alone_begins_nothing(desk: Desk, office: Office, hers: dict[str, str]) -> None:
    office("sop", SOP, name="购后", occasion="purchase", steps=STEPS)
    buys(office, 9_100, LIN, NOW - DAY_MS)
    desk.db.change(lambda uow: uow.patch("client", LIN, hers), by=LI, origin="test")
    assert desk.auto_sops.run(actor()) == 0


def test_who_refused_elsewhere_objects_or_is_somebody_else_by_now_begins_nothing(desk: Desk, office: Office) -> None:
    office("sop", SOP, name="购后", occasion="purchase", steps=STEPS)
    for n, client in enumerate((LIN, CHEN, ZHOU)):
        buys(office, 9_100 + n, client, NOW - DAY_MS)
    office("company_view", LIN, store=STORE, client_id=LIN, refused=True)
    desk.privacy_deeds.withdraw(CHEN, "marketing", actor())
    desk.client_deeds.archive(ZHOU, actor())
    assert (desk.auto_sops.run(actor()), running(desk)) == (0, [])


def regulars(office: Office, how_many: int) -> list[str]:
    """Clients who came every 30 days, the last time 40 days ago; the later in the list, the more they spend."""
    clients = [ident(2_000 + n) for n in range(how_many)]
    for n, client in enumerate(clients):
        office("client", client, store=STORE, name=f"老客{n}", primary_guide_id=WANG, created_at=NOW - 400 * DAY_MS)
        for visit in range(3):
            office("purchase", ident(3_000 + 3 * n + visit), store=STORE, client_id=client, order_no=f"{n}-{visit}",
                   at=NOW - (100 - 30 * visit) * DAY_MS, total_fen=100 * (n + 1), kind="sale")  # fmt: skip
    return clients


def running(desk: Desk) -> list[str]:
    sql = "SELECT client_id FROM sop_run ORDER BY client_id"
    return desk.db.query(lambda c: [row[0] for row in c.exec_driver_sql(sql)])


def test_a_lapse_does_not_begin_for_everybody_at_once(desk: Desk, clock: HandClock, office: Office) -> None:
    office("house_rule", ident(9_050), name="sop_starts", value={"lapse": 2})
    office("sop", SOP, name="唤回", occasion="lapse", steps=STEPS)
    clients = regulars(office, 5)
    assert (desk.auto_sops.run(actor()), desk.auto_sops.run(actor())) == (2, 0)
    assert running(desk) == [CHEN, clients[-1]]  # who spends most comes first
    clock.ms += DAY_MS
    assert desk.auto_sops.run(actor()) == 2
    assert running(desk) == [CHEN, *clients[-3:]]


def test_a_book_brought_in_at_once_begins_so_many_a_day(desk: Desk, clock: HandClock, office: Office) -> None:
    office("house_rule", ident(9_050), name="sop_starts", value={"new_client": 3})
    office("sop", SOP, name="新客三步", occasion="new_client", steps=STEPS)
    for n in range(8):
        office("client", ident(2_000 + n), store=STORE, name=f"新客{n}", primary_guide_id=WANG, created_at=NOW)
    assert (desk.auto_sops.run(actor()), desk.auto_sops.run(actor())) == (3, 0)
    clock.ms += 4 * DAY_MS
    assert desk.auto_sops.run(actor()) == 0  # late is worse than never


FESTIVAL = {"name": "小雪", "calendar": "solar", "month": 11, "day": 24, "days_before": 5, "scene": "大促预热"}


def test_a_festival_begins_its_sequence_once_a_year_and_gives_each_guide_a_task(
    desk: Desk, clock: HandClock, office: Office
) -> None:
    office("sop", SOP, name="小雪老客回访", occasion="festival", steps=STEPS)
    office("sop", ident(9_001), name="春节拜年", occasion="festival", steps=STEPS)
    office("festival", ident(9_060), **{**FESTIVAL, "days_before": 2})
    office("script", ident(9_061), scene="大促预热", title="预热", body="{称呼}您好")
    assert desk.auto_sops.run(actor()) == 0  # three days before
    clock.ms += DAY_MS
    assert (desk.auto_sops.run(actor()), desk.auto_sops.run(actor())) == (3, 0)
    (task,) = [t for t in desk.followup.tasks(WANG, done_since=0) if t.origin == "rule"]
    assert task.title.startswith("小雪 (11/24)")
    desk.followup_deeds.done(task.id, actor())
    for run in desk.sops.of_client(CHEN):
        desk.sop_deeds.stop(run.id, actor())
    clock.ms += DAY_MS
    assert desk.auto_sops.run(actor()) == 0
    clock.ms += 3 * DAY_MS
    assert [t.title for t in desk.followup.tasks(LI, done_since=0)] == []  # its day is over
    clock.ms = NOW + 366 * DAY_MS
    assert (desk.auto_sops.run(actor()), runs(desk, CHEN)) == (1, ["running", "stopped"])  # the others still are in it


def begun(conn: Connection) -> list[str]:
    sql = "SELECT id FROM sop_run UNION SELECT id FROM task WHERE cause LIKE 'festival:%' ORDER BY id"
    return [row[0] for row in conn.exec_driver_sql(sql)]


def test_two_pcs_begin_the_same_festival_once(tmp_path: Path) -> None:
    made = []
    for pc in ("one", "two"):
        (tmp_path / pc).mkdir()
        with open_desk(tmp_path / pc, HandClock()) as desk:
            office = sender(desk)
            office("sop", SOP, name="小雪老客回访", occasion="festival", steps=STEPS)
            office("festival", ident(9_060), **FESTIVAL)
            desk.auto_sops.run(actor())
            made.append(desk.db.query(begun))
    assert made[0] == made[1]
    assert len(made[0]) == 3 + 2  # three clients, two guides


def test_a_festival_without_a_scene_is_only_spoken_of(desk: Desk, office: Office) -> None:
    office("sop", SOP, name="小雪老客回访", occasion="festival", steps=STEPS)
    office("festival", ident(9_060), **{**FESTIVAL, "scene": ""})
    assert desk.auto_sops.run(actor()) == 0
    assert [f.name for f in desk.followup.festivals()] == ["小雪"]
