"""Where each scope stands. The lock on a head row puts all writers of a scope in a line: seq order is commit order."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.protocol.digest import EMPTY
from guide_app.protocol.scopes import Scope, scope_store_id

_READ = "SELECT epoch, seq, n_live, digest FROM feed_head WHERE store_id = %(store)s::uuid"
_MAKE = (
    "INSERT INTO feed_head (store_id, epoch, seq, floor_seq, n_live, digest)"
    " VALUES (%(store)s::uuid, %(epoch)s, 0, 0, 0, %(digest)s) ON CONFLICT (store_id) DO NOTHING"
)
_MOVE = "UPDATE feed_head SET seq = %(seq)s, n_live = %(n_live)s, digest = %(digest)s WHERE store_id = %(store)s::uuid"
_EPOCH_BYTES = 8


@dataclass(frozen=True, slots=True)
class Head:
    """`seq` of the last write, number and digest of live records. `epoch` changes when the office was restored."""

    epoch: str
    seq: int
    n_live: int
    digest: str


def new_epoch() -> str:
    """A name for a new line of history."""
    return secrets.token_hex(_EPOCH_BYTES)


def ensure_head(connection: Connection, scope: Scope) -> None:
    """Give the scope a head if it has none; it begins empty."""
    store = scope_store_id(scope)
    connection.exec_driver_sql(_MAKE, {"store": store, "epoch": new_epoch(), "digest": EMPTY})


def lock_heads(connection: Connection, scopes: Iterable[Scope]) -> dict[Scope, Head]:
    """Lock the heads of `scopes` until the transaction ends; in ascending order, so that writers never wait in a ring.

    A scope without a head gets an empty one.
    """
    return {scope: _lock(connection, scope) for scope in sorted(set(scopes), key=scope_store_id)}


def move_head(connection: Connection, scope: Scope, head: Head) -> None:
    """Write a head that this transaction has locked."""
    values = {"store": scope_store_id(scope), "seq": head.seq, "n_live": head.n_live, "digest": head.digest}
    connection.exec_driver_sql(_MOVE, values)


def _lock(connection: Connection, scope: Scope) -> Head:
    store = {"store": scope_store_id(scope)}
    found = connection.exec_driver_sql(_READ + " FOR UPDATE", store).one_or_none()
    if found is None:
        ensure_head(connection, scope)
        found = connection.exec_driver_sql(_READ + " FOR UPDATE", store).one()
    return Head(*found)


def new_epochs(connection: Connection, now_ms: int) -> int:
    """Begin a new line of history in every scope, because what devices know of the old one may be ahead of us.

    Its numbers go on from `now_ms` (UTC): a scope sees fewer than a thousand changes a second, so the lost history has
    given none of them out. One given out twice would name two versions of a record, which no digest tells apart.
    """
    stores = (
        connection.exec_driver_sql("SELECT store_id::text FROM feed_head ORDER BY store_id FOR UPDATE").scalars().all()
    )
    for store in stores:
        connection.exec_driver_sql(
            "UPDATE feed_head SET epoch = %(epoch)s, seq = greatest(seq, %(now)s) WHERE store_id = %(store)s::uuid",
            {"store": store, "epoch": new_epoch(), "now": now_ms},
        )
    return len(stores)
