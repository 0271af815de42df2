"""Pictures, named by the SHA-256 of their bytes: fetched after the records, verified, kept in `blobs/ab/<sha256>`."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import Connection

from guide_app.store.database import Database
from guide_app.sync.errors import OfficeRefusedError
from guide_app.sync.office import Office
from guide_app.sync.transport import Transport

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NOT_FOUND = 404


class BlobStore:
    """The pictures on disk. What is there is whole: it was checked before it got its name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path | None:
        """Where the picture lies; None if it is not here (or `sha256` is no such name)."""
        place = self._place(sha256)
        return place if place is not None and place.is_file() else None

    def put(self, body: bytes) -> str:
        """Keep a picture; returns its SHA-256 in hex."""
        sha256 = hashlib.sha256(body).hexdigest()
        place = self._folder / sha256[:2] / sha256
        if not place.is_file():
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f"{sha256}.{os.getpid()}.part")
            with fresh.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(place)
        return sha256

    def missing(self, wanted: Iterable[str]) -> list[str]:
        """Those of the names that are pictures' names and not here, each once."""
        return [sha for sha in dict.fromkeys(wanted) if _SHA256.fullmatch(sha) and self.path(sha) is None]

    def _place(self, sha256: str) -> Path | None:
        return self._folder / sha256[:2] / sha256 if _SHA256.fullmatch(sha256) else None


class BlobFetcher:
    """Brings missing product pictures; lowest priority, stopped at will between two pictures."""

    def __init__(self, db: Database, transport: Transport, store: BlobStore) -> None:
        self._db = db
        self._office = Office(transport)
        self._store = store

    def missing(self) -> list[str]:
        """Pictures that records name and that are not here, products on sale first."""
        return self._store.missing(self._db.query(_wanted))

    def fetch(
        self,
        cancelled: Callable[[], bool] = lambda: False,
        limit: int | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Fetch up to `limit` missing pictures until `cancelled()`; returns how many came.

        `progress` is told before each picture how many are done, of how many in all. Raises OfficeUnreachableError;
        what came before stays. A picture that the office has not got is passed over.
        """
        done = 0
        missing = self.missing()[:limit]
        for place, sha256 in enumerate(missing):
            if cancelled():
                break
            if progress is not None:
                progress(place, len(missing))
            try:
                self._store.put(self._office.blob(sha256))
            except OfficeRefusedError as e:
                if e.status != _NOT_FOUND:
                    raise
                continue
            done += 1
        return done


def _wanted(conn: Connection) -> list[str]:
    rows = conn.exec_driver_sql("SELECT image FROM product WHERE image <> '' ORDER BY status = 'stopped', no")
    return [row[0] for row in rows]
