"""One PC of the convergence tests: a real encrypted book that can be cut off, copied, restored and taken in anew."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event

from guide_app.base.clock import Clock
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.search import SearchIndex
from guide_app.sync.engine import SyncEngine
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.report import SyncReport
from guide_app.sync.transport import Transport
from tests.convergence.pages import plain_bytes
from tests.helpers.desk import PATIENT
from tests.helpers.plain_book import KEY

_BOOK = "guide.db"


class PowerCutError(Exception):
    """The PC stopped at this statement."""


@dataclass
class OwnClock:
    """A PC's clock: the world's, wrong by `skew_ms`."""

    world: Clock
    skew_ms: int = 0

    def now_ms(self) -> int:
        """UTC milliseconds, as this PC believes."""
        return self.world.now_ms() + self.skew_ms


class Pc:
    """A PC with its book. `origin` is the office; `store` where it stands."""

    def __init__(self, folder: Path, origin: str, world: Clock, store: str, seed: int) -> None:
        self.folder = folder
        self.origin = origin
        self.store = store
        self.clock = OwnClock(world)
        self.page_limit = 2000
        self.batch_limit = 500
        self._random = Random(seed)  # noqa: S311 - ids that repeat
        self._open()

    def _open(self) -> None:
        self.db = Database.open(
            self.folder / _BOOK, KEY, self.clock, search=SearchIndex(), random_bits=self._random.getrandbits
        )
        token = self.scalar("SELECT token FROM device")
        self.transport = Transport(self.origin, token, self.clock, limits=PATIENT)

    def close(self) -> None:
        """Let everything go."""
        self.transport.close()
        self.db.close()

    # --- what happens to it ------------------------------------------------------------------------------------

    def join(self, code: str) -> None:
        """Be taken in by the office, keeping what waits here."""
        asking = Transport(self.origin, None, self.clock, limits=PATIENT)
        try:
            again = self.scalar("SELECT device_id FROM device") is not None
            enrol(self.db, asking, self.origin, Application(code, "1号机", "0.1.0", KEY), rejoin=again)
        finally:
            asking.close()
        self.reopen()

    def sync(self) -> SyncReport:
        """One round."""
        limits = {"page_limit": self.page_limit, "batch_limit": self.batch_limit}
        return SyncEngine(self.db, self.transport, **limits).run_once()

    def reopen(self) -> None:
        """End and start again."""
        self.close()
        self._open()

    def save(self, place: Path) -> None:
        """Copy the closed book to `place`, as a backup or a copied disk is made."""
        self.close()
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.folder, place)
        self._open()

    def restore(self, place: Path) -> None:
        """Go back to a copy."""
        self.close()
        shutil.rmtree(self.folder)
        shutil.copytree(place, self.folder)
        self._open()

    @contextmanager
    def power_cut(self, nth: int) -> Iterator[None]:
        """The power goes at the `nth` statement on the way to the disk; then the PC starts again."""
        left = [nth]

        def count(*_: Any) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise PowerCutError

        engine = self.db._write_engine
        event.listen(engine, "before_cursor_execute", count)
        event.listen(engine, "commit", count)
        try:
            yield
        except PowerCutError:
            pass
        finally:
            event.remove(engine, "before_cursor_execute", count)
            event.remove(engine, "commit", count)
        self.reopen()

    # --- what a guide does at it -------------------------------------------------------------------------------

    def put(self, kind: str, store: str = "", **fields: object) -> str:
        """A new record."""
        return self.db.change(lambda uow: uow.put(kind, fields, store_id=store or None), by=None, origin="test")

    def patch(self, kind: str, record_id: str, **fields: object) -> bool:
        """Change fields."""
        return self.db.change(lambda uow: uow.patch(kind, record_id, fields), by=None, origin="test")

    def remove(self, kind: str, record_id: str) -> None:
        """Remove an element of a set."""
        self.db.change(lambda uow: uow.remove(kind, record_id), by=None, origin="test")

    def command(self, name: str, record_id: str, by: str, effects: Sequence[Effect] = (), **params: object) -> None:
        """Ask the office for a deed."""
        self.db.change(lambda uow: uow.command(name, record_id, params, effects), by=by, origin="test")

    # --- what is in its book -----------------------------------------------------------------------------------

    def rows(self, statement: str, params: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows of the book."""
        return self.db.query(lambda conn: [tuple(row) for row in conn.exec_driver_sql(statement, params)])

    def scalar(self, statement: str) -> Any:
        """One value of the book."""
        return self.db.query(lambda conn: conn.exec_driver_sql(statement).scalar())

    def ids(self, kind: str) -> list[str]:
        """The records shown of a kind."""
        return [row[0] for row in self.rows(f'SELECT id FROM "{kind}" ORDER BY id')]

    def queued(self) -> set[str]:
        """Ids of the facts that this PC could still hand in, sent before or not."""
        return {row[0] for row in self.rows("SELECT id FROM outbox WHERE op = 'put' AND data <> '{}'")}

    def mentioned(self) -> set[str]:
        """Ids of the facts that this PC's queue knows of, also where their words are gone."""
        return {row[0] for row in self.rows("SELECT id FROM outbox WHERE op IN ('put', 'void')")}

    @property
    def book(self) -> Path:
        """The file."""
        return self.folder / _BOOK

    def all_bytes(self) -> bytes:
        """Every byte of its files, the book's decrypted."""
        beside = [p for p in self.folder.rglob("*") if p.is_file() and not p.name.startswith(_BOOK)]
        return plain_bytes(self.book, KEY) + b"".join(p.read_bytes() for p in beside)
