"""The version before this one meets an office of this one, and is updated afterwards: no field is lost or blanked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import OfficeUnderTest
from tests.helpers.desk import TestDesk
from tests.helpers.older_program import run_older
from tests.helpers.plain_book import HeldClock

CLIENT, ENDED = (f"018f0000-0000-7000-8000-00000000c00{n}" for n in range(1, 3))
TASK, OPEN = (f"018f0000-0000-7000-8000-00000000e00{n}" for n in range(1, 3))
GUIDE = "018f0000-0000-7000-8000-00000000f001"

Older = Callable[..., list[Any]]


@pytest.fixture
def older(tmp_path: Path, office: OfficeUnderTest, clock: HeldClock) -> Older:
    """Let the older program take steps on one PC, each time in a process of its own."""
    codes = [office.code()]
    folder = tmp_path / "older"

    def run(*steps: list[Any]) -> list[Any]:
        return run_older(folder, office.origin, clock.now_ms(), codes.pop() if codes else "", steps)

    return run


@pytest.fixture
def filled(office: OfficeUnderTest) -> OfficeUnderTest:
    office.write("client", CLIENT, {"name": "王女士", "remark": "对羊毛过敏"})
    office.write("client", ENDED, {"name": "王小姐", "merged_into": CLIENT})
    office.write("task", TASK, {"title": "回访", "status": "done", "done_by": GUIDE})
    office.write("task", OPEN, {"title": "生日"})
    return office


def test_an_older_pc_blanks_nothing_that_it_does_not_know(older: Older, filled: OfficeUnderTest) -> None:
    *_, told, extra = older(
        ["sync"],
        ["patch", "client", CLIENT, {"remark": "喜欢红色", "starred": True}],
        ["patch", "task", TASK, {"result": "已回访"}],
        ["put", "note", {"client_id": CLIENT, "body": "鞋跟略紧"}],
        ["sync"],
        ["field", "task", TASK, "extra"],
    )
    assert told == [3, 0, [True, True]]
    assert json.loads(extra) == {"done_by": GUIDE}, "kept as it came"
    client, ended, task = (filled.read(*key) for key in (("client", CLIENT), ("client", ENDED), ("task", TASK)))
    assert client is not None
    assert (client["remark"], client["starred"], client["name"]) == ("喜欢红色", True, "王女士")
    assert ended is not None
    assert ended["merged_into"] == CLIENT
    assert task is not None
    assert (task["done_by"], task["result"], task["title"]) == (GUIDE, "已回访", "回访")


@pytest.mark.usefixtures("filled")
def test_an_older_pc_and_a_newer_one_come_to_the_same(
    older: Older, desk_of: Callable[[int], TestDesk], clock: HeldClock
) -> None:
    newer = desk_of(2)
    newer.sync()
    assert newer.field("task", TASK, "done_by") == GUIDE
    older(["sync"], ["patch", "task", TASK, {"title": "再回访"}], ["sync"])
    clock.move(5)
    newer.patch("task", TASK, body="带新品目录")
    newer.sync()
    [told, title, body] = older(["sync"], ["field", "task", TASK, "title"], ["field", "task", TASK, "body"])
    assert told == [0, 0, [True, True]]
    assert (title, body) == ("再回访", "带新品目录")
    assert all(scope.equal for scope in newer.sync().scopes)
    assert newer.field("task", TASK, "done_by") == GUIDE


def test_what_the_older_program_left_waiting_is_handed_in_by_the_newer(
    older: Older, filled: OfficeUnderTest, tmp_path: Path, office: OfficeUnderTest, clock: HeldClock
) -> None:
    older(["sync"], ["patch", "task", OPEN, {"body": "送一张卡"}], ["put", "task", {"title": "问候"}])
    updated = TestDesk(tmp_path / "older", office.origin, clock)
    try:
        waiting = updated.db.query(lambda conn: conn.exec_driver_sql("SELECT schema FROM outbox").scalars().all())
        assert waiting == [1, 1]
        updated.patch("task", OPEN, body="送一束花")
        report = updated.sync()
        assert (report.pushed, report.rejected) == (3, 0)
        assert all(scope.equal for scope in report.scopes)
    finally:
        updated.close()
    task = filled.read("task", OPEN)
    assert task is not None
    assert (task["body"], task["title"]) == ("送一束花", "生日")
