"""Opens the office's database for a verb: the one that was named, or the office's own in its data folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError

from guide_app.base.errors import GuideError
from head_office.store.embedded import EmbeddedPostgres
from head_office.store.engine import make_engine
from head_office.store.migrate import is_current, upgrade

DATA_DIR_VARIABLE = "HEAD_OFFICE_DATA_DIR"


@dataclass(frozen=True, slots=True)
class Office:
    """An open database. `own` tells the embedded server from one that others run."""

    url: str
    engine: Engine
    data_dir: Path
    own: bool


def data_dir_of(given: Path | None, environ: Mapping[str, str]) -> Path:
    """The data folder: as given, by HEAD_OFFICE_DATA_DIR, or the platform's usual place."""
    if given is not None:
        return given
    if named := environ.get(DATA_DIR_VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA", Path.home())) / "head-office"
    if os.geteuid() == 0:
        return Path("/var/lib/head-office")
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "head-office"


def driver_url(url: str) -> str:
    """A PostgreSQL URL in the form that names our driver. Raises GuideError."""
    try:
        parsed = make_url(url)
    except ArgumentError as e:
        raise GuideError("database.url", "--database 不是数据库地址。", "写法: postgresql://用户@主机/库名") from e
    if parsed.get_backend_name() not in ("postgresql", "postgres"):
        raise GuideError("database.url", "总部只用 PostgreSQL。", "写法: postgresql://用户@主机/库名")
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


@contextmanager
def open_office(database: str | None, data_dir: Path, *, pool: int = 5, current: bool = True) -> Iterator[Office]:
    """The database for the length of a `with` block; an embedded server is stopped after it.

    `current`: the schema must be the program's own; an embedded database is brought there by itself. Raises GuideError.
    """
    if database is not None:
        yield from _opened(driver_url(database), data_dir, pool, current=current, own=False)
        return
    with EmbeddedPostgres(data_dir) as server:
        yield from _opened(server.url, data_dir, pool, current=current, own=True)


def _opened(url: str, data_dir: Path, pool: int, *, current: bool, own: bool) -> Iterator[Office]:
    engine = make_engine(url, pool_size=pool)
    try:
        if current:
            _ensure_current(engine, own=own)
        yield Office(url, engine, data_dir, own)
    except OperationalError as e:
        raise GuideError("database.unreachable", f"数据库连不上: {e.orig}".strip(), "请检查地址和服务。") from e
    finally:
        engine.dispose()


def _ensure_current(engine: Engine, *, own: bool) -> None:
    if is_current(engine):
        return
    if not own:
        raise GuideError("schema.outdated", "数据库的表结构不是本程序的版本。", "先运行 head-office migrate。")
    upgrade(engine)


def libpq_url(url: str) -> tuple[str, dict[str, str]]:
    """The URL for PostgreSQL's own programs without its password, and the environment that carries that."""
    parsed = make_url(url)
    password = parsed.password
    plain: URL = parsed.set(drivername="postgresql", password=None)
    environment = {} if password is None else {"PGPASSWORD": str(password)}
    return plain.render_as_string(hide_password=False), environment
