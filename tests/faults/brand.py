"""A small brand on a real office, PCs of its store, and what must hold of them whatever happened."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine

from guide_app.base.clock import DAY_MS, SystemClock
from guide_app.base.ids import uuid7
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id, store_scope
from guide_app.store import backup
from guide_app.store.database import Database
from guide_app.store.device import read_device
from guide_app.store.holding import held_digest
from guide_app.store.search import SearchIndex
from guide_app.sync.engine import SyncEngine
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.report import SyncReport
from guide_app.sync.transport import Limits, Transport
from head_office.catalogue.products import save_picture
from head_office.enrolment.codes import make_enrol_code
from head_office.feed.heads import ensure_head
from head_office.feed.write import FeedWriter, in_transaction
from tests.faults.crash_points import Doom
from tests.faults.processes import NO_DOOM, Ended, Programs, Running

KEY = bytes(range(32))
PIN, NUMBER, STORE_CODE = "2468", "0231", "SH01"
NOW = SystemClock().now_ms()
_numbers = itertools.count(1)
#: A book opens within this after any crash (seconds).
OPENS_WITHIN_S = 3.0


def new_id() -> str:
    """An id that no other call has given."""
    return uuid7(NOW, next(_numbers))


STORE, GUIDE, PRODUCT, OFFER = (new_id() for _ in range(4))
SCOPES: tuple[Scope, ...] = (BRAND, store_scope(STORE))


@dataclass(frozen=True, slots=True)
class Truth:
    """The office's database, asked directly."""

    engine: Engine

    def write(self, kind: str, record_id: str, **data: object) -> str:
        """Write fields as head office; returns the id."""
        self.write_all(kind, {record_id: data})
        return record_id

    def write_all(self, kind: str, records: Mapping[str, Mapping[str, object]]) -> None:
        """Write records in one transaction."""
        scope = BRAND if KINDS[kind].scope == "brand" else store_scope(STORE)

        def work(connection: Connection) -> None:
            writer = FeedWriter(connection, SystemClock().now_ms())
            writer.load([(scope, kind, record_id) for record_id in records])
            for record_id, data in records.items():
                held = writer.get((scope, kind, record_id))
                writer.put((scope, kind, record_id), {**(held.data if held else {}), **data})
            writer.flush()

        in_transaction(self.engine, work)

    def picture(self, n: int) -> str:
        """A product picture that no PC has yet; returns its name."""
        body = b"\x89PNG\r\n\x1a\n" + n.to_bytes(4, "big") * 4096
        sha256 = in_transaction(self.engine, lambda c: save_picture(c, body))
        self.write("product", new_id(), no=1000 + n, name=f"鞋 {n}", spu=f"P{n}", image=sha256)
        return sha256

    def code(self) -> str:
        """A fresh enrolment code."""
        return in_transaction(self.engine, lambda c: make_enrol_code(c, STORE_CODE, SystemClock().now_ms()))

    def scalar(self, statement: str, **values: object) -> Any:
        """One value."""
        with self.engine.connect() as connection:
            return connection.exec_driver_sql(statement, values).scalar()

    def stands(self) -> dict[Scope, tuple[str, int]]:
        """Digest and number of live records of each scope."""
        statement = "SELECT digest, n_live FROM feed_head WHERE store_id = %(store)s::uuid"
        with self.engine.connect() as connection:
            return {
                scope: tuple(connection.exec_driver_sql(statement, {"store": scope_store_id(scope)}).one())
                for scope in SCOPES
            }

    def holds(self, kind: str, record_id: str) -> bool:
        """Whether the office has the record."""
        return bool(self.scalar(f'SELECT count(*) FROM "{kind}" WHERE id = %(id)s::uuid', id=record_id))

    def ended(self, kind: str, record_id: str) -> bool:
        """Whether the office had the record and knows of its end."""
        found = "SELECT count(*) FROM gone WHERE kind = %(kind)s AND id = %(id)s::uuid"
        return bool(self.scalar(found, kind=kind, id=record_id))


def found_brand(engine: Engine) -> Truth:
    """Fill an empty office: one store, a guide with a PIN, a product, a coupon."""
    truth = Truth(engine)
    with engine.begin() as connection:
        for scope in SCOPES:
            ensure_head(connection, scope)
    truth.write("store", STORE, code=STORE_CODE, name="南京西路店")
    truth.write("guide", GUIDE, no=1, number=NUMBER, name="王敏", store_id=STORE, role="store_manager")
    truth.write("product", PRODUCT, no=7, spu="LF2601", name="软底乐福鞋", price_fen=56900)
    until = NOW + 30 * DAY_MS
    truth.write("coupon_template", OFFER, no=3, name="满400减80", min_spend_fen=40000, discount_fen=8000,
                valid_from=NOW - DAY_MS, valid_until=until)  # fmt: skip
    pin = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
    truth.write("guide_pin", GUIDE, pin_hash=pin)
    return truth


