"""An encrypted book filled with clients, for the desktop's benches."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from bench.people import STORE, clients
from guide_app.base.clock import SystemClock
from guide_app.flows.desk import Desk, make_desk
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.device import save_device
from guide_app.store.search import SearchIndex

KEY = bytes(32)
_PAGE = 2_000


def open_book(folder: Path, count: int) -> tuple[Database, Desk]:
    """A book of `count` clients in `folder`, enrolled, with its search index."""
    index = SearchIndex()
    db = Database.open(folder / "book.db", KEY, SystemClock(), search=index)

    def enrolled(applier: Applier) -> None:
        save_device(applier.conn, device_id=STORE, store_id=STORE, store_name="测", scopes=[], key_no=1, link_key=KEY)

    db.apply(enrolled)
    frames = clients(count)
    while page := list(islice(frames, _PAGE)):
        db.apply(lambda applier, page=page: applier.apply(page))  # type: ignore[misc]
    return db, make_desk(db, index, db.clock)
