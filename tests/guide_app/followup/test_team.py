"""The manager sees everybody's tasks and hands them on; a guide does neither."""

from dataclasses import replace

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.followup.results import Result
from tests.guide_app.followup.conftest import Arrives
from tests.helpers.book import CHEN, LI, NOW, WANG, ZHOU, HandClock, actor, ident

MANAGER = replace(actor(), guide_id=LI, guide_no=2, number="0300", name="李娜", role="store_manager")


def loads(desk: Desk) -> dict[str, tuple[int, int, int, int | None]]:
    return {one.name: (one.open, one.overdue, one.done, one.timeliness) for one in desk.team.team(MANAGER)}


def test_each_guide_with_what_is_open_overdue_done_and_in_time(desk: Desk, clock: HandClock) -> None:
    deeds = desk.followup_deeds
    early, late, _still, _free = (
        deeds.task("甲", NOW + DAY_MS, actor()), deeds.task("乙", NOW + DAY_MS, actor()),
        deeds.task("丙", NOW + DAY_MS, actor()), deeds.task("丁", None, actor()),
    )  # fmt: skip
    assert loads(desk) == {"王敏": (4, 0, 0, None), "李娜": (0, 0, 0, None)}
    deeds.done(early, actor())
    clock.ms += 2 * DAY_MS
    deeds.done(late, actor(), Result.REACHED)
    assert loads(desk) == {"王敏": (2, 1, 2, 33), "李娜": (0, 0, 0, None)}  # one of three: the overdue one counts
    clock.ms += 40 * DAY_MS
    assert loads(desk)["王敏"] == (2, 1, 0, 0)


def test_contacts_noted_from_the_list_are_done_but_say_nothing_about_dates(desk: Desk) -> None:
    (found,) = [s for s in desk.followup.today(WANG) if s.client_id == ZHOU]
    desk.followup_deeds.handle(found, Result.REACHED, actor())
    assert loads(desk)["王敏"] == (0, 0, 1, None)


def test_tasks_are_handed_on_and_back(desk: Desk) -> None:
    deeds = desk.followup_deeds
    mine = [deeds.task(f"任务{n}", NOW + n * DAY_MS, actor(), CHEN) for n in range(1, 4)]
    deeds.done(mine[2], actor())
    assert [t.id for t in desk.team.open_of(WANG, MANAGER)] == mine[:2]
    moved = desk.team.reassign(mine, LI, MANAGER)
    assert moved == ((mine[0], WANG), (mine[1], WANG))
    assert [t.id for t in desk.followup.tasks(LI, done_since=0)] == mine[:2]
    sql = "SELECT count(*) FROM task WHERE assigned_by = ?"
    assert desk.db.query(lambda c: c.exec_driver_sql(sql, (LI,)).scalar_one()) == 2
    assert desk.team.reassign(mine, LI, MANAGER) == ()
    desk.team.hand_back(moved, MANAGER)
    assert [t.id for t in desk.team.open_of(WANG, MANAGER)] == mine[:2]


def test_only_a_manager_and_only_to_colleagues(desk: Desk, arrives: Arrives) -> None:
    task = desk.followup_deeds.task("任务", None, actor())
    for deed in (
        lambda: desk.team.team(actor()), lambda: desk.team.open_of(WANG, actor()),
        lambda: desk.team.reassign([task], LI, actor()), lambda: desk.team.hand_back([(task, LI)], actor()),
    ):  # fmt: skip
        with pytest.raises(GuideError, match="店长"):
            deed()
    arrives("guide", ident(400), no=9, number="9", name="别店的", store_id=ident(2))
    for stranger in (ident(400), ident(401)):
        with pytest.raises(InvalidInputError, match="本店"):
            desk.team.reassign([task], stranger, MANAGER)


def test_a_batch_that_is_taken_back_is_cancelled_and_counts_for_nobody(desk: Desk) -> None:
    deeds = desk.followup_deeds
    given = deeds.tasks("联系", NOW + DAY_MS, [CHEN, ZHOU], actor(), lambda _done, _total: None)
    deeds.done(given[0], actor(), Result.SOLD)
    deeds.close(given, actor())
    sql = "SELECT id, status FROM task ORDER BY id"
    assert dict(desk.db.query(lambda c: [tuple(r) for r in c.exec_driver_sql(sql)])) == {
        given[0]: "done", given[1]: "cancelled",
    }  # fmt: skip
    assert loads(desk)["王敏"][:3] == (0, 0, 1)
