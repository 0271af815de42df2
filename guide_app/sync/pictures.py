"""Brings product pictures beside the rounds of sync: on a thread of its own, so that records never wait for them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from guide_app.base.errors import GuideError
from guide_app.sync.blobs import BlobFetcher

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PictureState:
    """How far the pictures are: `done` of `total` missing ones in this run; both 0 while none is fetched."""

    running: bool = False
    paused: bool = False
    done: int = 0
    total: int = 0


class PictureRun:
    """`wake` fetches what is missing unless that is under way; `pause` holds it; `stop` ends it and waits."""

    def __init__(self, fetcher: BlobFetcher, tell: Callable[[PictureState], None]) -> None:
        """`tell` is called on the run's thread, after `pause` on the caller's."""
        self._fetcher = fetcher
        self._tell = tell
        self._pool = ThreadPoolExecutor(1, "pictures")
        self._lock = threading.Lock()
        self._running = False
        self._paused = False
        self._stopped = False

    def wake(self) -> None:
        """Fetch what is missing. Returns at once."""
        with self._lock:
            if self._running or self._paused or self._stopped:
                return
            self._running = True
            self._pool.submit(self._run)

    def pause(self, *, on: bool) -> None:
        """Hold after the picture under way, or go on."""
        with self._lock:
            self._paused = on
            running = self._running
        if on and not running:
            self._tell(PictureState(paused=True))
        elif not on:
            self.wake()

    def stop(self) -> None:
        """End after the picture under way, and wait for it."""
        with self._lock:
            self._stopped = True
        self._pool.shutdown(wait=True)

    def _run(self) -> None:
        try:
            self._fetcher.fetch(self._held, progress=self._progress)
        except GuideError as e:
            _log.info("pictures wait: %s", e.code)
        finally:
            with self._lock:
                self._running = False
                state = PictureState(paused=self._paused)
        self._tell(state)

    def _held(self) -> bool:
        with self._lock:
            return self._paused or self._stopped

    def _progress(self, done: int, total: int) -> None:
        self._tell(PictureState(running=True, done=done, total=total))
