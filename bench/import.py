"""Bringing a file of clients into the encrypted, indexed book by the program's own import: rows a second."""  # noqa: N999 - IT staff call it by this name

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

from bench.book import open_book
from bench.measure import options
from bench.people import people
from bench.report import Bench, Target
from guide_app.flows.bringing.clients import bring_clients

_TITLES = {"name": "姓名", "phone": "手机", "shoe_size": "鞋码", "remark": "备注"}
_RATE = Target(least=20_000)


def _write(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(_TITLES.values())
        out.writerows([person[name] for name in _TITLES] for person in people(rows))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a file, bring it in, bring it in again."""
    given = options("import", arguments, rows=20_000)
    bench = Bench("import", given.given, given.out)
    with tempfile.TemporaryDirectory() as name:
        folder, source = Path(name), Path(name) / "people.csv"
        _write(source, given.rows)
        db, desk = open_book(folder, 0)
        try:
            began, cpu = perf_counter(), process_time()
            report = bring_clients(db, desk.roster.acting(), source)
            wall, cpu = perf_counter() - began, process_time() - cpu
            taken = report.added + report.merged
            if taken + report.unchanged + report.rejected != report.rows or not taken:
                raise AssertionError(f"rows do not add up: {report}")
            bench.add(f"{given.rows:,} new clients from CSV", report.rows / wall, "rows/s", _RATE)
            bench.add("the same, by own processor time", report.rows / cpu, "rows/s", _RATE)
            began = perf_counter()
            again = bring_clients(db, desk.roster.acting(), source)
            bench.add("the same file again, nothing new", again.rows / (perf_counter() - began), "rows/s", _RATE)
        finally:
            db.close()
    bench.finish()


if __name__ == "__main__":
    main()
