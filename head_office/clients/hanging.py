"""What hangs on a client: every record of her store that names her, or that belongs to one that does.

Which kinds these are follows from the declared fields alone: a field `x_id`, where `x` is a kind of the store's, makes
a record hang on that one. A record that names a client is hers, whatever else it refers to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter

_CLIENT = "client"


def _parents(fields: Iterable[str]) -> tuple[str, ...]:
    named = (field.removesuffix("_id") for field in fields if field.endswith("_id"))
    return tuple(n for n in named if n in KINDS and KINDS[n].scope == "store" and not KINDS[n].borrowed)


def _anchored() -> dict[str, tuple[str, ...]]:
    """The kinds that hang on a client, directly or through each other, and what each can hang on."""
    parents = {name: _parents(kind.fields) for name, kind in KINDS.items() if kind.scope == "store"}
    reached = {_CLIENT}
    while more := {name for name, of in parents.items() if name not in reached and reached.intersection(of)}:
        reached |= more
    return {name: parents[name] for name in KINDS if name in reached and name != _CLIENT}


#: For each kind that hangs on clients, the kinds it refers to by a field `<kind>_id`.
ANCHORS: Mapping[str, tuple[str, ...]] = MappingProxyType(_anchored())


def hanging_on(writer: FeedWriter, scope: Scope, client_ids: Collection[str]) -> list[Key]:
    """All records of the store that hang on these clients, loaded under lock, as this transaction leaves them.

    Clients merged into others are not followed: name them too.
    """
    known = {(_CLIENT, client_id) for client_id in client_ids}
    fresh = set(known)
    found: dict[Key, None] = {}
    while fresh:
        candidates = [key for key in _candidates(writer, scope, fresh) if key not in found]
        writer.load(candidates)
        new = [key for key in candidates if _hangs(key, writer.get(key), known)]
        found.update(dict.fromkeys(new))
        fresh = {key[1:] for key in new}
        known |= fresh
    return list(found)


def _candidates(writer: FeedWriter, scope: Scope, fresh: set[tuple[str, str]]) -> list[Key]:
    """Records that refer to one of `fresh` in the database, or in what this transaction has staged."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, record_id in sorted(fresh):
        by_kind[kind].append(record_id)
    found: dict[Key, None] = {}
    for name, parents in ANCHORS.items():
        for parent in parents:
            if parent in by_kind:
                values = {"store": scope_store_id(scope), "ids": by_kind[parent]}
                rows = writer.connection.exec_driver_sql(_statement(name, parent), values)
                found.update({(scope, name, row[0]): None for row in rows})
    for key, after in writer.staged().items():
        if key[0] == scope and key[1] in ANCHORS and isinstance(after, Row) and fresh & _owners(key[1], after.data):
            found[key] = None
    return list(found)


def _statement(name: str, parent: str) -> str:
    of_nobody = " AND client_id IS NULL" if parent != _CLIENT and _CLIENT in ANCHORS[name] else ""
    return (
        f'SELECT id::text FROM "{name}" WHERE store_id = %(store)s::uuid'
        f" AND {parent}_id = ANY(%(ids)s::uuid[]){of_nobody} ORDER BY id"
    )


def _owners(kind: str, data: Mapping[str, Any]) -> set[tuple[str, str]]:
    """What a record hangs on: its client if it names one, else all it refers to."""
    if data.get("client_id"):
        return {(_CLIENT, data["client_id"])}
    return {(parent, data[f"{parent}_id"]) for parent in ANCHORS[kind] if data.get(f"{parent}_id")}


def _hangs(key: Key, row: Row | None, known: Collection[tuple[str, str]]) -> bool:
    return row is not None and not _owners(key[1], row.data).isdisjoint(known)
