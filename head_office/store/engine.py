"""SQLAlchemy engines on the office's PostgreSQL, and the few ways in which transactions are begun."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import msgspec
from psycopg import errors as pg
from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

# The caller waited long already: the same work is better begun again later, not now.
_WORN_OUT = (pg.LockNotAvailable, pg.QueryCanceled)
# The office can do nothing about these but begin again: the transaction was a victim, the server went away or is out of
# room. None of them is the fault of what was sent, so a PC must not take them for poison.
_TRANSIENT = (
    *_WORN_OUT,
    pg.SerializationFailure,
    pg.DeadlockDetected,
    pg.DiskFull,
    pg.OutOfMemory,
    pg.AdminShutdown,
    pg.CrashShutdown,
    pg.CannotConnectNow,
    pg.TooManyConnections,
)


@dataclass(frozen=True)
class Timeouts:
    """Limits in milliseconds that the server enforces; 0 switches one off."""

    statement: int = 30_000
    lock: int = 10_000
    idle_in_transaction: int = 60_000

    def options(self) -> str:
        """The limits as libpq start-up options."""
        return (
            f"-c statement_timeout={self.statement} -c lock_timeout={self.lock}"
            f" -c idle_in_transaction_session_timeout={self.idle_in_transaction}"
        )


def make_engine(
    url: str | URL,
    *,
    application_name: str = "head-office",
    pool_size: int = 10,
    max_overflow: int = 10,
    pool_timeout_s: float = 10.0,
    connect_timeout_s: int = 5,
    timeouts: Timeouts | None = None,
    through_pgbouncer: bool = False,
) -> Engine:
    """An engine for `url` (`postgresql+psycopg://…`) that connects on first use; the caller disposes of it.

    A connection that died in the pool is found before use and replaced. JSON columns and parameters go through
    msgspec. `through_pgbouncer` switches off what keeps state in a session: server-side prepared statements and
    start-up options; the limits are then set on the role (`ALTER ROLE … SET statement_timeout = …`).
    """
    connect: dict[str, Any] = {"application_name": application_name, "connect_timeout": connect_timeout_s}
    if through_pgbouncer:
        connect["prepare_threshold"] = None
    else:
        connect["options"] = (timeouts or Timeouts()).options()
    return create_engine(
        url,
        connect_args=connect,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=pool_timeout_s,
        pool_pre_ping=True,
        hide_parameters=True,  # errors are logged, and parameters are people
        json_serializer=lambda value: msgspec.json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
    )


@contextmanager
def repeatable_read(engine: Engine, *, read_only: bool = True) -> Iterator[Connection]:
    """One transaction in which every statement sees the same snapshot (a pull over several scopes).

    The level belongs to this transaction alone; the connection goes back to the pool as it was.
    """
    with engine.connect() as plain:
        connection = plain.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=read_only)
        with connection.begin():
            yield connection


def is_worn_out(error: DBAPIError) -> bool:
    """Say whether the work failed because it had waited as long as it may."""
    return isinstance(error.orig, _WORN_OUT)


def is_transient(error: BaseException) -> bool:
    """Say whether the same work may succeed when begun again: victim of a deadlock, server restarting, pool full."""
    if isinstance(error, PoolTimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, _TRANSIENT) or error.connection_invalidated:
        return True
    # psycopg reports a connection that was refused or cut without an SQLSTATE of the server.
    return isinstance(error, OperationalError) and getattr(error.orig, "sqlstate", None) is None
