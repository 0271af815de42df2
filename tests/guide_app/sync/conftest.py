"""An office in memory on loopback, and PCs that sync with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer, serving
from tests.helpers.plain_book import STORE, HeldClock

OTHER_STORE = "018f0000-0000-7000-8000-0000000000a2"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def office(clock: HeldClock) -> MemoryOffice:
    made = MemoryOffice(clock)
    for store, name in ((STORE, "南京西路店"), (OTHER_STORE, "徐家汇店")):
        made.write("store", store, {"name": name, "code": name})
        made.open_store(store, name, "")
    for n in range(9):
        made.codes[f"CODE-{n}"] = STORE
    made.codes["OTHER"] = OTHER_STORE
    return made


@pytest.fixture
def server(office: MemoryOffice) -> Iterator[OfficeServer]:
    with serving(office) as running:
        yield running


@pytest.fixture
def desk_of(tmp_path: Path, server: OfficeServer, clock: HeldClock) -> Iterator[Callable[..., TestDesk]]:
    """Make PCs: `desk_of(1)` is PC 1 of the store, `desk_of(1, code="OTHER")` one of the other."""
    made: list[TestDesk] = []

    def make(n: int, code: str | None = None) -> TestDesk:
        desk = TestDesk(tmp_path / f"pc{n}", server.origin, clock, code=f"CODE-{n}" if code is None else code, seed=n)
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(desk_of: Callable[..., TestDesk]) -> TestDesk:
    return desk_of(1)
