"""What a PC does while it is killed: what is prepared, which verb runs, between which points it dies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from tests.faults.brand import Pc, Work
from tests.faults.conftest import Stage
from tests.faults.crash_points import Doom
from tests.faults.processes import Ended

Verb = list[str | Path]
_MORE = 20


@dataclass(frozen=True, slots=True)
class Scene:
    """A deed that is cut short.

    `prepare` brings a PC to the point of it; `verb` are the words to `guide`. It dies between the first point that
    begins with `since` and the one that begins with `until` (else the end).
    """

    name: str
    prepare: Callable[[Stage, Pc], Work]
    verb: Callable[[Stage, Pc, Work], Verb]
    since: str = ""
    until: str = ""
    page: int = 0
    #: How the program ends that lives.
    code: int = 0

    def doom(self, pc: Pc) -> Doom:
        """What befalls the program, not yet when."""
        return Doom(log=str(pc.folder / "points"), since=self.since, watch=str(pc.folder), page=self.page)

    def length(self, stage: Stage) -> int:
        """How many points there are, counted once on a PC that lives."""
        if self.name not in stage.lengths:
            pc = stage.pc(f"{self.name}-alive")
            work = self.prepare(stage, pc)
            doom = self.doom(pc)
            ended = pc.guide(*self.verb(stage, pc, work), doom=doom)
            assert ended.code == self.code, ended
            points = Path(doom.log).read_text("utf-8").splitlines()
            ends = [n for n, point in enumerate(points, 1) if self.until and point.startswith(self.until)]
            stage.lengths[self.name] = ends[0] if ends else len(points) - 1
        return stage.lengths[self.name]

    def cut(self, stage: Stage, pc: Pc, share: float) -> tuple[Work, Ended, str]:
        """Play it and kill the program after `share` of its points; returns what was to be done, and the last point."""
        at = max(1, round(share * self.length(stage)))
        work = self.prepare(stage, pc)
        doom = msgspec.structs.replace(self.doom(pc), at=at)
        ended = pc.guide(*self.verb(stage, pc, work), doom=doom)
        points = Path(doom.log).read_text("utf-8").splitlines()
        assert ended.killed, (ended, points[-3:])
        return work, ended, points[-1]


def shares(n: int) -> list[object]:
    """So many moments of a deed, evenly; and many more for the long run."""
    usual: list[object] = [pytest.param(i / n, id=f"{i} of {n}") for i in range(1, n + 1)]
    more = [
        pytest.param((i + 0.5) / _MORE, id=f"at {i + 0.5:g} of {_MORE}", marks=pytest.mark.soak) for i in range(_MORE)
    ]
    return usual + more
