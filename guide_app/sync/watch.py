"""Keeps a book in sync while the window is open: one thread, woken by time, a new change, a hint, or by request.

While the office can be heard (`guide_app.sync.hints`) time wakes it seldom. A failed round is tried again after a
random wait of up to 1 s, 2 s, 4 s … 5 min, so that 4,000 shops do not come back at once when the office does.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from guide_app.base.change import Change
from guide_app.base.errors import GuideError, NotEnrolledError, OfficeUnreachableError
from guide_app.store.database import Database
from guide_app.store.lock import BusyError
from guide_app.sync.backoff import Backoff, Jitter, jitter
from guide_app.sync.engine import SyncEngine
from guide_app.sync.hints import Ears, HintListener
from guide_app.sync.queries import SyncQueries, SyncStanding
from guide_app.sync.report import Progress, SyncReport

State = Literal["never", "syncing", "synced", "offline", "attention"]

_log = logging.getLogger(__name__)

#: Within so many seconds of losing the office's voice a PC looks for itself; not all in the same moment.
_FIND_OUT_S = 10.0


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What the status bar shows. `waiting` changes not handed in, the oldest made at `oldest_ms` (UTC).

    `held` scopes wait for leave to remove many records.

    never: no contact yet · syncing · synced · offline: the office does not answer, work goes on · attention: refused
    changes, values that lost, or an error that waiting does not cure. `report` is what the last good round did;
    `error_code` the stable code of `last_error`; `broken_off`: a round was broken off on request and goes on later.
    """

    state: State
    waiting: int = 0
    oldest_ms: int | None = None
    parked: int = 0
    conflicts: int = 0
    held: int = 0
    last_contact_ms: int | None = None
    last_error: str = ""
    progress: Progress | None = None
    report: SyncReport | None = None
    error_code: str = ""
    broken_off: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds: between rounds, after a change before it is handed in, first and longest wait after a failure.

    `hinted_every_s` stands between rounds while hints are heard.
    """

    every_s: float = 60.0
    settle_s: float = 1.0
    first_wait_s: float = 1.0
    longest_wait_s: float = 300.0
    hinted_every_s: float = 300.0

    @property
    def backoff(self) -> Backoff:
        """The waits after failures."""
        return Backoff(self.first_wait_s, self.longest_wait_s)


class Stopped(Exception):  # noqa: N818 - no error: the loop was asked to end
    """Raised inside a round to end it between two steps."""


class SyncWatch:
    """The loop. `start` begins it, `request` asks for a round now, `stop` ends it and waits.

    `after_round` runs on the loop's thread after each good round (pictures); it is handed a function that says whether
    to break off. `jitter(x)` gives a random number between 0 and x.
    """

    def __init__(
        self,
        db: Database,
        engine: SyncEngine,
        *,
        rhythm: Rhythm | None = None,
        after_round: Callable[[Callable[[], bool]], object] | None = None,
        hints: HintListener | None = None,
        jitter: Jitter = jitter,
    ) -> None:
        self._db = db
        self._engine = engine
        self._queries = SyncQueries(db)
        self._rhythm = rhythm or Rhythm()
        self._after_round = after_round
        self._hints = hints
        self._jitter = jitter
        self._wake = threading.Condition()
        self._stopping = False
        self._due: float | None = None
        self._dirty = False
        self._broken_off = False
        self._hearing = False
        self._failures = 0
        self._error: GuideError | None = None
        self._report: SyncReport | None = None
        self._listeners: list[Callable[[SyncStatus], None]] = []
        self._status = SyncStatus("never")
        self._thread: threading.Thread | None = None
        self._forget: Callable[[], None] = lambda: None

    @property
    def status(self) -> SyncStatus:
        """The latest status."""
        return self._status

    def on_status(self, callback: Callable[[SyncStatus], None]) -> Callable[[], None]:
        """Have `callback` called, on another thread, whenever the status changes; returns how to stop that."""
        self._listeners.append(callback)

        def stop() -> None:
            if callback in self._listeners:
                self._listeners.remove(callback)

        return stop

    def start(self) -> None:
        """Begin, with a round at once."""
        self._forget = self._db.on_change(self._changed)
        self._thread = threading.Thread(target=self._loop, name="sync-watch")
        self._thread.start()
        if self._hints is not None:
            self._hints.start(Ears(self._news, self._hears))

    def request(self) -> None:
        """A round now, whatever the waiting time."""
        with self._wake:
            self._broken_off = False
        self._plan(0.0)

    def network_changed(self) -> None:
        """This PC is on another network, or on one again: a round now, and hints over a fresh line."""
        if self._hints is not None:
            self._hints.renew()
        self.request()

    def break_off(self) -> None:
        """End the round under way after the page it is at; it goes on after the longest wait, or by `request`."""
        with self._wake:
            self._broken_off = self._status.state == "syncing"

    def stop(self) -> None:
        """End after the step under way, and wait for it."""
        self._forget()
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._hints is not None:
            self._hints.stop()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _changed(self, change: Change) -> None:
        if change.origin == "sync":
            return
        with self._wake:  # on the writer's thread, which must not be kept waiting: the loop will tell
            self._dirty = True
            if not (self._failures or self._broken_off):  # while the office is away, the waiting time stands
                self._due = self._rhythm.settle_s if self._due is None else min(self._due, self._rhythm.settle_s)
            self._wake.notify_all()

    def _news(self, spread_s: float) -> None:
        """Something moved at the office; many were told."""
        self._plan(self._jitter(spread_s))

    def _hears(self, hearing: bool) -> None:
        """Hints come through, or no more: then a round finds out soon how things stand, and time wakes as without."""
        with self._wake:
            lost = self._hearing and not hearing
            self._hearing = hearing
            waits_for_time = not (hearing or self._failures or self._broken_off)
        if waits_for_time:
            self._plan(self._jitter(_FIND_OUT_S) if lost else self._rhythm.every_s)

    def _plan(self, seconds: float) -> None:
        with self._wake:
            self._due = seconds if self._due is None else min(self._due, seconds)
            self._wake.notify_all()

    def _loop(self) -> None:
        wait = 0.0
        while self._sleep(wait):
            if self._hints is not None:
                self._hints.round_begins()
            good = self._round()
            if self._hints is not None:
                self._hints.round_ends(good=good)
            wait = self._next_wait()

    def _sleep(self, seconds: float) -> bool:
        """Wait until it is time, telling of changes meanwhile; False when asked to stop."""
        deadline = time.monotonic() + seconds
        while True:
            with self._wake:
                if self._stopping:
                    return False
                if self._due is not None:
                    deadline = min(deadline, time.monotonic() + self._due)
                    self._due = None
                left = deadline - time.monotonic()
                if left > 0 and not self._dirty:
                    self._wake.wait(left)
                dirty, self._dirty = self._dirty, False
            if dirty:
                self._tell(self._settled_state())
            if left <= 0:
                return True

    def _next_wait(self) -> float:
        if self._broken_off:
            return self._rhythm.longest_wait_s
        if self._failures:
            return self._rhythm.backoff.pause(self._failures, self._error, self._jitter)
        return self._rhythm.hinted_every_s if self._hearing else self._rhythm.every_s

    def _round(self) -> bool:
        """One round; returns whether it came to its end, or nothing was there to do."""
        self._broken_off = False
        self._tell("syncing")
        try:
            self._report = self._engine.run_once(self._progress)
            self._failures, self._error = 0, None
        except Stopped:
            if not self._stopping:
                self._tell(self._settled_state())
            return False
        except (BusyError, NotEnrolledError):
            self._error = None  # another process is at it, or there is no office yet: look again later
        except GuideError as e:
            self._failures += 1
            self._error = e
        except Exception as e:  # noqa: BLE001 - the loop must live; the error is shown and logged
            _log.exception("a round of sync failed")
            self._failures += 1
            self._error = GuideError("sync.failed", "同步出错: {why}。", "请运行 guide doctor。", why=type(e).__name__)
        self._tell(self._settled_state())
        good = self._error is None
        if good and self._after_round is not None:
            self._pictures(self._after_round)
        return good

    def _pictures(self, after_round: Callable[[Callable[[], bool]], object]) -> None:
        try:
            after_round(lambda: self._stopping)
        except GuideError as e:
            _log.info("pictures wait: %s", e.code)

    def _progress(self, progress: Progress) -> None:
        if self._stopping or self._broken_off:
            raise Stopped
        self._tell("syncing", progress)

    def _settled_state(self) -> State:
        if isinstance(self._error, OfficeUnreachableError):
            return "offline"
        return "attention" if self._error is not None else "synced"

    def _tell(self, state: State, progress: Progress | None = None) -> None:
        standing = self._queries.standing()
        status = SyncStatus(
            _shown(state, standing),
            standing.waiting,
            standing.oldest_ms,
            standing.parked,
            standing.conflicts,
            standing.held,
            standing.last_contact_ms,
            "" if self._error is None else str(self._error),
            progress,
            self._report,
            "" if self._error is None else self._error.code,
            self._broken_off,
        )
        if status != self._status:
            self._status = status
            for listener in list(self._listeners):
                listener(status)


def _shown(state: State, standing: SyncStanding) -> State:
    if state != "synced":
        return state
    if standing.last_contact_ms is None:
        return "never"
    return "attention" if standing.parked or standing.conflicts or standing.held else "synced"
