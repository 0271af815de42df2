"""The same works on the same cards, by every system in turn: handing in, first pull, changes, nothing new.

Ours counts whole rounds of the engine over an encrypted, indexed, searchable book. Kinto's client keeps what it pulls
in a plain SQLite file and pushes out of memory; PouchDB keeps LevelDB files.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path

from bench import ours
from bench.cards import cards, lines
from bench.people import GUIDE
from bench.report import Bench, Peer, Target
from bench.rivals import Rival
from bench.scene import Size, desktop, office
from guide_app.cli.demo.office_process import OfficeProcess

_SIZE = Size(0, 0, products=1)
_KINTO, _POUCH = "Kinto", "PouchDB"
_PUSH = {_KINTO: Target(ratio_least=100), _POUCH: Target(ratio_least=4)}
_PULL = {_KINTO: Target(ratio_least=4), _POUCH: Target(ratio_least=6)}
_CHANGES = {_KINTO: Target(ratio_most=0.25)}
_RATE, _FIRST = Target(least=4_000), Target(least=20_000)
_MS = Target(most=20)
_MS_A_SECOND, _US_A_SECOND = 1_000, 1_000_000
_WIRE = Target(most=110)
_ANSWER = Target(most=300)
_NONE = Target(most=0)


class Beside:
    """Measures every work by all systems that are there; `records` and `book` are numbers of cards.

    Single pushes and pulls are over in a second: of so many `times` the least disturbed counts, for every system.
    """

    def __init__(
        self,
        bench: Bench,
        folder: Path,
        others: Sequence[Rival],
        *,
        records: int,
        book: int,
        seconds: int,
        times: int,
    ) -> None:
        self._bench = bench
        self._folder = folder
        self._others = others
        self._records = records
        self._book = book
        self._seconds = seconds
        self._times = times
        self._numbers = count()

    def measure(self) -> None:
        """All works; where bytes are counted, they go through a relay, and no time is taken."""
        with office(self._folder / "small office", _SIZE) as running:
            self._small(running, self._file("small", self._records))
            self._missed(running)
        with office(
            self._folder / "big office", _SIZE, prepare=lambda opened: ours.fill(opened, self._book)
        ) as running:
            self._big(running, self._file("big", self._book))

    def _small(self, running: OfficeProcess, file: Path) -> None:
        n, times, what = self._records, self._times, f"{self._records:,} cards"
        with desktop(self._fresh(), running) as desk:
            push = min(ours.push(desk, running, n, seed) for seed in range(times))
            rate = n / push.wall
            self._add(f"handing in {what}", rate, "records/s", _RATE, _PUSH, lambda it: it.push_rate(file, times))
            self._own(f"handing in {what}", push, n)
            pushed = ours.push_bytes(desk, running, n, seed=times)
        with office(self._folder / "pulled office", _SIZE, prepare=lambda opened: ours.fill(opened, n)) as other:
            pull = min(ours.pull(self._fresh(), other) for _ in range(times))
            rate = n / pull.wall
            self._add(f"first pull of {what}", rate, "records/s", _RATE, _PULL, lambda it: it.pull_rate(file, times))
            self._own(f"first pull of {what}", pull, n)
            pulled = ours.pull_bytes(self._fresh(), other, n)
        wire = "on the wire both ways"
        self._add(
            f"{wire}, handing in {what}", pushed, "B/record", _WIRE, {}, lambda it: it.bytes_each("push", "wire", file)
        )
        self._add(
            f"{wire}, first pull of {what}",
            pulled,
            "B/record",
            _WIRE,
            {},
            lambda it: it.bytes_each("pull", "wire", file),
        )

    def _big(self, running: OfficeProcess, file: Path) -> None:
        of = f"{self._book:,}"
        for other in self._others:
            other.ask("fill", "big", file)
        with desktop(self._fresh(), running) as desk, ours.pc(self._fresh(), running) as writer:
            pull = ours.sync(desk, running.origin)
            self._add(f"first pull of {of} cards", self._book / pull.wall, "records/s", _FIRST, {}, None)
            self._own(f"first pull of {of} cards", pull, self._book)
            changes = ours.changes(desk, writer, running)
            what = f"100 changed of {of}, p50"
            self._add(
                what, changes.wall * _MS_A_SECOND, "ms", _MS, _CHANGES, lambda it: _p50(it, "changes", file)
            )  # fmt: skip
            self._bench.add(f"{what}, the PC's processor", changes.cpu * _MS_A_SECOND, "ms", Target())
            idle, question, answer = ours.idle(desk, running)
        self._add("nothing new, p50", idle, "ms", _MS, {}, lambda it: _p50(it, "idle", file))
        self._bench.add("nothing new, question", question, "B", Target())
        self._bench.add("nothing new, answer", answer, "B", _ANSWER)

    def _missed(self, running: OfficeProcess) -> None:
        written, missed = ours.missed(self._fresh(), running, self._seconds)
        self._bench.add(f"missed beside 3 writers of {written:,} records", missed, "records", _NONE)
        for other in self._others:
            if other.name == _KINTO:
                found = other.ask("missed", "missed", self._folder)
                share = 100 * found["missed"] / max(1, found["written"])
                print(f"     {other.name} beside 3 writers: {found}, {share:.1f} % of what was stored was missed")

    def _add(
        self,
        work: str,
        value: float,
        unit: str,
        alone: Target,
        targets: Mapping[str, Target],
        theirs: Callable[[Rival], float] | None,
    ) -> None:
        """The figure beside each of the others', or `alone` where there is none to measure."""
        if theirs is None or not self._others:
            self._bench.add(work, value, unit, alone)
            return
        for other in self._others:
            target = targets.get(other.name, alone)
            self._bench.add(work, value, unit, target, Peer(other.name, theirs(other)))

    def _own(self, work: str, took: ours.Took, records: int) -> None:
        """What the PC alone spends on it, whatever else the machine is doing."""
        self._bench.add(f"{work}, the PC's processor", took.cpu / records * _US_A_SECOND, "µs/record", Target())

    def _file(self, name: str, number: int) -> Path:
        file = self._folder / f"{name}.ndjson"
        file.write_bytes(lines(cards(number, GUIDE)))
        return file

    def _fresh(self) -> Path:
        return self._folder / f"pc {next(self._numbers)}"


def _p50(other: Rival, work: str, file: Path) -> float:
    return float(other.ask(work, "big", file)["p50_ms"])
