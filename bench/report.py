"""What every bench does with its figures: a table on the screen, a JSON list in `out/bench/NAME.json`."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside what it is held against, both from the same run.

    `ratio` is value / against_value; `target` says what it should be, `ok` whether it is.
    """

    work: str
    value: float
    unit: str
    against: str
    against_value: float
    ratio: float
    target: str
    ok: bool
    machine: str
    command: str


class Bench:
    """Collects the figures of one bench."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._figures: list[Figure] = []
        self._machine = f"{os.cpu_count()} cores, CPython {platform.python_version()}, {platform.system()}"

    def add(self, work: str, value: float, unit: str, against: str, other: float, *, target: str, ok: bool) -> None:
        """Add one figure; `against` names a peer or a limit that was measured in this run."""
        ratio = value / other if other else 0.0
        self._figures.append(
            Figure(
                work,
                round(value, 4),
                unit,
                against,
                round(other, 4),
                round(ratio, 3),
                target,
                ok,
                self._machine,
                f"make bench-{self._name}",
            )  # fmt: skip
        )

    def skip(self, peer: str, why: str) -> None:
        """Say that a peer was left out."""
        print(f"skipped: {peer}: {why}", file=sys.stderr)

    def finish(self) -> None:
        """Print the table and write the file."""
        out = Path("out/bench")
        out.mkdir(parents=True, exist_ok=True)
        rows = [asdict(figure) for figure in self._figures]
        (out / f"{self._name}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        for f in self._figures:
            mark = "ok  " if f.ok else "miss"
            print(f"{mark} {f.work:<44} {f.value:>12,.3f} {f.unit:<10} {f.ratio:>8.2f} × {f.against} ({f.target})")


def times(work: Callable[[], object], repeats: int) -> list[float]:
    """Milliseconds of each of `repeats` runs, sorted."""
    spent = []
    for _ in range(repeats):
        began = perf_counter()
        work()
        spent.append((perf_counter() - began) * 1000)
    return sorted(spent)


def quantile(sorted_values: Sequence[float], share: float) -> float:
    """The value below which `share` of them lie."""
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]
