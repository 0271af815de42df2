"""The same questions put to the office in memory and to the real one, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from head_office.api.app import create_app
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.api.services import Services
from head_office.deeds import push_rules
from head_office.store.engine import make_engine
from head_office.store.secret import OfficeSecret
from tests.contract.offices import InMemory, OfficeUnderTest, OnPostgres
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice
from tests.helpers.memory_office import serving as memory_serving
from tests.helpers.plain_book import STORE, HeldClock
from tests.helpers.postgres import OfficeDatabases, office_databases
from tests.helpers.serving import serving

__all__ = ["OfficeUnderTest"]


@pytest.fixture(scope="session", name="contract_databases", autouse=True)
def _contract_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeDatabases]:
    with office_databases(tmp_path_factory.mktemp("postgres")) as databases:
        yield databases


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture(params=["memory", "postgres"])
def office(request: pytest.FixtureRequest, clock: HeldClock) -> Iterator[OfficeUnderTest]:
    if request.param == "memory":
        made = MemoryOffice(clock)
        with memory_serving(made) as server:
            yield InMemory(made, server.origin)
        return
    databases: OfficeDatabases = request.getfixturevalue("contract_databases")
    secret = OfficeSecret(bytes(range(32)))
    with databases.migrated() as url:
        engine = make_engine(url)
        rules, limit = push_rules(secret), AttemptLimit(99, 60_000)
        services = Services(engine, secret, clock, rules, "红枫叶", "https://l.example", Metrics(), limit)
        try:
            with serving(create_app(services)) as origin:
                yield OnPostgres(engine, origin, clock, rules)
        finally:
            engine.dispose()


@pytest.fixture
def desk_of(tmp_path: Path, office: OfficeUnderTest, clock: HeldClock) -> Iterator[Callable[..., TestDesk]]:
    """Make PCs: `desk_of(1)` is PC 1 of the store, `desk_of(2, OTHER)` one of the other."""
    made: list[TestDesk] = []

    def make(n: int, store: str = STORE) -> TestDesk:
        made.append(TestDesk(tmp_path / f"pc{n}", office.origin, clock, code=office.code(store), seed=n))
        return made[-1]

    yield make
    for desk in made:
        desk.close()
