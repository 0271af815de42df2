"""The guard that ends every test is itself seen to catch each thing it looks for."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget

from tests.helpers import leaks

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_running_thread_is_named() -> None:
    before = leaks.Footprint.take()
    stop = threading.Event()
    worker = threading.Thread(target=stop.wait, name="left-over")
    worker.start()
    assert leaks.settle(before, grace=0.1) == ["thread 'left-over' (Thread)"]
    stop.set()
    worker.join()
    assert leaks.settle(before) == []


def test_a_thread_that_is_ending_is_waited_for() -> None:
    before = leaks.Footprint.take()
    stop = threading.Event()
    worker = threading.Thread(target=stop.wait)
    worker.start()
    threading.Timer(0.2, stop.set).start()
    assert leaks.settle(before) == []


def test_a_child_process_is_named() -> None:
    before = leaks.Footprint.take()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        [line] = leaks.settle(before, grace=0.1)
        assert line.startswith(f"process {child.pid} ")
        child.kill()
    assert leaks.settle(before) == []


@pytest.mark.usefixtures("qapp")
def test_a_running_timer_is_named_and_put_away() -> None:
    before = leaks.Footprint.take()
    timer = QTimer()
    timer.setObjectName("poll")
    timer.start(60_000)
    assert leaks.settle(before, grace=0.1) == ["Qt QTimer 'poll'"]
    leaks.put_away(before)
    assert leaks.settle(before) == []


@pytest.mark.usefixtures("qapp")
def test_a_top_level_window_is_named_and_put_away() -> None:
    before = leaks.Footprint.take()
    window = QWidget()
    window.setWindowTitle("客户")
    window.show()
    assert leaks.settle(before, grace=0.1) == ["Qt QWidget '客户'"]
    leaks.put_away(before)
    assert leaks.settle(before) == []


@pytest.mark.usefixtures("qapp")
def test_a_running_qt_thread_is_named_and_put_away() -> None:
    before = leaks.Footprint.take()
    thread = QThread()
    thread.setObjectName("sync")
    thread.start()
    assert leaks.settle(before, grace=0.1) == ["Qt QThread 'sync'"]
    thread.quit()
    assert thread.wait(5000)
    assert leaks.settle(before) == []


def test_windows_owned_by_the_test_bot_are_no_leak(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
