"""XLSX, XLS and ODS through calamine: the values that a sheet shows, as text, row by row.

Numbers come with the 15 significant digits that Excel itself keeps, so 59.699999999999996 is 59.7 as on screen;
days as 2026-11-20, moments as 2026-11-20T08:30:00.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from guide_app.base.phrase import Phrase
from guide_app.base.tabular.guard import check_package
from guide_app.base.tabular.limits import Limits, TableError, damaged, locked, too_large

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: Rows without which a sheet is no list: titles and one line.
_A_LIST = 2
_DIGITS = 15


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, its rows (from the very first one), how many there are."""

    name: str
    rows: Iterator[list[str]]
    row_count: int


def check_workbook(path: Path, limits: Limits) -> None:
    """Refuse a workbook that would not fit into memory. Raises TableError."""
    with path.open("rb") as file:
        packed = file.read(len(ZIP_MAGIC)) == ZIP_MAGIC
        if packed:
            check_package(file, path.name, limits)
        elif path.stat().st_size > limits.legacy_bytes:
            raise too_large(path.name, Phrase("旧版 .xls 的字节数"), limits.legacy_bytes)


def sheet_names(path: Path, limits: Limits) -> list[str]:
    """Names of the sheets that a person sees, in order. Raises TableError."""
    check_workbook(path, limits)
    with _opened(path) as book:
        return _visible(book)


@contextmanager
def open_sheet(path: Path, sheet: str | None, limits: Limits) -> Iterator[Sheet]:
    """The sheet named `sheet`, or the first visible one that holds a list. Raises TableError."""
    check_workbook(path, limits)
    with _opened(path) as book:
        found = _named(book, path.name, sheet) if sheet is not None else _first_used(book, path.name)
        rows, columns = (last + 1 for last in found.end or (-1, -1))
        if rows * columns > limits.sheet_cells:
            raise too_large(path.name, Phrase("单元格数"), limits.sheet_cells)
        yield Sheet(found.name, _text_rows(found), rows)


@contextmanager
def _opened(path: Path) -> Iterator[CalamineWorkbook]:
    with _named_errors(path.name), CalamineWorkbook.from_path(path) as book:
        yield book


@contextmanager
def _named_errors(source: str) -> Iterator[None]:
    try:
        yield
    except PasswordError as e:
        raise locked(source) from e
    except (CalamineError, OSError, ValueError) as e:
        raise damaged(source, e) from e
    except BaseException as e:
        # A panic in calamine's Rust code derives from BaseException; its class is not importable.
        if type(e).__name__ != "PanicException":
            raise
        raise damaged(source, e) from e


def _visible(book: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _named(book: CalamineWorkbook, source: str, name: str) -> CalamineSheet:
    if name not in _visible(book):
        have = "、".join(_visible(book))
        raise TableError(
            "table.sheet", "「{source}」里没有工作表「{name}」。", "现有: {have}。", source=source, name=name, have=have
        )
    return book.get_sheet_by_name(name)


def _first_used(book: CalamineWorkbook, source: str) -> CalamineSheet:
    """The first sheet with titles and a row; a cover that has but a title is passed over if there is another."""
    cover = None
    for name in _visible(book):
        sheet = book.get_sheet_by_name(name)
        if sheet.height >= _A_LIST:
            return sheet
        cover = sheet if cover is None and sheet.height else cover
    if cover is None:
        raise TableError("table.empty", "「{source}」里没有数据。", source=source)
    return cover


def _text_rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """All rows from the sheet's first one. calamine leaves out unused columns on the left, not rows above."""
    margin = [""] * (sheet.start or (0, 0))[1]
    for row in sheet.iter_rows():
        yield margin + [cell_text(value) for value in row]


def cell_text(value: object) -> str:
    """A cell's value as text; see the module's description for numbers and dates."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return format(value, f".{_DIGITS}g")
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return str(value)
    return str(value)
