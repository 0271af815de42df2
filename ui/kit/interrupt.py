"""Ctrl+C and a polite kill close the window as its own button does: edits are kept, helpers are stopped."""

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


@contextmanager
def quit_on_signal(app: QApplication) -> Iterator[None]:
    """End `app.exec()` on SIGINT or SIGTERM for as long as the block runs. Call on the main thread.

    Python handles signals between two bytecodes, and none run while Qt waits; the wake-up socket lets Qt notice.
    """
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read)

    def woken() -> None:
        ours.recv(64)
        app.closeAllWindows()
        app.quit()

    notifier.activated.connect(woken)
    watched = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda _number, _frame: None) for number in watched}
    old = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(old)
        for number, handler in before.items():
            signal.signal(number, handler)
        notifier.setEnabled(False)
        ours.close()
        theirs.close()
