"""Tells waiting PCs that there is something to fetch: a hint to look, never the news itself.

While anybody waits, the heads of all scopes are read a few times a second, by one statement for all who wait and
whoever wrote: another process, another machine, a restored backup. A hint that is lost costs nothing but time, because
every PC also looks by itself now and then.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

import anyio
import anyio.to_thread
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from guide_app.protocol.scopes import Scope
from head_office.api.call import busy
from head_office.api.metrics import Metrics
from head_office.enrolment.devices import Device
from head_office.feed.positions import HeadReader
from head_office.feed.read import Position

logger = logging.getLogger(__name__)

#: Seconds between two readings of the heads.
EVERY_S = 0.4


@dataclass(frozen=True, slots=True)
class News:
    """Something moved. The PC looks at a random moment within `spread_s` seconds, so that not all come at once."""

    spread_s: float


@dataclass(eq=False, slots=True)
class _Waiter:
    """One PC that waits: the places it knows, and its answer (None: the time is up)."""

    heads: Mapping[Scope, Position]
    answer: asyncio.Future[News | None]


class HeadWatch:
    """The waiting PCs of one process. `spread_s(n)` says over how many seconds n callers should come."""

    def __init__(
        self,
        engine: Engine,
        metrics: Metrics,
        spread_s: Callable[[int], float],
        *,
        every_s: float = EVERY_S,
    ) -> None:
        self._engine = engine
        self._metrics = metrics
        self._spread_s = spread_s
        self._every_s = every_s
        self._waiters: dict[str, _Waiter] = {}
        self._by_scope: defaultdict[Scope, set[_Waiter]] = defaultdict(set)
        self._reader = HeadReader()
        self._thread = anyio.CapacityLimiter(1)
        self._positions: dict[Scope, Position] = {}
        self._reading: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._released = False
        metrics.measure("guide_hint_waiting", lambda: len(self._waiters))

    async def wait(self, device: Device, seconds: float) -> News | None:
        """Wait until a head has moved past what `device` was seen to know, at most `seconds`; None if none did.

        A device waits in one place: a second question ends the first. Raises RefusalError `office.busy` when the heads
        cannot be read or the office stops.
        """
        if self._released:
            raise busy()
        self._loop = loop = asyncio.get_running_loop()
        waiter = _Waiter(device.heads, loop.create_future())
        self._take_in(device.device_id, waiter)
        timer = loop.call_later(seconds, _settle, waiter, None)
        try:
            return await waiter.answer
        finally:
            timer.cancel()
            self._let_go(device.device_id, waiter)

    def release(self) -> None:
        """Send everybody away, now and from now on: the office stops. From any thread, and from a signal's handler."""
        self._released = True
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._fail)

    async def close(self) -> None:
        """Release, and end what runs here."""
        self.release()
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    def _take_in(self, device_id: str, waiter: _Waiter) -> None:
        before = self._waiters.get(device_id)
        if before is not None:
            _settle(before, None)
        self._waiters[device_id] = waiter
        for scope in waiter.heads:
            self._by_scope[scope].add(waiter)
        if any(_moved(waiter, scope, self._positions) for scope in waiter.heads):
            _settle(waiter, News(0.0))  # the heads were read after the device was looked up
        if self._reading is None:
            self._reading = asyncio.get_running_loop().create_task(self._read_on())

    def _let_go(self, device_id: str, waiter: _Waiter) -> None:
        if self._waiters.get(device_id) is waiter:
            del self._waiters[device_id]
        for scope in waiter.heads:
            there = self._by_scope[scope]
            there.discard(waiter)
            if not there:
                del self._by_scope[scope]

    async def _read_on(self) -> None:
        """Read the heads again and again until nobody waits."""
        try:
            while self._waiters:
                began = monotonic()
                await self._read_once()
                await asyncio.sleep(max(self._every_s - (monotonic() - began), self._every_s / 4))
        finally:
            self._reading = None

    async def _read_once(self) -> None:
        try:
            moved = await anyio.to_thread.run_sync(self._look, limiter=self._thread)
        except SQLAlchemyError as e:
            logger.warning("hints: the heads cannot be read: %s", type(e).__name__)
            self._fail()
            return
        self._positions |= moved
        told = {waiter for scope in moved for waiter in self._by_scope.get(scope, ()) if _moved(waiter, scope, moved)}
        news = News(self._spread_s(len(told)))
        for waiter in told:
            _settle(waiter, news)

    def _look(self) -> dict[Scope, Position]:
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            return self._reader.moved(connection)

    def _fail(self) -> None:
        for waiter in list(self._waiters.values()):
            if not waiter.answer.done():
                waiter.answer.set_exception(busy())


def _moved(waiter: _Waiter, scope: Scope, positions: Mapping[Scope, Position]) -> bool:
    """Whether the scope is past what the waiter knows. What was read before it was looked up may lie behind it."""
    at, known = positions.get(scope), waiter.heads[scope]
    return at is not None and (at.epoch != known.epoch or at.seq > known.seq)


def _settle(waiter: _Waiter, news: News | None) -> None:
    if not waiter.answer.done():
        waiter.answer.set_result(news)
