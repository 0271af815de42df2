"""Lets heavy requests in: so many at once, a short queue behind them, and everybody else an appointment.

After an outage thousands of PCs come in one minute. Worked on all at once they fight (measured: 17-23 s instead of 13 s
for 5,000 pushes), left waiting they time out and come again. So a request is admitted, or waits a bounded time, or is
told at once when to come back (503 `office.busy`, `Retry-After`). Those times follow each other at the measured rate,
so that who was sent away comes back evenly and finds room. Polls, hints, pages for customers and health checks do not
pass here, and have threads of their own.
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from head_office.api.call import RefusalError, busy
from head_office.api.metrics import Metrics

T = TypeVar("T")

#: What a request adds to the waiting time of those behind it, in seconds, until the first have been measured.
_FIRST_GUESS_S = 1 / 300
#: How much of the estimate each request replaces. The first ones of a storm are slow because thousands are being sent
#: away beside them: taken at their word they would spread the others over minutes, with an idle office (measured).
_SHARE = 0.02
_LONGEST_S = 300.0
#: Of one process: fewer would leave it idle while each of them waits for the database.
_FEWEST_WORKERS = 4


@dataclass(frozen=True, slots=True)
class Gate:
    """At most `in_flight` admitted at once, `workers` of them worked on; at most `queued` more wait.

    Twice as many in flight get no more done, and in the first second of a storm the last of them waits too long.
    On a slow day fewer are: nobody is let in or let wait who would not be answered within `patience_s` seconds.
    """

    in_flight: int = 32
    workers: int = 8
    queued: int = 128
    patience_s: float = 0.8

    def shared_by(self, processes: int) -> Gate:
        """The share of one of so many processes behind one port."""
        share = max(1, processes)
        return Gate(
            max(2 * _FEWEST_WORKERS, self.in_flight // share),
            max(_FEWEST_WORKERS, self.workers // share),
            max(2 * _FEWEST_WORKERS, self.queued // share),
            self.patience_s,
        )


class Admission:
    """The gate of one process. All methods are for its event loop.

    `now` gives seconds that only grow; `jitter(x)` a random number between 0 and x.
    """

    def __init__(
        self,
        gate: Gate,
        metrics: Metrics,
        *,
        now: Callable[[], float] = time.monotonic,
        jitter: Callable[[float], float] = lambda top: random.uniform(0, top),  # noqa: S311 - spreads load
    ) -> None:
        self._gate = gate
        self._metrics = metrics
        self._now = now
        self._jitter = jitter
        self._threads = anyio.CapacityLimiter(gate.workers)
        self._in_flight = 0
        self._running: set[asyncio.Task[Any]] = set()
        self._queue: deque[asyncio.Future[None]] = deque()
        self._each_s = _FIRST_GUESS_S
        self._next = -math.inf
        metrics.measure("guide_admission_in_flight", lambda: self._in_flight)
        metrics.measure("guide_admission_queued", lambda: len(self._queue))
        metrics.measure("guide_admission_rate", lambda: self.rate)

    @property
    def rate(self) -> float:
        """Requests a second that the office gets done when it is busy."""
        return 1 / self._each_s

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns, done on a worker thread in its turn; raises what it raises.

        Raises RefusalError `office.busy` if there is no room.
        """
        await self._enter()
        task = asyncio.get_running_loop().create_task(self._work(work))
        self._running.add(task)  # the loop itself keeps only a weak reference
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)  # a thread cannot be broken off: who hangs up leaves the place taken

    async def _work(self, work: Callable[[], T]) -> T:
        began, beside = self._now(), self._in_flight
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._learn(self._now() - began, beside)
            self._leave()

    def spread_s(self, callers: int) -> float:
        """Over how many seconds so many callers should come so that the gate need not send any of them away."""
        return 0.0 if callers <= self._places(self._gate.in_flight) else callers / self.rate

    async def _enter(self) -> None:
        if self._in_flight < self._places(self._gate.in_flight):
            self._in_flight += 1
            self._metrics.add("guide_admission_total", outcome="at once")
            return
        if len(self._queue) >= self._places(self._gate.queued):
            raise self._sent_away("full")
        await self._wait()

    def _places(self, most: int) -> int:
        """How many may be in, or wait: half of the patience is for either."""
        return max(self._gate.workers, min(most, int(self.rate * self._gate.patience_s / 2)))

    async def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._queue.append(turn)
        began = self._now()
        timer = loop.call_later(self._gate.patience_s / 2, self._give_up, turn)
        try:
            await turn
        except asyncio.CancelledError:
            self._forget(turn)
            raise
        finally:
            timer.cancel()
            self._metrics.add("guide_admission_wait_seconds_total", self._now() - began)
        self._metrics.add("guide_admission_total", outcome="waited")

    def _give_up(self, turn: asyncio.Future[None]) -> None:
        if not turn.done():
            self._queue.remove(turn)
            turn.set_exception(self._sent_away("waited too long"))

    def _forget(self, turn: asyncio.Future[None]) -> None:
        """The caller hung up while it waited, or in the moment when its turn came."""
        if turn in self._queue:
            self._queue.remove(turn)
        elif not turn.cancelled() and turn.exception() is None:
            self._leave()

    def _learn(self, took_s: float, beside: int) -> None:
        """Reckon what one request takes of the office's time, from those that shared it with enough others."""
        if beside >= 2 * self._gate.workers:
            self._each_s += _SHARE * (took_s / beside - self._each_s)

    def _leave(self) -> None:
        """Free a place, and let the next in."""
        self._in_flight -= 1
        while self._queue and self._in_flight < self._places(self._gate.in_flight):
            turn = self._queue.popleft()
            if not turn.done():
                self._in_flight += 1
                turn.set_result(None)

    def _sent_away(self, why: str) -> RefusalError:
        """The refusal with the next appointment: behind the queue and behind all who were given one before."""
        now = self._now()
        self._next = max(self._next, now + len(self._queue) / self.rate) + 1 / self.rate
        wait = min(self._next - now, _LONGEST_S)
        self._metrics.add("guide_admission_total", outcome=why)
        return busy(1 + int(wait + self._jitter(1.0)))
