"""The two verbs for all work off the GUI thread: `change` (deeds, one after the other) and `query` (reads).

Functions receive a `Job` through which they report progress and notice a cancel. Answers arrive on the GUI
thread, and only while the widget that asked still lives and has not asked something newer in the same slot.
Every commit of the book, ours or sync's, comes in through `announce` and goes out as one `changed` signal.
"""

import threading
import weakref
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, overload

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from guide_app.base.change import Change
from ui.kit.errors import Failure, Presenter, present

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

SHOW_AFTER_S = 0.3
"""Work younger than this many seconds shows no progress bar: flicker tells nobody anything."""

_TICK_MS = 100


class Cancelled(Exception):  # noqa: N818 - an answer, not an error: the user asked for it
    """Raised inside a job by `Job.check` after the user or a newer query cancelled it."""


class Executor(Protocol):
    """What is handed in: anything with `concurrent.futures.Executor`'s `submit`."""

    def submit(self, fn: Callable[[], Any], /) -> "Future[Any]":
        """Run `fn` elsewhere and return its future."""
        ...


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take a change back: a word for the toast and the function that does it, itself a change."""

    text: str
    revert: "Callable[[Job], object]"


@dataclass(frozen=True, slots=True)
class Undoable(Generic[T]):
    """What a change function returns when its deed can be taken back: the value for `done`, and the way back."""

    value: T
    undo: Undo


@dataclass(frozen=True, slots=True)
class Running:
    """One visible job for the progress strip; `total` 0 means that the length is unknown."""

    number: int
    title: str
    done: int
    total: int
    cancellable: bool


@dataclass(frozen=True, slots=True)
class Busy:
    """All jobs that have taken longer than `SHOW_AFTER_S`; empty when the strip should hide."""

    jobs: tuple[Running, ...] = ()


class Job:
    """A function's line to the outside. Safe to use from the worker thread."""

    def __init__(self) -> None:
        """Start uncancelled, with an unknown length."""
        self._cancel = threading.Event()
        self.progress = (0, 0)

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the function to stop at its next `check`."""
        self._cancel.set()

    def check(self) -> None:
        """Raise `Cancelled` when asked to stop; call between pieces of work, before the commit."""
        if self._cancel.is_set():
            raise Cancelled

    def report(self, done: int, total: int) -> None:
        """Say how far the work is (pieces done of pieces in all), and stop here if asked to."""
        self.progress = (done, total)
        self.check()


@dataclass(eq=False, slots=True)
class _Entry:
    number: int
    owner: QObject | None
    slot: Hashable | None
    title: str
    cancellable: bool
    is_change: bool
    done: Callable[[Any], None] | None
    failed: Callable[[Failure], None] | None
    started: float
    job: Job = field(default_factory=Job)
    future: "Future[Any] | None" = None

    def wanted(self) -> bool:
        return self.owner is not None and shiboken6.isValid(self.owner)

    def drop(self) -> None:
        self.owner, self.done, self.failed = None, None, None


class Work(QObject):
    """Runs changes and queries and brings their answers home. One per window; lives on the GUI thread."""

    changed = Signal(object)
    """`Change`, once after every commit, ours or sync's, before the `done` of whoever asked for it."""
    offered_undo = Signal(object)
    """`Undo`, after a change that can be taken back."""
    failed = Signal(object)
    """`Failure` of a job whose caller gave no `failed`."""
    busy = Signal(object)
    """`Busy`, whenever the set or the counts of slow jobs change."""

    calm = Signal()
    """The last job under way is over and its answer delivered."""

    _arrived = Signal(object)
    _announced = Signal(object)

    def __init__(
        self,
        database: Executor,
        readers: Executor,
        *,
        presenter: Presenter = present,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """Take both executors, the one that words errors, and a monotonic clock in seconds.

        `database` should have one thread, and not the book's own writer thread: deeds wait for that one.
        """
        super().__init__()
        self._database = database
        self._readers = readers
        self._presenter = presenter
        self._clock = clock
        self._entries: dict[int, _Entry] = {}
        self._slots: dict[tuple[int, Hashable], int] = {}
        self._count = 0
        self._watched: set[int] = set()
        self._shown = Busy()
        self._closing = threading.Lock()
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._arrived.connect(self._land, Qt.ConnectionType.QueuedConnection)
        self._announced.connect(self.changed, Qt.ConnectionType.QueuedConnection)

    def query(
        self,
        fn: Callable[[Job], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[Failure], None] | None = None,
        slot: Hashable | None = None,
        title: str = "",
    ) -> Job:
        """Run a read-only `fn` on the readers and hand its answer to `done` on the GUI thread.

        A newer query of the same `owner` and `slot` cancels this one and its answer is dropped, as it is when
        `owner` is destroyed. `title` names the work in the progress strip if it takes long.
        """
        entry = self._enter(owner, slot, title, done, failed, is_change=False, cancellable=True)
        self._submit(self._readers, entry, fn)
        return entry.job

    @overload
    def change(
        self,
        fn: Callable[[Job], Undoable[T]],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        title: str = "",
        cancellable: bool = False,
    ) -> Job: ...

    @overload
    def change(
        self,
        fn: Callable[[Job], T],
        *,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        title: str = "",
        cancellable: bool = False,
    ) -> Job: ...

    def change(
        self,
        fn: Callable[[Job], Any],
        *,
        owner: QObject,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[Failure], None] | None = None,
        title: str = "",
        cancellable: bool = False,
    ) -> Job:
        """Run `fn`, which calls one service deed, in the executor of changes; then call `done(value)`.

        `fn` may return `Undoable(value, undo)` to offer the way back in a toast and to Ctrl+Z. A change goes on when
        its owner is destroyed; only the callbacks are dropped. Set `cancellable` when `fn` calls `Job.check`.
        """
        entry = self._enter(owner, None, title, done, failed, is_change=True, cancellable=cancellable)
        self._submit(self._database, entry, fn)
        return entry.job

    def announce(self, change: Change) -> None:
        """Tell all pages what was committed. Hand it to the book as its listener; may be called from any thread."""
        with self._closing:
            if not self._closed:
                self._announced.emit(change)

    def cancel(self, number: int) -> None:
        """Cancel the job with this number, if it still runs and can be cancelled."""
        entry = self._entries.get(number)
        if entry is not None and entry.cancellable:
            self._stop(entry)

    def pending(self) -> int:
        """How many jobs are under way."""
        return len(self._entries)

    @Slot()
    def tick(self) -> None:
        """Look which jobs have become slow, and tell the progress strip. Driven by a timer while work runs."""
        now = self._clock()
        slow = tuple(
            Running(entry.number, entry.title, *entry.job.progress, entry.cancellable)
            for entry in self._entries.values()
            if now - entry.started >= SHOW_AFTER_S
        )
        if slow != self._shown.jobs:
            self._shown = Busy(slow)
            self.busy.emit(self._shown)

    def close(self) -> None:
        """Drop every pending answer and ask running jobs to stop. Executors belong to whoever made them."""
        with self._closing:
            self._closed = True
        self._timer.stop()
        for entry in self._entries.values():
            entry.drop()
            if entry.cancellable:
                self._stop(entry)
        self._entries.clear()
        self._slots.clear()

    # -- inside -----------------------------------------------------------------------------------------

    def _enter(
        self,
        owner: QObject,
        slot: Hashable | None,
        title: str,
        done: Callable[[Any], None] | None,
        failed: Callable[[Failure], None] | None,
        *,
        is_change: bool,
        cancellable: bool,
    ) -> _Entry:
        self._count += 1
        entry = _Entry(self._count, owner, slot, title, cancellable, is_change, done, failed, started=self._clock())
        if slot is not None:
            older = self._entries.get(self._slots.get((id(owner), slot), 0))
            if older is not None:
                older.drop()
                self._stop(older)
            self._slots[id(owner), slot] = entry.number
        self._entries[entry.number] = entry
        self._watch(owner)
        self._timer.start()
        return entry

    def _submit(self, executor: Executor, entry: _Entry, fn: Callable[[Job], Any]) -> None:
        if self._closed:
            raise RuntimeError("the window is closing; no more work is taken")
        future = executor.submit(lambda: fn(entry.job))
        entry.future = future
        future.add_done_callback(lambda _future: self._send_home(entry))

    def _send_home(self, entry: _Entry) -> None:
        with self._closing:
            if not self._closed:
                self._arrived.emit(entry)

    def _stop(self, entry: _Entry) -> None:
        entry.job.cancel()
        if entry.future is not None:
            entry.future.cancel()

    def _watch(self, owner: QObject) -> None:
        """Learn of the owner's death once, through a weak reference: both may be collected in one sweep."""
        key = id(owner)
        if key in self._watched:
            return
        self._watched.add(key)
        me = weakref.ref(self)

        def gone() -> None:
            work = me()
            if work is not None and shiboken6.isValid(work):
                work._forget(key)  # noqa: SLF001 - our own method, reached weakly

        owner.destroyed.connect(gone)

    def _forget(self, key: int) -> None:
        self._watched.discard(key)
        for entry in self._entries.values():
            if id(entry.owner) == key:
                entry.drop()
                if not entry.is_change:
                    self._stop(entry)

    @Slot(object)
    def _land(self, entry: _Entry) -> None:
        if self._entries.pop(entry.number, None) is None or entry.future is None:
            return
        if entry.slot is not None and self._slots.get((id(entry.owner), entry.slot)) == entry.number:
            del self._slots[id(entry.owner), entry.slot]
        if not self._entries:
            self._timer.stop()
        self.tick()
        if not entry.future.cancelled():
            error = entry.future.exception()
            if error is None:
                self._deliver(entry, entry.future.result())
            elif not isinstance(error, Cancelled):
                self._complain(entry, self._presenter(error))
        entry.drop()
        entry.future = None  # the future's callback holds the entry: end the circle here, not in the collector
        if not self._entries:
            self.calm.emit()

    def _deliver(self, entry: _Entry, result: Any) -> None:
        value, undo = (result.value, result.undo) if isinstance(result, Undoable) else (result, None)
        if entry.done is not None and entry.wanted():
            entry.done(value)
        if undo is not None:
            self.offered_undo.emit(undo)

    def _complain(self, entry: _Entry, failure: Failure) -> None:
        if entry.failed is not None and entry.wanted():
            entry.failed(failure)
        elif entry.is_change or entry.wanted():
            self.failed.emit(failure)
