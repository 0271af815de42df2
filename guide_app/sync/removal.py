"""Mass removals: an office that suddenly has far fewer records than this PC is not believed without a word of a guide.

A wrong import or a bad restore at head office would else empty 5,000 books within a minute. Held is the whole scope, at
the place where the removal was met; everything else goes on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.errors import NotFoundError
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.messages import GoneFrame, LeaveFrame, ScopeFrame
from guide_app.protocol.scopes import Scope
from guide_app.store import cursors
from guide_app.store.apply import Applier
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.holding import held_digest, of_scope
from guide_app.store.uow import UnitOfWork
from guide_app.sync.plan import DataFrame, is_mass_removal

#: Setting by which a removal is postponed: this, then the scope; its value is when that removal was met.
_POSTPONED = "sync.postponed."


@dataclass(frozen=True, slots=True)
class HeldRemoval:
    """`removed` of `held` records of a scope would go; met at `at` (UTC ms), allowed by a guide or not yet.

    `postponed`: a guide has seen it and lets the records stay for now (先不删).
    """

    scope: Scope
    removed: int
    held: int
    at: int
    allowed: bool
    postponed: bool

    @property
    def open(self) -> bool:
        """Whether somebody has yet to say what is to become of it."""
        return not (self.allowed or self.postponed)


def held_removals(conn: Connection) -> tuple[HeldRemoval, ...]:
    """All scopes in which a removal waits for a word."""
    rows = conn.exec_driver_sql(
        "SELECT h.scope, h.removed, h.held, h.at, h.allowed_at IS NOT NULL, s.value IS NOT NULL FROM held_removal h"
        " LEFT JOIN setting s ON s.key = ? || h.scope AND s.value = CAST(h.at AS TEXT) ORDER BY h.scope",
        (_POSTPONED,),
    )
    return tuple(HeldRemoval(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5])) for row in rows)


def allow(db: Database, scope: Scope, by: str | None) -> None:
    """Let the removal in `scope` happen at the next round. Raises NotFoundError if none is held there."""

    def work(applier: Applier) -> int:
        return applier.conn.exec_driver_sql(
            "UPDATE held_removal SET allowed_by = ?, allowed_at = ? WHERE scope = ?", (by or "", applier.now_ms, scope)
        ).rowcount

    if not db.apply(work, origin="removal"):
        raise _unknown(scope)


def postpone(db: Database, scope: Scope, by: str | None) -> None:
    """Let the records stay for now; a removal that is met later is told anew. Raises NotFoundError if none is held."""

    def deed(uow: UnitOfWork) -> None:
        at = uow.conn.exec_driver_sql("SELECT at FROM held_removal WHERE scope = ?", (scope,)).scalar()
        if at is None:
            raise _unknown(scope)
        uow.save_setting(f"{_POSTPONED}{scope}", str(at))

    db.change(deed, by=by, origin="removal")


def may_remove(conn: Connection, head: ScopeFrame, removed: int, now_ms: int) -> bool:
    """Whether a step that takes `removed` records out of the scope may be taken; if not, notes what is held.

    `head` is the office's place as the step's answer said it.
    """
    scope = head.scope
    stand = cursors.read_stands(conn).get(scope)
    known = stand.held_n if stand is not None and stand.counted_at else None
    removed = max(removed, known - head.n_live if known is not None else 0)
    if not is_mass_removal(removed, 0):
        return True
    held = held_digest(conn, scope)[1] if known is None else known
    if not is_mass_removal(removed, held) or _allowed(conn, scope):
        return True
    conn.exec_driver_sql(
        "INSERT INTO held_removal (scope, removed, held, at, epoch, seq) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (scope) DO UPDATE SET removed = max(removed, excluded.removed), held = excluded.held,"
        " epoch = excluded.epoch, seq = excluded.seq",
        (scope, removed, held, now_ms, head.epoch, head.seq),
    )
    return False


def held_among(conn: Connection, scope: Scope, frames: Iterable[DataFrame]) -> int:
    """How many records of `scope` that `frames` take out of it are here.

    A PC that was away, or is new, is told of the end of many that it never had, or has in the store they moved to:
    nothing of its own goes by that.
    """
    ended: dict[str, list[str]] = defaultdict(list)
    for frame in frames:
        if isinstance(frame, GoneFrame | LeaveFrame) and frame.kind in KINDS:
            ended[frame.kind].append(frame.id)
    where, params = of_scope(scope)
    counted = f'SELECT count(*) FROM "{{}}" WHERE seq IS NOT NULL AND id IN (SELECT value FROM json_each(?)){where}'
    return sum(
        conn.exec_driver_sql(counted.format(kind), (json_list(ids), *params)).scalar_one()
        for kind, ids in ended.items()
    )


def settled(conn: Connection, scope: Scope) -> None:
    """The scope has been read to its head: nothing is held any more."""
    conn.exec_driver_sql("DELETE FROM held_removal WHERE scope = ?", (scope,))


def _unknown(scope: Scope) -> NotFoundError:
    return NotFoundError(
        "removal.unknown", "{scope} 没有等待确认的批量删除。", "guide status 列出等待确认的范围。", scope=scope
    )


def _allowed(conn: Connection, scope: Scope) -> bool:
    found = conn.exec_driver_sql("SELECT allowed_at FROM held_removal WHERE scope = ?", (scope,)).scalar()
    return found is not None
