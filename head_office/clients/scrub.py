"""Takes erased people out of the database's files too.

PostgreSQL does not overwrite what is deleted: the bytes stay in a table's pages until the space is used again, and in
the write-ahead log until its segments are dropped. Rewriting the tables and moving on to a new segment removes both.
Each table is locked for as long as it is rewritten, so this belongs into the night.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from guide_app.protocol.kinds import KINDS

#: Beside the records themselves: tables in which something about a person can have stood.
_BESIDE = (
    "push_result", "quarantine", "merge_log", "transfer", "idempotency", "audit", "client_identity", "coupon_claim",
    "waiting_event", "erasure", "device", "photo",
)  # fmt: skip
_ABLE = (
    "SELECT has_function_privilege('pg_switch_wal()', 'execute')"
    " AND (pg_has_role('pg_checkpoint', 'member') OR current_setting('is_superuser') = 'on')"
)
# The first checkpoint can still write pages of before into the log; the second lets that segment go as well.
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """How many tables were rewritten, and whether the log was let go (another's server may not allow it)."""

    tables: int
    log: bool


def scrub(engine: Engine) -> Scrubbed:
    """Rewrite every table that can have held personal data, and let go of the log written until now."""
    tables = [name for name, kind in KINDS.items() if kind.scope == "store"] + list(_BESIDE)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET statement_timeout = 0")
        for name in tables:
            connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{name}"')
        log = bool(connection.exec_driver_sql(_ABLE).scalar_one())
        for _ in range(_ROUNDS if log else 0):
            connection.exec_driver_sql("SELECT pg_switch_wal()")
            connection.exec_driver_sql("CHECKPOINT")
        connection.exec_driver_sql("RESET statement_timeout")
    return Scrubbed(len(tables), log)
