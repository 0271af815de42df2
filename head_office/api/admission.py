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
from typing import TypeVar

import anyio
import anyio.to_thread

from head_office.api.call import RefusalError, busy
from head_office.api.metrics import Metrics

T = TypeVar("T")

#: What a request takes until the first have been measured, in seconds.
_FIRST_GUESS_S = 0.1
#: How much of the estimate each request replaces.
_SHARE = 0.05
_LONGEST_S = 300.0


@dataclass(frozen=True, slots=True)
class Gate:
    """`in_flight` admitted at once, `workers` of them worked on; `queued` more wait `longest_wait_s` at most."""

    in_flight: int = 64
    workers: int = 12
    queued: int = 128
    longest_wait_s: float = 1.0

    def shared_by(self, processes: int) -> Gate:
        """The share of one of so many processes behind one port."""
        share = max(1, processes)
        return Gate(
            max(2, self.in_flight // share),
            max(2, self.workers // share),
            max(2, self.queued // share),
            self.longest_wait_s,
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
        self._queue: deque[asyncio.Future[None]] = deque()
        self._each_s = _FIRST_GUESS_S
        self._next = -math.inf
        metrics.measure("guide_admission_in_flight", lambda: self._in_flight)
        metrics.measure("guide_admission_queued", lambda: len(self._queue))
        metrics.measure("guide_admission_rate", lambda: self.rate)

    @property
    def rate(self) -> float:
        """Requests a second that a full gate lets through (Little's law over the time each was in)."""
        return self._gate.in_flight / self._each_s

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns, done on a worker thread in its turn; raises what it raises.

        Raises RefusalError `office.busy` if there is no room.
        """
        await self._enter()
        began = self._now()
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._threads)
        finally:
            self._leave(self._now() - began)

    def spread_s(self, callers: int) -> float:
        """Over how many seconds so many callers should come so that the gate need not send any of them away."""
        return 0.0 if callers <= self._gate.in_flight else callers / self.rate

    async def _enter(self) -> None:
        if self._in_flight < self._gate.in_flight:
            self._in_flight += 1
            self._metrics.add("guide_admission_total", outcome="at once")
            return
        behind = len(self._queue)
        if behind >= self._gate.queued or (behind + 1) / self.rate > self._gate.longest_wait_s:
            raise self._sent_away("full")
        await self._wait()

    async def _wait(self) -> None:
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        self._queue.append(turn)
        began = self._now()
        timer = loop.call_later(self._gate.longest_wait_s, self._give_up, turn)
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
            self._pass_on()

    def _leave(self, took_s: float) -> None:
        self._each_s += _SHARE * (took_s - self._each_s)
        self._pass_on()

    def _pass_on(self) -> None:
        """Give the place to the next in the queue, or leave it free."""
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._in_flight -= 1

    def _sent_away(self, why: str) -> RefusalError:
        """The refusal with the next appointment: behind the queue and behind all who were given one before."""
        now = self._now()
        self._next = max(self._next, now + len(self._queue) / self.rate) + 1 / self.rate
        wait = min(self._next - now, _LONGEST_S)
        self._metrics.add("guide_admission_total", outcome=why)
        return busy(1 + int(wait + self._jitter(1.0)))
