"""Keeps the write connection shut except for the store's own writers, so that no change can bypass the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

_READS = ("SELECT", "WITH", "PRAGMA", "EXPLAIN", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")


class WriteGate:
    """Listens on the write engine; anything but reads raises while the gate is shut."""

    def __init__(self) -> None:
        self._open = 0

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Let writes through for the length of a `with` block."""
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    def check(self, conn: Connection, cursor: Any, statement: str, params: Any, context: Any, many: bool) -> None:
        """Judge one statement (SQLAlchemy's `before_cursor_execute`). Raises RuntimeError."""
        del conn, cursor, params, context, many
        if not self._open and not statement.lstrip()[:10].upper().startswith(_READS):
            raise RuntimeError(f"records are written through the unit of work: {statement.split(maxsplit=4)[:4]}")
