"""Names what goes wrong with the disk, so that a person reads what to do instead of a driver's message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError, OperationalError

from guide_app.base.errors import DamagedError, GuideError
from guide_app.base.phrase import Phrase


class StorageError(GuideError):
    """The disk refused; nothing of the change was kept, everything before it was."""


# What SQLite says (sqlite3_errstr) → code, sentence, way out.
_REFUSALS = (
    (
        "database or disk is full",
        "store.full",
        Phrase("磁盘已满, 这次修改没有保存。"),
        Phrase("请腾出磁盘空间后再试。"),
    ),
    (
        "readonly database",
        "store.read_only",
        Phrase("数据目录不能写入, 这次修改没有保存。"),
        Phrase("请检查数据目录的权限。"),
    ),
    (
        "disk I/O error",
        "store.io",
        Phrase("读写磁盘时出错, 这次修改没有保存。"),
        Phrase("请检查磁盘; 运行 guide db-check。"),
    ),
    ("unable to open database file", "store.io", Phrase("数据库文件打不开。"), Phrase("请检查数据目录的权限和磁盘。")),
    (
        "database is locked",
        "store.locked",
        Phrase("另一个程序长时间占用数据库, 这一步没有完成。"),
        Phrase("请关闭其他窗口后再试。"),
    ),
)
_DAMAGE = ("database disk image is malformed", "file is not a database", "database corruption")


@contextmanager
def named_faults() -> Iterator[None]:
    """Turn storage errors of the driver, through SQLAlchemy or not, into StorageError or DamagedError.

    Everything else passes.
    """
    try:
        yield
    except (DatabaseError, sqlcipher.DatabaseError) as e:
        said = str(e.orig if isinstance(e, DatabaseError) else e)
        if any(words in said for words in _DAMAGE):
            raise DamagedError(
                "store.damaged", "数据库文件有损坏的地方。", "请运行 guide db-check, 并从备份恢复; 文件没有被改动。"
            ) from e
        if isinstance(e, (OperationalError, sqlcipher.OperationalError)) and (refused := refusal(said)):
            raise refused from e
        raise


def refusal(said: str) -> StorageError | None:
    """What a person reads where SQLite said that the disk refuses; None where it said something else."""
    for words, code, sentence, way_out in _REFUSALS:
        if words in said:
            return StorageError(code, sentence, way_out)
    return None
