"""Sequences: one step after the other, the rest moves when one is put off."""

import datetime as dt

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.flows.desk import Desk
from guide_app.followup.model import Cause, Suggestion
from guide_app.followup.results import Result
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import LIN, NOW, WANG, HandClock, actor, ident

SOP = ident(75)
STEPS = [{"title": "问候", "body": "{称呼}您好"}, {"day": 3, "title": "问合脚"}, {"day": 10, "title": "保养提醒"}]


@pytest.fixture
def run(desk: Desk, arrives: Arrives) -> str:
    arrives("sop", SOP, name="新客三步", steps=STEPS)
    return desk.sop_deeds.start(SOP, LIN, actor())


def due(desk: Desk) -> Suggestion | None:
    found = desk.followup.today(WANG, whole_store=True)
    return next((s for s in found if s.client_id == LIN), None)


def days(desk: Desk) -> list[tuple[str, int]]:
    (row,) = desk.sops.of_client(LIN)
    return [(step.state, (step.due - dt.date(2026, 11, 21)).days) for step in row.steps]


def answer(desk: Desk, result: Result = Result.NO_ANSWER, again_at: int | None = None) -> None:
    found = due(desk)
    assert found is not None
    desk.followup_deeds.handle(found, result, actor(), again_at=again_at)


def test_steps_come_due_one_after_the_other(desk: Desk, clock: HandClock, run: str) -> None:
    found = due(desk)
    assert found is not None
    assert (found.cause, str(found.reasons[0])) == (Cause.STEP, "「新客三步」第 1/3 步: 问候")
    assert found.keys == (f"sop:{run}:1",)
    answer(desk)
    assert due(desk) is None
    clock.ms = NOW + 3 * DAY_MS
    answer(desk)
    assert days(desk) == [("done", 0), ("done", 3), ("coming", 10)]
    clock.ms = NOW + 10 * DAY_MS
    answer(desk)
    assert [(row.state, row.next_step) for row in desk.sops.of_client(LIN)] == [("done", None)]


def test_putting_a_step_off_moves_the_rest(desk: Desk, clock: HandClock, run: str) -> None:
    answer(desk)
    clock.ms = NOW + 3 * DAY_MS
    answer(desk, Result.POSTPONED, NOW + 5 * DAY_MS)
    assert days(desk) == [("done", 2), ("coming", 5), ("coming", 12)]
    assert due(desk) is None
    desk.sop_deeds.postpone(run, 1, actor())
    assert [day for _, day in days(desk)] == [3, 6, 13]
    clock.ms = NOW + 6 * DAY_MS
    assert str(due(desk).reasons[0]).endswith("第 2/3 步: 问合脚")  # type: ignore[union-attr]


def test_an_overdue_step_comes_back_on_the_day_it_was_put_off_to(desk: Desk, clock: HandClock, run: str) -> None:
    clock.ms = NOW + 4 * DAY_MS
    answer(desk, Result.POSTPONED, NOW + 6 * DAY_MS)
    assert days(desk) == [("coming", 6), ("coming", 9), ("coming", 16)]
    clock.ms = NOW + 8 * DAY_MS
    desk.sop_deeds.postpone(run, 3, actor())
    assert [day for _, day in days(desk)] == [11, 14, 21]


def test_a_step_that_was_missed_holds_the_later_ones_back(desk: Desk, clock: HandClock, run: str) -> None:
    assert run
    clock.ms = NOW + 30 * DAY_MS
    assert str(due(desk).reasons[0]).endswith("第 1/3 步: 问候")  # type: ignore[union-attr]


def test_a_stopped_sequence_asks_for_nothing(desk: Desk, run: str) -> None:
    desk.sop_deeds.stop(run, actor())
    assert due(desk) is None
    with pytest.raises(InvalidInputError, match="结束"):
        desk.sop_deeds.stop(run, actor())
    with pytest.raises(InvalidInputError, match="结束"):
        desk.sop_deeds.postpone(run, 1, actor())


def test_a_sequence_runs_once_at_a_time(desk: Desk, clock: HandClock, run: str) -> None:
    with pytest.raises(InvalidInputError, match="已经在这个流程"):
        desk.sop_deeds.start(SOP, LIN, actor())
    desk.sop_deeds.stop(run, actor())
    with pytest.raises(InvalidInputError, match="今天已经"):
        desk.sop_deeds.start(SOP, LIN, actor())
    clock.ms += DAY_MS
    assert desk.sop_deeds.start(SOP, LIN, actor()) != run


@pytest.mark.parametrize("fields", [{"active": False, "steps": STEPS}, {"steps": []}])
def test_what_is_not_offered_is_not_started(desk: Desk, arrives: Arrives, fields: dict[str, object]) -> None:
    arrives("sop", SOP, name="旧流程", **fields)
    with pytest.raises(InvalidInputError):
        desk.sop_deeds.start(SOP, LIN, actor())
    with pytest.raises(NotFoundError):
        desk.sop_deeds.start(ident(999), LIN, actor())


def test_sequences_are_offered_in_head_offices_order(desk: Desk, arrives: Arrives) -> None:
    arrives("sop", SOP, name="乙", rank=2, steps=STEPS, occasion="purchase")
    arrives("sop", ident(76), name="甲", rank=1)
    arrives("sop", ident(77), name="停", active=False)
    assert [(row.name, row.occasion, len(row.steps)) for row in desk.sops.offered()] == [
        ("甲", "manual", 0), ("乙", "purchase", 3)]  # fmt: skip


@pytest.mark.parametrize("wrong", [0, -1, 366])
def test_a_sequence_is_put_off_by_days_that_make_sense(desk: Desk, run: str, wrong: int) -> None:
    with pytest.raises(InvalidInputError):
        desk.sop_deeds.postpone(run, wrong, actor())
