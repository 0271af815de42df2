"""A migrated book to copy: running the migrations takes many times as long, and tests open books by the hundred."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from guide_app.store.schema import create_file


@functools.cache
def _made(key: bytes) -> bytes:
    """The file as the program makes it, made once a run."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        create_file(file, key)
        return file.read_bytes()


def lay_empty_book(path: Path, key: bytes) -> None:
    """Put an empty book at `path` unless there is one."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_made(key))
    path.chmod(0o600)
