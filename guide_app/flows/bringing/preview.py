"""The first rows of a file before anything is decided: how it is written, and which column would become what."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from guide_app.base.tabular.fields import Field
from guide_app.base.tabular.limits import TableError
from guide_app.base.tabular.people import CLIENT_FIELDS
from guide_app.base.tabular.read import list_sheets, open_table
from guide_app.base.tabular.receipts import receipt_fields
from guide_app.flows.bringing.exported import is_exported
from guide_app.flows.bringing.model import BringOptions
from guide_app.flows.bringing.source import open_source
from guide_app.flows.bringing.vcard import is_vcard

_ROWS = 3
What = Literal["clients", "purchases"]


@dataclass(frozen=True, slots=True)
class Preview:
    """A file's header, its first rows as written, and the field name of each column title that was recognised.

    `sheets` are a workbook's visible ones; `encoding` and `separator` are those of text, as found or as said.
    """

    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    fields: Mapping[str, str] | None = None
    sheets: Sequence[str] = ()
    sheet: str | None = None
    encoding: str | None = None
    separator: str | None = None


def fields_of(what: What) -> Sequence[Field]:
    """The fields of what is brought; every receipt is of this PC's own store."""
    if what == "clients":
        return CLIENT_FIELDS
    return tuple(field for field in receipt_fields() if field.name != "store")


def choosable_fields(what: What) -> list[tuple[str, str]]:
    """What a column may be: the field's name and the title it usually has."""
    return [(field.name, field.titles[0]) for field in fields_of(what)]


def preview(path: Path, what: What = "clients", options: BringOptions | None = None) -> Preview:
    """Look into a file; where no column is recognised its first row is the header. Raises TableError."""
    options = options or BringOptions()
    if is_vcard(path) or is_exported(path):
        with open_source(path, fields_of(what), options) as source:
            rows = [row.row.cells for row in itertools.islice(source.reading.rows, _ROWS)]
            return Preview(source.reading.header, rows, source.titles)
    with open_table(path, sheet=options.sheet, encoding=options.encoding, separator=options.separator) as table:
        first = [row.cells for row in itertools.islice(table.rows, _ROWS + 1)]
        form, sheet = table.form, table.sheet
    if not first:
        raise TableError("table.empty", "「{name}」里没有数据。", name=path.name)
    made = Preview(
        first[0], first[1:], {}, list_sheets(path) if sheet else (), sheet,
        form.codec if form else None, form.separator if form else None,
    )  # fmt: skip
    try:
        with open_source(path, fields_of(what), options) as source:
            rows = [row.row.cells for row in itertools.islice(source.reading.rows, _ROWS)]
            return replace(made, header=source.reading.header, rows=rows, fields=source.titles)
    except TableError as e:
        if e.code != "table.columns":
            raise
    return made
