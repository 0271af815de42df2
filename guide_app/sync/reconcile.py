"""Makes a scope equal to the office's by its buckets, without reading what is equal already.

Used when the digest differs, when the office begins a new history after a restore, and when this PC was away for longer
than tombstones are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guide_app.protocol.messages import Buckets, RecordFrame, ScopeFrame
from guide_app.protocol.scopes import Scope
from guide_app.store import cursors
from guide_app.store.apply import Applier
from guide_app.store.database import Database
from guide_app.store.holding import held_buckets
from guide_app.sync.errors import unreachable
from guide_app.sync.office import Office, Page
from guide_app.sync.removal import may_remove
from guide_app.sync.report import Progress

#: Buckets to a request.
_TOGETHER = 32


class Reconciler:
    """Reconciles scopes. `taken` counts the records that were read for it."""

    def __init__(self, db: Database, office: Office, progress: Callable[[Progress], None]) -> None:
        self._db = db
        self._office = office
        self._progress = progress
        self.taken = 0

    def run(self, scope: Scope) -> bool:
        """Make `scope` what the office had when it was asked; what came later is pulled from there.

        Returns False if that would take out so much that a person must allow it first. May break off between two
        requests: the next run finds fewer buckets that differ.
        """
        theirs = self._office.buckets(scope)
        ours = self._db.query(lambda conn: held_buckets(conn, scope))
        if theirs.scope != scope or len(theirs.buckets) != len(ours):
            raise unreachable("office.malformed", "总部的校验回答读不懂。")
        differing = [b for b, (here, there) in enumerate(zip(ours, theirs.buckets, strict=True)) if here != there]
        removed = sum(max(0, ours[b][1] - theirs.buckets[b][1]) for b in differing)
        if not self._db.apply(lambda applier: may_remove(applier.conn, _head(theirs), removed, applier.now_ms)):
            return False
        total = sum(theirs.buckets[b][1] for b in differing)
        for first in range(0, len(differing), _TOGETHER):
            self._take(scope, differing[first : first + _TOGETHER], theirs.epoch)
            self._progress(Progress("pull", self.taken, max(total, self.taken)))
        self._db.apply(lambda applier: cursors.place(applier.conn, _head(theirs), applier.now_ms))
        return True

    def _take(self, scope: Scope, buckets: Sequence[int], epoch: str) -> None:
        page = self._office.bucket(scope, buckets)
        place = _place(page, scope)
        if place.epoch != epoch:
            raise unreachable("office.restored", "总部的数据刚刚恢复过, 稍后重新核对。")
        frames = [frame for frame in page.frames if isinstance(frame, RecordFrame) and frame.scope == scope]
        self._db.apply(lambda applier: _write(applier, scope, buckets, frames))
        self.taken += len(frames)


def _write(applier: Applier, scope: Scope, buckets: Sequence[int], frames: Sequence[RecordFrame]) -> None:
    applier.take_buckets(scope, frozenset(buckets), frames)


def _head(theirs: Buckets) -> ScopeFrame:
    """Where the office stood when it was asked, and its digest of that moment."""
    return ScopeFrame(theirs.scope, theirs.epoch, theirs.seq, theirs.n_live, theirs.digest, more=False)


def _place(page: Page, scope: Scope) -> ScopeFrame:
    for frame in page.frames:
        if isinstance(frame, ScopeFrame) and frame.scope == scope:
            return frame
    raise unreachable("office.malformed", "总部的回答缺少数据位置。")
