"""What this PC holds of a scope: counted from the rows themselves, never taken over from an answer.

Held is the office's version of a record: the row's own where it has one, else the base that a waiting removal hides.
Records of kinds that this program does not know are held too; those that did not fit their kind are not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from guide_app.protocol import digest
from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import BRAND, Scope, scope_store_id, store_scope
from guide_app.store import cursors
from guide_app.store.codec import json_list


def held_rows(conn: Connection, scope: Scope) -> Iterator[tuple[str, str, int]]:
    """(kind, id, seq) of every record held of a scope."""
    where, params = of_scope(scope)
    for name, kind in KINDS.items():
        if (kind.scope == "brand") != (scope == BRAND):
            continue
        rows = conn.exec_driver_sql(f'SELECT id, seq FROM "{name}" t WHERE seq IS NOT NULL{where}', params)
        hidden = conn.exec_driver_sql(
            "SELECT b.id, b.seq FROM base b WHERE b.kind = ? AND b.store_id = ?"
            f' AND NOT EXISTS (SELECT 1 FROM "{name}" t WHERE t.id = b.id)',
            (name, scope_store_id(scope)),
        )
        for record_id, seq in chain(rows, hidden):
            yield name, record_id, seq
    unknown = conn.exec_driver_sql(
        "SELECT kind, id, seq FROM unknown_record WHERE scope = ? AND reason = 'kind'", (scope,)
    )
    for kind_name, record_id, seq in unknown:
        yield kind_name, record_id, seq


def held_digest(conn: Connection, scope: Scope) -> tuple[str, int]:
    """Digest and number of the records held of a scope."""
    total = n = 0
    for kind, record_id, seq in held_rows(conn, scope):
        total += digest.record_hash(kind, record_id, seq)
        n += 1
    return digest.shift(digest.EMPTY, add=(total,)), n


def held_buckets(conn: Connection, scope: Scope) -> list[tuple[str, int]]:
    """Digest and number of the records held of each bucket of a scope."""
    return digest.bucket_digests(held_rows(conn, scope))


def held_in(conn: Connection, scope: Scope, buckets: Collection[int]) -> dict[str, list[str]]:
    """The ids held in these buckets of a scope, by kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for kind, record_id, _ in held_rows(conn, scope):
        if digest.bucket_of(kind, record_id) in buckets:
            found[kind].append(record_id)
    return found


def of_scope(scope: Scope) -> tuple[str, tuple[str, ...]]:
    """The condition that a row of a record table belongs to a scope, to be appended to others."""
    return ("", ()) if scope == BRAND else (" AND store_id = ?", (scope_store_id(scope),))


class Count:
    """Lets the counted digests of the scopes follow a transaction: what was held of some records before, and after.

    A scope whose digest has not been counted yet is left alone: it will be counted whole.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._counted = {
            scope for scope, stand in cursors.read_stands(conn).items() if stand.held_digest and stand.counted_at
        }
        self._shift: dict[Scope, list[int]] = defaultdict(lambda: [0, 0])

    def lost_count(self, scope: Scope) -> None:
        """What is held of the scope will be counted anew."""
        self._counted.discard(scope)
        cursors.save_held_digest(self._conn, scope, "", 0, 0)

    def before(self, kind: str, ids: Sequence[str]) -> None:
        """These records are about to change."""
        self._add(kind, ids, -1)

    def after(self, kind: str, ids: Sequence[str]) -> None:
        """These records have changed."""
        self._add(kind, ids, 1)

    def finish(self) -> None:
        """Write the digests of the scopes that changed."""
        for scope, (hashes, n) in self._shift.items():
            if scope in self._counted and (hashes or n):
                cursors.shift_held_digest(self._conn, scope, hashes, n)

    def _add(self, kind: str, ids: Sequence[str], sign: int) -> None:
        if not self._counted:
            return
        hashes: dict[str, list[int]] = defaultdict(list)
        for owner, record_id, seq in self._held(kind, ids):
            hashes[owner].append(digest.record_hash(kind, record_id, seq))
        for owner, some in hashes.items():
            if owner in self._counted:
                shift = self._shift[owner]
                shift[0] += sign * sum(some)
                shift[1] += sign * len(some)

    def _held(self, kind: str, ids: Sequence[str]) -> Iterable[Sequence[Any]]:
        """Scope, id and number of what is held of the records."""
        wanted = json_list(ids)
        if kind not in KINDS:
            return self._conn.exec_driver_sql(
                "SELECT scope, id, seq FROM unknown_record WHERE reason = 'kind' AND kind = ?"
                " AND id IN (SELECT value FROM json_each(?))",
                (kind, wanted),
            )
        owner = f"'{BRAND}'" if KINDS[kind].scope == "brand" else f"'{store_scope('')}' || store_id"
        rows = self._conn.exec_driver_sql(
            f'SELECT {owner}, id, seq FROM "{kind}" WHERE seq IS NOT NULL AND id IN (SELECT value FROM json_each(?))',
            (wanted,),
        )
        hidden = self._conn.exec_driver_sql(
            f"SELECT {owner}, b.id, b.seq FROM base b WHERE b.kind = ? AND b.id IN (SELECT value FROM json_each(?))"
            f' AND NOT EXISTS (SELECT 1 FROM "{kind}" t WHERE t.id = b.id)',
            (kind, wanted),
        )
        return chain(rows, hidden)
