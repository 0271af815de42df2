"""Real books and one office, and everything that can happen between them, chosen by Hypothesis.

In the end all hold the same, nothing acknowledged is lost or doubled, and nobody holds what is none of her business:
the invariants I1-I4 and I8-I12 (`invariants.py`), checked after every deed and after quiet. The office is the one in
memory, which `tests/contract` holds to the same behaviour as the real one.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.convergence.invariants import check_end, check_step
from tests.convergence.world import DAILY, DEEDS, RARE, STORES, World
from tests.helpers.memory_office import serving
from tests.helpers.plain_book import STORE

_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made below it
_THREE = (STORE, STORE, STORES[1])
NUMBERS = st.integers(0, (1 << 16) - 1)


def _folder() -> Path:
    """A place for books; in memory where there is one, because every commit of theirs reaches the disk."""
    return Path(tempfile.mkdtemp(prefix="guide-world-", dir=_MEMORY if _MEMORY.is_dir() else None))


class Machine(RuleBasedStateMachine):
    """Three PCs in two stores."""

    blank: Path

    @initialize(seed=NUMBERS)
    def begin(self, seed: int) -> None:
        self.folder = _folder()
        self.world = World(self.folder, self.blank, _THREE, seed, fault_rate=0.1)
        self.serving = serving(self.world.office)
        self.world.enter(self.serving.__enter__())
        for pc in self.world.pcs:
            self.world.add_client(pc, seed, 0)

    @rule(deed=st.sampled_from(sorted(DAILY)), which=NUMBERS, a=NUMBERS, b=NUMBERS)
    def a_days_work(self, deed: str, which: int, a: int, b: int) -> None:
        self._act(deed, which, a, b)

    @rule(deed=st.sampled_from(sorted(RARE)), which=NUMBERS, a=NUMBERS, b=NUMBERS)
    def an_event(self, deed: str, which: int, a: int, b: int) -> None:
        self._act(deed, which, a, b)

    def _act(self, deed: str, which: int, a: int, b: int) -> None:
        pc = self.world.act(deed, which, a, b)
        if pc in self.world.pcs:
            check_step(pc)

    def teardown(self) -> None:
        try:
            self.world.quiet()
            check_end(self.world)
        finally:
            self.world.close()
            self.serving.__exit__(None, None, None)
            shutil.rmtree(self.folder)


def test_whatever_happens_all_become_equal_and_nothing_is_lost(blank: Path) -> None:
    Machine.blank = blank
    few = settings(max_examples=15, stateful_step_count=40, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Machine, settings=few)


def play(blank: Path, seed: int, n: int, pcs: int, fault_rate: float = 0.1) -> World:
    """Play `n` deeds drawn from `seed`, seven of ten of them everyday ones, then be quiet and check."""
    folder = _folder()
    world = World(folder, blank, [STORES[i % 3 == 2] for i in range(pcs)], seed, fault_rate)
    dice = Random(seed)  # noqa: S311 - a test's dice
    try:
        with serving(world.office) as server:
            try:
                world.enter(server)
                for _ in range(n):
                    names = sorted(DAILY if dice.random() < 0.7 else RARE)
                    pc = world.act(dice.choice(names), *(dice.randrange(1 << 16) for _ in range(3)))
                    if pc in world.pcs:
                        check_step(pc)
                world.quiet()
                check_end(world)
            finally:
                world.close()
    finally:
        shutil.rmtree(folder)
    return world


@pytest.mark.parametrize("seed", range(6))
def test_fixed_runs_hold(blank: Path, seed: int) -> None:
    play(blank, seed, 80, 3)


def test_the_dice_do_reach_every_deed_and_every_fault(blank: Path) -> None:
    """The tests are worth their name only if everything did happen, and lines did break before and after."""
    done, faults = Counter[str](), Counter[str]()
    for seed in range(100, 103):
        world = play(blank, seed, 150, 4, fault_rate=0.2)
        done += world.done
        faults += world.faults
    assert not DEEDS.keys() - done.keys()
    assert "(device.forked)" in done
    met = {" ".join(key.split()[:2]) for key in faults}
    before = {f"before {what}" for what in ("drop", "503", "429", "twice", "late")}
    assert met == before | {f"after {what}" for what in ("drop", "cut", "503")}


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(20))
def test_it_holds_over_long_runs(blank: Path, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    world = play(blank, 1000 + seed, 8 * 1000, 8)
    records = sum(len(feed.live) for feed in world.office.feeds.values())
    with capsys.disabled():
        print(  # noqa: T201 - the soak's figures are for whoever started it
            f"\nseed {1000 + seed}: 8 PCs, {sum(world.done.values())} deeds, {sum(world.faults.values())} broken lines,"
            f" {world.done['(device.forked)']} forks, {records} records, {len(world.office.erased)} erased,"
            f" {time.monotonic() - began:.0f} s"
        )
    # The line may break some five thousand times: fewer than these, and it was not bad to the end.
    assert sum(world.faults.values()) > 8 * 1000 * world.fault_rate / 2
