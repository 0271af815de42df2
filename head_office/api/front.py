"""What answers in the event loop, before a worker thread is taken, and whose turn it is for one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio.to_thread

from head_office.api.admission import Admission, Gate
from head_office.api.call import busy
from head_office.api.hints import HeadWatch
from head_office.api.looks import Looks
from head_office.api.services import Services

#: How many requests may wait for another company's server at a time, and how many more for their turn: a counter has
#: somebody standing before it, who does not wait longer.
OUTSIDE = 4
_WAITING = 16

T = TypeVar("T")


class Outside:
    """Runs what waits for another company's server, so few at a time that our own threads and connections are free."""

    def __init__(self) -> None:
        self._threads = anyio.CapacityLimiter(OUTSIDE)

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns; raises what it raises, and RefusalError `office.busy` if too many wait already."""
        if self._threads.statistics().tasks_waiting >= _WAITING:
            raise busy()
        return await anyio.to_thread.run_sync(work, limiter=self._threads)


@dataclass(frozen=True, slots=True)
class Front:
    """The looks, the waiting PCs, the gate and the way outside of one process."""

    looks: Looks
    heads: HeadWatch
    admission: Admission
    outside: Outside


def make_front(services: Services, gate: Gate) -> Front:
    """The front of one process."""
    admission = Admission(gate, services.metrics)
    heads = HeadWatch(services.engine, services.metrics, admission.spread_s)
    return Front(Looks(services.engine, services.clock), heads, admission, Outside())
