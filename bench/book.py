"""An encrypted book filled with clients, for the desktop's benches."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from argon2 import PasswordHasher

from bench.people import GUIDE, STORE, clients
from guide_app.base.clock import SystemClock
from guide_app.flows.desk import Desk, make_desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.device import save_device
from guide_app.store.search import SearchIndex

KEY = bytes(32)
_PAGE = 2_000
_NUMBER, _PIN = "0001", "2468"


def open_book(folder: Path, count: int) -> tuple[Database, Desk]:
    """A book of `count` clients in `folder`, enrolled, one guide acting, with its search index.

    One that is there already is opened as it is. Raises ValueError if it has another number of clients.
    """
    index = SearchIndex()
    fresh = not (folder / "book.db").exists()
    db = Database.open(folder / "book.db", KEY, SystemClock(), search=index)

    def enrolled(applier: Applier) -> None:
        save_device(applier.conn, device_id=STORE, store_id=STORE, store_name="测量店", key_no=1, link_key=KEY)
        store = RecordFrame(BRAND, "store", STORE, 1, {"code": "B0001", "name": "测量店"})
        guide = {"no": 1, "number": _NUMBER, "name": "王敏", "store_id": STORE}
        pin = {"pin_hash": PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(_PIN)}
        applier.apply([
            store,
            RecordFrame(BRAND, "guide", GUIDE, 2, guide),
            RecordFrame(store_scope(STORE), "guide_pin", GUIDE, 1, pin),
        ])  # fmt: skip

    if fresh:
        db.apply(enrolled)
        frames = clients(count)
        while page := list(islice(frames, _PAGE)):
            db.apply(lambda applier, page=page: applier.apply(page))  # type: ignore[misc]
    held = count_of(db, "client")
    if held != count:
        db.close()
        raise ValueError(f"the book in {folder} has {held:,} clients, not {count:,}")
    desk = make_desk(db, index, db.clock)
    desk.roster.login(_NUMBER, _PIN)
    return db, desk


@contextmanager
def folder_for(given: Namespace) -> Iterator[Path]:
    """Where a bench's book lies: in the folder of `--keep`, where it stays for the next run, or in one that goes."""
    if given.keep is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
        return
    given.keep.mkdir(parents=True, exist_ok=True)
    yield given.keep


def count_of(db: Database, kind: str) -> int:
    """How many records of a kind the book holds."""
    return int(db.query(lambda conn: conn.exec_driver_sql(f'SELECT count(*) FROM "{kind}"').scalar_one()))
