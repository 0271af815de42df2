"""How far this PC has come in each scope."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.protocol.messages import Cursor, ScopeFrame, ScopeMove
from guide_app.protocol.scopes import Scope

_MOVE = (
    "UPDATE cursor SET seq = ?, n_live = ?, office_digest = ?, held_digest = '', at = ?"
    " WHERE scope = ? AND epoch = ? AND seq = ? AND NOT anew"
)
_PLACE = (
    "INSERT INTO cursor (scope, epoch, seq, anew, n_live, office_digest, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (scope) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, anew = excluded.anew,"
    " n_live = excluded.n_live, office_digest = excluded.office_digest, held_digest = '', at = excluded.at"
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where this PC stands in a scope. `office_digest` is empty while the office's is not known for this `seq`."""

    scope: Scope
    epoch: str
    seq: int
    anew: bool
    n_live: int
    office_digest: str
    held_digest: str
    at: int

    @property
    def cursor(self) -> Cursor:
        """The wire's form."""
        return Cursor(self.scope, self.epoch, self.seq)


def read_stands(conn: Connection) -> dict[Scope, Stand]:
    """All scopes, by name."""
    rows = conn.exec_driver_sql(
        "SELECT scope, epoch, seq, anew, n_live, office_digest, held_digest, at FROM cursor ORDER BY scope"
    )
    return {row[0]: Stand(row[0], row[1], row[2], bool(row[3]), *row[4:]) for row in rows}


def move(conn: Connection, step: ScopeMove, now_ms: int) -> bool:
    """Follow a push's own move of the head if this PC stood exactly before it; returns whether it did."""
    values = (step.after, step.n_live, step.digest, now_ms, step.scope, step.epoch, step.before)
    return conn.exec_driver_sql(_MOVE, values).rowcount > 0


def place(conn: Connection, frame: ScopeFrame, now_ms: int, *, anew: bool) -> None:
    """Stand where a page ended. The head's digest is remembered only at the head."""
    digest = "" if frame.more else frame.digest
    conn.exec_driver_sql(_PLACE, (frame.scope, frame.epoch, frame.seq, anew, frame.n_live, digest, now_ms))


def begin_anew(conn: Connection, scope: Scope) -> None:
    """Go back to the start of a scope."""
    conn.exec_driver_sql("UPDATE cursor SET seq = 0, anew = 1, office_digest = '' WHERE scope = ?", (scope,))


def save_held_digest(conn: Connection, scope: Scope, digest: str) -> None:
    """Note what this PC holds, as computed."""
    conn.exec_driver_sql("UPDATE cursor SET held_digest = ? WHERE scope = ?", (digest, scope))
