"""The same questions put to the office in memory and to the real one, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pytest
from sqlalchemy import Engine

from guide_app.protocol.kinds import KINDS, full_fields
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id, store_scope
from head_office.api.app import create_app
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.api.services import Services
from head_office.deeds import push_rules
from head_office.enrolment.codes import make_enrol_code
from head_office.enrolment.devices import revoke
from head_office.feed.heads import new_epoch, new_epochs
from head_office.feed.rows import Row
from head_office.feed.write import FeedWriter, in_transaction
from head_office.store.engine import make_engine
from head_office.store.secret import OfficeSecret
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice
from tests.helpers.memory_office import serving as memory_serving
from tests.helpers.plain_book import STORE, HeldClock
from tests.helpers.postgres import OfficeDatabases, office_databases
from tests.helpers.serving import serving


class OfficeUnderTest(Protocol):
    """What the suite needs of an office beside its protocol: the office's own hands."""

    origin: str

    def code(self) -> str:
        """A fresh code to enrol a PC of the store."""
        ...

    def write(self, kind: str, record_id: str, data: Mapping[str, Any]) -> None:
        """Write fields as head office."""
        ...

    def end(self, kind: str, record_id: str, mark: str) -> None:
        """Erase (`x`) a record, or let it leave the scope (`l`)."""
        ...

    def read(self, kind: str, record_id: str) -> dict[str, Any] | None:
        """All fields of a record."""
        ...

    def stands(self, scope: Scope) -> tuple[str, int]:
        """Digest and number of live records."""
        ...

    def new_history(self) -> None:
        """Begin a new epoch everywhere, as after a restore."""
        ...

    def revoke(self, device_id: str) -> None:
        """Shut a device out."""
        ...


def scope_of(kind: str) -> Scope:
    return BRAND if KINDS[kind].scope == "brand" else store_scope(STORE)


class InMemory:
    """The helper office."""

    def __init__(self, office: MemoryOffice, origin: str) -> None:
        self.origin = origin
        self._office = office
        self._codes = 0
        office.open_store(STORE, "南京西路店", "")
        office.write("store", STORE, {"name": "南京西路店", "code": "SH01"})

    def code(self) -> str:
        self._codes += 1
        self._office.codes[f"C{self._codes}"] = STORE
        return f"C{self._codes}"

    def write(self, kind: str, record_id: str, data: Mapping[str, Any]) -> None:
        self._office.write(kind, record_id, data, STORE)

    def end(self, kind: str, record_id: str, mark: str) -> None:
        self._office.end(kind, record_id, STORE, mark)

    def read(self, kind: str, record_id: str) -> dict[str, Any] | None:
        return self._office.read(kind, record_id, STORE)

    def stands(self, scope: Scope) -> tuple[str, int]:
        feed = self._office.feeds[scope]
        return feed.digest, len(feed.live)

    def new_history(self) -> None:
        for feed in self._office.feeds.values():
            feed.epoch = new_epoch()

    def revoke(self, device_id: str) -> None:
        for desk in self._office.desks.values():
            desk.revoked = desk.revoked or desk.device_id == device_id


class OnPostgres:
    """The office that is shipped."""

    def __init__(self, engine: Engine, origin: str, clock: HeldClock) -> None:
        self.origin = origin
        self._engine = engine
        self._clock = clock
        self.write("store", STORE, {"name": "南京西路店", "code": "SH01"})

    def code(self) -> str:
        return in_transaction(self._engine, lambda c: make_enrol_code(c, "SH01", self._clock.now_ms()))

    def write(self, kind: str, record_id: str, data: Mapping[str, Any]) -> None:
        key = (scope_of(kind), kind, record_id)

        def work(connection: Any) -> None:
            writer = FeedWriter(connection, self._clock.now_ms())
            held = writer.get(key)
            writer.put(key, {**(held.data if held else {}), **data}, held.stamps if held else {})
            writer.flush()

        in_transaction(self._engine, work)

    def end(self, kind: str, record_id: str, mark: str) -> None:
        def work(connection: Any) -> None:
            writer = FeedWriter(connection, self._clock.now_ms())
            writer.load([(scope_of(kind), kind, record_id)])
            writer.remove((scope_of(kind), kind, record_id), mark)
            writer.flush()

        in_transaction(self._engine, work)

    def read(self, kind: str, record_id: str) -> dict[str, Any] | None:
        key = (scope_of(kind), kind, record_id)

        def work(connection: Any) -> Row | None:
            return FeedWriter(connection, 0).get(key)

        held = in_transaction(self._engine, work)
        return None if held is None else full_fields(KINDS[kind], msgspec.to_builtins(dict(held.data)))

    def stands(self, scope: Scope) -> tuple[str, int]:
        statement = "SELECT digest, n_live FROM feed_head WHERE store_id = %(store)s::uuid"
        with self._engine.connect() as connection:
            digest, n_live = connection.exec_driver_sql(statement, {"store": scope_store_id(scope)}).one()
        return digest, n_live

    def new_history(self) -> None:
        in_transaction(self._engine, new_epochs)

    def revoke(self, device_id: str) -> None:
        in_transaction(self._engine, lambda c: revoke(c, device_id, self._clock.now_ms()))


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
                yield OnPostgres(engine, origin, clock)
        finally:
            engine.dispose()


@pytest.fixture
def desk_of(tmp_path: Path, office: OfficeUnderTest, clock: HeldClock) -> Iterator[Callable[[int], TestDesk]]:
    made: list[TestDesk] = []

    def make(n: int) -> TestDesk:
        made.append(TestDesk(tmp_path / f"pc{n}", office.origin, clock, code=office.code(), seed=n))
        return made[-1]

    yield make
    for desk in made:
        desk.close()
