"""A folder that is there whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guide_app.base.errors import InvalidInputError


def require_free(folder: Path) -> None:
    """Raise InvalidInputError (`export.folder`) unless `folder` is new or empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInputError("export.folder", "{folder} 不是空文件夹。", "请换一个新的文件夹。", folder=folder)


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """A hidden folder to write into, which takes the place of `folder` when all went well, and is gone if not."""
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        yield fresh
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
