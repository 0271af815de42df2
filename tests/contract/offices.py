"""The two offices under test: what the suite needs of them beside their protocol, the office's own hands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, Engine

from guide_app.base.errors import GuideError
from guide_app.protocol.kinds import KINDS, full_fields
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id, store_scope
from head_office.clients.confirmations import list_erasures
from head_office.clients.photos import drop_stray_photos
from head_office.enrolment.codes import make_enrol_code
from head_office.enrolment.devices import list_devices, revoke
from head_office.enrolment.grants import end_grant, grant
from head_office.feed.heads import new_epoch, new_epochs
from head_office.feed.quarantine import list_open, replay
from head_office.feed.rows import Row
from head_office.feed.rules import PushRules
from head_office.feed.tidy import tidy
from head_office.feed.write import FeedWriter, in_transaction
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import Desk, MemoryOffice, photos
from tests.helpers.plain_book import STORE, HeldClock

OTHER = "018f0000-0000-7000-8000-0000000000a2"
CODES = {STORE: "SH01", OTHER: "SH02"}
NAMES = {STORE: "南京西路店", OTHER: "徐家汇店"}
#: The managers of the two stores.
MANAGER, OTHER_MANAGER = "018f0000-0000-7000-8000-00000000a00f", "018f0000-0000-7000-8000-00000000a01f"
HALF_A_YEAR_MS = 181 * 86_400_000


class OfficeUnderTest(Protocol):
    """What a test asks of an office beside its protocol."""

    origin: str

    def code(self, store: str = STORE) -> str:
        """A fresh code to enrol a PC of the store."""
        ...

    def write(self, kind: str, record_id: str, data: Mapping[str, Any], store: str = STORE) -> None:
        """Write fields as head office."""
        ...

    def end(self, kind: str, record_id: str, mark: str) -> None:
        """Erase (`x`) a record of the store, or let it leave the scope (`l`)."""
        ...

    def read(self, kind: str, record_id: str, store: str = STORE) -> dict[str, Any] | None:
        """All fields of a record."""
        ...

    def stands(self, scope: Scope) -> tuple[str, int]:
        """Digest and number of live records."""
        ...

    def grant(self, desk: TestDesk, store: str) -> None:
        """Let a PC see another store too."""
        ...

    def drop(self, desk: TestDesk, store: str) -> None:
        """End that."""
        ...

    def revoke(self, device_id: str) -> None:
        """Shut a device out."""
        ...

    def wiped(self, device_id: str) -> bool:
        """Whether the device said that nothing is left on it."""
        ...

    def new_history(self, at_ms: int | None = None) -> None:
        """Begin a new history in every scope, as a restore at `at_ms` (UTC; None: now) does."""
        ...

    def tidy(self) -> None:
        """Drop what is past its time, half a year later."""
        ...

    def replay(self) -> list[str]:
        """Judge anew what was refused; the codes of what is refused still."""
        ...

    def confirmed(self, client: str) -> set[str]:
        """The devices that have confirmed an erasure."""
        ...

    def photos(self) -> dict[str, bytes]:
        """The photos that the office holds, by the record that names each; strays are let go first."""
        ...


def scope_of(kind: str, store: str) -> Scope:
    """Where a record of the kind lives."""
    return BRAND if KINDS[kind].scope == "brand" else store_scope(store)


def device_id(desk: TestDesk) -> str:
    """The PC's name at the office."""
    return str(desk.scalar("SELECT device_id FROM device"))


def furnish(office: OfficeUnderTest) -> None:
    """A second store, and the managers of both."""
    for store, manager, no in ((STORE, MANAGER, 1001), (OTHER, OTHER_MANAGER, 1002)):
        office.write("store", store, {"name": NAMES[store], "code": CODES[store]})
        fields = {"no": no, "number": f"M{no}", "name": "店长", "role": "store_manager", "store_id": store}
        office.write("guide", manager, fields)


