"""Which version the database's tables have, and how an older one is brought up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.pool import NullPool

from guide_app.base.errors import DamagedError
from guide_app.store.connect import APPLICATION_ID, connector, engine_for

#: The newest migration; a test holds it against the migrations. Comparing spares every start Alembic's import.
HEAD = "0004"


def schema_version(conn: Connection) -> str | None:
    """The version of the tables behind `conn`; None for a database without tables."""
    there = conn.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").first()
    if there is None:
        return None
    found: str | None = conn.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def create_file(path: Path, key: bytes) -> None:
    """Make a new, empty book at `path`: built under another name and put in place whole, so never half there."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    engine = engine_for(connector(fresh, key, read_only=False), NullPool, "BEGIN IMMEDIATE")
    try:
        with engine.begin() as conn:
            conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            migrate(conn)
    finally:
        engine.dispose()
    fresh.chmod(0o600)
    fresh.replace(path)


def bring_up_to_date(conn: Connection) -> bool:
    """Migrate the tables if they are older than this program; returns whether they were.

    The whole way runs in the caller's transaction: it happens or it does not. Raises DamagedError for tables that are
    newer than this program.
    """
    found = schema_version(conn)
    if found == HEAD:
        return False
    if found is None or found > HEAD:
        raise DamagedError(
            "store.newer_schema",
            "数据库的版本 ({found}) 比这个程序 ({known}) 新。",
            "请安装新版程序; 数据没有被改动。",
            found=found,
            known=HEAD,
        )
    migrate(conn)
    return True


def migrate(conn: Connection, revision: str = "head") -> None:
    """Run Alembic to `revision` on `conn`, inside its open transaction."""
    from alembic import command  # noqa: PLC0415 - 60 ms that only an outdated database pays
    from alembic.config import Config  # noqa: PLC0415 - same

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    command.upgrade(config, revision)
