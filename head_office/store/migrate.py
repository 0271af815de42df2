"""Brings the office's schema to the version that this program needs.

The steps in `migrations/versions` spell their tables out and import nothing of the program, so that a database of any
age passes through the very steps it would have seen then.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

_ONE_AT_A_TIME = 0x6775696465  # the name of the lock, "guide" in ASCII
_STEPS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    return config


def upgrade(engine: Engine) -> None:
    """Run all missing steps in one transaction. A second program doing the same waits and then finds nothing to do."""
    config = _config()
    with engine.begin() as connection:
        connection.execute(sa.text("SET LOCAL lock_timeout = '60s'"))
        connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:name)"), {"name": _ONE_AT_A_TIME})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: Engine) -> bool:
    """Whether the database stands at exactly the version this program needs."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found == ScriptDirectory.from_config(_config()).get_current_head()
