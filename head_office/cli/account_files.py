"""The files of an account: a CSV for each table, and one JSON of all. Row by row, as large as a brand's year may be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from guide_app.base.clock import china_datetime
from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.rejects import SafeCsvWriter
from head_office.clients.accounts import AccountTable, DeedCounts


def write_account(folder: Path, head: Mapping[str, Any], tables: Iterable[AccountTable]) -> DeedCounts:
    """Write all tables into a folder; returns what was counted meanwhile. Raises InvalidInputError `file.write`.

    `account.json` is `{…head, table: [{title: value}], …, "counts": {deed: number}}`.
    """
    counts = DeedCounts()
    with _opened(folder / "account.json", "utf-8") as document:
        document.write("{\n")
        for name, value in head.items():
            document.write(f"{_json(name)}: {_json(value)},\n")
        for table in tables:
            document.write(f"{_json(table.name)}: [")
            write_csv(folder / f"{table.name}.csv", table.titles, _written(table, document, counts))
            document.write("\n],\n")
        document.write(f'"counts": {_json(counts.counted())}\n}}\n')
    return counts


def write_csv(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A table as CSV that Excel opens as it is meant. Raises InvalidInputError `file.write`."""
    with _opened(path, "utf-8-sig") as out:
        file = SafeCsvWriter(out)
        file.row(titles)
        for row in rows:
            file.row(row)


def _written(table: AccountTable, document: IO[str], counts: DeedCounts) -> Iterator[Sequence[Any]]:
    """The rows as people read them, each written into the document and counted as it passes."""
    between = "\n"
    for row in table.rows:
        counts.add(table.name, row)
        document.write(f"{between}{_json(dict(zip(table.titles, row, strict=True)))}")
        between = ",\n"
        yield (f"{china_datetime(row[0]):%Y-%m-%d %H:%M:%S}", *row[1:])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[IO[str]]:
    try:
        with path.open("w", encoding=encoding, newline="") as out:
            yield out
    except OSError as e:
        raise InvalidInputError("file.write", f"写不了文件 {path}: {e.strerror}。", "请换一个位置。") from e
