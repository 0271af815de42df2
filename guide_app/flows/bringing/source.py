"""Opens what a guide brings: a table or vCards, both as rows with values."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from guide_app.base.errors import InvalidInputError
from guide_app.base.tabular.choose import choose
from guide_app.base.tabular.fields import Field, Parsed, Reading, Refused, read_fields
from guide_app.base.tabular.read import Row, Table, open_table
from guide_app.base.tabular.rejects import EXTRA_COLUMNS, RowReject
from guide_app.base.tabular.second_look import write_refused, write_refused_rows
from guide_app.flows.bringing.exported import exported_rows, is_exported
from guide_app.flows.bringing.model import BringOptions
from guide_app.flows.bringing.vcard import card_values, is_vcard, read_cards

#: The columns in which refused cards are written, and which the card's fields are.
_CARD_COLUMNS = {
    "name": "姓名",
    "phone": "手机号",
    "wechat": "微信",
    "sex": "性别",
    "birthday": "生日",
    "remark": "备注",
    "tags": "标签",
}


@dataclass(frozen=True, slots=True)
class Source:
    """An open file; `total` rows if that is known, else 0."""

    reading: Reading
    total: int

    @property
    def titles(self) -> Mapping[str, str]:
        """The field of each column that is used."""
        return {self.reading.header[number]: name for name, number in self.reading.columns.items()}

    @property
    def unused(self) -> tuple[str, ...]:
        """Titles that nothing is taken from."""
        return tuple(title for title in self.reading.unused if title not in EXTRA_COLUMNS)


@contextmanager
def open_source(path: Path, fields: Sequence[Field], options: BringOptions) -> Iterator[Source]:
    """Open a table, a file of vCards or an export of this program. Raises TableError."""
    if is_vcard(path):
        halves: dict[int, InvalidInputError] = {}
        rows = itertools.chain([Row(0, tuple(_CARD_COLUMNS.values()))], _card_rows(path, options.encoding, halves))
        reading = read_fields(Table(path.name, None, rows, None), fields, {})
        yield Source(replace(reading, rows=_without_halves(reading.rows, halves)), 0)
        return
    if is_exported(path):
        choice = choose(fields, options.columns)
        yield Source(read_fields(Table(path.name, None, exported_rows(path), None), choice.fields, choice.columns), 0)
        return
    with open_table(path, sheet=options.sheet, encoding=options.encoding, separator=options.separator) as table:
        choice = choose(fields, options.columns)
        yield Source(read_fields(table, choice.fields, choice.columns), table.row_count or 0)


def write_rejects(
    path: Path, header: Sequence[str], rejects: Mapping[int, Sequence[RowReject]], options: BringOptions
) -> None:
    """Write what was refused to `options.errors`, as a CSV that can be corrected and brought again."""
    if options.errors is None:
        return
    if is_vcard(path):
        write_refused(options.errors, header, rejects, _card_rows(path, options.encoding, {}))
    elif is_exported(path):
        write_refused(options.errors, header, rejects, exported_rows(path))
    else:
        write_refused_rows(
            path, options.errors, header, rejects, sheet=options.sheet, encoding=options.encoding,
            separator=options.separator,
        )  # fmt: skip


def _card_rows(path: Path, encoding: str | None, halves: dict[int, InvalidInputError]) -> Iterator[Row]:
    """One row a card, numbered from 1; a card that breaks off is noted in `halves` and has no cells."""
    for number, card in enumerate(read_cards(path, encoding), 1):
        values: Mapping[str, str] = {}
        try:
            values = card_values(card)
        except InvalidInputError as e:
            halves[number] = e
        yield Row(number, tuple(values.get(name, "") for name in _CARD_COLUMNS))


def _without_halves(
    rows: Iterator[Parsed | Refused], halves: Mapping[int, InvalidInputError]
) -> Iterator[Parsed | Refused]:
    """The rows, with those refused whose card breaks off."""
    for row in rows:
        number = row.row.number
        why = halves.get(number)
        yield row if why is None else Refused(row.row, (RowReject.of(number, "", "", why),))
