"""Sequences that begin by themselves: at their occasion, once, and for nobody who is to be left alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.flows.auto_sops import run_id
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from tests.helpers.book import CHEN, LI, LIN, NOW, STORE, ZHOU, HandClock, actor, ident

SOP = ident(9_000)
STEPS = [{"title": "问候"}, {"day": 3, "title": "问合脚"}]

Office = Callable[..., None]


@pytest.fixture
def office(desk: Desk) -> Office:
    numbers = count(1_000)

    def send(kind: str, record_id: str, /, *, store: str = "", **data: Any) -> None:
        frame = RecordFrame(store_scope(store) if store else BRAND, kind, record_id, next(numbers), data)
        desk.db.apply(lambda applier: applier.apply([frame]))

    return send


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
