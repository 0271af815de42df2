"""Bringing a file of clients into the encrypted, indexed book by the program's own import: rows a second."""  # noqa: N999 - IT staff call it by this name

from __future__ import annotations

import csv
import gc
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time

from bench.book import open_book
from bench.measure import options
from bench.people import people
from bench.report import Bench, Peer, Target
from guide_app.flows.bringing.clients import bring_clients
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.search_tokens import client_tokens, note_tokens

_TITLES = {"name": "姓名", "phone": "手机", "shoe_size": "鞋码", "remark": "备注"}
_RATE = Target(least=20_000)
_NO_NUMBERS = {"member_no": "", "wechat": ""}


def _write(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(_TITLES.values())
        out.writerows([person[name] for name in _TITLES] for person in people(rows))


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of this process on the processor."""
    wall, cpu = perf_counter(), process_time()
    work()
    return perf_counter() - wall, process_time() - cpu


def _all(db: Database, statement: str) -> list[tuple[object, ...]]:
    return db.query(lambda conn: [tuple(row) for row in conn.exec_driver_sql(statement)])


def _limit(db: Database, folder: Path) -> tuple[float, float]:
    """The limit: SQLite writing the same rows and words, made beforehand, into the same tables of an empty book."""
    tables = {name: _all(db, f"SELECT * FROM {name}") for name in ("client", "outbox", "client_figure")}
    named = _all(db, "SELECT f.rid, c.name, c.phone FROM client c JOIN client_figure f ON f.client_id = c.id")
    words = [(rid, client_tokens({"name": name, "phone": phone, **_NO_NUMBERS})) for rid, name, phone in named]
    told = _all(db, "SELECT f.rid, c.remark FROM client c JOIN client_figure f ON f.client_id = c.id")
    notes = [(rid, note_tokens(str(text))) for rid, text in told if text]

    def write(applier: Applier) -> None:
        for name, rows in tables.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                applier.conn.exec_driver_sql(f"INSERT INTO {name} VALUES ({marks})", rows)
        for name, tokens in (("search_name", words), ("search_text", notes)):
            if tokens:
                applier.conn.exec_driver_sql(f"INSERT INTO {name} (rowid, t) VALUES (?, ?)", tokens)

    folder.mkdir()
    empty, _ = open_book(folder, 0)
    try:
        return _spent(lambda: empty.apply(write))
    finally:
        empty.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a file, bring it in, bring it in again."""
    given = options("import", arguments, rows=20_000)
    bench = Bench("import", given.given, given.out)
    with tempfile.TemporaryDirectory() as name:
        folder, source = Path(name), Path(name) / "people.csv"
        _write(source, given.rows)
        db, desk = open_book(folder, 0)
        gc.freeze()  # as the window does once it stands (`ui.kit.sweep`)
        try:
            reports = []
            first, again = (
                _spent(lambda: reports.append(bring_clients(db, desk.roster.acting(), source))) for _ in range(2)
            )
            for report in reports:
                taken = report.added + report.merged
                if taken + report.unchanged + report.rejected != report.rows or not (taken or report.unchanged):
                    raise AssertionError(f"rows do not add up: {report}")
            limit = _limit(db, folder / "limit")
        finally:
            gc.unfreeze()
            db.close()
    words = (f"{given.rows:,} new clients from CSV", "the same, by own processor time")
    for work, took, least in zip(words, first, limit, strict=True):
        bench.add(
            work, given.rows / took, "rows/s", _RATE, Peer("SQLite with rows and words ready", given.rows / least)
        )
    bench.add("the same file again, nothing new", given.rows / again[0], "rows/s", _RATE)
    bench.add("the same file again, by own processor time", given.rows / again[1], "rows/s", _RATE)
    bench.finish()


if __name__ == "__main__":
    main()
