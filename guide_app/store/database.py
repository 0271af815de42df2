"""The encrypted book on disk: one writer, many readers, and an announcement after every change."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.pool import QueuePool, StaticPool

from guide_app.base.change import Change
from guide_app.base.clock import Clock
from guide_app.base.ids import IdMaker
from guide_app.store.apply import Applier
from guide_app.store.connect import check_file, connector, engine_for, require_sqlite
from guide_app.store.faults import named_faults
from guide_app.store.gate import WriteGate
from guide_app.store.hooks import NoIndex, SearchIndex
from guide_app.store.lock import file_lock
from guide_app.store.schema import HEAD, bring_up_to_date, create_file, schema_version
from guide_app.store.uow import UnitOfWork

T = TypeVar("T")
Listener = Callable[[Change], None]

_READERS = 2
_LOCK_WAIT_SECONDS = 60.0
_LET_GO = "PRAGMA shrink_memory"
_log = logging.getLogger(__name__)


class Database:
    """The local book. All changes run one after the other on one thread; queries see one consistent snapshot each.

    Several processes may have the same book open: SQLite's locks order their changes.
    """

    def __init__(
        self, path: Path, key: bytes, clock: Clock, search: SearchIndex, random_bits: Callable[[int], int] | None
    ) -> None:
        self.path = path
        self.clock = clock
        self._search = search
        self._ids = IdMaker(clock.now_ms, random_bits)
        self._gate = WriteGate()
        self._listeners: list[Listener] = []
        self._listening = threading.Lock()
        write = connector(path, key, read_only=False)
        self._write_engine = engine_for(write, StaticPool, "BEGIN IMMEDIATE")
        event.listen(self._write_engine, "before_cursor_execute", self._gate.check)
        read = connector(path, key, read_only=True)
        self._read_engine = engine_for(read, QueuePool, "BEGIN", pool_size=_READERS + 1, max_overflow=8)
        self._writer = ThreadPoolExecutor(1, "book-writer")
        self._aside = ThreadPoolExecutor(1, "book-index")
        self._readers = ThreadPoolExecutor(_READERS, "book-reader")
        self._writing = threading.local()

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        clock: Clock,
        *,
        search: SearchIndex | None = None,
        random_bits: Callable[[int], int] | None = None,
    ) -> Database:
        """Open the book at `path` with the 32-byte `key`, making it or bringing it up to date if need be.

        Raises LockedError for a wrong key; DamagedError for a damaged, foreign or newer file, which is left as it is;
        BusyError if another process is migrating it for more than a minute.
        """
        require_sqlite()
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            with named_faults(), file_lock(path.with_name(path.name + ".lock"), _LOCK_WAIT_SECONDS):
                if not path.exists():
                    create_file(path, key)
        check_file(path, key)
        db = cls(path, key, clock, search or NoIndex(), random_bits)
        try:
            with named_faults():
                db._prepare()
        except BaseException:
            db.close()
            raise
        return db

    def change(self, fn: Callable[[UnitOfWork], T], *, by: str | None, origin: str) -> T:
        """Run `fn` as one transaction and return its answer. `by` is the acting guide's id, `origin` who began it.

        What `fn` raises undoes everything and is raised here; so does StorageError (disk full, read-only). Must not be
        called from within a change.
        """
        return self.submit_change(fn, by=by, origin=origin).result()

    def submit_change(self, fn: Callable[[UnitOfWork], T], *, by: str | None, origin: str) -> Future[T]:
        """Like `change`, without waiting."""

        def work() -> T:
            with named_faults(), self._write_engine.begin() as conn:
                uow = UnitOfWork(
                    conn,
                    clock=self.clock,
                    ids=self._ids,
                    gate=self._gate,
                    search=self._search,
                    aside=self._aside,
                    by=by,
                )
                try:
                    answer = fn(uow)
                    uow.finish()
                finally:
                    uow.settle()
            self._announce(uow.touched, origin)
            return answer

        return self._submit(work)

    def apply(self, fn: Callable[[Applier], T], *, origin: str = "sync") -> T:
        """Run `fn` as one transaction over what head office sent; for `guide_app.sync` alone."""

        def work() -> T:
            with named_faults(), self._write_engine.begin() as conn, self._gate.opened():
                applier = Applier(conn, self._search, self.clock.now_ms())
                answer = fn(applier)
                applier.finish()
            if applier.purged:
                self._checkpoint()
            self._announce(applier.touched, origin)
            return answer

        return self._submit(work).result()

    def query(self, fn: Callable[[Connection], T]) -> T:
        """Run `fn` on a read-only connection, on the caller's thread, over one consistent snapshot."""
        with named_faults(), self._read_engine.begin() as conn:
            return fn(conn)

    def give_back(self) -> Future[None]:
        """Let the connections that nobody uses go of the pages they hold, up to 16 MB each, for a time of rest.

        Changes nothing; the next question reads its pages anew. From any thread, without waiting.
        """

        def work() -> None:
            pool = self._read_engine.pool
            with named_faults(), ExitStack() as held:
                held.enter_context(closing(self._write_engine.raw_connection())).execute(_LET_GO)
                for _ in range(pool.checkedin() if isinstance(pool, QueuePool) else 0):
                    held.enter_context(closing(self._read_engine.raw_connection())).execute(_LET_GO)

        return self._submit(work)

    @property
    def writer(self) -> ThreadPoolExecutor:
        """The one thread of changes, for helpers that queue work: never call `change` from a job on it."""
        return self._writer

    @property
    def readers(self) -> ThreadPoolExecutor:
        """Threads for queries."""
        return self._readers

    def on_change(self, callback: Listener) -> Callable[[], None]:
        """Have `callback` called, on the writer's thread, after every commit; returns how to stop that."""
        with self._listening:
            self._listeners.append(callback)

        def stop() -> None:
            with self._listening:
                if callback in self._listeners:
                    self._listeners.remove(callback)

        return stop

    def close(self) -> None:
        """Finish what is queued and let everything go: no thread and no open file is left."""
        self._writer.shutdown(wait=True)
        self._aside.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._read_engine.dispose()
        self._write_engine.dispose()

    def _prepare(self) -> None:
        with self._write_engine.connect() as conn:
            found = schema_version(conn)
        raw = self._write_engine.raw_connection()
        raw.execute("PRAGMA journal_mode = WAL")
        if found != HEAD:
            with file_lock(self.path.with_name(self.path.name + ".lock"), _LOCK_WAIT_SECONDS):
                self._ensure()
        else:
            self._ensure()

    def _ensure(self) -> None:
        with self._write_engine.begin() as conn, self._gate.opened():
            bring_up_to_date(conn)
            self._search.ensure(conn)

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        if getattr(self._writing, "now", False):
            raise RuntimeError("a change cannot be begun from within a change")

        def guarded() -> T:
            self._writing.now = True
            try:
                return work()
            finally:
                self._writing.now = False

        return self._writer.submit(guarded)

    def _announce(self, touched: Mapping[str, set[str]], origin: str) -> None:
        kinds = frozenset(kind for kind, ids in touched.items() if ids)
        if not kinds:
            return
        change = Change(kinds, frozenset().union(*touched.values()), origin)
        with self._listening:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(change)
            except Exception:  # noqa: BLE001 - the change is committed: a listener's fault must not look like a failed change
                _log.exception("a listener failed on %s", sorted(kinds))

    def scrub(self) -> bool:
        """Leave nothing that was erased in the write-ahead log; False while another reader holds it."""
        return self._submit(self._checkpoint).result()

    def compact(self) -> None:
        """Write the file anew without the pages that are no longer used."""

        def work() -> None:
            with named_faults():
                self._write_engine.raw_connection().execute("VACUUM")
                self._checkpoint()

        self._submit(work).result()

    def _checkpoint(self) -> bool:
        # Readers may hold the log; what owes a confirmation tries again before it confirms.
        busy = self._write_engine.raw_connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy
