"""Hears from head office at once when something moved there: a thread of its own that asks, and is kept waiting.

What it hears is a hint to look and nothing more. Where no hint comes through, a proxy that cuts long answers or an
older office, the watch goes on looking by itself as before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from guide_app.base.errors import GuideError
from guide_app.protocol.messages import Cursor
from guide_app.store import cursors, outbox
from guide_app.store.database import Database
from guide_app.sync.backoff import Backoff, Jitter, jitter
from guide_app.sync.office import Office
from guide_app.sync.transport import Limits, Transport

#: Seconds: how long the office is asked to keep us waiting; below the usual minute of proxies.
_WAIT_S = 50
#: What an answer may take on top of that.
_SLACK_S = 15.0
_KNOCK_S = 0.05
_REVOKED = "device.revoked"

#: The limits of a transport that a listener asks by.
HINT_LIMITS = Limits(total_s=_WAIT_S + _SLACK_S, wire_bytes=1 << 16, plain_bytes=1 << 16)


@dataclass(frozen=True, slots=True)
class HintRhythm:
    """Seconds to wait for news, and how long to pause after a failure."""

    wait_s: int = _WAIT_S
    backoff: Backoff = field(default_factory=Backoff)


@dataclass(frozen=True, slots=True)
class Ears:
    """Whom a listener tells, on its own thread: of news, to be looked at within so many seconds; whether it hears."""

    news: Callable[[float], None]
    hearing: Callable[[bool], None]


class HintListener:
    """Waits for news between rounds. `transport` is its own, with limits that allow the wait (`HINT_LIMITS`).

    The watch tells when rounds begin and end; before the first good one, and after a bad one, nothing is asked.
    """

    def __init__(
        self,
        db: Database,
        transport: Transport,
        *,
        rhythm: HintRhythm | None = None,
        jitter: Jitter = jitter,
    ) -> None:
        self._db = db
        self._transport = transport
        self._office = Office(transport)
        self._rhythm = rhythm or HintRhythm()
        self._jitter = jitter
        self._wake = threading.Condition()
        self._stopping = False
        self._quiet = False
        self._renewed = False
        self._failures = 0
        self._told: list[Cursor] | None = None
        self._thread: threading.Thread | None = None

    def start(self, ears: Ears) -> None:
        """Begin; the first question is asked after the first good round."""
        self._thread = threading.Thread(target=self._loop, args=(ears,), name="sync-hints")
        self._thread.start()

    def round_begins(self) -> None:
        """A round of sync is under way."""
        with self._wake:
            self._quiet = False

    def round_ends(self, *, good: bool) -> None:
        """The round is over; after a bad one the watch's own waiting time comes first."""
        with self._wake:
            self._quiet = good
            self._wake.notify_all()

    def renew(self) -> None:
        """The network is another one: leave the line that may be dead, and do not wait to ask again."""
        with self._wake:
            self._renewed = True
            self._wake.notify_all()
        self._transport.interrupt()

    def stop(self) -> None:
        """End, breaking a question off, and wait for it."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        thread, self._thread = self._thread, None
        while thread is not None and thread.is_alive():
            self._transport.interrupt()  # again and again: the question may begin just after
            thread.join(_KNOCK_S)

    def _loop(self, ears: Ears) -> None:
        while self._until_quiet():
            asked, waiting = self._places()
            if asked == self._told:
                self._fell(ears)  # we were told of news, looked, and found none: this is not the office's voice
                continue
            began = time.monotonic()
            try:
                hint = self._office.hint(asked, self._rhythm.wait_s, waiting=waiting)
            except GuideError as e:
                if e.code == _REVOKED:
                    ears.news(0.0)  # what follows from it is the business of a round
                self._fell(ears, e)
                continue
            if hint.news:
                self._hear(ears, asked, hint.spread_s)
            elif time.monotonic() - began < self._rhythm.wait_s / 2:
                self._fell(ears)  # something in between answers for the office
            else:
                self._well(ears)

    def _hear(self, ears: Ears, asked: list[Cursor], spread_s: float) -> None:
        """Pass news on, unless a round has moved this PC meanwhile, which may have been the news itself."""
        if not self._until_quiet():
            return
        self._well(ears)
        if self._places()[0] == asked:
            self._told = asked
            with self._wake:
                self._quiet = False  # until the round that this asks for has ended
            ears.news(spread_s)

    def _until_quiet(self) -> bool:
        """Wait until no round is under way and the last was good; False when asked to stop."""
        with self._wake:
            self._wake.wait_for(lambda: self._stopping or self._quiet)
            return not self._stopping

    def _places(self) -> tuple[list[Cursor], int]:
        """Where this PC stands, and how many changes it has not handed in."""
        return self._db.query(lambda conn: (cursors.known_heads(conn), outbox.n_waiting(conn)))

    def _well(self, ears: Ears) -> None:
        self._failures = 0
        self._told = None
        ears.hearing(True)

    def _fell(self, ears: Ears, error: GuideError | None = None) -> None:
        """Say that nothing is heard, and pause: a random time, on top of what the office wishes."""
        self._told = None
        self._failures += 1
        ears.hearing(False)
        seconds = self._rhythm.backoff.pause(self._failures, error, self._jitter)
        with self._wake:
            self._wake.wait_for(lambda: self._stopping or self._renewed, seconds)
            self._renewed = False
