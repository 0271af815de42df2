"""Opens connections to the encrypted database: the key, the settings that keep it whole, the checks before use."""

from __future__ import annotations

import hashlib
import math
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, Pool, create_engine, event

from guide_app.base.errors import DamagedError, LockedError
from guide_app.store.codec import decode_json, encode_json
from guide_app.store.faults import refusal

#: SQLite before this can corrupt a database in WAL mode (fault of the WAL reset, present since 3.7.0).
OLDEST_SQLITE = (3, 51, 3)
#: `GuDk` in the file's header, so that a foreign database is never mistaken for a book.
APPLICATION_ID = 0x4775446B
_BUSY_MS = 30_000
_HEADER = b"SQLite format 3\0"
_CHECK_SUFFIX = ".keycheck"


def require_sqlite() -> str:
    """The version of the SQLite in use. Raises DamagedError if it is one that can lose data."""
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise DamagedError(
            "store.sqlite_too_old",
            "SQLite {version} 有会损坏数据的缺陷, 不能使用。",
            "请安装带有 {wanted} 或更新版本的 sqlcipher3。",
            version=sqlcipher.sqlite_version,
            wanted=wanted,
        )
    return str(sqlcipher.sqlite_version)


def connector(path: Path, key: bytes, *, read_only: bool) -> Callable[[], Any]:
    """A function that opens one raw connection to `path` with the 32-byte `key`."""

    def connect() -> Any:
        raw = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, cached_statements=256)
        try:
            raw.execute("PRAGMA cipher_log_level = NONE")  # its errors are raised as well; on stderr they are noise
            raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            raw.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
            raw.execute("PRAGMA foreign_keys = ON")
            raw.execute("PRAGMA secure_delete = ON")
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute("PRAGMA temp_store = MEMORY")
            raw.execute("PRAGMA cache_size = -16000")
            raw.create_function("power", 2, _power, deterministic=True)
            if read_only:
                raw.execute("PRAGMA query_only = ON")
        except BaseException:
            raw.close()
            raise
        return raw

    return connect


def _power(base: float, exponent: float) -> float:
    """SQLite's own `power`, which SQLCipher is built without; what is too large is infinite."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf


def engine_for(connect: Callable[[], Any], pool: type[Pool], begin: str, **options: Any) -> Engine:
    """A SQLAlchemy engine over SQLCipher whose transactions start with the statement `begin`."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=pool,
        json_serializer=lambda value: encode_json(value).decode(),
        json_deserializer=decode_json,
        **options,
    )
    event.listen(engine, "begin", lambda conn: conn.exec_driver_sql(begin) and None)
    return engine


def check_file(path: Path, key: bytes) -> None:
    """Raise LockedError for a wrong key, DamagedError for what is no database of ours. Changes nothing.

    A disk that refuses is told as such (StorageError): a full one must not look like a damaged book.
    """
    if path.stat().st_size == 0:
        raise DamagedError("store.empty", "数据库文件 {path} 是空的。", "请从备份恢复; 空文件没有被改动。", path=path)
    try:
        with closing(connector(path, key, read_only=True)()) as raw:
            owner = raw.execute("PRAGMA application_id").fetchone()[0]
            raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as e:
        refused = refusal(str(e)) if isinstance(e, sqlcipher.OperationalError) else None
        raise refused or _unreadable(path, key) from e
    if owner != APPLICATION_ID:
        raise DamagedError(
            "store.foreign", "{path} 不是导购台的数据库。", "请核对数据目录; 文件没有被改动。", path=path
        )
    _write_key_check(path, key)


def _unreadable(path: Path, key: bytes) -> Exception:
    known = _check_file_of(path)
    if known.exists() and known.read_text("ascii").strip() != _key_check(key):
        return LockedError("store.wrong_key", "数据库密钥不对。", "请用登记时的密钥或恢复密钥打开; 数据没有被改动。")
    with path.open("rb") as file:
        foreign = file.read(len(_HEADER)) == _HEADER
    if foreign:
        return DamagedError(
            "store.foreign", "{path} 不是导购台的数据库。", "请核对数据目录; 文件没有被改动。", path=path
        )
    return DamagedError(
        "store.damaged", "数据库 {path} 打不开: 文件损坏或密钥不对。", "请从备份恢复; 文件没有被改动。", path=path
    )


def _check_file_of(path: Path) -> Path:
    return path.with_name(path.name + _CHECK_SUFFIX)


def _key_check(key: bytes) -> str:
    # 64 bits of a hash of a random 256-bit key tell a wrong key from a damaged file, and tell nobody the key.
    return hashlib.blake2b(key, digest_size=8, person=b"guide key check").hexdigest()


def _write_key_check(path: Path, key: bytes) -> None:
    known = _check_file_of(path)
    if not known.exists():
        # Half a file would later call the right key wrong.
        fresh = known.with_name(f"{known.name}.{os.getpid()}")
        fresh.write_text(_key_check(key), "ascii")
        fresh.replace(known)
