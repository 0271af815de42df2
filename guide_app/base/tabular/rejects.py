"""Rows that were refused, and the file in which a person corrects them and imports them again.

Cells that a spreadsheet would run as a formula (beginning with = + - @, tab or carriage return; OWASP "CSV
Injection") are written with an apostrophe before them. Reading takes it off again, so a corrected file of rejects
carries the same values. An apostrophe that was there before is doubled, so nothing is lost either way.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from guide_app.base.errors import GuideError
from guide_app.base.phrase import Phrase

ROW_COLUMN, FIELD_COLUMN, REASON_COLUMN = "原行号", "有问题的列", "原因"
EXTRA_COLUMNS = (ROW_COLUMN, FIELD_COLUMN, REASON_COLUMN)

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_PROTECTED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class RowReject:
    """One reason why a row was not taken. `row_no` counts from 1 as a spreadsheet does, the header included.

    `sentence` is what the file of rejects says; `said`, sentence and way out, is for a window in another language.
    """

    row_no: int
    field: str
    value: str
    code: str
    sentence: str
    said: tuple[Phrase, ...] = ()

    @classmethod
    def of(cls, row_no: int, field: str, value: str, error: GuideError) -> RowReject:
        """The reject for an error that a value parser or a service raised."""
        return cls(row_no, field, value, error.code, str(error), (error.said, error.remedy))


def safe_cell(text: str) -> str:
    """`text` so that no spreadsheet runs it: `=1+1` becomes `'=1+1`."""
    return "'" + text if _RISKY.match(text) else text


def plain_cell(text: str) -> str:
    """The inverse of `safe_cell`."""
    return text[1:] if text[:1] == "'" and _PROTECTED.match(text) else text


class SafeCsvWriter:
    """Writes CSV that Excel opens as it is meant: the caller's stream in `utf-8-sig` with `newline=""`."""

    def __init__(self, out: IO[str]) -> None:
        self._writer = csv.writer(out)

    def row(self, cells: Iterable[object]) -> None:
        """Write one row; every cell goes through `safe_cell`."""
        self._writer.writerow([safe_cell(str(cell)) for cell in cells])


class RejectFile:
    """Writes refused rows with their original columns, and behind those the row number, the column, the reason.

    The three columns behind are ignored when the corrected file is imported; if a row of that is refused again, new
    ones take their place.
    """

    def __init__(self, out: IO[str], header: Sequence[str]) -> None:
        self._writer = SafeCsvWriter(out)
        while tuple(header[-len(EXTRA_COLUMNS) :]) == EXTRA_COLUMNS:
            header = header[: -len(EXTRA_COLUMNS)]
        self._width = len(header)
        self._writer.row([*header, *EXTRA_COLUMNS])

    def add(self, cells: Sequence[str], rejects: Sequence[RowReject]) -> None:
        """Write one refused row with all its reasons."""
        own = [*cells, *[""] * (self._width - len(cells))][: self._width]
        fields = " / ".join(dict.fromkeys(reject.field for reject in rejects))
        reasons = " / ".join(reject.sentence for reject in rejects)
        self._writer.row([*own, rejects[0].row_no if rejects else "", fields, reasons])
