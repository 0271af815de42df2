"""Executors and a clock that a test moves by hand, so that no test about background work sleeps."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


class ManualExecutor:
    """Keeps what was submitted until the test runs it."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], Any], Future[Any]]] = []

    def submit(self, fn: Callable[[], Any], /) -> Future[Any]:
        """Keep `fn` for later."""
        future: Future[Any] = Future()
        self.waiting.append((fn, future))
        return future

    def run(self, index: int = 0) -> None:
        """Run one waiting function here and now, as a worker would."""
        fn, future = self.waiting.pop(index)
        if not future.set_running_or_notify_cancel():
            return
        try:
            future.set_result(fn())
        except BaseException as error:  # noqa: BLE001 - an executor hands every exception to its future
            future.set_exception(error)

    def run_all(self) -> None:
        """Run all that waits, in order."""
        while self.waiting:
            self.run()


class InlineExecutor(ManualExecutor):
    """Runs at once on the calling thread; answers still arrive through the event loop."""

    def submit(self, fn: Callable[[], Any], /) -> Future[Any]:
        """Run `fn` and return its finished future."""
        future = super().submit(fn)
        self.run()
        return future


class FakeClock:
    """A monotonic clock that stands until told to move."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now