class InMemory:
    """The helper office."""

    def __init__(self, office: MemoryOffice, origin: str) -> None:
        self.origin = origin
        self.office = office
        self._given = 0
        for store in (STORE, OTHER):
            office.open_store(store, NAMES[store], "")
        self.write("store", STORE, {"name": NAMES[STORE], "code": CODES[STORE]})

    def code(self, store: str = STORE) -> str:
        self._given += 1
        self.office.codes[f"C{self._given}"] = store
        return f"C{self._given}"

    def write(self, kind: str, record_id: str, data: Mapping[str, Any], store: str = STORE) -> None:
        self.office.write(kind, record_id, data, store)

    def end(self, kind: str, record_id: str, mark: str) -> None:
        self.office.end(kind, record_id, STORE, mark)

    def read(self, kind: str, record_id: str, store: str = STORE) -> dict[str, Any] | None:
        return self.office.read(kind, record_id, store)

    def stands(self, scope: Scope) -> tuple[str, int]:
        feed = self.office.feeds[scope]
        return feed.digest, len(feed.live)

    def grant(self, desk: TestDesk, store: str) -> None:
        self._desk(desk).grant(store_scope(store))

    def drop(self, desk: TestDesk, store: str) -> None:
        self._desk(desk).drop(store_scope(store), self.office.clock.now_ms())

    def revoke(self, device_id: str) -> None:
        for desk in self.office.desks.values():
            desk.revoked = desk.revoked or desk.device_id == device_id

    def wiped(self, device_id: str) -> bool:
        return any(desk.wiped for desk in self.office.desks.values() if desk.device_id == device_id)

    def new_history(self, at_ms: int | None = None) -> None:
        for feed in self.office.feeds.values():
            feed.begin_anew(new_epoch(), self.office.clock.now_ms() if at_ms is None else at_ms)

    def tidy(self) -> None:
        self.office.tidy()

    def replay(self) -> list[str]:
        desks = self.office.desks.values()
        return [code for desk in desks for mid in list(desk.quarantine) if (code := self.office.replay(desk, mid))]

    def confirmed(self, client: str) -> set[str]:
        return {device for device, about in self.office.confirmed if about == client}

    def photos(self) -> dict[str, bytes]:
        return photos.held(self.office)

    def _desk(self, desk: TestDesk) -> Desk:
        return self.office.desks[str(desk.scalar("SELECT token FROM device"))]


class OnPostgres:
    """The office that is shipped."""

    def __init__(self, engine: Engine, origin: str, clock: HeldClock, rules: PushRules) -> None:
        self.origin = origin
        self.engine = engine
        self._clock = clock
        self._rules = rules
        self.write("store", STORE, {"name": NAMES[STORE], "code": CODES[STORE]})

    def code(self, store: str = STORE) -> str:
        return in_transaction(self.engine, lambda c: make_enrol_code(c, CODES[store], self._clock.now_ms()))

    def write(self, kind: str, record_id: str, data: Mapping[str, Any], store: str = STORE) -> None:
        key = (scope_of(kind, store), kind, record_id)

        def work(connection: Connection) -> None:
            writer = FeedWriter(connection, self._clock.now_ms())
            held = writer.get(key)
            writer.put(key, {**(held.data if held else {}), **data}, held.stamps if held else {})
            writer.flush()

        in_transaction(self.engine, work)

    def end(self, kind: str, record_id: str, mark: str) -> None:
        key = (scope_of(kind, STORE), kind, record_id)

        def work(connection: Connection) -> None:
            writer = FeedWriter(connection, self._clock.now_ms())
            writer.load([key])
            writer.remove(key, mark)
            writer.flush()

        in_transaction(self.engine, work)

    def read(self, kind: str, record_id: str, store: str = STORE) -> dict[str, Any] | None:
        key = (scope_of(kind, store), kind, record_id)

        def work(connection: Connection) -> Row | None:
            return FeedWriter(connection, 0).get(key)

        held = in_transaction(self.engine, work)
        return None if held is None else full_fields(KINDS[kind], msgspec.to_builtins(dict(held.data)))

    def stands(self, scope: Scope) -> tuple[str, int]:
        statement = "SELECT digest, n_live FROM feed_head WHERE store_id = %(store)s::uuid"
        with self.engine.connect() as connection:
            digest, n_live = connection.exec_driver_sql(statement, {"store": scope_store_id(scope)}).one()
        return digest, n_live

    def grant(self, desk: TestDesk, store: str) -> None:
        now = self._clock.now_ms()
        in_transaction(self.engine, lambda c: grant(c, device_id(desk), CODES[store], None, now))

    def drop(self, desk: TestDesk, store: str) -> None:
        now = self._clock.now_ms()
        in_transaction(self.engine, lambda c: end_grant(c, device_id(desk), CODES[store], now))

    def revoke(self, device_id: str) -> None:
        in_transaction(self.engine, lambda c: revoke(c, device_id, self._clock.now_ms()))

    def wiped(self, device_id: str) -> bool:
        lines = in_transaction(self.engine, list_devices)
        return any(line.wiped_ms is not None for line in lines if line.id == device_id)

    def new_history(self, at_ms: int | None = None) -> None:
        now_ms = self._clock.now_ms() if at_ms is None else at_ms
        in_transaction(self.engine, lambda c: new_epochs(c, now_ms))

    def tidy(self) -> None:
        tidy(self.engine, self._clock.now_ms() + HALF_A_YEAR_MS)

    def replay(self) -> list[str]:
        codes: list[str] = []
        for found in in_transaction(self.engine, list_open):
            again = partial(replay, quarantine_id=found.id, rules=self._rules, by="staff", now_ms=self._clock.now_ms())
            try:
                in_transaction(self.engine, again)
            except GuideError as e:
                codes.append(e.code)
        return codes

    def confirmed(self, client: str) -> set[str]:
        lines = in_transaction(self.engine, list_erasures)
        return {
            pc.device_id for line in lines if line.client_id == client for pc in line.pcs if pc.confirmed_ms is not None
        }

    def photos(self) -> dict[str, bytes]:
        in_transaction(self.engine, drop_stray_photos)
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql("SELECT record_id::text, bytes FROM photo")
            return {record: bytes(body) for record, body in rows}
