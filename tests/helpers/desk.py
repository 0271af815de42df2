"""A PC enrolled with a memory office: book, transport and engine, for tests of sync."""

from __future__ import annotations

from pathlib import Path
from random import Random

from guide_app.base.clock import Clock
from guide_app.store.database import Database
from guide_app.store.hooks import SearchIndex
from guide_app.sync.engine import SyncEngine
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.transport import Limits, Transport
from tests.helpers.empty_book import lay_empty_book
from tests.helpers.plain_book import KEY

#: No test of these fails because the machine was busy for some seconds.
PATIENT = Limits(connect_s=10.0, total_s=60.0, wire_bytes=8 << 20, plain_bytes=64 << 20)


class TestDesk:
    """One PC. `sync()` is one round; `close` leaves nothing behind."""

    __test__ = False

    def __init__(
        self,
        folder: Path,
        origin: str,
        clock: Clock,
        *,
        code: str = "",
        search: SearchIndex | None = None,
        seed: int = 1,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.origin = origin
        self.clock = clock
        random_bits = Random(seed).getrandbits  # noqa: S311 - test data
        lay_empty_book(folder / "guide.db", KEY)
        self.db = Database.open(folder / "guide.db", KEY, clock, search=search, random_bits=random_bits)
        if code:
            transport = Transport(origin, None, clock, limits=PATIENT)
            try:
                enrol(self.db, transport, origin, Application(code, "1号机", "0.1.0", KEY))
            finally:
                transport.close()
        token = self.db.query(lambda c: c.exec_driver_sql("SELECT token FROM device").scalar_one())
        self.transport = Transport(origin, token, clock, limits=PATIENT)
        self.engine = SyncEngine(self.db, self.transport)
        self.sync = self.engine.run_once

    def close(self) -> None:
        """Let everything go."""
        self.transport.close()
        self.db.close()

    def put(self, kind: str, **fields: object) -> str:
        """A new record, as a guide makes it."""
        return self.db.change(lambda uow: uow.put(kind, fields), by=None, origin="test")

    def patch(self, kind: str, record_id: str, **fields: object) -> bool:
        """Change fields, as a guide does."""
        return self.db.change(lambda uow: uow.patch(kind, record_id, fields), by=None, origin="test")

    def remove(self, kind: str, record_id: str) -> None:
        """Remove a set element, as a guide does."""
        self.db.change(lambda uow: uow.remove(kind, record_id), by=None, origin="test")

    def field(self, kind: str, record_id: str, name: str) -> object:
        """A field as shown; None if the record is not there."""
        statement = f'SELECT "{name}" FROM "{kind}" WHERE id = ?'
        return self.db.query(lambda c: c.exec_driver_sql(statement, (record_id,)).scalar())

    def scalar(self, statement: str) -> object:
        """One value of the book."""
        return self.db.query(lambda c: c.exec_driver_sql(statement).scalar())
