"""A real head office in its own process, filled by its own command, and PCs enrolled with it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bench.book import KEY
from guide_app.base.clock import SystemClock
from guide_app.cli.demo.office_process import OfficeProcess
from guide_app.flows.desk import Desk, make_desk
from guide_app.store.database import Database
from guide_app.store.device import enrolled_device
from guide_app.store.search import SearchIndex
from guide_app.sync.engine import SyncEngine
from guide_app.sync.enrol import Application, enrol
from guide_app.sync.transport import Transport
from head_office.cli.database import Office, open_office
from head_office.enrolment.codes import make_enrol_code
from head_office.feed.write import in_transaction

STORE_CODE = "B0001"
_CHUNK = 1 << 16
_POLL_S = 0.2


@dataclass(frozen=True, slots=True)
class Size:
    """What the office is filled with."""

    clients: int
    purchases: int
    products: int = 500
    stores: int = 1
    guides: int = 6

    def arguments(self) -> list[str]:
        """For `head-office seed bench`."""
        names = ("stores", "guides", "clients", "products", "purchases")
        return [part for name in names for part in (f"--{name}", str(getattr(self, name)))]


@contextmanager
def office(
    folder: Path, size: Size, *options: str, prepare: Callable[[Office], None] | None = None
) -> Iterator[OfficeProcess]:
    """A serving office of this size in `folder`; stopped after the block. `prepare` may add to it before it serves."""
    folder.mkdir(parents=True, exist_ok=True)
    running = OfficeProcess(folder / "office", folder / "office.log")
    running.run("seed", "bench", *size.arguments())
    if prepare is not None:
        with open_office(None, folder / "office") as opened:
            prepare(opened)
    running.start(*options)
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def desktop(folder: Path, running: OfficeProcess) -> Iterator[Desk]:
    """An enrolled PC with an empty, encrypted, indexed book in `folder`."""
    index, clock = SearchIndex(), SystemClock()
    with open_office(None, running.data_dir) as opened:
        code = in_transaction(opened.engine, lambda c: make_enrol_code(c, STORE_CODE, clock.now_ms()))
    with closing(Database.open(folder / "book.db", KEY, clock, search=index)) as db:
        with closing(Transport(running.origin, None, clock)) as transport:
            enrol(db, transport, running.origin, Application(code, "bench", "0", KEY))
        yield make_desk(db, index, clock)


@contextmanager
def line(db: Database, origin: str) -> Iterator[Transport]:
    """The enrolled PC's connection to the office at `origin`."""
    device = db.query(enrolled_device)
    with closing(Transport(origin, device.token, db.clock)) as transport:
        yield transport


@contextmanager
def engine(db: Database, origin: str) -> Iterator[SyncEngine]:
    """The enrolled PC's sync with the office at `origin`."""
    with line(db, origin) as transport:
        yield SyncEngine(db, transport)


class Wiretap:
    """A relay on the loopback that counts the bytes of the streams through it: `up` to the office, `down` from it."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.up = 0
        self.down = 0
        self._target = target
        self._closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_POLL_S)
        self._live: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, name="wiretap")]
        self._threads[0].start()

    @property
    def origin(self) -> str:
        """The address to use instead of the office's."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def reset(self) -> None:
        """Count from zero."""
        self.up = self.down = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        for live in self._live:
            with suppress(OSError):  # the other side may have closed it already
                live.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for live in self._live:
            live.close()
        self._listener.close()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                near, _ = self._listener.accept()
            except TimeoutError:
                continue
            near.settimeout(None)
            far = socket.create_connection(self._target)
            self._live += [near, far]
            for source, sink, way in ((near, far, "up"), (far, near, "down")):
                thread = threading.Thread(target=self._pump, args=(source, sink, way), name="wiretap-pump")
                self._threads.append(thread)
                thread.start()

    def _pump(self, source: socket.socket, sink: socket.socket, way: str) -> None:
        with suppress(OSError):  # a stream that one side ends is ended for the other
            while data := source.recv(_CHUNK):
                setattr(self, way, getattr(self, way) + len(data))
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
