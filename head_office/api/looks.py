"""Answers many devices' question "is there anything new?" by one statement.

Thousands of PCs look every half minute and mostly hear no. Looks that come while others are being answered are
collected for a few milliseconds, so that the database is asked once and no thread is taken for each (measured: a
quarter of the CPU of asking singly). One that comes alone is answered at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import anyio
import anyio.to_thread
from sqlalchemy import Engine

from guide_app.base.clock import Clock
from guide_app.base.errors import GuideError
from head_office.enrolment.devices import Contact, Device, look_many, touch_many

#: How long a look waits for others in a crowd, in seconds.
PATIENCE_S = 0.003
MOST_AT_ONCE = 500
#: Batches answered at once, on threads that nobody else can fill.
THREADS = 2
#: How old the note of the last contact may become, in ms.
CONTACT_MS = 300_000


@dataclass(frozen=True, slots=True)
class _Look:
    """One device's question, and what it says it has not handed in."""

    token: str
    waiting: int
    answer: asyncio.Future[Device]


class Looks:
    """Collects looks in the event loop and has them answered in a worker thread."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._waiting: list[_Look] = []
        self._threads = anyio.CapacityLimiter(THREADS)
        self._running: set[asyncio.Task[None]] = set()

    async def look(self, token: str, waiting: int) -> Device:
        """The device that holds `token`, and where its scopes stand; notes that it has `waiting` changes left.

        Raises GuideError `auth.…`, `device.revoked`.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Device] = loop.create_future()
        self._waiting.append(_Look(token, waiting, answer))
        if len(self._waiting) == 1:
            loop.call_later(PATIENCE_S if self._running else 0, self._begin)
        elif len(self._waiting) == MOST_AT_ONCE:
            self._begin()
        return await answer

    def _begin(self) -> None:
        batch, self._waiting = self._waiting, []
        if batch:
            task = asyncio.get_running_loop().create_task(self._answer(batch))
            self._running.add(task)  # the loop itself keeps only a weak reference
            task.add_done_callback(self._running.discard)

    async def _answer(self, batch: Sequence[_Look]) -> None:
        try:
            found = await anyio.to_thread.run_sync(partial(self._ask, batch), limiter=self._threads)
        except Exception as e:  # noqa: BLE001 - each waiting look must hear of it
            found = [e] * len(batch)
        for look, one in zip(batch, found, strict=True):
            if look.answer.done():
                continue  # the caller hung up meanwhile
            if isinstance(one, Exception):
                look.answer.set_exception(one)
            else:
                look.answer.set_result(one)

    def _ask(self, batch: Sequence[_Look]) -> list[Device | Exception]:
        now = self._clock.now_ms()
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            found: list[Device | GuideError] = look_many(connection, [look.token for look in batch], now)
            heard = [
                Contact(one.store_id, one.device_id, look.waiting)
                for look, one in zip(batch, found, strict=True)
                if isinstance(one, Device) and (look.waiting != one.waiting or now - one.last_contact_ms > CONTACT_MS)
            ]
            if heard:
                touch_many(connection, heard, now)
        return list(found)
