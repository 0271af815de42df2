"""Kills this very process at the n-th thing it does, and keeps a list of what it did.

Put to work only in a child made for it (`fork_server`), never in a test's own process. A point is a statement of the
encrypted book, a file made, renamed or removed below `watch`, a sync to disk, a request to head office or its answer.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg
import requests
import sqlcipher3.dbapi2 as sqlcipher
from msgspec import Struct
from sqlalchemy import Engine, event

from guide_app.base.clock import SystemClock
from guide_app.sync.engine import SyncEngine
from head_office.api import sync_routes
from head_office.cli import serving
from head_office.feed import write

_FILE_EVENTS = {"open": "open", "os.rename": "rename", "os.remove": "remove", "os.chmod": "chmod"}


class Doom(Struct, frozen=True, omit_defaults=True):
    """What shall befall a program.

    `at`: the point (from 1) at which it is killed; 0 only lists the points in the file `log`. `watch` is the folder
    whose files count. `offset_ms` puts its clock wrong. `file_bytes` is the largest file it may write, `pages` how
    many pages its book may grow by. `since`: points count from the first that begins so. `page`: records that it asks
    for at a time. `office`: count what head office does, not what a desktop does. `crowd`: let head office take in PCs
    without end.
    """

    log: str = ""
    since: str = ""
    at: int = 0
    watch: str = ""
    offset_ms: int = 0
    file_bytes: int = 0
    pages: int = 0
    page: int = 0
    office: bool = False
    crowd: bool = False


class _Points:
    def __init__(self, doom: Doom) -> None:
        self._doom = doom
        self._log = os.open(doom.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._lock = threading.Lock()
        self._seen = 0

    def reach(self, what: str) -> None:
        with self._lock:
            if not self._seen and not what.startswith(self._doom.since):
                return
            self._seen += 1
            os.write(self._log, (" ".join(what.split())[:120] + "\n").encode())
            if self._seen == self._doom.at:
                os.kill(os.getpid(), signal.SIGKILL)


def meet(doom: Doom) -> None:
    """Let this process meet its doom."""
    if doom.log:
        points = _Points(doom)
        if doom.office:
            _count_office(points.reach)
        else:
            _count_statements(points.reach)
            _count_files(points.reach, doom.watch)
            _count_requests(points.reach)
    if doom.crowd:
        serving._ENROLMENTS = 1_000_000
    if doom.offset_ms:
        _wrong_clock(doom.offset_ms)
    if doom.page:
        _small_pages(doom.page)
    if doom.pages:
        _full_disk(doom.pages)
    if doom.file_bytes:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (doom.file_bytes, doom.file_bytes))


def _small_pages(records: int) -> None:
    init = SyncEngine.__init__

    def made(self: SyncEngine, *parts: Any, **options: Any) -> None:
        init(self, *parts, **{"page_limit": records, **options})

    SyncEngine.__init__ = made  # type: ignore[method-assign]


def _on_every_connection(prepare: Callable[[Any], None]) -> None:
    connect = sqlcipher.connect

    def connected(*args: Any, **options: Any) -> Any:
        raw = connect(*args, **options)
        prepare(raw)
        return raw

    sqlcipher.connect = connected


def _count_statements(reach: Callable[[str], None]) -> None:
    def told(statement: str) -> None:
        # Settings, and what the text index does inside a statement, are no moments of a deed.
        if not statement.startswith(("-- ", "PRAGMA ")) or "checkpoint" in statement:
            reach(f"sql {statement}")

    def prepare(raw: Any) -> None:
        raw.set_trace_callback(told)

    _on_every_connection(prepare)


def _count_files(reach: Callable[[str], None], watch: str) -> None:
    def audit(event: str, args: tuple[Any, ...]) -> None:
        name = _FILE_EVENTS.get(event)
        if name is None or not str(args[0]).startswith(watch):
            return
        if name != "open" or (args[1] is not None and set(str(args[1])) & set("wax+")):
            reach(f"{name} {str(args[0]).removeprefix(watch)}")

    sync = os.fsync

    def fsync(handle: int) -> None:
        reach("fsync")
        sync(handle)

    os.fsync = fsync  # type: ignore[assignment]
    sys.addaudithook(audit)


def _count_requests(reach: Callable[[str], None]) -> None:
    send = requests.Session.send

    def counted(self: requests.Session, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        reach(f"ask {request.method} {request.path_url}")
        response = send(self, request, **options)
        reach(f"answered {request.method} {request.path_url}")
        return response

    requests.Session.send = counted  # type: ignore[method-assign]


def _count_office(reach: Callable[[str], None]) -> None:
    """Statements of the office, and the moments before and after a commit; `push` is where a batch is taken in."""
    commit, work = psycopg.Connection.commit, write.in_transaction

    def committed(self: psycopg.Connection[Any]) -> None:
        reach("before commit")
        commit(self)
        reach("after commit")

    def begun(engine: Engine, deed: Callable[[Any], Any]) -> Any:
        reach("push")
        return work(engine, deed)

    def told(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        reach("office " + statement)

    psycopg.Connection.commit = committed  # type: ignore[method-assign]
    setattr(sync_routes, "in_transaction", begun)  # noqa: B010 - the name that the routes took in
    event.listen(Engine, "before_cursor_execute", told)


def _wrong_clock(offset_ms: int) -> None:
    right = SystemClock.now_ms
    SystemClock.now_ms = lambda self: right(self) + offset_ms  # type: ignore[method-assign]


def _full_disk(pages: int) -> None:
    """Let every database grow by so many pages and no more: SQLite then answers as on a full disk."""
    connect = sqlcipher.connect

    class Cramped(sqlcipher.Connection):  # type: ignore[misc]  # the wheel ships no types
        """Sets its limit once the key has been given, without which the file cannot be read."""

        def execute(self, statement: str, *values: Any) -> Any:
            found = super().execute(statement, *values)
            if statement.startswith("PRAGMA cache_size"):
                held = super().execute("PRAGMA page_count").fetchone()[0]
                super().execute(f"PRAGMA max_page_count = {held + pages}").fetchone()
            return found

    sqlcipher.connect = partial(connect, factory=Cramped)
