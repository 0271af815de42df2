"""Opens a book for a test: encrypted, migrated, enrolled in a store of the demo brand, without any office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND, store_scope
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.device import save_device
from guide_app.store.hooks import SearchIndex
from tests.helpers.empty_book import lay_empty_book

KEY = bytes(range(32))
STORE = "018f0000-0000-7000-8000-0000000000a1"
DEVICE_ID = "018f0000-0000-7000-8000-0000000000d1"
NOW_MS = 1_795_000_000_000  # 2026-11-18 in China


class HeldClock:
    """A clock that stands until it is moved."""

    def __init__(self, ms: int = NOW_MS) -> None:
        self.ms = ms

    def now_ms(self) -> int:
        """UTC milliseconds."""
        return self.ms

    def move(self, ms: int) -> None:
        """Go on by `ms` milliseconds, or back."""
        self.ms += ms


def open_book(
    folder: Path,
    clock: HeldClock | None = None,
    search: SearchIndex | None = None,
    *,
    seed: int = 1,
    enrol: bool = True,
) -> Database:
    """A book in `folder`, enrolled in `STORE` unless `enrol` is False. The same seed gives the same ids."""
    lay_empty_book(folder / "guide.db", KEY)
    random_bits = Random(seed).getrandbits  # noqa: S311 - test data
    db = Database.open(folder / "guide.db", KEY, clock or HeldClock(), search=search, random_bits=random_bits)
    if enrol:
        db.apply(enrol_here)
    return db


def enrol_here(applier: Applier, store_id: str = STORE) -> None:
    """Fill the device row as enrolment does."""
    save_device(
        applier.conn,
        device_id=DEVICE_ID,
        token="t" * 43,
        tag="0000000a",
        key_no=7,
        link_key=bytes(32),
        signing_key=bytes(32),
        store_id=store_id,
        store_name="南京西路店",
        scopes=[BRAND, store_scope(store_id)],
        link_origin="https://l.example",
        brand="红枫叶",
        office="https://office.example",
        enrolled_at=NOW_MS,
    )


def seed_office_rows(db: Database, kind: str, rows: Iterable[Mapping[str, Any]], first_seq: int = 1) -> None:
    """Records as if pulled from the office; each row is the record's fields and its `id`."""
    scope = BRAND if KINDS[kind].scope == "brand" else store_scope(STORE)
    frames = [
        RecordFrame(scope, kind, str(row["id"]), seq, {name: value for name, value in row.items() if name != "id"})
        for seq, row in enumerate(rows, first_seq)
    ]
    db.apply(lambda applier: applier.apply(frames))
