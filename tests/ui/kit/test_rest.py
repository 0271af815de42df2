"""Rest comes once after each stretch of work, and not while somebody still waits for an answer."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from guide_app.base.change import Change
from tests.ui.kit.fakes import ManualExecutor
from ui.kit.rest import RestWatch
from ui.kit.work import Work

SYNCED = Change(frozenset({"client"}), frozenset({"c1"}), "sync")
_SOON = 0.01


@pytest.fixture
def rests(work: Work) -> Iterator[list[str]]:
    """What has come, by a watch that takes the shortest silence for rest."""
    came: list[str] = []
    watch = RestWatch(work, _SOON)
    watch.came.connect(lambda: came.append("rest"))
    yield came
    watch.stop()


def ask(work: Work, owner: QObject) -> None:
    work.query(lambda _job: None, owner=owner, done=lambda _none: None)


def test_it_comes_once_after_each_stretch_of_work(
    qtbot: QtBot, work: Work, readers: ManualExecutor, rests: list[str]
) -> None:
    owner = QObject()
    for stretch in (["rest"], ["rest", "rest"]):
        ask(work, owner)
        ask(work, owner)
        readers.run_all()
        qtbot.waitUntil(lambda stretch=stretch: rests == stretch)  # type: ignore[misc]
        qtbot.wait(5 * round(_SOON * 1000))
        assert rests == stretch, "once is enough: nothing was asked since"


def test_it_waits_for_what_is_under_way(qtbot: QtBot, work: Work, readers: ManualExecutor, rests: list[str]) -> None:
    owner = QObject()
    ask(work, owner)
    ask(work, owner)
    readers.run()
    work.announce(SYNCED)
    qtbot.wait(5 * round(_SOON * 1000))
    assert rests == []
    readers.run()
    qtbot.waitUntil(lambda: rests == ["rest"])


def test_what_sync_brings_is_work_too(qtbot: QtBot, work: Work, rests: list[str]) -> None:
    work.announce(SYNCED)
    qtbot.waitUntil(lambda: rests == ["rest"])
