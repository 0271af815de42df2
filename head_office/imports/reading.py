"""Opens the file of an import: known layouts and the options' columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from guide_app.base.tabular.choose import choose
from guide_app.base.tabular.fields import Field, Reading, read_fields
from guide_app.base.tabular.read import open_table
from guide_app.base.tabular.rejects import EXTRA_COLUMNS
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
        choice = choose(fields, columns)
        whole = replace(table, rows=itertools.chain(head, table.rows))
        reading = read_fields(whole, choice.fields, choice.columns)
        yield Source(reading, table.sheet, layout.name if layout else "")
