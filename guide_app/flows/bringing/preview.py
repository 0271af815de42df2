"""The first rows of a file before anything is decided: which column would become what."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guide_app.base.tabular.limits import TableError
from guide_app.base.tabular.people import CLIENT_FIELDS
from guide_app.base.tabular.read import open_table
from guide_app.flows.bringing.model import BringOptions
from guide_app.flows.bringing.source import open_source

_ROWS = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """A file's header, its first rows as written, and the field name of each column title that was recognised."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    fields: Mapping[str, str]


def client_fields() -> list[tuple[str, str]]:
    """What a column may be: the field's name and the title it usually has."""
    return [(field.name, field.titles[0]) for field in CLIENT_FIELDS]


def preview_clients(path: Path) -> Preview:
    """Look into a file of clients; where no column is recognised its first row is the header. Raises TableError."""
    try:
        with open_source(path, CLIENT_FIELDS, BringOptions()) as source:
            rows = [row.row.cells for row in itertools.islice(source.reading.rows, _ROWS)]
            return Preview(source.reading.header, rows, source.titles)
    except TableError as e:
        if e.code != "table.columns":
            raise
    with open_table(path) as table:
        first = [row.cells for row in itertools.islice(table.rows, _ROWS + 1)]
    return Preview(first[0], first[1:], {})
