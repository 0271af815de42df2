"""Collects ERROR log records, so that a test fails when the program complains and nobody asked for it."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class ErrorRecords(logging.Handler):
    """Keeps the text of every record of level ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one record as `logger: text`."""
        self.lines.append(f"{record.name}: {record.getMessage()}")

    def stray(self, expected: Sequence[str]) -> list[str]:
        """Lines that match none of the `expected` patterns."""
        return [line for line in self.lines if not any(re.search(pattern, line) for pattern in expected)]


@contextmanager
def watched_errors() -> Iterator[ErrorRecords]:
    """Listen at the root logger for the length of a `with` block."""
    records = ErrorRecords()
    root = logging.getLogger()
    root.addHandler(records)
    try:
        yield records
    finally:
        root.removeHandler(records)
