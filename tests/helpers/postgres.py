"""A real PostgreSQL for tests: one server a run (per worker), one fresh database a test by cloning a template.

Fixtures over it stand in the `conftest.py` of the folders that need them; end-to-end tests use the class itself
and hand the URL to the processes they start.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, make_url, text

from head_office.store.embedded import EmbeddedPostgres
from head_office.store.engine import make_engine

_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made below it
_ROOM = 2 << 30  # a container often has 64 MB there


class OfficeDatabases:
    """Hands out databases on one running server. `migrate` brings an empty database to the current schema."""

    def __init__(self, server_url: str, migrate: Callable[[Engine], None]) -> None:
        self._server_url = make_url(server_url)
        self._migrate = migrate
        self._template: str | None = None
        self._admin = create_engine(self._server_url, isolation_level="AUTOCOMMIT", pool_size=1)

    @contextmanager
    def migrated(self) -> Iterator[str]:
        """URL of a database with the current schema and no rows; dropped afterwards, whoever is still connected."""
        if self._template is None:
            name = self._create(None)
            engine = make_engine(self._url(name))
            self._migrate(engine)
            engine.dispose()
            self._template = name
        with self._database(self._template) as url:
            yield url

    @contextmanager
    def blank(self) -> Iterator[str]:
        """URL of a database with nothing in it; dropped afterwards."""
        with self._database(None) as url:
            yield url

    def close(self) -> None:
        """Close the connection that creates and drops."""
        self._admin.dispose()

    @contextmanager
    def _database(self, template: str | None) -> Iterator[str]:
        name = self._create(template)
        try:
            yield self._url(name)
        finally:
            self._drop(name)

    def _create(self, template: str | None) -> str:
        name = f"t_{uuid.uuid4().hex}"
        # Copied as files, not page by page through the log: a third less work, as nothing here waits for a disk.
        of = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        self._run(f'CREATE DATABASE "{name}"{of}')
        return name

    def _drop(self, name: str) -> None:
        """Send away whoever is still connected and drop. A plain DROP waits for autovacuum; FORCE trips over it."""
        with self._admin.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = :name AND backend_type = 'client backend'"
                ),
                {"name": name},
            )
            connection.execute(text(f'DROP DATABASE "{name}"'))

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def _url(self, database: str) -> str:
        return self._server_url.set(database=database).render_as_string(hide_password=False)


def migrate_to_current(engine: Engine) -> None:
    """Run the office's own migrations."""
    from head_office.store.migrate import upgrade  # noqa: PLC0415 - Alembic is slow to import; not every run needs it

    upgrade(engine)


@contextmanager
def office_databases(folder: Path) -> Iterator[OfficeDatabases]:
    """A server for the length of a `with` block, without safety against power cuts, in memory where there is room.

    A clone takes 20 ms in memory and, with its 400 files, ten times as long on some disks. `folder` is the disk.
    """
    with _in_memory_or(folder) as place, EmbeddedPostgres(place, durable=False) as server:
        databases = OfficeDatabases(server.url, migrate_to_current)
        try:
            yield databases
        finally:
            databases.close()


@contextmanager
def _in_memory_or(folder: Path) -> Iterator[Path]:
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        with tempfile.TemporaryDirectory(prefix="guide-test-", dir=_MEMORY) as place:
            yield Path(place)
    else:
        yield folder
