from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from head_office.imports.model import ImportReport, ImportServices, Options, What
from head_office.imports.run import run_import
from head_office.store.tables import KIND_TABLES
from tests.head_office.kit import NOW, SECRET


class HandClock:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.ms = NOW

    def now_ms(self) -> int:
        return self.ms


class Importing:
    """Writes tables to files and imports them, each a minute after the other."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.clock = HandClock()
        self.services = ImportServices(engine, SECRET, self.clock)

    def file(self, name: str, *lines: str) -> Path:
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def __call__(self, what: What, source: Path | Sequence[str], **options: Any) -> ImportReport:
        self.clock.ms += 60_000
        path = source if isinstance(source, Path) else self.file(f"{what}.csv", *source)
        return run_import(what, path, Options(**options), self.services)

    def rows(self, kind: str, *columns: str) -> list[tuple[Any, ...]]:
        """Columns of all records of a kind, in order."""
        table = KIND_TABLES[kind]
        query = sa.select(*(table.c[name] for name in columns)).order_by(*(table.c[name] for name in columns))
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def seqs(self) -> dict[str, int]:
        """Where each scope stands: the same twice means that nothing was written."""
        with self.engine.connect() as connection:
            return dict(tuple(row) for row in connection.exec_driver_sql("SELECT store_id::text, seq FROM feed_head"))


@pytest.fixture
def importing(office_engine: Engine, tmp_path: Path) -> Importing:
    """An office with two stores and a guide, made by imports."""
    importing = Importing(office_engine, tmp_path)
    importing("stores", ["代码,名称,区域", "SH01,南京西路店,上海", "SH02,徐家汇店,上海"])
    importing("guides", ["工号,姓名,门店,角色", "0231,王敏,SH01,导购", "0300,李娜,徐家汇店,店长"])
    return importing


@pytest.fixture
def replayed(importing: Importing) -> Callable[..., ImportReport]:
    """Import a file twice, the second time days later; nothing may have changed then. Returns the first report."""

    def run(what: What, source: Sequence[str], **options: Any) -> ImportReport:
        path = importing.file(f"{what}.csv", *source)
        first = importing(what, path, **options)
        before = importing.seqs()
        importing.clock.ms += 3 * DAY_MS
        again = importing(what, path, **options)
        assert importing.seqs() == before
        assert (again.added, again.changed) == (0, 0)
        assert again.unchanged == first.added + first.changed + first.unchanged
        assert again.rejected == first.rejected
        return first

    return run
