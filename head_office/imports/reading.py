"""Opens the file of an import: known layouts, the options' columns, and the second look at rows that were refused."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.fields import Field, Reading, read_fields
from guide_app.base.tabular.read import open_table
from guide_app.base.tabular.rejects import EXTRA_COLUMNS, RejectFile, RowReject
from head_office.imports.layouts import layout_of
from head_office.imports.model import Options, What


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: how it is read, what it is called, and the layout that was recognised."""

    reading: Reading
    sheet: str | None
    layout: str

    @property
    def unused(self) -> tuple[str, ...]:
        """Titles that nothing was taken from."""
        return tuple(title for title in self.reading.unused if title not in EXTRA_COLUMNS)


@contextmanager
def open_source(what: What, path: Path, fields: Sequence[Field], options: Options) -> Iterator[Source]:
    """Open `path` for an import. Raises TableError."""
    with open_table(path, sheet=options.sheet, encoding=options.encoding) as table:
        head = list(itertools.islice(table.rows, 1))
        layout = layout_of(what, head[0].cells) if head else None
        columns = {**(layout.columns if layout else {}), **options.columns}
        if options.store_by:
            columns[options.store_by] = "store"
        left_out = {title.casefold() for title, name in columns.items() if not name}
        used = {title: name for title, name in columns.items() if name}
        whole = replace(table, rows=itertools.chain(head, table.rows))
        reading = read_fields(whole, _without(fields, left_out), used)
        yield Source(reading, table.sheet, layout.name if layout else "")


def _without(fields: Sequence[Field], titles: Collection[str]) -> list[Field]:
    """The fields as if columns with these titles were not there."""
    return [
        replace(field, titles=tuple(title for title in field.titles if title.casefold() not in titles))
        for field in fields
        if field.name not in titles
    ]


def write_rejects(
    path: Path, out: Path, header: Sequence[str], rejects: Mapping[int, Sequence[RowReject]], options: Options
) -> None:
    """Write the refused rows, with their reasons, to a CSV that can be corrected and imported again.

    The file is read a second time, so that an import need not hold every cell. Raises TableError, InvalidInputError.
    """
    try:
        with (
            out.open("w", encoding="utf-8-sig", newline="") as stream,
            open_table(path, sheet=options.sheet, encoding=options.encoding) as table,
        ):
            file = RejectFile(stream, header)
            for row in table.rows:
                if row.number in rejects:
                    file.add(row.cells, rejects[row.number])
    except OSError as e:
        raise InvalidInputError("file.write", f"写不了文件 {out}: {e.strerror}。", "请换一个位置。") from e
