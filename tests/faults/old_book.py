"""Makes a book of the first version again, with all that is in it, as a PC that was not updated for long has it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy.pool import NullPool

from guide_app.store.connect import APPLICATION_ID, connector, engine_for
from guide_app.store.schema import migrate

FIRST = "0001"
_TABLES = "SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def grow_old(path: Path, key: bytes) -> None:
    """Put the book's records into the tables of the first version; what those have no column for is left out."""
    fresh = path.with_name("old.db")
    fresh.unlink(missing_ok=True)
    engine = engine_for(connector(fresh, key, read_only=False), NullPool, "BEGIN IMMEDIATE")
    with engine.begin() as conn:
        conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(conn, FIRST)
    engine.dispose()
    with closing(connector(path, key, read_only=False)()) as now:
        now.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with closing(connector(fresh, key, read_only=False)()) as old:
        old.execute(f"ATTACH DATABASE ? AS now KEY \"x'{key.hex()}'\"", (str(path),))
        old.execute("PRAGMA foreign_keys = OFF")
        tables = {row[0] for row in old.execute(_TABLES.format(schema="main"))}
        tables &= {row[0] for row in old.execute(_TABLES.format(schema="now"))}
        for table in sorted(tables - {"alembic_version"}):
            columns = [
                {row[1] for row in old.execute(f"PRAGMA {schema}.table_info('{table}')")} for schema in ("main", "now")
            ]
            names = ", ".join(f'"{name}"' for name in sorted(columns[0] & columns[1]))
            old.execute(f'DELETE FROM main."{table}"')
            old.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM now."{table}"')
        old.execute("DELETE FROM main.setting WHERE key = 'search.version'")  # its tables were not brought
        old.execute("DETACH DATABASE now")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    fresh.replace(path)
