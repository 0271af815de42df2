"""Rest comes once after each stretch of work, and not while somebody still waits for an answer."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject

from guide_app.base.change import Change
from tests.ui.kit.fakes import ManualExecutor
from ui.kit.rest import RestWatch
from ui.kit.work import Work

SYNCED = Change(frozenset({"client"}), frozenset({"c1"}), "sync")
_TURNS = 5


@pytest.fixture
def rests(work: Work) -> Iterator[list[str]]:
    """What has come, by a watch that takes any silence for rest."""
    came: list[str] = []
    watch = RestWatch(work, 0)
    watch.came.connect(lambda: came.append("rest"))
    yield came
    watch.stop()


def turn() -> None:
    """Let all come that is due: signals, and a timer of no time."""
    for _ in range(_TURNS):
        QCoreApplication.processEvents()


def ask(work: Work, owner: QObject) -> None:
    work.query(lambda _job: None, owner=owner, done=lambda _none: None)


def test_it_comes_once_after_each_stretch_of_work(work: Work, readers: ManualExecutor, rests: list[str]) -> None:
    owner = QObject()
    for stretch in (["rest"], ["rest", "rest"]):
        ask(work, owner)
        ask(work, owner)
        readers.run_all()
        turn()
        assert rests == stretch, "once is enough: nothing was asked since"


def test_it_waits_for_what_is_under_way(work: Work, readers: ManualExecutor, rests: list[str]) -> None:
    owner = QObject()
    ask(work, owner)
    ask(work, owner)
    readers.run()
    work.announce(SYNCED)
    turn()
    assert rests == []
    readers.run()
    turn()
    assert rests == ["rest"]


def test_what_sync_brings_is_work_too(work: Work, rests: list[str]) -> None:
    work.announce(SYNCED)
    turn()
    assert rests == ["rest"]