@dataclass(frozen=True, slots=True)
class Pc:
    """A PC with a data folder of its own. `guide` runs the program on it, `book` opens its book in this process."""

    folder: Path
    programs: Programs

    @property
    def path(self) -> Path:
        """Its book."""
        return self.folder / "book.db"

    @contextmanager
    def book(self, key: bytes = KEY) -> Iterator[Book]:
        """Its book, open for the length of a `with` block."""
        db = Database.open(self.path, key, SystemClock(), search=SearchIndex())
        try:
            yield Book(db)
        finally:
            db.close()

    def enrol(self, office: str, code: str) -> None:
        """Have it taken in, its key in a file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "key").write_text(KEY.hex() + "\n", "ascii")
        with self.book() as book:
            transport = Transport(office, None, SystemClock())
            try:
                enrol(book.db, transport, office, Application(code, self.folder.name[-40:], "0.1.0", KEY))
            finally:
                transport.close()

    def guide(self, *verb: str | Path, office: str = "", doom: Doom = NO_DOOM, stdin: str = "") -> Ended:
        """Run `guide` to its end."""
        return self.start(*verb, office=office, doom=doom, stdin=stdin).wait()

    def start(self, *verb: str | Path, office: str = "", doom: Doom = NO_DOOM, stdin: str = "") -> Running:
        """Start `guide`."""
        environ = {"GUIDE_KEY_FILE": str(self.folder / "key"), "GUIDE_OFFICE": office}
        words = ["--data-dir", str(self.folder), "--json", *map(str, verb)]
        return self.programs.start("guide", words, environ, doom, stdin=stdin)

    def sync(self, office: str = "", doom: Doom = NO_DOOM) -> Ended:
        """`guide sync --once`."""
        return self.guide("sync", "--once", office=office, doom=doom)

    def settled(self, *, repaired: bool = False) -> SyncReport:
        """`Book.settled` on its book."""
        with self.book() as book:
            return book.settled(repaired=repaired)


@dataclass(frozen=True, slots=True)
class Work:
    """What a guide has done: the ids of records by kind."""

    ids: list[tuple[str, str]] = field(default_factory=list)
    client: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """An open book."""

    db: Database

    def put(self, kind: str, **fields: object) -> str:
        """A new record, as a guide makes it."""
        return self.db.change(lambda uow: uow.put(kind, fields), by=GUIDE, origin="test")

    def work(self, name: str = "王女士") -> Work:
        """A client with a note and a tag, and a change of her, in four transactions."""
        client = self.put("client", name=name, phone=f"138{next(_numbers):08d}")
        note = self.put("note", client_id=client, body=f"{name}喜欢乐福鞋", at=5)
        tag = self.put("client_tag", client_id=client, name="金卡", at=5)
        self.db.change(lambda uow: uow.patch("client", client, {"starred": True}), by=GUIDE, origin="test")
        return Work([("client", client), ("note", note), ("client_tag", tag)], client)

    def settled(self, *, repaired: bool = False) -> SyncReport:
        """Sync in this process without any fault: the round is good and all scopes are equal.

        Only where an office or a PC was `repaired` may it be that scopes had to be compared record by record.
        """
        with self.line() as line:
            report = SyncEngine(self.db, line).run_once()
        assert report.rejected == 0, report
        assert repaired or not report.repaired, report
        assert all(scope.equal for scope in report.scopes), report
        return report

    @contextmanager
    def line(self, origin: str = "", limits: Limits | None = None) -> Iterator[Transport]:
        """The PC's line to its office, or to another origin of it."""
        device = self.db.query(read_device)
        transport = Transport(origin or device.office, device.token, self.db.clock, limits=limits)
        try:
            yield transport
        finally:
            transport.close()

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Rows of the book."""
        return self.db.query(lambda c: [tuple(row) for row in c.exec_driver_sql(statement)])

    def digests(self) -> dict[Scope, tuple[str, int]]:
        """What it holds of each scope, computed from the records."""
        return {scope: self.db.query(lambda c, s=scope: held_digest(c, s)) for scope in SCOPES}  # type: ignore[misc]

    def contents(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every record of every kind, as shown."""
        return {name: sorted(self.rows(f'SELECT * FROM "{name}"'), key=repr) for name in KINDS}


