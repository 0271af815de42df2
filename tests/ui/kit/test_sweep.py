"""Garbage with Qt objects in it is collected on the GUI thread, whoever makes garbage meanwhile."""

import gc
import threading
import weakref

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.kit.sweep import Sweeper


class Knot:
    """Refers to itself, so that only the collector frees it, and notes on which thread it did."""

    freed_on: list[int] = []  # noqa: RUF012 - shared on purpose

    def __init__(self) -> None:
        self.me = self
        weakref.finalize(self, lambda: Knot.freed_on.append(threading.get_ident()))


def make_garbage() -> None:
    for _ in range(5_000):
        knot: list[object] = []
        knot.append(knot)


def test_workers_never_collect(qapp: QApplication, qtbot: QtBot) -> None:
    del qapp
    Knot.freed_on.clear()
    was = gc.isenabled()
    sweeper = Sweeper()
    try:
        Knot()
        worker = threading.Thread(target=make_garbage)
        worker.start()
        worker.join()
        assert Knot.freed_on == []
        qtbot.waitUntil(lambda: bool(Knot.freed_on))
        assert Knot.freed_on == [threading.get_ident()]
    finally:
        sweeper.stop()
    assert gc.isenabled() is was


def test_what_is_settled_is_left_alone_until_it_stops(qapp: QApplication) -> None:
    del qapp
    before = gc.get_freeze_count()
    sweeper = Sweeper()
    sweeper.settle()
    assert gc.get_freeze_count() > before
    sweeper.sweep()
    sweeper.stop()
    assert gc.get_freeze_count() == 0
