"""What every bench does with its figures: a table on the screen, a JSON list in `out/bench/NAME.json`."""

from __future__ import annotations

import json
import os
import platform
import shlex
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

OUT = Path("out/bench")


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should be: at most or at least a value, at most or at least a share of what it is held against."""

    most: float | None = None
    least: float | None = None
    ratio_most: float | None = None
    ratio_least: float | None = None

    def text(self, unit: str) -> str:
        """In words: `≤ 8 ms, ≤ 0.2 ×`."""
        bounds = ((self.most, "≤", unit), (self.least, "≥", unit), (self.ratio_most, "≤", "×"))
        parts = [f"{sign} {bound:,g} {of}" for bound, sign, of in (*bounds, (self.ratio_least, "≥", "×")) if bound]
        return ", ".join(parts)

    def met(self, value: float, ratio: float | None) -> bool:
        """Whether all that can be judged holds; a share of a peer that was skipped cannot."""
        return (
            (self.most is None or value <= self.most)
            and (self.least is None or value >= self.least)
            and (self.ratio_most is None or ratio is None or ratio <= self.ratio_most)
            and (self.ratio_least is None or ratio is None or ratio >= self.ratio_least)
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside what it is held against, both from the same run.

    `ratio` is value / against_value; both are null where there is nothing to compare with. `target` says what the
    figure should be, `ok` whether it is.
    """

    work: str
    value: float
    unit: str
    against: str
    against_value: float | None
    ratio: float | None
    target: str
    ok: bool
    machine: str
    command: str


@dataclass(frozen=True, slots=True)
class Peer:
    """Something measured in the same run for comparison: another program, another way, or a limit of the machine."""

    name: str
    value: float


class Bench:
    """Collects the figures of one bench."""

    def __init__(self, name: str, arguments: Sequence[str] = (), out: Path = OUT) -> None:
        self._name = name
        self._out = out
        self._figures: list[Figure] = []
        self._machine = (
            f"{os.cpu_count()} cores, CPython {platform.python_version()}, {platform.system()} {platform.machine()}, "
            f"load {os.getloadavg()[0]:.1f} at the start"
        )
        self._command = shlex.join(["python", "-m", f"bench.{name}", *arguments]) if arguments else f"make bench-{name}"

    def add(self, work: str, value: float, unit: str, target: Target, peer: Peer | None = None) -> None:
        """Add one figure beside its peer."""
        ratio = value / peer.value if peer and peer.value else None
        self._figures.append(
            Figure(
                work=work,
                value=round(value, 4),
                unit=unit,
                against=peer.name if peer else "",
                against_value=round(peer.value, 4) if peer else None,
                ratio=None if ratio is None else round(ratio, 3),
                target=target.text(unit),
                ok=target.met(value, ratio),
                machine=self._machine,
                command=self._command,
            )
        )

    def skip(self, what: str, why: str) -> None:
        """Say that something was left out."""
        print(f"skipped: {what}: {why}")

    def finish(self) -> list[Figure]:
        """Print the table, write the file, return the figures."""
        self._out.mkdir(parents=True, exist_ok=True)
        rows = [asdict(figure) for figure in self._figures]
        text = json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
        (self._out / f"{self._name}.json").write_text(text, encoding="utf-8")
        for f in self._figures:
            beside = "" if f.ratio is None else f"{f.ratio:8.2f} × {f.against} ({f.against_value:,g} {f.unit})"
            mark = "ok  " if f.ok else "miss"
            print(f"{mark} {f.work:<58} {f.value:>12,.2f} {f.unit:<10} {f.target:<22} {beside}")
        return self._figures
