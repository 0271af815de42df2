"""Which clients turned out to be one: the merges that are in force, as trees whose root is the survivor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from guide_app.protocol.scopes import Scope, scope_store_id

_MERGES = (
    "SELECT loser_id::text, survivor_id::text, filled FROM merge_log"
    " WHERE store_id = %(store)s::uuid AND undone_ms IS NULL ORDER BY at_ms, loser_id"
)
_SURVIVORS = (
    "WITH RECURSIVE line AS ("
    " SELECT id AS began, id, merged_into FROM client"
    " WHERE store_id = %(store)s::uuid AND id = ANY(%(ids)s::uuid[]) AND merged_into IS NOT NULL"
    " UNION ALL SELECT line.began, c.id, c.merged_into FROM line"
    " JOIN client c ON c.store_id = %(store)s::uuid AND c.id = line.merged_into)"
    " SELECT began::text, id::text FROM line WHERE merged_into IS NULL"
)


@dataclass(frozen=True, slots=True)
class Families:
    """The merges of one store: `survivors` maps a merged client to whom she was merged into.

    `filled` holds for each survivor the fields she has from others: name → [her own value, the value, her own stamp].
    """

    survivors: Mapping[str, str]
    filled: Mapping[str, Mapping[str, list[Any]]]
    #: What guides settled: survivor → (whose merge, name → [value, stamp]).
    kept: Mapping[str, list[tuple[str, Mapping[str, list[Any]]]]] = field(default_factory=dict)

    def root(self, client_id: str) -> str:
        """Who she is now."""
        return self.line(client_id)[-1]

    def line(self, client_id: str) -> list[str]:
        """Herself, whom she was merged into, and so on up to who she is now."""
        found = [client_id]
        while (into := self.survivors.get(found[-1])) is not None and into not in found:
            found.append(into)
        return found

    def members(self, client_id: str) -> list[str]:
        """Herself and all who were merged into her, directly or not."""
        found = [client_id]
        for one in found:
            losers = (loser for loser, survivor in self.survivors.items() if survivor == one)
            found += [loser for loser in losers if loser not in found]
        return found


def read_families(connection: Connection, scope: Scope) -> Families:
    """The merges in force in a store."""
    rows = connection.exec_driver_sql(_MERGES, {"store": scope_store_id(scope)}).all()
    kept: dict[str, list[tuple[str, Mapping[str, list[Any]]]]] = defaultdict(list)
    for loser, survivor, filled in rows:
        if filled.get("keep"):
            kept[survivor].append((loser, filled["keep"]))
    return Families({row[0]: row[1] for row in rows}, {row[1]: row[2]["fields"] for row in rows}, kept)


def survivors_of(connection: Connection, scope: Scope, client_ids: Iterable[str]) -> dict[str, str]:
    """For those of the clients that were merged into others: who they are now."""
    ids = sorted(set(client_ids))
    if not ids:
        return {}
    rows = connection.exec_driver_sql(_SURVIVORS, {"store": scope_store_id(scope), "ids": ids})
    return {began: now for began, now in rows}  # noqa: C416 - rows are no plain pairs to mypy
