"""Keeps PostgreSQL's statistics in step with a bulk load.

A table that has just been filled has none until autovacuum comes round, a minute or more later. Until then the planner
takes every store for small and reads all its rows where one index look-up would do: measured on 320,705 lines of
receipts, 87 ms instead of 0.3 ms a batch, 70 s of 120 s in all.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

_FIRST, _GROWTH = 4_000, 4


class PlannerHelp:
    """Has the tables analysed each time an import has quadrupled what it wrote."""

    def __init__(self, engine: Engine, tables: Sequence[str]) -> None:
        self._engine = engine
        self._statement = f"ANALYZE {', '.join(tables)}"
        self._written = 0
        self._next = _FIRST

    def wrote(self, records: int) -> None:
        """Say how many records were committed."""
        self._written += records
        if self._written >= self._next:
            self._next = self._written * _GROWTH
            with self._engine.begin() as connection:
                connection.exec_driver_sql(self._statement)
