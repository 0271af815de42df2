"""Backups of the book, whole and verified; checks of its pages; a plain copy for whoever holds the key."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from guide_app.base.errors import DamagedError, InvalidInputError
from guide_app.store.connect import check_file, connector
from guide_app.store.faults import StorageError, named_faults


@dataclass(frozen=True, slots=True)
class FileReport:
    """A checked database file: its size in bytes, and what is wrong with it (nothing if `faults` is empty)."""

    path: Path
    size: int
    records: int
    faults: tuple[str, ...]


def check(path: Path, key: bytes) -> FileReport:
    """Check every page's authentication code and the structure. Raises LockedError, DamagedError if it cannot open."""
    check_file(path, key)
    try:
        with closing(connector(path, key, read_only=True)()) as raw:
            faults = [row[0] for row in raw.execute("PRAGMA cipher_integrity_check")]
            if not faults:  # a page that cannot be read is named once; every tree it stands in would be a line more
                faults += [row[0] for row in raw.execute("PRAGMA integrity_check") if row[0] != "ok"]
                faults += [f"{row[0]}: {row[1]} → {row[2]}" for row in raw.execute("PRAGMA foreign_key_check")]
            records = raw.execute("SELECT count(*) FROM client").fetchone()[0] if not faults else 0
    except sqlcipher.DatabaseError as e:
        faults, records = [str(e)], 0
    return FileReport(path, path.stat().st_size, records, tuple(faults))


def backup(path: Path, key: bytes, target: Path) -> FileReport:
    """Copy the book, encrypted under the same key, while it may be in use; verified by opening before it gets its name.

    Raises InvalidInputError if `target` exists, DamagedError if the copy does not verify (nothing is left behind).
    """
    check_file(path, key)
    with _under_another_name(target) as fresh:
        _copy(path, key, fresh)
        fresh.chmod(0o600)
        report = check(fresh, key)
        if report.faults:
            raise DamagedError(
                "backup.faulty", "备份没有通过检查: {fault}", "请先运行 guide db-check。", fault=report.faults[0]
            )
    return FileReport(target, target.stat().st_size, report.records, ())


def decrypt(path: Path, key: bytes, target: Path) -> int:
    """Write the book as a plain SQLite file; returns its size in bytes. Raises InvalidInputError if `target` exists."""
    check_file(path, key)
    with _under_another_name(target) as fresh, closing(connector(path, key, read_only=False)()) as raw:
        fresh.touch(0o600)  # before anything stands in it
        raw.execute("ATTACH DATABASE ? AS plain KEY ''", (str(fresh),))
        raw.execute("SELECT sqlcipher_export('plain')")
        raw.execute("DETACH DATABASE plain")
    return target.stat().st_size


def restore(source: Path, key: bytes, path: Path) -> Path | None:
    """Put a backup in the book's place; returns where the book that was there lies now, None if there was none.

    The backup is checked first. No other process may have the book open: what it writes later would be lost.

    Raises LockedError, DamagedError, StorageError (`restore.open` where one has); changes nothing then.
    """
    report = check(source, key)
    if report.faults:
        raise DamagedError(
            "restore.faulty",
            "备份 {source} 已损坏: {fault}",
            "请换一份备份; 数据没有被改动。",
            source=source,
            fault=report.faults[0],
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".restoring")
    fresh.unlink(missing_ok=True)
    try:
        with named_faults():
            _copy(source, key, fresh)
        fresh.chmod(0o600)
        _to_disk(fresh)
        aside = _keep_beside(path, key) if path.exists() else None
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return aside


def _copy(source: Path, key: bytes, fresh: Path) -> None:
    with closing(connector(source, key, read_only=True)()) as old, closing(_new(fresh, key)) as copy:
        old.backup(copy)


def _keep_beside(path: Path, key: bytes) -> Path:
    """Give the book that is to be replaced a second name; until then it keeps its own, so there is always a book."""
    aside = path.with_name(f"{path.name}.before-restore-{path.stat().st_mtime_ns}")
    try:
        with closing(connector(path, key, read_only=False)()) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            _require_alone(raw)
    except sqlcipher.DatabaseError:  # damaged, or under another key: then its log is kept as it is, too
        _link(path.with_name(path.name + "-wal"), aside.with_name(aside.name + "-wal"))
    _link(path, aside)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return aside


def _require_alone(raw: sqlcipher.Connection) -> None:
    """Raise StorageError where another connection has the book open: SQLite ends a log only for the last one."""
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        raw.execute("PRAGMA journal_mode = DELETE").fetchall()
    except sqlcipher.OperationalError as e:
        if "locked" not in str(e):
            raise
        raise StorageError(
            "restore.open", "这本资料正开着, 现在不能恢复。", "请关掉导购台的窗口再恢复; 数据没有被改动。"
        ) from e


def _link(path: Path, other: Path) -> None:
    if not path.exists():
        return
    try:
        os.link(path, other)
    except OSError:  # a file system without links
        shutil.copy2(path, other)


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _new(path: Path, key: bytes) -> sqlcipher.Connection:
    raw = sqlcipher.connect(str(path))
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return raw


@contextmanager
def _under_another_name(target: Path) -> Iterator[Path]:
    if target.exists():
        raise InvalidInputError("file.exists", "文件 {target} 已存在, 没有覆盖。", "请换一个文件名。", target=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".part")
    fresh.touch()  # a folder that takes no file is told as such, not as a fault of the book
    fresh.unlink()
    try:
        with named_faults():
            yield fresh
        _to_disk(fresh)
        fresh.replace(target)
    finally:
        for suffix in ("", "-wal", "-shm", "-journal", ".keycheck"):
            fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
