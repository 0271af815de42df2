"""From a table's columns to a record's fields: who is the header, which column is which field, what each cell says.

FIELDS = (Field("phone", ("手机号", "手机", "电话"), parse_code, required=True), …)
with open_table(path) as table:
reading = read_fields(table, FIELDS, {"联系方式": "phone"})
for taken in reading.rows:      # each a Parsed or a list of RowReject
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase, listed
from guide_app.base.tabular.limits import TableError
from guide_app.base.tabular.read import Row, Table
from guide_app.base.tabular.rejects import RowReject
from guide_app.base.tabular.values import parse_text, plain

_TOO_WIDE = InvalidInputError("row.too_wide", "这一行比表头长, 可能有一格里的逗号没有加引号。")
_HEADER_SEARCHED = 10  # rows; exports often begin with a title and a date
_DECORATION = re.compile(r"[\s*:_\-()（）【】\[\]]+")


@dataclass(frozen=True)
class Field:
    """A field of the record to be made: its name, the titles its column may have, how a cell becomes its value.

    A blank cell gives `default`; with `required` both the column and a value in it must be there.
    """

    name: str
    titles: tuple[str, ...]
    parse: Callable[[str], Any] = parse_text
    required: bool = False
    default: Any = None


class Parsed(NamedTuple):
    """One row whose cells are all fine: values by field name, for every field whose column is there."""

    row: Row
    values: dict[str, Any]


class Refused(NamedTuple):
    """One row with at least one cell that is not fine."""

    row: Row
    rejects: tuple[RowReject, ...]


@dataclass(frozen=True)
class Reading:
    """A table being read: its header as written, the field of each column used, the titles nobody uses, the rows."""

    header: tuple[str, ...]
    columns: Mapping[str, int]
    unused: tuple[str, ...]
    rows: Iterator[Parsed | Refused]


def read_fields(table: Table, fields: Sequence[Field], chosen: Mapping[str, str] | None = None) -> Reading:
    """Find the header within the first rows, map its columns, and parse the rows behind it.

    `chosen` maps column titles to field names, before the fields' own titles. Raises TableError where the file is
    empty, a required column is missing, two columns claim one field, or `chosen` names what does not exist.
    """
    first = list(itertools.islice(table.rows, _HEADER_SEARCHED))
    if not first:
        raise TableError("table.empty", "「{source}」里没有数据。", source=table.source)
    at, columns = _find_header(first, fields, chosen or {}, table.source)
    header = first[at].cells
    used = set(columns.values())
    unused = tuple(title for number, title in enumerate(header) if number not in used and title.strip())
    rows = itertools.chain(first[at + 1 :], table.rows)
    return Reading(header, columns, unused, _parsed(rows, fields, columns, header))


def map_columns(
    header: Sequence[str], fields: Sequence[Field], chosen: Mapping[str, str], source: str
) -> dict[str, int]:
    """Column number (from 0) by field name. Raises TableError; see `read_fields`."""
    by_title = {_key(title): number for number, title in reversed(list(enumerate(header)))}
    called = {field.name: (*field.titles, field.name)[0] for field in fields}
    columns = _chosen_columns(header, by_title, called, chosen, source)
    taken = set(columns.values())
    for field in fields:
        if field.name in columns:
            continue
        found = (by_title.get(_key(title)) for title in (field.name, *field.titles))
        free = [number for number in found if number is not None and number not in taken]
        if free:
            columns[field.name] = free[0]
            taken.add(free[0])
    missing = [called[field.name] for field in fields if field.required and field.name not in columns]
    if missing:
        raise TableError(
            "table.columns",
            "「{source}」缺少列「{missing}」。",
            "现有的列: {columns}。可以指定哪一列是它。",
            source=source,
            missing=listed(map(Phrase, missing), "」「"),
            columns="、".join(header),
        )
    return columns


def _chosen_columns(
    header: Sequence[str],
    by_title: Mapping[str, int],
    called: Mapping[str, str],
    chosen: Mapping[str, str],
    source: str,
) -> dict[str, int]:
    """`called` are the fields that there are, by name, as people call them."""
    columns: dict[str, int] = {}
    for title, name in chosen.items():
        if name not in called:
            raise TableError(
                "table.columns", "没有字段「{name}」。", "可用: {known}。", name=name, known="、".join(sorted(called))
            )
        if _key(title) not in by_title:
            raise TableError(
                "table.columns",
                "「{source}」里没有列「{title}」。",
                "现有: {columns}。",
                source=source,
                title=title,
                columns="、".join(header),
            )
        if name in columns:
            twice = Phrase(called[name])
            raise TableError("table.columns", "有两列都指定为「{name}」。", "请只留一列。", name=twice)
        columns[name] = by_title[_key(title)]
    return columns


def _find_header(
    rows: Sequence[Row], fields: Sequence[Field], chosen: Mapping[str, str], source: str
) -> tuple[int, dict[str, int]]:
    """The first row in which all required columns are found; with none, the error speaks of the first row."""
    first_error: TableError | None = None
    for number, row in enumerate(rows):
        try:
            columns = map_columns(row.cells, fields, chosen, source)
        except TableError as e:
            first_error = first_error or e
            continue
        if columns:
            return number, columns
    if first_error is not None:
        raise first_error
    raise TableError(
        "table.columns",
        "「{source}」里没有认得的列。",
        "现有的列: {columns}。可以指定哪一列是什么。",
        source=source,
        columns="、".join(rows[0].cells),
    )


def _parsed(
    rows: Iterator[Row], fields: Sequence[Field], columns: Mapping[str, int], header: Sequence[str]
) -> Iterator[Parsed | Refused]:
    present = [(field, columns[field.name], header[columns[field.name]]) for field in fields if field.name in columns]
    for row in rows:
        values: dict[str, Any] = {}
        rejects: list[RowReject] = []
        cells = row.cells
        if len(cells) > len(header):
            extra = cells[len(header)]
            rejects.append(RowReject.of(row.number, "", extra, _TOO_WIDE))
        for field, number, title in present:
            cell = cells[number] if number < len(cells) else ""
            try:
                values[field.name] = _value(field, cell)
            except InvalidInputError as e:
                rejects.append(RowReject.of(row.number, title, cell, e))
        yield Refused(row, tuple(rejects)) if rejects else Parsed(row, values)


def _value(field: Field, cell: str) -> Any:
    if cell.strip():
        return field.parse(cell)
    if field.required:
        raise InvalidInputError("value.missing", "这一格不能为空。")
    return field.default


def _key(title: str) -> str:
    """Titles are compared without case, blanks and decoration: `* 手机号 (必填)` is `手机号必填`."""
    return _DECORATION.sub("", plain(title)).casefold()
