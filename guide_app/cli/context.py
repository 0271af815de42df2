"""Where this PC keeps its book, and how the parts are joined for one run of the command line."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from guide_app.base.clock import Clock, SystemClock
from guide_app.base.errors import NotEnrolledError

if TYPE_CHECKING:
    from guide_app.flows.desk import Desk

BOOK = "book.db"
PICTURES = "pictures"
LOGS = "log"


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one book and what the environment says about it."""

    data_dir: Path
    office: str
    environ: Mapping[str, str]

    @classmethod
    def of(cls, data_dir: Path | None, environ: Mapping[str, str] = os.environ) -> Place:
        """From `--data-dir`, else GUIDE_DATA_DIR, else the platform's per-user place."""
        named = data_dir or environ.get("GUIDE_DATA_DIR") or platformdirs.user_data_path("GuideDesk", appauthor=False)
        return cls(Path(named).absolute(), environ.get("GUIDE_OFFICE", ""), environ)

    @property
    def book(self) -> Path:
        """The database file."""
        return self.data_dir / BOOK

    @property
    def pictures(self) -> Path:
        """The folder of product pictures."""
        return self.data_dir / PICTURES

    @property
    def logs(self) -> Path:
        """The folder of log files."""
        return self.data_dir / LOGS

    def no_book(self) -> NotEnrolledError:
        """What to raise where there should be a book and is none."""
        return NotEnrolledError(
            "not_enrolled", f"{self.data_dir} 里没有数据库。", "先运行 guide init --office 网址 --code 登记码。"
        )

    def key(self) -> bytes:
        """The database key; made on first use. Raises LockedError."""
        from guide_app.store.keys import database_key  # noqa: PLC0415 - the window paints before the store is loaded

        return database_key(str(self.book), self.environ, may_create=not self.book.exists())


@contextmanager
def open_desk(place: Place, clock: Clock | None = None) -> Iterator[Desk]:
    """The desk over this PC's book, closed at the end."""
    from guide_app.flows.desk import make_desk  # noqa: PLC0415 - the window paints before the desk is loaded
    from guide_app.store.database import Database  # noqa: PLC0415 - same
    from guide_app.store.search import SearchIndex  # noqa: PLC0415 - same

    clock = clock or SystemClock()
    index = SearchIndex()
    db = Database.open(place.book, place.key(), clock, search=index)
    try:
        yield make_desk(db, index, clock)
    finally:
        db.close()
