"""New fields of records that are here already come by id, late, and only for the version that is held."""

from __future__ import annotations

import pytest

from guide_app.protocol.merge import State
from guide_app.protocol.scopes import store_scope
from guide_app.store.new_fields import ask_for
from guide_app.sync.backfill import Backfill
from guide_app.sync.office import Office
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.plain_book import STORE

SCOPE = store_scope(STORE)
GUIDE = "018f0000-0000-7000-8000-00000000f001"
TASKS = [f"018f0000-0000-7000-8000-00000000e{n:03d}" for n in range(12)]


@pytest.fixture
def loaded(desk: TestDesk, office: MemoryOffice) -> TestDesk:
    """A PC with twelve tasks, whose doers the office has found out since, without sending the tasks anew."""
    for task in TASKS:
        office.write("task", task, {"title": "回访", "status": "done"}, STORE)
    desk.sync()
    for task in TASKS:
        learn(office, task)
    desk.db.apply(lambda applier: ask_for(applier.conn, "task", ["done_by"]))
    return desk


def learn(office: MemoryOffice, task: str, doer: str = GUIDE) -> None:
    feed = office.feeds[SCOPE]
    seq, state = feed.live["task", task]
    feed.live["task", task] = (seq, State({**state.data, "done_by": doer}, state.stamps))


def doers(desk: TestDesk) -> list[object]:
    return [desk.field("task", task, "done_by") for task in TASKS]


def left(desk: TestDesk) -> object:
    return desk.scalar("SELECT count(*) FROM backfill")


def test_a_round_brings_them_and_moves_no_cursor(loaded: TestDesk) -> None:
    before = loaded.scalar("SELECT group_concat(scope || epoch || seq) FROM cursor")
    report = loaded.sync()
    assert doers(loaded) == [GUIDE] * 12
    assert (report.pulled, left(loaded)) == (0, 0)
    assert loaded.scalar("SELECT group_concat(scope || epoch || seq) FROM cursor") == before
    assert all(state.equal for state in loaded.sync().scopes)


def test_it_asks_no_more_when_it_is_done(loaded: TestDesk, office: MemoryOffice) -> None:
    loaded.sync()
    office.requests.clear()
    loaded.sync()
    assert "GET /sync/v1/backfill" not in office.requests


def test_a_broken_line_costs_what_was_under_way_and_nothing_else(loaded: TestDesk, server: OfficeServer) -> None:
    asked: list[str] = []

    def fault(moment: str, request: str) -> str:
        if moment == "before" and "backfill" in request:
            asked.append(request)
            return "drop" if len(asked) == 3 else ""
        return ""

    server.fault = fault
    fill = Backfill(loaded.db, Office(loaded.transport), page=5)
    assert fill.run() == 10
    assert doers(loaded) == [GUIDE] * 10 + [None] * 2
    assert fill.run() == 2
    assert doers(loaded) == [GUIDE] * 12
    assert f"after={TASKS[9]}" in asked[3], "it went on where it broke off"
    assert left(loaded) == 0


def test_a_round_never_fails_for_it(loaded: TestDesk, server: OfficeServer) -> None:
    server.fault = lambda _, request: "503" if "backfill" in request else ""
    assert loaded.sync().rejected == 0
    assert left(loaded) == 1
    server.fault = lambda *_: ""
    loaded.sync()
    assert left(loaded) == 0


def test_a_round_takes_a_few_pages_and_the_next_goes_on(loaded: TestDesk) -> None:
    fill = Backfill(loaded.db, Office(loaded.transport), page=2)
    assert [fill.run(), fill.run(), fill.run()] == [8, 4, 0]


def test_another_version_than_the_one_held_is_left_to_the_feed(loaded: TestDesk, office: MemoryOffice) -> None:
    office.write("task", TASKS[0], {"title": "再回访", "done_by": TASKS[1]}, STORE)
    Backfill(loaded.db, Office(loaded.transport)).run()
    assert doers(loaded) == [None, *[GUIDE] * 11]
    loaded.sync()
    assert (doers(loaded)[0], loaded.field("task", TASKS[0], "title")) == (TASKS[1], "再回访")


def test_a_change_that_waits_stays_on_top(loaded: TestDesk) -> None:
    loaded.patch("task", TASKS[0], title="改过的标题")
    Backfill(loaded.db, Office(loaded.transport)).run()
    assert (loaded.field("task", TASKS[0], "title"), doers(loaded)[0]) == ("改过的标题", GUIDE)
    report = loaded.sync()
    assert (report.pushed, report.rejected) == (1, 0)
    assert (loaded.field("task", TASKS[0], "title"), doers(loaded)[0]) == ("改过的标题", GUIDE)
    assert all(state.equal for state in report.scopes)


def test_what_the_old_program_could_not_read_is_tried_anew(desk: TestDesk, office: MemoryOffice) -> None:
    office.write("task", TASKS[0], {"title": "回访"}, STORE)
    desk.sync()

    def as_if_by_an_older_program(conn: object) -> None:
        run = conn.exec_driver_sql  # type: ignore[attr-defined]
        run(
            "INSERT INTO unknown_record (scope, kind, id, seq, data, reason)"
            f" SELECT '{SCOPE}', 'task', id, seq, json_object('title', title), 'invalid' FROM task"
        )
        run("DELETE FROM task")
        run("UPDATE setting SET value = '1' WHERE key = 'sync.schema'")

    desk.db.apply(lambda applier: as_if_by_an_older_program(applier.conn))
    desk.sync()
    assert desk.field("task", TASKS[0], "title") == "回访"
    assert desk.scalar("SELECT count(*) FROM unknown_record") == 0


def test_a_lost_scope_takes_its_errands_along(loaded: TestDesk) -> None:
    def split(conn: object) -> None:
        conn.exec_driver_sql("UPDATE backfill SET scope = 'store:018f0000-0000-7000-8000-0000000000ff'")  # type: ignore[attr-defined]

    loaded.db.apply(lambda applier: split(applier.conn))
    loaded.sync()
    assert left(loaded) == 0
