"""Opens a table of whatever kind: CSV and TSV (also gzipped), XLSX, XLS, ODS.

The kind is told by the file's first bytes, never by its name: many systems write CSV or web pages called `.xls`.

    with open_table(path) as table:
        for row in table.rows:
            row.number, row.cells
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from guide_app.base.phrase import Phrase
from guide_app.base.tabular.limits import DEFAULT_LIMITS, Limits, TableError, too_large
from guide_app.base.tabular.text import TextForm, read_text_rows, text_form
from guide_app.base.tabular.workbook import OLE_MAGIC, ZIP_MAGIC, open_sheet, sheet_names


class Row(NamedTuple):
    """One row as text. `number` counts from 1 as a spreadsheet shows it, blank rows and the header included.

    A tuple, as what is made of it: a frozen dataclass costs nearly twice as much to make, and files have many.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """An open table: the file's name, the sheet's name (None for text), its rows that are not blank.

    `row_count` is what a progress bar may count up to; None where only reading tells. `form` is how text is written.
    """

    source: str
    sheet: str | None
    rows: Iterator[Row]
    row_count: int | None
    form: TextForm | None = None


@contextmanager
def open_table(
    path: Path, *, sheet: str | None = None, encoding: str | None = None, separator: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Table]:  # fmt: skip
    """Open `path`; a workbook's `sheet` by name, else its first visible one with data.

    Text is read in `encoding` and with `separator` where they are given, else as it is found to be written.

    Raises TableError here or while the rows are read; its sentence names the file and, for text, the row.
    """
    if _is_workbook(path, limits):
        with open_sheet(path, sheet, limits) as found:
            yield Table(path.name, found.name, _checked(found.rows, path.name, limits), found.row_count)
    else:
        form = text_form(path, encoding, separator, limits)
        with closing(_checked(read_text_rows(path, form, limits), path.name, limits)) as rows:
            yield Table(path.name, None, rows, None, form)


def list_sheets(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[str]:
    """Names of a workbook's visible sheets; nothing for text. Raises TableError."""
    return sheet_names(path, limits) if _is_workbook(path, limits) else []


def _is_workbook(path: Path, limits: Limits) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(len(OLE_MAGIC))
        size = path.stat().st_size
    except OSError as e:
        raise TableError(
            "table.missing", "打不开「{path}」: {why}。", "请检查文件是否存在、是否被占用。", path=path, why=e.strerror
        ) from e
    if size > limits.file_bytes:
        raise too_large(path.name, Phrase("文件的字节数"), limits.file_bytes)
    return head.startswith((ZIP_MAGIC, OLE_MAGIC))


def _checked(rows: Iterator[list[str]], source: str, limits: Limits) -> Generator[Row]:
    """Rows with their numbers, without blank ones and without blank cells behind the last used one."""
    for number, cells in enumerate(rows, start=1):
        if number > limits.rows:
            raise too_large(source, Phrase("行数"), limits.rows)
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(cells) > limits.columns:
            raise too_large(source, Phrase("第 {number} 行的列数", {"number": number}), limits.columns)
        if max(map(len, cells)) > limits.cell_characters:
            raise too_large(source, Phrase("第 {number} 行一格的字数", {"number": number}), limits.cell_characters)
        yield Row(number, tuple(cells))
