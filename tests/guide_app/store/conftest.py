"""An enrolled book without an office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide_app.store.database import Database
from tests.helpers.plain_book import HeldClock, open_book


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def db(tmp_path: Path, clock: HeldClock) -> Iterator[Database]:
    book = open_book(tmp_path, clock)
    yield book
    book.close()
