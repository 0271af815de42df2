"""The two verbs: answers come home once, on the GUI thread, to whoever still wants them."""

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from guide_app.base.change import Change
from guide_app.base.errors import OfficeUnreachableError
from tests.ui.kit.fakes import FakeClock, ManualExecutor
from ui.kit.errors import Failure
from ui.kit.undo import UndoStack
from ui.kit.work import Busy, Job, Undo, Undoable, Work

NOTE = Change(frozenset({"note"}), frozenset({"n1"}), "clients")


def log() -> list[Any]:
    """An empty list that mypy lets us put anything into."""
    return []


def give(value: Any, _job: Job) -> Any:
    """A job that returns `value`."""
    return value


def settle() -> None:
    """Let queued signals arrive; nothing here depends on time."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_query_answers_on_the_gui_thread(qtbot: QtBot) -> None:
    with ThreadPoolExecutor(1) as pool:
        work = Work(pool, pool)
        owner = QObject()
        seen: list[tuple[int, int]] = log()
        work.query(
            lambda _job: threading.get_ident(), owner=owner, done=lambda it: seen.append((it, threading.get_ident()))
        )
        qtbot.waitUntil(lambda: bool(seen))
        work.close()
    worker, here = seen[0]
    assert here == threading.get_ident()
    assert worker != here


def test_only_the_newest_answer_of_a_slot_arrives(work: Work, readers: ManualExecutor) -> None:
    owner, seen = QObject(), log()
    older = work.query(lambda _job: "old", owner=owner, slot="list", done=seen.append)
    work.query(lambda _job: "new", owner=owner, slot="list", done=seen.append)
    work.query(lambda _job: "other", owner=owner, slot="portrait", done=seen.append)
    readers.run_all()
    settle()
    assert seen == ["new", "other"]
    assert older.cancelled
    assert work.pending() == 0


def test_a_stale_answer_already_on_its_way_is_dropped(work: Work, readers: ManualExecutor) -> None:
    owner, seen = QObject(), log()
    work.query(lambda _job: "old", owner=owner, slot="list", done=seen.append)
    readers.run()  # finished on the worker, not yet delivered
    work.query(lambda _job: "new", owner=owner, slot="list", done=seen.append)
    readers.run()
    settle()
    assert seen == ["new"]


def test_two_owners_do_not_disturb_each_others_slots(work: Work, readers: ManualExecutor) -> None:
    one, two, seen = QObject(), QObject(), log()
    work.query(lambda _job: 1, owner=one, slot="list", done=seen.append)
    work.query(lambda _job: 2, owner=two, slot="list", done=seen.append)
    readers.run_all()
    settle()
    assert seen == [1, 2]


def test_everybody_hears_of_a_commit_once_before_the_answer(work: Work, database: ManualExecutor) -> None:
    owner, order = QObject(), log()
    work.changed.connect(order.append)

    def deed(_job: Job) -> str:
        work.announce(NOTE)  # as the book does on commit
        return "id-7"

    work.change(deed, owner=owner, done=order.append)
    database.run_all()
    settle()
    assert order == [NOTE, "id-7"]


def test_an_answer_to_a_destroyed_widget_is_dropped_but_the_change_is_announced(
    work: Work, database: ManualExecutor, readers: ManualExecutor
) -> None:
    owner, seen, changes = QObject(), log(), log()
    work.changed.connect(changes.append)
    query = work.query(lambda _job: 1, owner=owner, done=seen.append)
    work.change(lambda _job: work.announce(NOTE), owner=owner, done=seen.append)
    shiboken6.delete(owner)
    assert query.cancelled
    readers.run_all()
    database.run_all()
    settle()
    assert seen == []
    assert changes == [NOTE]


def test_callbacks_are_let_go_when_their_widget_dies(work: Work, readers: ManualExecutor) -> None:
    class Receiver:
        def take(self, _value: Any) -> None: ...

    owner, receiver = QObject(), Receiver()
    work.query(lambda _job: 1, owner=owner, done=receiver.take)
    ghost = weakref.ref(receiver)
    shiboken6.delete(owner)
    del receiver
    gc.collect()
    assert ghost() is None
    readers.run_all()


def test_progress_shows_after_300_ms_with_a_count_and_goes_away(
    work: Work, readers: ManualExecutor, clock: FakeClock
) -> None:
    owner, shown = QObject(), log()
    work.busy.connect(shown.append)
    job = work.query(lambda _job: None, owner=owner, done=lambda _it: None, title="导入客户")
    clock.now += 0.29
    work.tick()
    assert shown == []
    clock.now += 0.02
    job.report(40, 100)
    work.tick()
    (running,) = shown[-1].jobs
    assert (running.title, running.done, running.total, running.cancellable) == ("导入客户", 40, 100, True)
    readers.run()
    settle()
    assert shown[-1] == Busy()


def test_cancel_stops_the_job_quietly(work: Work, readers: ManualExecutor, clock: FakeClock) -> None:
    owner, seen, failures, shown = QObject(), log(), log(), log()
    work.failed.connect(failures.append)
    work.busy.connect(shown.append)

    def count(job: Job) -> int:
        for done in range(1000):
            job.report(done, 1000)
        return 1000

    job = work.query(count, owner=owner, done=seen.append)
    clock.now += 1
    work.tick()
    work.cancel(shown[-1].jobs[0].number)
    assert job.cancelled
    readers.run_all()
    settle()
    assert (seen, failures, work.pending()) == ([], [], 0)


def test_a_change_is_not_cancelled_unless_it_said_it_can_be(
    work: Work, database: ManualExecutor, clock: FakeClock
) -> None:
    owner, shown, answers = QObject(), log(), log()
    work.busy.connect(shown.append)
    work.change(lambda _job: "kept", owner=owner, done=answers.append)
    clock.now += 1
    work.tick()
    (running,) = shown[-1].jobs
    assert not running.cancellable
    work.cancel(running.number)
    database.run_all()
    settle()
    assert answers == ["kept"]


def test_an_error_reaches_the_caller_or_the_window_in_words(
    work: Work, database: ManualExecutor, readers: ManualExecutor
) -> None:
    owner, asked, general = QObject(), log(), log()
    work.failed.connect(general.append)

    def offline(_job: Job) -> None:
        raise OfficeUnreachableError("office.unreachable", "总部没有应答。", "请检查网络。")

    def broken(_job: Job) -> None:
        raise ZeroDivisionError("<b>x</b>")

    work.query(offline, owner=owner, done=lambda _it: None, failed=asked.append)
    work.change(broken, owner=owner)
    readers.run_all()
    database.run_all()
    settle()
    failure: Failure = asked[0]
    assert (failure.title, failure.sentence, failure.way_out) == ("暂时连不上总部", "总部没有应答。", "请检查网络。")
    assert "office.unreachable" in failure.detail
    assert "ZeroDivisionError" in general[0].detail
    assert len(general) == 1


def test_sync_announces_from_its_own_thread(work: Work, qtbot: QtBot) -> None:
    with qtbot.waitSignal(work.changed) as got, ThreadPoolExecutor(1) as pool:
        pool.submit(work.announce, Change(frozenset({"client"}), frozenset(), "sync")).result()
    assert got.args[0].origin == "sync"


def test_nothing_arrives_after_close(qapp: Any, clock: FakeClock) -> None:
    del qapp
    readers, owner, seen = ManualExecutor(), QObject(), log()
    work = Work(readers, readers, clock=clock)
    work.query(lambda _job: 1, owner=owner, done=seen.append)
    work.close()
    readers.run_all()
    work.announce(NOTE)
    settle()
    assert seen == []
    with pytest.raises(RuntimeError, match="closing"):
        work.query(lambda _job: 1, owner=owner, done=seen.append)


def test_undo_takes_back_the_newest_first_and_each_once(work: Work, database: ManualExecutor) -> None:
    owner, stack, undone = QObject(), UndoStack(work), log()
    stack.undone.connect(undone.append)
    for name in ("a", "b"):
        work.change(partial(give, Undoable(None, Undo(name, partial(give, None)))), owner=owner)
    database.run_all()
    settle()
    assert len(stack) == 2
    assert stack.undo()
    assert stack.undo()
    assert not stack.undo()
    database.run_all()
    settle()
    assert [undo.text for undo in undone] == ["b", "a"]
