"""How benches measure: repeated, each time noted, wall clock and processor apart."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

import psutil  # type: ignore[import-untyped]  # ships no types

from bench.report import OUT

_MS = 1000
_MIB = 1 << 20


def options(name: str, arguments: Sequence[str] | None, **defaults: int) -> argparse.Namespace:
    """The command line of a bench: `--out DIR`, `--keep DIR` and a number for each of `defaults`.

    `given` is which numbers were typed. Those benches heed `--keep` that take their folder from `book.folder_for`.
    """
    parser = argparse.ArgumentParser(prog=f"python -m bench.{name}")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the JSON file")
    parser.add_argument("--keep", type=Path, help="folder of a large book that is made once and measured again")
    for option, default in defaults.items():
        parser.add_argument(f"--{option.replace('_', '-')}", type=int, default=default, help=f"default {default:,}")
    found = parser.parse_args(arguments)
    changed = [(option, getattr(found, option)) for option, default in defaults.items()]
    found.given = [
        part
        for option, value in changed
        if value != defaults[option]
        for part in (f"--{option.replace('_', '-')}", str(value))
    ]
    return found


@dataclass(frozen=True, slots=True)
class Spent:
    """Milliseconds of one run: by the wall clock, and of this thread on the processor."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Spent:
    """What one run of `work` takes."""
    wall, cpu = perf_counter(), thread_time()
    work()
    return Spent((perf_counter() - wall) * _MS, (thread_time() - cpu) * _MS)


def times(work: Callable[[], object], repeats: int) -> list[float]:
    """Wall milliseconds of each of `repeats` runs, sorted."""
    return sorted(timed(work).wall for _ in range(repeats))


def usual(work: Callable[[], object], repeats: int) -> Spent:
    """The medians of `repeats` runs: what the work costs when nothing else gets in its way."""
    runs = [timed(work) for _ in range(repeats)]
    return Spent(median(run.wall for run in runs), median(run.cpu for run in runs))


def quantile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def held_mib(pid: int) -> float:
    """Proportional set size of a process in MiB: shared pages count by their share (Linux)."""
    return float(psutil.Process(pid).memory_full_info().pss) / _MIB


def programs_cpu(pid: int) -> float:
    """Processor seconds of a process and its living descendants so far, without those of PostgreSQL."""
    process = psutil.Process(pid)
    own = (p for p in (process, *process.children(recursive=True)) if not p.name().startswith("postgres"))
    return sum(sum(p.cpu_times()[:2]) for p in own)


def tree_cpu(pid: int) -> float:
    """Processor seconds of a process and its living descendants so far."""
    process = psutil.Process(pid)
    return sum(sum(p.cpu_times()[:2]) for p in (process, *process.children(recursive=True)))
