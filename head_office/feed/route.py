"""Where a mutation belongs by now.

While a PC was away, the client it writes about may have moved to another store, turned out to be the double of somebody
else, or been erased. What was done before she moved goes after her; what was done later is refused, because the people
of the old store had no business with her any more. What is said about a double goes to the client who stays. What is
said about the erased is refused for good.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct

from guide_app.base.ids import is_id
from guide_app.protocol.hlc import stamp_ms
from guide_app.protocol.kinds import COMMANDS, KINDS
from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import Scope, scope_store_id, store_scope
from head_office.feed.decide import Refusal
from head_office.feed.rows import Gone, Key, Row
from head_office.feed.rules import Erased
from head_office.feed.statements import GONE_OF
from head_office.feed.write import FeedWriter

#: What a command is about, where it follows that record to another store. Coupons are found by their code anywhere.
_FOLLOWED = frozenset({"client", "task"})
_LOCK = MappingProxyType(
    {
        "client": "SELECT id::text, merged_into::text FROM client"
        " WHERE store_id = %(store)s::uuid AND id = ANY(%(ids)s::uuid[]) ORDER BY id FOR UPDATE",
        "purchase": "SELECT id::text, NULL FROM purchase"
        " WHERE store_id = %(store)s::uuid AND id = ANY(%(ids)s::uuid[]) ORDER BY id FOR UPDATE",
    }
)
#: For each kind that devices write, its fields that name the record it hangs on, and what that is.
_PARENTS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        name: tuple((f"{parent}_id", parent) for parent in _LOCK if f"{parent}_id" in kind.fields)
        for name, kind in KINDS.items()
        if kind.policy != "office"
    }
)
_COMMAND_PARENTS = (("client_id", "client"),)
#: The fate of a record that is where it is looked for, and no double.
_HERE = ""
#: Asking once more for an erasure is no offence.
_ERASE = "client.erase"


@dataclass(frozen=True, slots=True)
class Left:
    """A record's move out of a store: where to (None: not known), when (UTC ms), and whose record it is."""

    store_id: str
    to_store: str | None
    at_ms: int
    client_id: str | None


class Routed(Struct, frozen=True, gc=False):
    """A mutation as it counts now, or why not; `left` is the move it came after, `note` what the device is told."""

    mutation: Mutation
    refused: Refusal | None = None
    left: Left | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _End:
    """Where a record is found by following its moves and merges; `ended`: it is gone for good."""

    key: Key
    ended: bool = False
    left: Left | None = None


