"""Finds what a test leaves behind: threads, child processes, Qt timers, Qt threads, top-level windows.

`Footprint.take()` before and after; `leftovers(before)` names what is new. What fixtures of a wider scope hold
(an office server, a database) stands in the first footprint, because pytest sets those up first; nothing has to
be declared for them. What such a fixture starts later, on first use, must match `LASTING_THREADS`.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Name patterns of threads that may outlive a test, each with its reason.
LASTING_THREADS = (
    r"^execnet",  # pytest-xdist's channel to its worker
    r"^asyncio_\d+$",  # workers of an event loop that a module's fixture keeps
    r"^AnyIO worker thread$",  # the same of a Starlette application that a module's fixture serves
)

GRACE_SECONDS = 3.0


@dataclass(frozen=True)
class Footprint:
    """What is alive at one moment, by identity; each value is a line that a person can read."""

    threads: dict[int, str]
    children: dict[int, str]
    qt: dict[int, str]

    @classmethod
    def take(cls) -> Footprint:
        """Look around in this process."""
        return cls(_threads(), _children(), _qt_objects())

    def leftovers(self, before: Footprint) -> list[str]:
        """Lines for everything alive now that was not alive `before`."""
        return [
            line
            for now, then in (
                (self.threads, before.threads),
                (self.children, before.children),
                (self.qt, before.qt),
            )
            for key, line in now.items()
            if key not in then
        ]


def settle(before: Footprint, grace: float | None = None) -> list[str]:
    """Give what is ending up to `grace` seconds (else `GRACE_SECONDS`); return what is left over."""
    _drain_qt()
    left = Footprint.take().leftovers(before)
    if not left:
        return []
    gc.collect()
    deadline = time.monotonic() + (GRACE_SECONDS if grace is None else grace)
    while True:
        _drain_qt()
        left = Footprint.take().leftovers(before)
        if not left or time.monotonic() > deadline:
            return left
        _wait_for_any_thread(before, 0.02)


def put_away(before: Footprint) -> None:
    """Stop leaked Qt objects, so that one leaking test does not fail the next ones too."""
    for key, item in _live_qt():
        if key in before.qt:
            continue
        for verb in ("stop", "quit", "close", "deleteLater"):
            method: Callable[[], Any] | None = getattr(item, verb, None)
            if callable(method):
                method()
    _drain_qt()


def _wait_for_any_thread(before: Footprint, seconds: float) -> None:
    new = [t for t in threading.enumerate() if t.ident is not None and t.ident not in before.threads]
    if new:
        new[0].join(seconds)
    else:
        threading.Event().wait(seconds)


def _threads() -> dict[int, str]:
    return {
        thread.ident: f"thread {thread.name!r} ({type(thread).__name__})"
        for thread in threading.enumerate()
        if thread.ident is not None
        and not isinstance(thread, threading._DummyThread)  # the only mark of a foreign thread
        and not any(re.search(pattern, thread.name) for pattern in LASTING_THREADS)
    }


def _children() -> dict[int, str]:
    if sys.platform == "linux":
        pids: Iterable[int] = _linux_children()
    else:
        import psutil  # noqa: PLC0415 - slow to import and not needed on Linux

        pids = [child.pid for child in psutil.Process().children()]
    return {pid: f"process {pid} {name}" for pid in pids if (name := _process_name(pid)) is not None}


def _linux_children() -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        try:
            found += [int(pid) for pid in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):  # the thread ended while we looked
            continue
    return found


def _process_name(pid: int) -> str | None:
    """Return the command line of a living process; None for one that has ended or is only waiting to be reaped."""
    if sys.platform != "linux":
        return ""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if state in "ZX" else command.strip()


def _qt_objects() -> dict[int, str]:
    return {key: _describe(item) for key, item in _live_qt()}


def _describe(item: Any) -> str:
    title = getattr(item, "windowTitle", None)
    words = [type(item).__name__, repr(item.objectName()), repr(title()) if callable(title) else ""]
    return "Qt " + " ".join(word for word in words if word and word != "''")


def _live_qt() -> list[tuple[int, Any]]:
    """Running timers, running Qt threads and top-level windows, keyed by their C++ address."""
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return []
    import shiboken6  # noqa: PLC0415 - only where Qt is loaded already

    live: dict[int, Any] = {}
    for item in shiboken6.getAllValidWrappers():
        running = (isinstance(item, core.QTimer) and item.isActive()) or (
            isinstance(item, core.QThread) and item.isRunning() and item is not core.QThread.currentThread()
        )
        if running:
            live[shiboken6.getCppPointer(item)[0]] = item
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and isinstance(core.QCoreApplication.instance(), widgets.QApplication):
        for widget in widgets.QApplication.topLevelWidgets():
            live[shiboken6.getCppPointer(widget)[0]] = widget
    return list(live.items())


def _drain_qt() -> None:
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return
    core.QThreadPool.globalInstance().waitForDone(int(GRACE_SECONDS * 1000))
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    core.QCoreApplication.processEvents()
