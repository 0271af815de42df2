"""Brings product pictures beside the rounds of sync: on a thread and a line of its own, so that records never wait."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from guide_app.base.errors import GuideError, OfficeUnreachableError
from guide_app.sync.errors import OfficeBusyError
from guide_app.sync.fetch import BlobFetcher
from guide_app.sync.photos import PhotoCarrier

#: The office's wish to be left alone is heeded up to this many seconds; then the next round wakes the run anew.
_LONGEST_WAIT_S = 300.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PictureState:
    """How far the pictures are: `done` of `total` missing ones in this run; both 0 while none is fetched.

    `trouble` is a sentence for the guide where only she can help: the disk is full, the program is too old; and
    `trouble_code` its stable code.
    """

    running: bool = False
    paused: bool = False
    done: int = 0
    total: int = 0
    trouble: str = ""
    trouble_code: str = ""


class PictureRun:
    """`wake` fetches what is missing unless that is under way; `pause` holds it; `stop` ends it and waits.

    While a round of records runs (`give_way`) nothing is fetched, not even the rest of a picture: that is fetched
    afterwards. What a page looks for in vain wakes the run.
    """

    def __init__(
        self, fetcher: BlobFetcher, tell: Callable[[PictureState], None], photos: PhotoCarrier | None = None
    ) -> None:
        """`tell` is called on the run's thread, after `pause` on the caller's. `photos` go before the catalogue's."""
        self._fetcher = fetcher
        self._photos = photos
        self._tell = tell
        self._pool = ThreadPoolExecutor(1, "pictures")
        self._news = threading.Condition()
        self._running = False
        self._again = False
        self._giving_way = False
        self._gave_way = False
        self._paused = False
        self._stopped = False
        fetcher.store.on_wish(self.wake)

    def wake(self) -> None:
        """Fetch what is missing. Returns at once."""
        with self._news:
            self._again = True
            if self._running or self._paused or self._stopped:
                return
            self._running = True
            self._pool.submit(self._run)

    def give_way(self, *, on: bool) -> None:
        """Records are on the line: hold until they have come. Returns at once."""
        with self._news:
            self._giving_way = on
            self._news.notify_all()

    def pause(self, *, on: bool) -> None:
        """Hold, even in the middle of a picture, or go on where that was."""
        with self._news:
            self._paused = on
            running = self._running
            self._news.notify_all()
        if on and not running:
            self._tell(PictureState(paused=True))
        elif not on:
            self.wake()

    def stop(self) -> None:
        """End, if need be in the middle of a picture, and wait for that."""
        with self._news:
            self._stopped = True
            self._news.notify_all()
        self._fetcher.store.on_wish(_nobody)
        self._pool.shutdown(wait=True)

    close = stop

    def _run(self) -> None:
        trouble: GuideError | None = None
        try:
            while self._may_go_on():
                trouble = self._fetch()
        except BaseException:
            with self._news:
                self._running = False
            raise
        with self._news:
            paused = self._paused
        if trouble is None:
            self._tell(PictureState(paused=paused))
        else:
            self._tell(PictureState(paused=paused, trouble=str(trouble), trouble_code=trouble.code))

    def _may_go_on(self) -> bool:
        """Wait until no round runs; then whether something is to be done."""
        with self._news:
            self._news.wait_for(lambda: not self._giving_way or self._paused or self._stopped)
            if self._again and not self._paused and not self._stopped:
                self._again = False
                return True
            self._running = False  # here and now, so that nobody who wakes it meanwhile is overheard
            return False

    def _fetch(self) -> GuideError | None:
        """Fetch until all is here or something stands in the way; returns that if the guide should hear of it."""
        try:
            if self._photos is not None:
                self._photos.carry(self._held)
            self._fetcher.fetch(self._held, progress=self._progress)
        except OfficeBusyError as e:
            self._wait(e.retry_after_s)
        except OfficeUnreachableError as e:
            _log.info("pictures wait: %s", e.code)
        except GuideError as e:
            _log.warning("pictures wait: %s", e.code)
            return e
        with self._news:
            self._again |= self._gave_way
            self._gave_way = False
        return None

    def _wait(self, wish_s: float | None) -> None:
        """Do as a busy office asks, and then go on; without a wish the next round wakes the run."""
        if wish_s is None:
            return
        with self._news:
            self._news.wait_for(lambda: self._paused or self._stopped, min(wish_s, _LONGEST_WAIT_S))
            self._again = True

    def _held(self) -> bool:
        with self._news:
            self._gave_way |= self._giving_way
            return self._giving_way or self._paused or self._stopped

    def _progress(self, done: int, total: int) -> None:
        self._tell(PictureState(running=True, done=done, total=total))


def _nobody() -> None:
    """Nobody is woken."""
