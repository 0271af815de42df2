"""How a cluster's server is reached, and the role and database that the office needs on it."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy import URL

SUPERUSER = "postgres"
ROLE = "head_office"
DATABASE = "office"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Address:
    """Where a server listens: `host` is a socket folder or 127.0.0.1; `password` only for the latter."""

    host: str
    port: int
    password: str | None = None


def connect(address: Address, user: str, database: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """An autocommit connection, to the server's maintenance database unless told otherwise.

    Raises psycopg.OperationalError.
    """
    return psycopg.connect(
        host=address.host,
        port=address.port,
        user=user,
        password=address.password,
        dbname=database,
        autocommit=True,
        connect_timeout=10,
    )


def answers(address: Address) -> bool:
    """Whether the server there takes the office's connections now."""
    try:
        connect(address, ROLE).close()
    except psycopg.OperationalError:
        return False
    return True


def ensure_database(address: Address) -> None:
    """Make the office's role and database where they are missing (also after a kill between the two)."""
    role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
    with connect(address, SUPERUSER) as admin:
        if not admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            secret = sql.SQL("PASSWORD {}").format(address.password) if address.password else sql.SQL("")
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB {}").format(role, secret))
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
    with connect(address, SUPERUSER, DATABASE) as admin:
        _let_go_of_the_log(admin, role)


def _let_go_of_the_log(admin: psycopg.Connection[tuple[object, ...]], role: sql.Identifier) -> None:
    """Let the office drop old log segments: what was erased must leave them too. A restored database asks anew."""
    able = "SELECT pg_has_role(%s, 'pg_checkpoint', 'member'), has_function_privilege(%s, 'pg_switch_wal()', 'execute')"
    if admin.execute(able, [ROLE, ROLE]).fetchone() != (True, True):
        admin.execute(sql.SQL("GRANT pg_checkpoint TO {}").format(role))
        admin.execute(sql.SQL("GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {}").format(role))


def url_of(address: Address) -> str:
    """SQLAlchemy URL of the office's database at `address`; it names everything that libpq would else take from PG*."""
    over_socket = address.password is None
    return URL.create(
        "postgresql+psycopg",
        username=ROLE,
        password=address.password,
        host=None if over_socket else address.host,
        port=None if over_socket else address.port,
        database=DATABASE,
        query={"host": address.host, "port": str(address.port)} if over_socket else {},
    ).render_as_string(hide_password=False)
