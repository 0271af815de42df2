"""How far this PC has come in each scope."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.protocol import digest
from guide_app.protocol.messages import Cursor, ScopeFrame, ScopeMove
from guide_app.protocol.scopes import Scope

_MOVE = "UPDATE cursor SET seq = ?, n_live = ?, office_digest = ?, at = ? WHERE scope = ? AND epoch = ? AND seq = ?"
_PLACE = (
    "INSERT INTO cursor (scope, epoch, seq, n_live, office_digest, at) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (scope) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, n_live = excluded.n_live,"
    " office_digest = excluded.office_digest, at = excluded.at"
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where this PC stands in a scope. `office_digest` is empty while the office's is not known for this `seq`.

    `held_digest` and `held_n` are of what is held here; empty until counted, at `counted_at` over all rows.
    """

    scope: Scope
    epoch: str
    seq: int
    n_live: int
    office_digest: str
    held_digest: str
    held_n: int
    counted_at: int
    at: int

    @property
    def cursor(self) -> Cursor:
        """The wire's form."""
        return Cursor(self.scope, self.epoch, self.seq)

    @property
    def equal(self) -> bool | None:
        """Whether what is held is what the office has; None while one of them is not known."""
        return self.held_digest == self.office_digest if self.held_digest and self.office_digest else None


def read_stands(conn: Connection) -> dict[Scope, Stand]:
    """All scopes, by name."""
    rows = conn.exec_driver_sql(
        "SELECT scope, epoch, seq, n_live, office_digest, held_digest, held_n, counted_at, at"
        " FROM cursor ORDER BY scope"
    )
    return {row[0]: Stand(*row) for row in rows}


def known_heads(conn: Connection) -> list[Cursor]:
    """How far the office is known to be in each scope: the cursors, or where a held removal was met beyond them."""
    rows = conn.exec_driver_sql(
        "SELECT c.scope, coalesce(h.epoch, c.epoch), coalesce(h.seq, c.seq) FROM cursor c"
        " LEFT JOIN held_removal h ON h.scope = c.scope AND h.allowed_at IS NULL ORDER BY c.scope"
    )
    return [Cursor(*row) for row in rows]


def move(conn: Connection, step: ScopeMove, now_ms: int) -> bool:
    """Follow a push's own move of the head if this PC stood exactly before it; returns whether it did."""
    values = (step.after, step.n_live, step.digest, now_ms, step.scope, step.epoch, step.before)
    return conn.exec_driver_sql(_MOVE, values).rowcount > 0


def place(conn: Connection, frame: ScopeFrame, now_ms: int) -> None:
    """Stand where a page ended. The head's digest is remembered only at the head."""
    said = "" if frame.more else frame.digest
    conn.exec_driver_sql(_PLACE, (frame.scope, frame.epoch, frame.seq, frame.n_live, said, now_ms))


def save_held_digest(conn: Connection, scope: Scope, held: str, n: int, now_ms: int) -> None:
    """Note what this PC holds, as counted over all rows now; an empty digest: not known."""
    conn.exec_driver_sql(
        "UPDATE cursor SET held_digest = ?, held_n = ?, counted_at = ? WHERE scope = ?", (held, n, now_ms, scope)
    )


def shift_held_digest(conn: Connection, scope: Scope, hashes: int, n: int) -> None:
    """Let the counted digest follow a change: `hashes` and `n` are what came minus what went."""
    held = conn.exec_driver_sql("SELECT held_digest FROM cursor WHERE scope = ?", (scope,)).scalar()
    if held:
        conn.exec_driver_sql(
            "UPDATE cursor SET held_digest = ?, held_n = held_n + ? WHERE scope = ?",
            (digest.shift(held, add=(hashes,)), n, scope),
        )