class Router:
    """Finds the place of each mutation of a batch, by a few look-ups for all of them."""

    def __init__(self, writer: FeedWriter, erased: Erased) -> None:
        self._writer = writer
        self._remembered = erased
        self._fates: dict[Key, Gone | str | None] = {}
        self._erased: set[str] = set()
        self._quiet = False

    def lock(self, mutations: Iterable[Mutation], own: Collection[Key]) -> None:
        """Hold the records that these hang on, so that none of them moves, merges or ends beside us.

        Comes before the records themselves (`own`) are loaded: everybody locks clients first, in the order of ids.
        """
        ids: dict[tuple[Scope, str], set[str]] = defaultdict(set)
        for mutation in mutations:
            scope = store_scope(mutation.store)
            if mutation.op == "command" and _about(mutation) == "client":
                ids[scope, "client"].add(mutation.id)
            for field, parent in _parents(mutation):
                named = mutation.data.get(field)
                if is_id(named) and (scope, parent, named) not in own:
                    ids[scope, parent].add(str(named))
        for scope, kind in sorted(ids, key=lambda one: (scope_store_id(one[0]), list(_LOCK).index(one[1]))):
            self._fates.update(dict.fromkeys((scope, kind, record_id) for record_id in ids[scope, kind]))
            wanted = ids[scope, kind].union(key[2] for key in own if key[:2] == (scope, kind))
            values = {"store": scope_store_id(scope), "ids": sorted(wanted)}
            for record_id, merged_into in self._writer.connection.exec_driver_sql(_LOCK[kind], values):
                if (scope, kind, record_id) in self._fates:
                    self._fates[scope, kind, record_id] = merged_into or _HERE

    def look(self, own: Collection[Key]) -> None:
        """Learn what became of the records that are not there; those of `own` the writer has loaded."""
        missing: dict[Scope, list[tuple[str, str]]] = defaultdict(list)
        clients: dict[Scope, list[str]] = defaultdict(list)
        for scope, kind, record_id in self._fates:
            if self._fates[scope, kind, record_id] is None:
                missing[scope].append((kind, record_id))
        for scope, pairs in missing.items():
            clients[scope] += [record_id for kind, record_id in pairs if kind == "client"]
            values = {"store": scope_store_id(scope), "kinds": [k for k, _ in pairs], "ids": [i for _, i in pairs]}
            for kind, record_id, *rest in self._writer.connection.exec_driver_sql(GONE_OF, values):
                self._fates[scope, kind, record_id] = Gone(*rest)
        for key in own:
            if key[1] == "client" and self._writer.get(key) is None:
                clients[key[0]].append(key[2])
        for scope, ids in clients.items():
            self._erased |= self._remembered(self._writer.connection, scope_store_id(scope), ids)
        strayed = any(fate not in (None, _HERE) for fate in self._fates.values())
        self._quiet = not self._erased and not strayed and not any(map(self._is_elsewhere, own))

    def _is_elsewhere(self, key: Key) -> bool:
        held = self._writer.held(key)
        return bool(held.data.get("merged_into")) if isinstance(held, Row) else held is not None

    def route(self, mutation: Mutation) -> Routed:
        """Where the mutation belongs, upon what the earlier ones of its batch left."""
        if mutation.op == "command":
            self._quiet = False  # it may move or merge what the following ones are about
        elif self._quiet:
            return Routed(mutation)
        about = _about(mutation)
        own: Key = (store_scope(mutation.store), about, mutation.id)
        if about == "client" and mutation.id in self._erased and mutation.kind != _ERASE:
            return Routed(mutation, Refusal("record.gone", "erased"))
        left: Left | None = None
        if mutation.op != "command" or about in _FOLLOWED:
            # A `put` of a double is a repetition by a copied PC or a restored backup: it is not the survivor's word.
            end = self._follow(own, merges=mutation.op not in ("command", "put"))
            if end.left is not None and _too_late(end.left, mutation):
                return Routed(mutation, Refusal("record.moved"), end.left)
            own, left = end.key, end.left
        return self._hung_on(mutation, own, left)

    def _hung_on(self, mutation: Mutation, own: Key, left: Left | None) -> Routed:
        """The mutation at `own` after the records that it hangs on; a new record goes where those went."""
        data: Mapping[str, Any] = mutation.data
        is_new = left is None and (mutation.op == "command" or self._writer.held(own) is None)
        for field, parent in _parents(mutation):
            named = mutation.data.get(field)
            if not is_id(named):
                continue
            end = self._follow((store_scope(mutation.store), parent, str(named)))
            if end.ended:
                return Routed(mutation, Refusal("record.gone", field))
            if end.left is not None:
                if _too_late(end.left, mutation) or not (is_new or left):
                    return Routed(mutation, Refusal("record.moved", field), end.left)
                own, left = (end.key[0] if is_new else own[0], *own[1:]), left or end.left
            if end.key[2] != named:
                data = {**data, field: end.key[2]}
        return _rewritten(mutation, own, data, left)

    def _follow(self, key: Key, *, merges: bool = True) -> _End:
        """Follow a record from store to store and from double to survivor, to where it is."""
        start, left = key[0], None
        passed, twice = {key}, set[Key]()
        while True:
            if key[1] == "client" and key[2] in self._erased:
                return _End(key, ended=True)
            fate = self._fate(key)
            following = _following(key, fate, merges=merges)
            if isinstance(fate, Gone) and fate.mark == "l":
                client_id = key[2] if key[1] == "client" else None
                left = left or Left(scope_store_id(key[0]), fate.to_store, fate.at_ms, client_id)
            if following is None or following in twice:
                ended = isinstance(fate, Gone) and fate.mark == "x"
                return _End(key, ended, left if key[0] != start or isinstance(fate, Gone) else None)
            if following in passed:  # she came back while we looked: what we knew of that place is out of date
                twice.add(following)
                self._fates.pop(following, None)
                self._writer.look_again(following)
            passed.add(following)
            key = following

    def _fate(self, key: Key) -> Gone | str | None:
        """What became of a record: how it left, whom it was merged into, or nothing of the kind."""
        if key in self._fates and key not in self._writer.staged():
            return self._fates[key]
        held = self._writer.held(key)
        if isinstance(held, Row):
            merged: str | None = held.data.get("merged_into")
            return merged
        return held


def _following(key: Key, fate: Gone | str | None, *, merges: bool) -> Key | None:
    """Where to look next for a record with this fate; None if it is here, or nowhere."""
    if isinstance(fate, Gone):
        return (store_scope(fate.to_store), *key[1:]) if fate.mark == "l" and fate.to_store is not None else None
    return (key[0], key[1], fate) if fate and merges else None


def _about(mutation: Mutation) -> str:
    return COMMANDS[mutation.kind] if mutation.op == "command" else mutation.kind


def _parents(mutation: Mutation) -> tuple[tuple[str, str], ...]:
    return _COMMAND_PARENTS if mutation.op == "command" else _PARENTS[mutation.kind]


def _too_late(left: Left, mutation: Mutation) -> bool:
    return left.to_store is None or stamp_ms(mutation.stamp) >= left.at_ms


def _rewritten(mutation: Mutation, own: Key, data: Mapping[str, Any], left: Left | None) -> Routed:
    scope, _, record_id = own
    if data is mutation.data and record_id == mutation.id and scope == store_scope(mutation.store):
        return Routed(mutation, left=left)
    notes = []
    if left is not None:
        notes.append("late: the client has moved to another store")
    if data is not mutation.data or record_id != mutation.id:
        notes.append("the client was merged into another")
    moved = msgspec.structs.replace(mutation, store=scope_store_id(scope), id=record_id, data=dict(data))
    return Routed(moved, left=left, note="; ".join(notes))
