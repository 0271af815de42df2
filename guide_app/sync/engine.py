"""One round of sync: hand in what waits, take over what is new, compare. Every step is safe to repeat.

A round may break off anywhere: what was sent is sent again until its answer has been stored, what was stored is not
asked for again. Only one process at a time syncs a book.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sqlalchemy import Connection

from guide_app.protocol.messages import PAGE_LIMIT
from guide_app.protocol.scopes import Scope
from guide_app.store import cursors, outbox
from guide_app.store.apply import Applier, held_digest
from guide_app.store.database import Database
from guide_app.store.device import enrolled_device
from guide_app.store.lock import file_lock
from guide_app.sync.office import Office
from guide_app.sync.pull import PullRound
from guide_app.sync.push import PushRound
from guide_app.sync.report import Progress, ScopeState, SyncReport
from guide_app.sync.transport import Transport

_LOCK_WAIT_SECONDS = 90.0
_MAX_HEALS = 3
#: A scope that keeps differing is read anew at most this often (ms).
_REPAIR_EVERY_MS = 6 * 3_600_000


class SyncEngine:
    """Syncs one book with its office."""

    def __init__(self, db: Database, transport: Transport, *, page_limit: int = PAGE_LIMIT) -> None:
        self._db = db
        self._office = Office(transport)
        self._page_limit = page_limit

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
            return self._run(progress or _ignore)

    def _run(self, progress: Callable[[Progress], None]) -> SyncReport:
        began = time.monotonic()
        push = PushRound(self._db, self._office, progress)
        pull = PullRound(self._db, self._office, progress, self._page_limit)
        self._db.apply(_tidy)
        self._both(push, pull)
        repaired = self._differing()
        if repaired:
            self._db.apply(lambda applier: _begin_anew(applier, repaired))
            self._both(push, pull)
        states = self._compare()
        return SyncReport(
            push.pushed, pull.pulled, push.rejected, push.merged, time.monotonic() - began, states, tuple(repaired)
        )

    def _both(self, push: PushRound, pull: PullRound) -> None:
        for _ in range(_MAX_HEALS):
            push.run()
            if not pull.run():  # the office has everything that it ever acknowledged
                return
        push.run()

    def _differing(self) -> list[str]:
        """Scopes that differ from the office's digest and were not read anew lately; notes that they will be now."""
        now = self._db.clock.now_ms()
        differing = [state.scope for state in self._compare() if state.equal is False]
        if not differing:
            return []
        read = self._db.query(lambda conn: {scope: _last_repair(conn, scope) for scope in differing})
        due = [scope for scope in differing if now - read[scope] >= _REPAIR_EVERY_MS]
        self._db.apply(lambda applier: _note_repairs(applier, due, now))
        return due

    def _compare(self) -> tuple[ScopeState, ...]:
        """Compute the digest of every scope that moved since it was last computed, and set it beside the office's."""
        stands = self._db.query(cursors.read_stands)
        found: list[ScopeState] = []
        for stand in stands.values():
            held = stand.held_digest
            n_live = stand.n_live
            if not held:
                held, n_live = self._compute(stand.scope)
            equal = held == stand.office_digest if stand.office_digest else None
            found.append(ScopeState(stand.scope, stand.seq, held, stand.office_digest, equal, n_live))
        return tuple(found)

    def _compute(self, scope: Scope) -> tuple[str, int]:
        held, n_live = self._db.query(lambda conn: held_digest(conn, scope))
        self._db.apply(lambda applier: cursors.save_held_digest(applier.conn, scope, held))
        return held, n_live


def _tidy(applier: Applier) -> None:
    outbox.prune(applier.conn, applier.now_ms)
    applier.adopt_known()


def _begin_anew(applier: Applier, scopes: list[str]) -> None:
    for scope in scopes:
        cursors.begin_anew(applier.conn, scope)
        applier.suspect(scope)


def _note_repairs(applier: Applier, scopes: list[str], now_ms: int) -> None:
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
