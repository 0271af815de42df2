"""Where posters are made: here, or for many of them on processes beside this one, whose pictures are the same.

Threads do not help: Python's lock is held while Qt paints. Processes come up in half a second and take some 60 MB each,
so they are for batches and go with them.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from guide_app.base.errors import GuideError
from ui.kit.poster.crew import Crew, ProcessEndedError
from ui.kit.poster.maker import Commission, MadePoster, PosterMaker

MANY = 24
"""From so many posters on other processes have paid for their start."""

_MOST_PROCESSES = 4
_AHEAD = 2
"""For each process one under way and one that waits, so that it never waits for the next."""


class PosterLost(GuideError):  # noqa: N818 - what became of the poster, not of the program
    """The process that made the poster ended over it."""


T = TypeVar("T")
B = TypeVar("B")

Claim = Callable[[], MadePoster]
"""Waits for a poster. Raises GuideError with the reason why there is none."""


class Press(Protocol):
    """Takes commissions; `ahead` is how many may be under way before the first is claimed."""

    ahead: int

    def begin(self, commission: Commission) -> Claim:
        """Begin a poster that will be claimed, or given up by closing the press."""
        ...


class PressHere:
    """Makes each poster when it is claimed, on the claimer's thread."""

    ahead = 0

    def __init__(self, maker: PosterMaker) -> None:
        self._maker = maker

    def begin(self, commission: Commission) -> Claim:
        """Nothing is done before the claim."""
        return partial(self._maker.commissioned, commission)


class PressBeside:
    """Makes posters on processes, which are started as they are needed. For one thread; `close` ends them.

    A poster whose process ends is made on another; if that ends, too, the poster is named and the others come. Who is
    refused is asked once more here, for the reason in the language in force.
    """

    def __init__(self, maker: PosterMaker, processes: int) -> None:
        """The maker's templates of this moment are what the processes know."""
        self._maker = maker
        self.ahead = processes * _AHEAD
        self.crew = Crew(processes, QGuiApplication.platformName(), dict(maker.templates))

    def begin(self, commission: Commission) -> Claim:
        """Hand it to the next process that is free."""
        return partial(self._claimed, commission, self.crew.begin(commission))

    def close(self) -> None:
        """Give up what nobody has claimed; when this returns the processes have gone."""
        self.crew.close()

    def _claimed(self, commission: Commission, coming: Future[MadePoster | None]) -> MadePoster:
        try:
            made = coming.result()
        except ProcessEndedError as e:
            sentence = QCoreApplication.translate("Poster", "做这张海报的进程意外中止。")
            way_out = QCoreApplication.translate("Poster", "请换一张照片或版式; 若仍不行, 请联系总部信息部门。")
            raise PosterLost("poster.lost", sentence, way_out) from e
        return self._maker.commissioned(commission) if made is None else made


def begun_ahead(items: Iterable[T], begin: Callable[[T], B], ahead: int) -> Iterator[B]:
    """What `begin` made of each item, in their order, `ahead` of them begun before the first is given out."""
    begun: deque[B] = deque()
    for item in items:
        begun.append(begin(item))
        if len(begun) > ahead:
            yield begun.popleft()
    yield from begun


@contextmanager
def press_for(maker: PosterMaker, posters: int, processes: int | None = None) -> Iterator[Press]:
    """A press for so many posters; `processes` beside this one, as many as serve where none are given."""
    wanted = _worthwhile(posters) if processes is None else processes
    if not wanted:
        yield PressHere(maker)
        return
    press = PressBeside(maker, wanted)
    try:
        yield press
    finally:
        press.close()


def _worthwhile(posters: int) -> int:
    cores = os.cpu_count() or 1
    return min(_MOST_PROCESSES, cores) if posters >= MANY and cores > 1 else 0
