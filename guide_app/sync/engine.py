"""One round of sync: hand in what waits, take over what is new, compare. Every step is safe to repeat.

A round may break off anywhere: what was sent is sent again until its answer has been stored, what was stored is not
asked for again. Only one process at a time syncs a book.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.protocol.messages import MAX_BATCH, PAGE_LIMIT
from guide_app.protocol.scopes import Scope
from guide_app.store import cursors, photos
from guide_app.store.apply import Applier, has_now_known
from guide_app.store.database import Database
from guide_app.store.device import enrolled_device
from guide_app.store.holding import held_digest
from guide_app.store.lock import file_lock
from guide_app.sync.backfill import Backfill
from guide_app.sync.errors import OfficeRefusedError
from guide_app.sync.link_place import refresh_link_place
from guide_app.sync.neighbours import refresh_store_pcs
from guide_app.sync.office import Office
from guide_app.sync.pull import PullRound
from guide_app.sync.push import PushRound
from guide_app.sync.receipts import confirm_erasures
from guide_app.sync.reconcile import Reconciler
from guide_app.sync.report import Progress, ScopeState, SyncReport
from guide_app.sync.strangers import forget_erased_strangers
from guide_app.sync.transport import Transport
from guide_app.sync.wipe import REVOKED, wipe

_LOCK_WAIT_SECONDS = 90.0
_MAX_HEALS = 3
#: A scope that keeps differing is reconciled at most this often (ms).
_REPAIR_EVERY_MS = 3_600_000
#: How often what is held is counted over all rows, though nothing seems wrong (ms).
_COUNT_EVERY_MS = DAY_MS


class SyncEngine:
    """Syncs one book with its office: at most `page_limit` records to a page, `batch_limit` changes to a push."""

    def __init__(
        self, db: Database, transport: Transport, *, page_limit: int = PAGE_LIMIT, batch_limit: int = MAX_BATCH
    ) -> None:
        self._db = db
        self._office = Office(transport)
        self._page_limit = page_limit
        self._batch_limit = batch_limit

    def run_once(
        self, progress: Callable[[Progress], None] | None = None, *, lock_wait_s: float = _LOCK_WAIT_SECONDS
    ) -> SyncReport:
        """Push until the outbox is empty, pull until nothing is new, and compare what is held with the office's word.

        `progress` is called on this thread; what it raises breaks the round off between two steps. Raises
        NotEnrolledError, BusyError (another process syncs), OfficeUnreachableError (all work is kept),
        OfficeRefusedError (revoked, too old), SyncStuckError.
        """
        self._db.query(enrolled_device)
        lock = self._db.path.with_name("sync.lock")
        with file_lock(lock, lock_wait_s):
            try:
                return self._run(progress or _ignore)
            except OfficeRefusedError as e:
                if e.code == REVOKED:
                    wipe(self._db, self._office)
                raise

    def _run(self, progress: Callable[[Progress], None]) -> SyncReport:
        began = time.monotonic()
        push = PushRound(self._db, self._office, progress, self._batch_limit)
        pull = PullRound(self._db, self._office, progress, self._page_limit)
        again = Reconciler(self._db, self._office, progress)
        if self._db.query(has_now_known):
            self._db.apply(Applier.adopt_known)
        self._both(push, pull)
        if pull.restored:
            self._db.apply(lambda applier: photos.send_again(applier.conn))
        repaired: list[Scope] = []
        for find in (lambda: pull.restored, self._differing):
            scopes = [scope for scope in sorted(find()) if again.run(scope)]
            if scopes:
                self._both(push, pull)
            repaired += scopes
        states = self._compare()
        Backfill(self._db, self._office).run()
        forget_erased_strangers(self._db, self._office)
        confirm_erasures(self._db, self._office)
        refresh_store_pcs(self._db, self._office)
        refresh_link_place(self._db, self._office)
        return SyncReport(
            push.pushed,
            pull.pulled + again.taken,
            push.rejected,
            push.merged,
            time.monotonic() - began,
            states,
            tuple(repaired),
        )

    def _both(self, push: PushRound, pull: PullRound) -> None:
        for _ in range(_MAX_HEALS):
            push.run()
            if not pull.run():  # the office has everything that it ever acknowledged
                return
        push.run()

    def _differing(self) -> list[Scope]:
        """Scopes that differ from the office's digest and were not reconciled lately; notes that they will be now."""
        now = self._db.clock.now_ms()
        differing = [state.scope for state in self._compare() if state.equal is False]
        # What followed each change may be wrong where what is held is right: only rows count against the office.
        for scope in differing:
            self._count(scope)
        differing = [state.scope for state in self._compare() if state.equal is False]
        if not differing:
            return []
        read = self._db.query(lambda conn: {scope: _last_repair(conn, scope) for scope in differing})
        due = [scope for scope in differing if not 0 <= now - read[scope] < _REPAIR_EVERY_MS]
        self._db.apply(lambda applier: _note_repairs(applier, due, now))
        return due

    def _compare(self) -> tuple[ScopeState, ...]:
        """Set the digest of what is held beside the office's, scope by scope; counted over all rows once a day."""
        now = self._db.clock.now_ms()
        stands = self._db.query(cursors.read_stands)
        due = [
            stand.scope
            for stand in stands.values()
            if not stand.held_digest or not 0 <= now - stand.counted_at < _COUNT_EVERY_MS
        ]
        for scope in due:
            self._count(scope)
        if due:
            stands = self._db.query(cursors.read_stands)
        return tuple(
            ScopeState(stand.scope, stand.seq, stand.held_digest, stand.office_digest, stand.equal, stand.held_n)
            for stand in stands.values()
        )

    def _count(self, scope: Scope) -> None:
        def work(applier: Applier) -> None:
            held, n = held_digest(applier.conn, scope)
            cursors.save_held_digest(applier.conn, scope, held, n, applier.now_ms)

        self._db.apply(work)


def _note_repairs(applier: Applier, scopes: Iterable[Scope], now_ms: int) -> None:
    for scope in scopes:
        applier.conn.exec_driver_sql(
            "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_repair_key(scope), str(now_ms)),
        )


def _last_repair(conn: Connection, scope: Scope) -> int:
    found = conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_repair_key(scope),)).scalar()
    return int(found or 0)


def _repair_key(scope: str) -> str:
    return f"sync.repaired.{scope}"


def _ignore(progress: Progress) -> None:
    del progress
