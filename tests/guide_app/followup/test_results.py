"""How tasks end: with a code and a few words, once, and only while they count."""

import pytest

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.followup.model import TaskRow
from guide_app.followup.results import FINISHING, Result
from tests.helpers.book import CHEN, NOW, STORE, WANG, Frames, HandClock, actor, ident


def put(desk: Desk, n: int, **fields: object) -> str:
    frame = Frames()
    frame._seq = 400 + n
    row = frame("task", ident(n), store=STORE, guide_id=WANG, title="试新品", created_at=NOW, **fields)
    desk.db.apply(lambda applier: applier.apply([row]))
    return ident(n)


def tasks(desk: Desk) -> list[TaskRow]:
    return desk.followup.tasks(WANG, done_since=0)


def notes(desk: Desk) -> list[tuple[object, ...]]:
    sql = "SELECT kind, body, result, task_id, client_id FROM note ORDER BY at, id"
    return desk.db.query(lambda conn: [tuple(row) for row in conn.exec_driver_sql(sql)])


@pytest.mark.parametrize("result", sorted(FINISHING))
def test_a_result_finishes_the_task_and_stands_on_the_timeline(desk: Desk, result: Result) -> None:
    task = desk.followup_deeds.task("约她试新款", NOW, actor(), CHEN)
    desk.followup_deeds.done(task, actor(), result, note=" 周六来 ")
    assert [(t.status, t.result) for t in tasks(desk)] == [("done", result.value)]
    assert notes(desk) == [("call", "周六来", result.value, task, CHEN)]
    state = "refused" if result is Result.REFUSED else "marketing"
    assert desk.clients.portrait(CHEN).fields["contact_state"] == state


def test_a_result_without_words_takes_those_of_the_task(desk: Desk) -> None:
    task = desk.followup_deeds.task("约她试新款", NOW, actor(), CHEN)
    desk.followup_deeds.done(task, actor(), Result.REACHED)
    desk.followup_deeds.done(task, actor(), Result.SOLD, note="第二次不算")
    assert notes(desk) == [("call", "约她试新款", "reached", task, CHEN)]


def test_a_tick_alone_says_nothing_of_a_contact(desk: Desk) -> None:
    desk.followup_deeds.done(desk.followup_deeds.task("擦镜子", None, actor()), actor())
    desk.followup_deeds.done(desk.followup_deeds.task("留鞋", None, actor(), CHEN), actor())
    assert notes(desk) == []
    assert {t.status for t in tasks(desk)} == {"done"}


def test_postponing_moves_the_day_and_leaves_it_open(desk: Desk) -> None:
    task = desk.followup_deeds.promise(CHEN, "留 38 码", NOW - DAY_MS, actor())
    assert desk.followup.today(WANG)[0].task_id == task
    desk.followup_deeds.postpone(task, NOW + 3 * DAY_MS, actor(), note="她出差")
    assert [(t.status, t.due_at) for t in tasks(desk)] == [("open", NOW + 3 * DAY_MS)]
    assert notes(desk) == [("note", "她出差", "postponed", task, CHEN)]
    assert all(s.task_id != task for s in desk.followup.today(WANG))


@pytest.mark.parametrize("due", [NOW, NOW - 1, NOW + 2 * DAY_MS])
def test_a_task_is_not_put_off_into_the_past_or_beyond_its_end(desk: Desk, due: int) -> None:
    task = put(desk, 91, expires_at=NOW + 2 * DAY_MS)
    with pytest.raises(InvalidInputError):
        desk.followup_deeds.postpone(task, due, actor())
    assert tasks(desk)[0].due_at is None


def test_a_task_shows_from_its_start_until_its_end(desk: Desk, clock: HandClock) -> None:
    put(desk, 91, starts_at=NOW + DAY_MS, expires_at=NOW + 2 * DAY_MS, client_id=CHEN, kind="promise", due_at=NOW)
    seen = []
    for days in (0, 1, 2):
        clock.ms = NOW + days * DAY_MS
        listed = [s.client_id for s in desk.followup.today(WANG) if s.task_id]
        seen.append((len(tasks(desk)), len(desk.followup.of_client(CHEN)), listed))
    assert seen == [(0, 0, []), (1, 1, [CHEN]), (0, 0, [])]


def test_postponed_is_no_way_to_finish(desk: Desk) -> None:
    task = desk.followup_deeds.task("约她", NOW, actor(), CHEN)
    with pytest.raises(InvalidInputError):
        desk.followup_deeds.done(task, actor(), Result.POSTPONED)
    assert tasks(desk)[0].status == "open"
