"""Works out anew what a survivor has from those merged into her, and whom a phone leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from guide_app.protocol.scopes import Scope, scope_store_id
from head_office.clients.family import Families
from head_office.clients.union import Filled, Member, joined, settled
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter
from head_office.store.secret import OfficeSecret

_NOTE_FIELDS = (
    "UPDATE merge_log SET filled = jsonb_set(filled, '{fields}', %(fields)s::jsonb)"
    " WHERE store_id = %(store)s::uuid AND survivor_id = %(survivor)s::uuid AND undone_ms IS NULL"
)
_NAME_PERSONS = (
    "UPDATE client_identity SET client_id = %(client)s::uuid WHERE person_hash = ANY(%(persons)s::bytea[])"
    " AND store_id = %(store)s::uuid AND client_id = ANY(%(of)s::uuid[])"
)


@dataclass(frozen=True, slots=True)
class House:
    """One store's book as one transaction changes it."""

    writer: FeedWriter
    secret: OfficeSecret
    scope: Scope

    def key(self, client_id: str) -> Key:
        """Where a client of the store is."""
        return (self.scope, "client", client_id)


def fill(house: House, families: Families, stays: str, *, without: str = "") -> None:
    """Stage what the survivor has from those merged into her, leaving out one branch. All of them are loaded."""
    left_out = set(families.members(without)) if without else set()
    own = house.writer.get(house.key(stays))
    if own is None:
        return
    said = _says(own, families.filled.get(stays, {}))
    mine = _spoken(families, stays, said, left_out)
    others = [
        _spoken(families, member, _says(row, families.filled.get(member, {})), left_out)
        for member in families.members(stays)
        if member != stays and member not in left_out and (row := house.writer.get(house.key(member))) is not None
    ]
    added = {**_kept(families, stays, said, left_out), **joined(mine, others)}
    data = {**said.data, **{name: filled.value for name, filled in added.items()}}
    stamps = {**said.stamps, **{name: filled.stamp for name, filled in added.items() if filled.stamp}}
    house.writer.put(house.key(stays), data, stamps)
    fields = {name: [said.data.get(name), f.value, said.stamps.get(name, "")] for name, f in added.items()}
    values = {
        "store": scope_store_id(house.scope), "survivor": stays, "fields": msgspec.json.encode(fields).decode(),
    }  # fmt: skip
    house.writer.connection.exec_driver_sql(_NOTE_FIELDS, values)


def name_persons(house: House, members: Iterable[str], *, was: Sequence[str], now: str) -> None:
    """Let the phones of these members lead to who she is now."""
    rows = (house.writer.get(house.key(member)) for member in members)
    phones = {row.data["phone"] for row in rows if row is not None and row.data["phone"]}
    persons = sorted(map(house.secret.person_hash, phones))
    values = {"client": now, "persons": persons, "store": scope_store_id(house.scope), "of": list(was)}
    house.writer.connection.exec_driver_sql(_NAME_PERSONS, values)


def _kept(families: Families, client_id: str, said: Row, left_out: set[str]) -> dict[str, Filled]:
    """What guides settled for a survivor, but for the merges that are left out."""
    words = (
        {name: Filled(value, stamp) for name, (value, stamp) in fields.items()}
        for loser, fields in families.kept.get(client_id, ())
        if loser not in left_out
    )
    return settled(Member(client_id, said.data, said.stamps), words)


def _spoken(families: Families, client_id: str, said: Row, left_out: set[str]) -> Member:
    """What a member says, with what was settled for her."""
    kept = _kept(families, client_id, said, left_out)
    data = {**said.data, **{name: filled.value for name, filled in kept.items()}}
    return Member(client_id, data, {**said.stamps, **{name: filled.stamp for name, filled in kept.items()}})


def _says(row: Row, filled: Mapping[str, Sequence[Any]]) -> Row:
    """What a record says itself. A filled field that somebody has edited since is her own now."""
    data, stamps = dict(row.data), dict(row.stamps)
    for name, (value, taken, stamp) in filled.items():
        if data.get(name) == taken:
            data[name] = value
            stamps.pop(name, None)
            stamps |= {name: stamp} if stamp else {}
    return Row(data, stamps=stamps)
