"""Relations in which a client is the relative of somebody else: they follow her, and forget her when she is erased.

A relation hangs on the client who told of it. The one it names (`relative_id`) may since have turned out to be the
double of another, or have been erased by law; then her id and her name go, and what is left is "a child, size 30".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from guide_app.protocol.kinds import KINDS
from guide_app.protocol.scopes import Scope, scope_store_id, store_scope
from head_office.clients.whereabouts import find_now
from head_office.feed.rows import Gone, Key, Row
from head_office.feed.rules import Erased
from head_office.feed.write import FeedWriter

_KIND = "relation"
_HERE = (
    "SELECT store_id::text, id::text FROM relation"
    " WHERE store_id = %(store)s::uuid AND relative_id = ANY(%(ids)s::uuid[]) ORDER BY id"
)
# By way of the stores, because that is how relations are indexed.
_ANYWHERE = (
    "SELECT h.store_id::text, r.id::text FROM feed_head h JOIN relation r ON r.store_id = h.store_id"
    " WHERE r.relative_id = ANY(%(ids)s::uuid[]) ORDER BY 1, 2"
)
_HIDDEN = "…"


def relations_naming(writer: FeedWriter, client_ids: Collection[str], scope: Scope | None = None) -> list[Key]:
    """Relations of a store, or of all, whose relative is one of these clients: loaded, as this transaction leaves them.

    A relation of her own that names herself is among them.
    """
    values = {"ids": sorted(client_ids), "store": scope_store_id(scope) if scope else None}
    rows = writer.connection.exec_driver_sql(_HERE if scope else _ANYWHERE, values)
    found: dict[Key, None] = {(store_scope(store), _KIND, record_id): None for store, record_id in rows}
    staged = (key for key, after in writer.staged().items() if key[1] == _KIND and isinstance(after, Row))
    found.update(dict.fromkeys(key for key in staged if scope in (None, key[0])))
    writer.load(found)
    return [key for key in found if (row := writer.get(key)) is not None and row.data["relative_id"] in client_ids]


def forget_relative(writer: FeedWriter, key: Key, words: Iterable[str] = ()) -> None:
    """Stage the relation without its relative's id and name, without `words` in its note, without unknown fields."""
    row = writer.get(key)
    if row is None:
        return
    known: dict[str, Any] = {name: row.data[name] for name in KINDS[_KIND].fields}
    for word in words:
        known["note"] = known["note"].replace(word, _HIDDEN)
    writer.put(key, known, row.stamps)
    writer.change(key, relative_id=None, name="")


def hand_over(writer: FeedWriter, scope: Scope, ends: str, stays: str) -> list[Key]:
    """Let the relations that name `ends` name `stays`; one of hers that would name herself ends now.

    What hung on `ends` has been given to `stays` already. Returns what was changed.
    """
    changed = []
    for key in relations_naming(writer, [ends, stays], scope):
        row = writer.get(key)
        if row is None:
            continue
        herself = row.data["client_id"] == stays
        if herself and row.data["ended_at"] is None:
            writer.change(key, relative_id=stays, ended_at=writer.now_ms)
        elif row.data["relative_id"] == ends:
            writer.change(key, relative_id=stays)
        else:
            continue
        changed.append(key)
    return changed


def hand_back(writer: FeedWriter, scope: Scope, ids: Sequence[str], line: Collection[str], loser: str, at: int) -> None:
    """Undo `hand_over` of `at` (UTC ms) for these relations, as far as they name somebody of `line` still."""
    keys: list[Key] = [(scope, _KIND, record_id) for record_id in ids]
    writer.load(keys)
    for key in keys:
        row = writer.get(key)
        if row is None or row.data["relative_id"] not in line:
            continue
        reopened: Mapping[str, Any] = {"ended_at": None} if row.data["ended_at"] == at else {}
        hers = row.data["client_id"] == loser  # told by her of the other, whom she was taken for
        writer.change(key, **({} if hers else {"relative_id": loser}), **reopened)


class RelationKeeper:
    """Holds what PCs say of relatives against who was merged and erased meanwhile."""

    def __init__(self, erased: Erased) -> None:
        self._erased = erased

    def relations_arrived(self, writer: FeedWriter, keys: Sequence[Key]) -> None:
        """Follow merged relatives; forget erased ones, whoever was away when that happened."""
        for key in keys:
            row = writer.get(key)
            relative: str | None = row.data["relative_id"] if row is not None else None
            if relative is None:
                continue
            named: Key = (key[0], "client", relative)
            now = find_now(writer, named)
            if now is not None:
                if now[2] != relative:
                    writer.change(key, relative_id=now[2])
            elif self._is_erased(writer, named):
                forget_relative(writer, key)

    def _is_erased(self, writer: FeedWriter, key: Key) -> bool:
        held = writer.held(key)
        if isinstance(held, Gone) and held.mark == "x":
            return True
        return bool(self._erased(writer.connection, scope_store_id(key[0]), [key[2]]))
