"""Ctrl+C in the terminal ends the window."""

import os
import signal

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui.kit.interrupt import quit_on_signal


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_event_loop_and_the_old_handler_comes_back(
    qapp: QApplication, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    sender = QTimer()
    sender.setSingleShot(True)
    sender.timeout.connect(lambda: os.kill(os.getpid(), number))
    with quit_on_signal(qapp):
        sender.start(0)
        qapp.exec()
    assert signal.getsignal(number) is before
