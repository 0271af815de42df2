"""Catalogue pictures beside the records: what a first sync costs when thousands of them wait, and how they come.

The worst case: products are known before the store's records, and every page that brings more of them wakes the
pictures at once. They give way while a round runs, as in the program; for comparison the same without giving way.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time

from bench.measure import options
from bench.report import Bench, Peer, Target
from bench.scene import Size, desktop, engine, line, office
from bench.sync import take_notes
from guide_app.base.change import Change
from guide_app.cli.demo.office_process import OfficeProcess
from guide_app.flows.desk import Desk
from guide_app.protocol.scopes import BRAND
from guide_app.sync.blobs import BlobStore
from guide_app.sync.fetch import BlobFetcher
from guide_app.sync.pictures import PictureRun, PictureState
from guide_app.sync.report import SyncReport
from head_office.catalogue.products import save_picture
from head_office.cli.database import Office
from head_office.feed.write import FeedWriter, in_transaction

_AT_ONCE = 1_000
_JPEG = b"\xff\xd8\xff"
_KIB = 1 << 10
_MS = 1_000
_PATIENCE_S = 600

_RATIO = Target(ratio_most=1.1)
_PACE = Target(least=100)
_NOTE = Target(most=100)
_LOOK = Target(most=20)


def give_pictures(opened: Office, kib: int) -> None:
    """Give every product of an office that does not serve yet a picture of its own, of `kib` KiB."""
    random = Random(1)
    with opened.engine.connect() as connection:
        ids = [row[0] for row in connection.exec_driver_sql("SELECT id::text FROM product ORDER BY no")]
    for start in range(0, len(ids), _AT_ONCE):

        def work(connection: object, some: Sequence[str] = tuple(ids[start : start + _AT_ONCE])) -> None:
            writer = FeedWriter(connection, 0)  # type: ignore[arg-type]  # what `in_transaction` hands over
            writer.load((BRAND, "product", product) for product in some)
            for product in some:
                picture = save_picture(writer.connection, _JPEG + random.randbytes(kib * _KIB - len(_JPEG)))
                writer.change((BRAND, "product", product), image=picture)
            writer.flush()

        in_transaction(opened.engine, work)


class _Done:
    """Waits until a run of pictures has ended with nothing more to fetch."""

    def __init__(self, fetcher: BlobFetcher) -> None:
        self._fetcher = fetcher
        self._idle = threading.Event()

    def hear(self, state: PictureState) -> None:
        """For `PictureRun`."""
        if not state.running and not self._fetcher.missing():
            self._idle.set()

    def wait(self) -> None:
        """Raise AssertionError if the pictures do not come."""
        if not self._idle.wait(_PATIENCE_S):
            raise AssertionError("the pictures did not come")


@dataclass(frozen=True, slots=True)
class _Beside:
    """Pictures on a line of their own."""

    fetcher: BlobFetcher
    run: PictureRun
    done: _Done


@dataclass(frozen=True, slots=True)
class _Took:
    """Seconds by the wall clock, and of this process on the processor."""

    wall: float
    cpu: float


@contextmanager
def _pictures(desk: Desk, origin: str, folder: Path) -> Iterator[_Beside]:
    with line(desk.db, origin) as transport:
        fetcher = BlobFetcher(desk.db, transport, BlobStore(folder))
        done = _Done(fetcher)
        run = PictureRun(fetcher, done.hear)
        try:
            yield _Beside(fetcher, run, done)
        finally:
            run.stop()


def _first_sync(folder: Path, running: OfficeProcess, *, pictures: bool, gives_way: bool = True) -> _Took:
    """What it takes until a new PC holds all records."""
    with ExitStack() as stack:
        desk = stack.enter_context(desktop(folder, running))
        sync = stack.enter_context(engine(desk.db, running.origin))
        if pictures:
            beside = stack.enter_context(_pictures(desk, running.origin, folder / "pictures"))

            def known(change: Change) -> None:
                if "product" in change.kinds:
                    beside.run.wake()

            stack.callback(desk.db.on_change(known))
            beside.run.give_way(on=gives_way)
        began, cpu = perf_counter(), process_time()
        report = sync.run_once()
        took = _Took(perf_counter() - began, process_time() - cpu)
        _check(report)
    return took


def _check(report: SyncReport) -> None:
    if not all(scope.equal for scope in report.scopes):
        raise AssertionError("the book does not equal the office's")


def _note_rounds(desk: Desk, origin: str, repeats: int, around: Callable[[bool], None]) -> float:
    """Median milliseconds of a round that hands in one note; `around` hears when one begins and ends."""
    took: list[float] = []
    with engine(desk.db, origin) as sync:
        for _ in range(repeats):
            take_notes(desk, 1)
            began = perf_counter()
            around(True)
            _check(sync.run_once())
            took.append((perf_counter() - began) * _MS)
            around(False)
    return median(took)


def _measure_first(bench: Bench, folder: Path, running: OfficeProcess, pictures: int, repeats: int) -> None:
    ways = {
        "none": partial(_first_sync, pictures=False),
        "waiting": partial(_first_sync, pictures=True),
        "rivals": partial(_first_sync, pictures=True, gives_way=False),
    }
    took: dict[str, list[_Took]] = {way: [] for way in ways}
    turns = list(ways)
    for n in range(repeats):  # by turns, each first once, so that all three meet the same machine
        for way in turns[n % len(turns) :] + turns[: n % len(turns)]:
            took[way].append(ways[way](folder / f"{way}{n}", running))
    what = f"first sync, {pictures:,} pictures waiting, best of {repeats}"
    for clock, of in (("", "wall"), (", by own processor time", "cpu")):
        taken = {way: min(getattr(one, of) for one in took[way]) for way in ways}
        without = Peer("no pictures at all", taken["none"])
        bench.add(f"{what}{clock}", taken["waiting"], "s", _RATIO, without)
        bench.add(f"{what}, not giving way{clock}", taken["rivals"], "s", Target(), without)


def _measure_pictures(
    bench: Bench, folder: Path, running: OfficeProcess, size: tuple[int, int], repeats: int
) -> None:  # fmt: skip
    pictures, kib = size
    with desktop(folder / "pc", running) as desk:
        with engine(desk.db, running.origin) as sync:
            _check(sync.run_once())
        quiet = Peer("no pictures coming", _note_rounds(desk, running.origin, repeats, lambda _on: None))
        with _pictures(desk, running.origin, folder / "pc" / "pictures") as beside:
            began = perf_counter()
            beside.run.wake()
            took = _note_rounds(desk, running.origin, repeats, lambda on: beside.run.give_way(on=on))
            beside.done.wait()
            seconds = perf_counter() - began
            bench.add(f"{pictures:,} pictures of {kib} KiB, checked and kept", pictures / seconds, "pictures/s", _PACE)
            bench.add("handing in a note while they come, p50", took, "ms", _NOTE, quiet)
            began = perf_counter()
            if beside.fetcher.fetch():
                raise AssertionError("a picture came twice")
            bench.add("looking whether any is missing", (perf_counter() - began) * _MS, "ms", _LOOK)


def main(arguments: Sequence[str] | None = None) -> None:
    """Seed an office with pictures, sync with it by turns, print."""
    given = options("blobs", arguments, pictures=10_000, kib=24, clients=20_000, purchases=10_000, repeats=3)
    bench = Bench("blobs", given.given, given.out)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = Size(given.clients, given.purchases, given.pictures)
        with office(folder, size, prepare=lambda opened: give_pictures(opened, given.kib)) as running:
            _measure_first(bench, folder, running, given.pictures, given.repeats)
            _measure_pictures(bench, folder, running, (given.pictures, given.kib), 10 * given.repeats)
    bench.finish()


if __name__ == "__main__":
    main()
