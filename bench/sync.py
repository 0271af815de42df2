"""Sync with a real office process, and by Kinto and PouchDB in the same run where `make bench-peers` installed them.

Beside the first sync stands the limit: the same rows, plainly inserted into an encrypted SQLite file with the same
tables and indexes, by the same driver, without network, checks or search.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection

from bench.beside import Beside
from bench.book import KEY
from bench.measure import options, quantile, times
from bench.report import Bench, Peer, Target
from bench.rivals import rivals
from bench.scene import Size, Wiretap, desktop, engine, line, office
from guide_app.flows.desk import Desk
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import Cursor, ScopeFrame
from guide_app.store import cursors
from guide_app.store.uow import UnitOfWork
from guide_app.sync.office import Office

_BATCH = 2_000
_NOTES_AT_ONCE = 500
_IDLE_ROUNDS = 20
_MEDIAN = 0.5

_FIRST = Target(least=20_000)
_PUSH = Target(least=2_000)
_IDLE_BYTES = Target(most=1_500)
_IDLE_MS = Target(most=20)
_WIRE = Target(most=120)


@dataclass(frozen=True, slots=True)
class _First:
    """A first sync: records, seconds in all, and seconds of this process on the processor."""

    records: int
    seconds: float
    cpu: float


def _first_sync(desk: Desk, origin: str) -> _First:
    began, cpu = perf_counter(), process_time()
    with engine(desk.db, origin) as sync:
        report = sync.run_once()
    if not all(scope.equal for scope in report.scopes):
        raise AssertionError("the book does not equal the office's")
    return _First(report.pulled, perf_counter() - began, process_time() - cpu)


def _rows(conn: Connection, kind: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in conn.exec_driver_sql(f'SELECT * FROM "{kind}"')]


def _tables(conn: Connection) -> list[str]:
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    found = conn.exec_driver_sql(
        f"SELECT sql FROM sqlite_master WHERE tbl_name IN ({kinds}) AND sql IS NOT NULL ORDER BY type DESC"
    )
    return [row[0] for row in found]


def _raw_insert(desk: Desk, path: Path) -> float:
    """Rows a second of plain inserts of all that the book holds."""
    schema = desk.db.query(_tables)
    rows = {kind: desk.db.query(lambda conn, kind=kind: _rows(conn, kind)) for kind in KINDS}  # type: ignore[misc]
    raw = sqlcipher.connect(str(path), isolation_level=None)
    try:
        raw.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -16000"):
            raw.execute(f"PRAGMA {pragma}").fetchall()
        for statement in schema:
            raw.execute(statement)
        began = perf_counter()
        for kind, of_kind in rows.items():
            for start in range(0, len(of_kind), _BATCH):
                page = of_kind[start : start + _BATCH]
                raw.execute("BEGIN")
                raw.executemany(f'INSERT INTO "{kind}" VALUES ({", ".join("?" * len(page[0]))})', page)
                raw.execute("COMMIT")
        return sum(map(len, rows.values())) / (perf_counter() - began)
    finally:
        raw.close()


def _only_pull(desk: Desk, origin: str) -> tuple[int, float]:
    """Records and seconds of reading everything from the office, decoded and checked but kept nowhere."""
    places: dict[str, Cursor] = {scope: Cursor(scope, "", 0) for scope in desk.db.query(cursors.read_stands)}
    records, began = 0, perf_counter()
    with line(desk.db, origin) as transport:
        while True:
            page = Office(transport).pull(list(places.values()))
            if page is None:
                return records, perf_counter() - began
            for frame in page.frames:
                if isinstance(frame, ScopeFrame):
                    places[frame.scope] = Cursor(frame.scope, frame.epoch, frame.seq)
                else:
                    records += 1


def take_notes(desk: Desk, count: int) -> None:
    """Notes on clients, as guides write them, many to a transaction to have them quickly."""
    ids = desk.db.query(lambda conn: [row[0] for row in conn.exec_driver_sql("SELECT id FROM client LIMIT 1000")])
    author = desk.db.query(lambda conn: str(conn.exec_driver_sql("SELECT id FROM guide LIMIT 1").scalar_one()))

    def write(uow: UnitOfWork, start: int) -> None:
        for n in range(start, min(count, start + _NOTES_AT_ONCE)):
            uow.put("note", {"client_id": ids[n % len(ids)], "body": f"鞋跟略紧, 建议放鞋撑 {n}", "at": uow.now_ms})

    for start in range(0, count, _NOTES_AT_ONCE):
        desk.db.change(lambda uow, start=start: write(uow, start), by=author, origin="bench")  # type: ignore[misc]


def main(arguments: Sequence[str] | None = None) -> None:
    """Seed offices, sync with them, do the same with the others, print."""
    given = options(
        "sync", arguments, clients=20_000, purchases=20_000, products=500, notes=5_000, records=2_000, book=50_000,
        seconds=10, times=3,
    )  # fmt: skip
    bench = Bench("sync", given.given, given.out)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _mixed(bench, folder / "mixed", Size(given.clients, given.purchases, given.products), given.notes)
        with rivals(bench, folder / "rivals") as others:
            counts = {name: getattr(given, name) for name in ("records", "book", "seconds", "times")}
            beside = Beside(bench, folder, others, **counts)
            beside.measure()
    bench.finish()


def _mixed(bench: Bench, folder: Path, size: Size, notes: int) -> None:
    """A whole store's records of every kind, as a PC's first day brings them."""
    with office(folder, size) as running, desktop(folder / "pc", running) as desk:
        first = _first_sync(desk, running.origin)
        raw = Peer("raw inserts of the same rows", _raw_insert(desk, folder / "raw.db"))
        what = f"{first.records:,} records"
        bench.add(f"first sync, {what}, end to end", first.records / first.seconds, "records/s", _FIRST, raw)
        bench.add(f"first sync, {what}, by own processor time", first.records / first.cpu, "records/s", _FIRST, raw)
        with Wiretap(running.address) as tap:
            records, seconds = _only_pull(desk, tap.origin)
            bench.add("reading only, nothing kept", records / seconds, "records/s", _FIRST)
            bench.add("on the wire, all records", (tap.up + tap.down) / records, "B/record", _WIRE)
            _measure_push(bench, desk, tap, notes)
            _measure_idle(bench, desk, tap)


def _measure_push(bench: Bench, desk: Desk, tap: Wiretap, notes: int) -> None:
    take_notes(desk, notes)
    tap.reset()
    with engine(desk.db, tap.origin) as sync:
        report = sync.run_once()
    if report.pushed != notes or report.rejected:
        raise AssertionError(f"{report.pushed} of {notes} were handed in, {report.rejected} refused")
    bench.add(f"handing in {notes:,} notes, answers applied", notes / report.seconds, "changes/s", _PUSH)
    bench.add("on the wire, changes handed in, both ways", (tap.up + tap.down) / notes, "B/change", Target(most=400))


def _measure_idle(bench: Bench, desk: Desk, tap: Wiretap) -> None:
    with engine(desk.db, tap.origin) as sync:
        sync.run_once()
        tap.reset()
        rounds = times(sync.run_once, _IDLE_ROUNDS)
    bench.add("idle round, both ways", (tap.up + tap.down) / _IDLE_ROUNDS, "B", _IDLE_BYTES)
    bench.add("idle round, p50", quantile(rounds, _MEDIAN), "ms", _IDLE_MS)


if __name__ == "__main__":
    main()
