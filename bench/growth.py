"""Growth: what a record of a first sync costs in a small and in a large store, book indexed and searchable after it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from bench import ours
from bench.measure import options
from bench.report import Bench, Peer, Target
from bench.scene import Size, desktop, office

_US = 1_000_000
_GROWTH = Target(ratio_most=1.3)
_ALONE = Target(most=100)


@dataclass(frozen=True, slots=True)
class _Cost:
    """Microseconds a record of a first sync: by the wall clock, and of this process on the processor."""

    wall: float
    cpu: float


def _first_sync(folder: Path, number: int) -> _Cost:
    size = Size(0, 0, products=1)
    with (
        office(folder, size, prepare=lambda opened: ours.fill(opened, number)) as running,
        desktop(folder / "pc", running) as desk,
    ):
        began, cpu = perf_counter(), process_time()
        ours.sync(desk, running.origin)
        return _Cost(_US * (perf_counter() - began) / number, _US * (process_time() - cpu) / number)


def main(arguments: Sequence[str] | None = None) -> None:
    """Sync a store of each size, print."""
    given = options("growth", arguments, small=50_000, large=500_000)
    bench = Bench("growth", given.given, given.out)
    with tempfile.TemporaryDirectory() as name:
        small = _first_sync(Path(name) / "small", given.small)
        large = _first_sync(Path(name) / "large", given.large)
    what, beside = f"first sync of {given.large:,} cards", f"of {given.small:,}"
    bench.add(f"first sync {beside} cards, end to end", small.wall, "µs/record", _ALONE)
    bench.add(f"{what}, end to end", large.wall, "µs/record", _GROWTH, Peer(beside, small.wall))
    bench.add(f"{what}, own processor time", large.cpu, "µs/record", _GROWTH, Peer(beside, small.cpu))
    bench.finish()


if __name__ == "__main__":
    main()
