"""Makes a book of the first version again, with all that is in it, as a PC that was not updated for long has it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.pool import NullPool

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import BRAND, Scope, store_scope
from guide_app.store.codec import CODECS, Stored, encode_json
from guide_app.store.connect import APPLICATION_ID, connector, engine_for
from guide_app.store.schema import migrate

FIRST = "0001"
_TABLES = "SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_UNKNOWN = "INSERT INTO main.unknown_record (scope, kind, id, seq, data, reason) VALUES (?, ?, ?, ?, ?, 'kind')"


def grow_old(path: Path, key: bytes) -> None:
    """Put the book's records into the tables of the first version; what those have no column for is left out.

    Records of kinds that came later wait where that version keeps what it does not know.
    """
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
        for name in sorted(KINDS.keys() - tables):
            old.executemany(
                _UNKNOWN, [(_scope(name, one), name, one.id, one.seq, _text(one)) for one in _all(old, name)]
            )
        old.execute("DELETE FROM main.setting WHERE key = 'search.version'")  # its tables were not brought
        old.execute("DETACH DATABASE now")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    fresh.replace(path)


def _all(old: Any, name: str) -> list[Stored]:
    """Every record of a kind that the office knows, out of the book of now."""
    columns = ", ".join(f'"{column}"' for column in _columns(name))
    rows = old.execute(f'SELECT {columns} FROM now."{name}" WHERE seq IS NOT NULL').fetchall()
    return [CODECS[name].unpack(tuple(row)) for row in rows]


def _columns(name: str) -> tuple[str, ...]:
    return ("id", *(("store_id",) if CODECS[name].in_store else ()), *CODECS[name].columns)


def _scope(name: str, record: Stored) -> Scope:
    return store_scope(record.store_id) if CODECS[name].in_store else BRAND


def _text(record: Stored) -> str:
    return encode_json(record.data).decode()
