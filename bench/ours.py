"""The works of the sync measurement done by this project's own two ends: the serving office and enrolled PCs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from time import monotonic, perf_counter, process_time
from typing import Any

from bench.cards import cards
from bench.scene import Wiretap, desktop, engine, line
from guide_app.base.ids import uuid7
from guide_app.cli.demo.office_process import OfficeProcess
from guide_app.flows.desk import Desk
from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.messages import Cursor, Mutation, Op, RecordFrame, ScopeFrame
from guide_app.protocol.scopes import store_scope
from guide_app.store import cursors
from guide_app.store.device import enrolled_device
from guide_app.store.uow import UnitOfWork
from guide_app.sync.office import Office
from head_office.cli.database import Office as OpenOffice
from head_office.feed.write import write_all

_AT_ONCE = 500
_ROUNDS, _CHANGED = 12, 100
_IDLE_ROUNDS = 100
_WRITERS, _WRITE_S, _BATCH = 3, 10.0, 25
_MS, _RANDOM_BITS = 1000, 74


class Pc:
    """A PC's identity at the office without a book behind it: hands in what it is told, numbered and stamped."""

    def __init__(self, desk: Desk, office: Office) -> None:
        device = desk.db.query(enrolled_device)
        self.store = str(device.store_id)
        self._tag = device.tag
        self._clock = desk.clock
        self._office = office
        self._mids = count(1)

    def push(self, op: Op, kind: str, records: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
        """One batch; the ids, all of which the office has then taken."""
        now, made = self._clock.now_ms(), []
        for record_id, data in records:
            mid = next(self._mids)
            stamp = make_stamp(now, mid & 0xFFFF, self._tag)
            made.append(Mutation(mid, op, kind, record_id, self.store, stamp, dict(data)))
        answer, _ = self._office.push(made, "")
        if answer.last_mid != made[-1].mid or answer.results:
            raise AssertionError(answer.results[:3])
        return [mutation.id for mutation in made]

    def new_id(self) -> str:
        """A fresh record id."""
        return uuid7(self._clock.now_ms(), secrets.randbits(_RANDOM_BITS))


@contextmanager
def pc(folder: Path, running: OfficeProcess) -> Iterator[Pc]:
    """An enrolled PC without a book, ready to push."""
    with desktop(folder, running) as desk, line(desk.db, running.origin) as transport:
        yield Pc(desk, Office(transport))


def write_cards(desk: Desk, number: int, seed: int) -> None:
    """Cards entered on a PC, many to a transaction to have them quickly."""
    author = desk.db.query(lambda conn: str(conn.exec_driver_sql("SELECT id FROM guide LIMIT 1").scalar_one()))
    fresh = [fields for _, fields in cards(number, author, seed)]

    def write(uow: UnitOfWork, some: Sequence[dict[str, Any]]) -> None:
        for fields in some:
            uow.put("client", fields)

    for start in range(0, number, _AT_ONCE):
        part = fresh[start : start + _AT_ONCE]
        desk.db.change(lambda uow, part=part: write(uow, part), by=author, origin="bench")  # type: ignore[misc]


def fill(opened: OpenOffice, number: int) -> None:
    """Cards for the first store, written by the office itself before it serves."""
    with opened.engine.connect() as connection:
        store, guide = connection.exec_driver_sql(
            "SELECT s.id::text, g.id::text FROM store s JOIN guide g ON g.store_id = s.id ORDER BY s.code, g.no LIMIT 1"
        ).one()
    written = (((store_scope(store), "client", card_id), fields) for card_id, fields in cards(number, guide))
    write_all(opened.engine, 1_780_000_000_000, written)


@dataclass(frozen=True, slots=True, order=True)
class Took:
    """Seconds by the wall clock, and of this process, which is the PC and not the office, on the processor."""

    wall: float
    cpu: float


def sync(desk: Desk, origin: str) -> Took:
    """What one round takes. The book equals the office's after it."""
    began, cpu = perf_counter(), process_time()
    with engine(desk.db, origin) as syncing:
        report = syncing.run_once()
    if report.rejected or not all(scope.equal for scope in report.scopes):
        raise AssertionError(report)
    return Took(perf_counter() - began, process_time() - cpu)


def push(desk: Desk, running: OfficeProcess, number: int, seed: int) -> Took:
    """So many cards from the book to the office, answers applied."""
    sync(desk, running.origin)
    write_cards(desk, number, seed)
    return sync(desk, running.origin)


def push_bytes(desk: Desk, running: OfficeProcess, number: int, seed: int) -> float:
    """Bytes a record, both ways."""
    write_cards(desk, number, seed)
    with Wiretap(running.address) as tap:
        sync(desk, tap.origin)
        return (tap.up + tap.down) / number


def pull(folder: Path, running: OfficeProcess) -> Took:
    """All that the office has into the empty book of a PC just enrolled."""
    with desktop(folder, running) as desk:
        return sync(desk, running.origin)


def pull_bytes(folder: Path, running: OfficeProcess, number: int) -> float:
    """Bytes a record, both ways."""
    with desktop(folder, running) as desk, Wiretap(running.address) as tap:
        sync(desk, tap.origin)
        return (tap.up + tap.down) / number


def _places(desk: Desk) -> list[Cursor]:
    return [stand.cursor for stand in desk.db.query(cursors.read_stands).values()]


def idle(desk: Desk, running: OfficeProcess) -> tuple[float, float, float]:
    """Nothing new: p50 ms of asking, bytes of the question and of the answer."""
    places, spent = _places(desk), []
    with Wiretap(running.address) as tap, line(desk.db, tap.origin) as transport:
        office = Office(transport)
        office.pull(places)
        tap.reset()
        for _ in range(_IDLE_ROUNDS):
            if office.pull(places) is not None:
                raise AssertionError("there is something new")
        up, down = tap.up / _IDLE_ROUNDS, tap.down / _IDLE_ROUNDS
    with line(desk.db, running.origin) as transport:
        office = Office(transport)
        for _ in range(_IDLE_ROUNDS):
            began = perf_counter()
            office.pull(places)
            spent.append(perf_counter() - began)
    return median(spent) * _MS, up, down


def changes(desk: Desk, writer: Pc, running: OfficeProcess) -> Took:
    """The median of whole rounds that bring a hundred records changed by another PC into a synced book."""
    read = "SELECT id, remark FROM client ORDER BY substr(id, -6) LIMIT ?"
    held = desk.db.query(lambda conn: [tuple(row) for row in conn.exec_driver_sql(read, (_ROUNDS * _CHANGED,))])
    spent: list[Took] = []
    with engine(desk.db, running.origin) as syncing:
        syncing.run_once()
        for n in range(_ROUNDS):
            some = held[n::_ROUNDS][:_CHANGED]
            writer.push("patch", "client", [(record_id, {"remark": f"{remark} {n}"}) for record_id, remark in some])
            began, cpu = perf_counter(), process_time()
            report = syncing.run_once()
            spent.append(Took(perf_counter() - began, process_time() - cpu))
            if report.pulled != len(some) or not all(scope.equal for scope in report.scopes):
                raise AssertionError(report)
    return Took(median(one.wall for one in spent), median(one.cpu for one in spent))


def missed(folder: Path, running: OfficeProcess, seconds: float = _WRITE_S) -> tuple[int, int]:
    """How many records three PCs wrote in batches, and how many a reader that followed its cursor never saw."""

    def write(own: Pc) -> list[str]:
        done: list[str] = []
        until = monotonic() + seconds
        while monotonic() < until:
            done += own.push("put", "client", [(own.new_id(), {"name": "王女士"}) for _ in range(_BATCH)])
        return done

    places: dict[str, Cursor] = {}
    seen: set[str] = set()
    with ExitStack() as stack:
        writers = [stack.enter_context(pc(folder / f"writer {n}", running)) for n in range(_WRITERS)]
        desk = stack.enter_context(desktop(folder / "reader", running))
        office = Office(stack.enter_context(line(desk.db, running.origin)))
        pool = stack.enter_context(ThreadPoolExecutor(_WRITERS))
        writing = [pool.submit(write, own) for own in writers]
        while not all(one.done() for one in writing):
            _look(office, places, seen)
        while _look(office, places, seen):
            pass
        written = {record_id for one in writing for record_id in one.result()}
    return len(written), len(written - seen)


def _look(office: Office, places: dict[str, Cursor], seen: set[str]) -> bool:
    page = office.pull(list(places.values()))
    if page is None:
        return False
    for frame in page.frames:
        if isinstance(frame, RecordFrame):
            seen.add(frame.id)
        elif isinstance(frame, ScopeFrame):
            places[frame.scope] = Cursor(frame.scope, frame.epoch, frame.seq)
    return True