def sound(pc: Pc, truth: Truth, *, comparing: bool = False) -> None:
    """What holds of a book after any crash, before anything is mended.

    It opens at once and is whole on every page; every number ever given out is acknowledged, waiting or parked, each
    once; what is acknowledged is at the office, or was ended there. `comparing`: it may have been
    cut short in comparing a scope record by record, which takes records over before their place in the feed.
    """
    began = time.process_time()  # not by the clock: others may want the processor too
    with pc.book() as book:
        assert time.process_time() - began < OPENS_WITHIN_S
        queue = book.rows("SELECT mid, state, kind, id, op FROM outbox ORDER BY mid")
        last, acked = book.rows("SELECT last_mid, acked_mid FROM device")[0]
        assert [row[0] for row in queue] == list(range(1, last + 1)), "issued = acknowledged + waiting + parked"
        assert all(row[1] == "waiting" for row in queue if row[0] > acked)
        # What was made and taken away within one batch never was, for the office.
        removed = {(row[2], row[3]) for row in queue if row[4] == "remove"}
        for mid, state, kind, record_id, op in queue:
            if state == "acked" and op in ("put", "patch") and (kind, record_id) not in removed:
                there = truth.holds(kind, record_id) or truth.ended(kind, record_id)
                assert there, f"change {mid} was acknowledged and is lost"
        whole = book.rows("SELECT scope, seq FROM cursor")
        held = {scope: _held_numbers(book, scope) for scope, _ in whole}
    assert not backup.check(pc.path, KEY).faults
    for scope, seq in whole:
        missing = _office_numbers(truth, scope, seq) - held[scope]
        assert not missing, f"{scope} stands at {seq} without having taken over {len(missing)} records"
        ahead = {(kind, record_id) for kind, record_id, number in held[scope] if number > seq}
        own = {(row[2], row[3]) for row in queue if row[1] != "waiting"}
        foreign = {kind for kind, _ in ahead - own} - {"coupon", "redemption"}  # what commands made of it
        assert comparing or not foreign, f"{scope} holds {foreign} of a page that it has not reached"


def healed(pc: Pc, control: Pc, truth: Truth, work: Work) -> None:
    """After one clean round nothing is lost or doubled, and the PC holds what another PC and the office hold."""
    with pc.book() as one, control.book() as other:
        one.settled()
        other.settled()
        assert one.rows("SELECT count(*) FROM outbox WHERE state <> 'acked'") == [(0,)]
        assert one.digests() == other.digests() == truth.stands()
        assert one.contents() == other.contents()
        for kind, record_id in work.ids:
            assert truth.holds(kind, record_id)
        assert not one.rows("SELECT kind FROM base")
        device, last = one.rows("SELECT device_id, last_mid FROM device")[0]
        assert truth.scalar("SELECT last_mid FROM device WHERE id = %(id)s::uuid", id=device) == last
        assert one.settled().pulled == 0
    if work.client:
        notes = "SELECT count(*) FROM note WHERE client_id = %(id)s"
        assert truth.scalar(notes, id=work.client) == sum(kind == "note" for kind, _ in work.ids)


def _held_numbers(book: Book, scope: Scope) -> set[tuple[str, str, int]]:
    brand = scope == BRAND
    where = "" if brand else f" AND store_id = '{scope_store_id(scope)}'"
    found: set[tuple[str, str, int]] = set()
    for name, kind in KINDS.items():
        if (kind.scope == "brand") != brand:
            continue
        based = {row[0]: row[1] for row in book.rows(f"SELECT id, seq FROM base WHERE kind = '{name}'{where}")}
        rows = dict(book.rows(f'SELECT id, seq FROM "{name}" WHERE seq IS NOT NULL{where}'))
        found |= {(name, record_id, seq) for record_id, seq in {**rows, **based}.items()}
    waiting = book.rows(f"SELECT kind, id, seq FROM unknown_record WHERE reason = 'kind' AND scope = '{scope}'")
    return found | {(str(name), str(record_id), int(seq)) for name, record_id, seq in waiting}


def _office_numbers(truth: Truth, scope: Scope, seq: int) -> set[tuple[str, str, int]]:
    brand = scope == BRAND
    where = "" if brand else f" AND store_id = '{scope_store_id(scope)}'"
    found: set[tuple[str, str, int]] = set()
    with truth.engine.connect() as connection:
        for name, kind in KINDS.items():
            if (kind.scope == "brand") == brand:
                rows = connection.exec_driver_sql(f'SELECT id::text, seq FROM "{name}" WHERE seq <= {seq:d}{where}')
                found |= {(name, record_id, number) for record_id, number in rows}
    return found


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


_CONNECTS_S = 5.0


def short_of(limits_s: float) -> Limits:
    """Limits for a case that must run into its deadline soon: that of the answer, for a busy machine connects late."""
    return Limits(connect_s=_CONNECTS_S, total_s=limits_s, wire_bytes=2 << 20, plain_bytes=32 << 20)
