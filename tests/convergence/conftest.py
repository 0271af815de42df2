"""An empty book to copy: making one takes ten times as long as copying it."""

from __future__ import annotations

from pathlib import Path

import pytest

from guide_app.store.database import Database
from guide_app.store.search import SearchIndex
from tests.helpers.plain_book import KEY, HeldClock


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book that is not enrolled."""
    folder = tmp_path_factory.mktemp("blank")
    Database.open(folder / "guide.db", KEY, HeldClock(), search=SearchIndex()).close()
    return folder
