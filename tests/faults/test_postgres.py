"""PostgreSQL goes away, comes back, quarrels and keeps us waiting: the desktop hears "later", never "no"."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import OperationalError

from guide_app.base.clock import SystemClock
from guide_app.cli.outcome import Exit
from guide_app.sync.engine import SyncEngine
from guide_app.sync.errors import OfficeBusyError
from head_office.api.app import create_app
from head_office.api.limits import AttemptLimit
from head_office.api.metrics import Metrics
from head_office.api.services import Services
from head_office.deeds import push_rules
from head_office.store.embedded import EmbeddedPostgres
from head_office.store.engine import Timeouts, make_engine
from head_office.store.migrate import upgrade
from head_office.store.secret import OfficeSecret
from tests.faults.brand import Pc, Truth, healed, sound
from tests.faults.conftest import Stage
from tests.helpers.serving import serving

_SOCKET = ".s.PGSQL.5432"
_OFFICE = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'head-office'"


class Reachable:
    """A PostgreSQL reached over a link to its socket, which can be taken away and put back."""

    def __init__(self, folder: Path, server: EmbeddedPostgres) -> None:
        found = make_url(server.url)
        self._socket = Path(str(found.query["host"])) / _SOCKET
        self._link = folder / _SOCKET
        self.url = found.update_query_dict({"host": str(folder)}).render_as_string(hide_password=False)
        self.put_back()

    def take_away(self, truth: Truth) -> None:
        """Cut what the office has open; nobody new gets through."""
        self._link.unlink()
        truth.scalar(f"SELECT count(pg_terminate_backend(pid)) {_OFFICE}")

    def put_back(self) -> None:
        """Let it be reached again."""
        self._link.symlink_to(self._socket)


@pytest.fixture(scope="module", name="postgres")
def _postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reachable]:
    folder = tmp_path_factory.mktemp("pg")
    # A crash of PostgreSQL leaves the system's memory of its files, but what it had not yet written there is lost.
    settings = {"synchronous_commit": "on"}
    with EmbeddedPostgres(folder / "data", durable=False, settings=settings) as server:
        yield Reachable(folder, server)


@pytest.fixture(scope="module")
def module_engine(postgres: Reachable) -> Iterator[Engine]:
    engine = make_engine(postgres.url, application_name="truth")
    upgrade(engine)
    yield engine
    engine.dispose()


def test_a_crash_of_postgres_between_two_requests_does_not_show(stage: Stage, pc: Pc) -> None:
    with pc.book() as book, book.line() as line:
        first = book.work("先")
        SyncEngine(book.db, line).run_once()
        crash(stage.truth)
        until_back(stage.truth)
        second = book.work("后")
        SyncEngine(book.db, line).run_once()
    healed(pc, stage.control, stage.truth, first)
    healed(pc, stage.control, stage.truth, second)


def test_while_it_is_away_the_office_says_later(stage: Stage, postgres: Reachable, pc: Pc) -> None:
    with pc.book() as book:
        work = book.work()
    postgres.take_away(stage.truth)
    try:
        ended = pc.sync()
    finally:
        postgres.put_back()
    assert ended.code == Exit.UNREACHABLE, ended
    assert ended.doc["error"]["code"] == "office.busy"
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work)


def test_a_session_cut_in_the_middle_of_a_push_is_begun_again(stage: Stage, pc: Pc) -> None:
    with pc.book() as book:
        work = book.work()
    with held(stage.truth.engine, "SELECT 1 FROM device FOR UPDATE") as holder:
        running = pc.start("sync", "--once")
        until_waiting(stage.truth)
        assert stage.truth.scalar(f"SELECT count(pg_terminate_backend(pid)) {_OFFICE}")
        holder.set()
    assert running.wait().code == Exit.DONE
    healed(pc, stage.control, stage.truth, work)


def test_a_deadlock_is_begun_again(stage: Stage, pc: Pc) -> None:
    with pc.book() as book:
        one, other = sorted((book.work("甲").client, book.work("乙").client))
    pc.settled()
    with pc.book() as book:
        for client in (one, other):
            book.db.change(lambda u, c=client: u.patch("client", c, {"remark": "改"}), by=None, origin="test")  # type: ignore[misc]
    lock = "SELECT 1 FROM client WHERE id = %(id)s::uuid FOR UPDATE"
    with stage.truth.engine.connect() as rival:
        rival.exec_driver_sql(lock, {"id": other})
        running = pc.start("sync", "--once")
        until_waiting(stage.truth)
        # The push holds the one and waits for the other. Who waited first is told first: on a busy machine, us.
        with suppress(OperationalError):
            rival.exec_driver_sql(lock, {"id": one})
        rival.rollback()
    assert running.wait().code == Exit.DONE
    remarks = "SELECT count(*) FROM client WHERE remark = '改' AND id::text IN (%(one)s, %(other)s)"
    assert stage.truth.scalar(remarks, one=one, other=other) == 2


def test_a_lock_that_is_never_let_go_is_told_as_later(stage: Stage, pc: Pc) -> None:
    with pc.book() as book:
        work = book.work()
    engine = make_engine(stage.truth.engine.url, timeouts=Timeouts(lock=40))
    secret = OfficeSecret(bytes(range(32)))
    services = Services(
        engine, secret, SystemClock(), push_rules(secret), "红枫叶", "https://l.example", Metrics(),
        AttemptLimit(99, 60_000),
    )  # fmt: skip
    try:
        with (
            serving(create_app(services)) as origin,
            held(stage.truth.engine, "SELECT 1 FROM device FOR UPDATE"),
            pc.book() as book,
            book.line(origin) as line,
            pytest.raises(OfficeBusyError) as told,
        ):
            SyncEngine(book.db, line).run_once()
    finally:
        engine.dispose()
    assert told.value.code == "office.busy"
    sound(pc, stage.truth)
    healed(pc, stage.control, stage.truth, work)


@contextmanager
def held(engine: Engine, statement: str) -> Iterator[threading.Event]:
    """Another transaction holds locks until the block ends or the event is set."""
    over, taken = threading.Event(), threading.Event()

    def hold() -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
            taken.set()
            over.wait(60)

    thread = threading.Thread(target=hold, name="holder")
    thread.start()
    taken.wait(10)
    try:
        yield over
    finally:
        over.set()
        thread.join()


def crash(truth: Truth) -> None:
    """Kill one process of PostgreSQL; returns when it has cut all sessions, to recover from its log."""
    pid = truth.scalar(f"SELECT pid {_OFFICE}")
    with truth.engine.connect() as cut:
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(OperationalError):
            ask_until_cut(cut)


def ask_until_cut(connection: Connection) -> None:
    for _ in range(1_000_000):
        connection.exec_driver_sql("SELECT 1")


def until_back(truth: Truth) -> None:
    """Return as soon as PostgreSQL takes connections again."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            truth.scalar("SELECT 1")
        except OperationalError:
            continue
        return
    raise AssertionError("PostgreSQL did not come back")


def until_waiting(truth: Truth) -> None:
    """Return as soon as the office waits for a lock."""
    for _ in range(500):
        if truth.scalar(f"SELECT count(*) {_OFFICE} AND wait_event_type = 'Lock'"):
            return
        truth.scalar("SELECT pg_sleep(0.01)")
    raise AssertionError("the office does not wait for a lock")
