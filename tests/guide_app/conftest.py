"""A desk over a small enrolled book."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from guide_app.flows.desk import Desk
from tests.helpers.book import HandClock, open_desk


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    with open_desk(tmp_path, clock) as made:
        yield made
