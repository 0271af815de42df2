"""Goes through a file a second time for the rows that were refused, so that an import need not hold every cell."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.read import Row, open_table
from guide_app.base.tabular.rejects import RejectFile, RowReject

Rejects = Mapping[int, Sequence[RowReject]]


def write_refused_rows(
    source: Path, out: Path, header: Sequence[str], rejects: Rejects, *, sheet: str | None, encoding: str | None,
    separator: str | None = None,
) -> None:  # fmt: skip
    """Write the refused rows of a table to a CSV that can be corrected and imported again.

    Raises TableError, and InvalidInputError where `out` cannot be written.
    """
    with open_table(source, sheet=sheet, encoding=encoding, separator=separator) as table:
        write_refused(out, header, rejects, table.rows)


def write_refused(out: Path, header: Sequence[str], rejects: Rejects, rows: Iterable[Row]) -> None:
    """Write those of `rows` that were refused, with their reasons. Raises InvalidInputError."""
    try:
        with out.open("w", encoding="utf-8-sig", newline="") as stream:
            file = RejectFile(stream, header)
            last = max(rejects, default=0)
            for row in itertools.takewhile(lambda row: row.number <= last, rows):
                if row.number in rejects:
                    file.add(row.cells, rejects[row.number])
    except OSError as e:
        raise InvalidInputError(
            "file.write", "写不了文件 {out}: {why}。", "请换一个位置。", out=out, why=e.strerror
        ) from e
