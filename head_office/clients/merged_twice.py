"""A merge of those who are one already.

Two guides merged the same clients on PCs that were offline, perhaps each into the other. The merge that came first
stands; what the second guide settled counts by its stamp, and what of it does not stand is told her.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from guide_app.protocol.hlc import Stamp
from guide_app.protocol.one_person import BIRTH_FIELDS, SETTLED_FIELDS
from guide_app.protocol.scopes import scope_store_id
from head_office.clients.family import Families, read_families
from head_office.clients.refill import House, fill

_SILENT = ("", None, "none")
_NOTE_WORDS = (
    "UPDATE merge_log SET filled = jsonb_set(filled, '{keep}', %(keep)s::jsonb)"
    " WHERE store_id = %(store)s::uuid AND loser_id = %(loser)s::uuid AND undone_ms IS NULL"
)


def settle_again(house: House, families: Families, one: str, other: str, fields: Mapping[str, Any], at: Stamp) -> None:
    """Stage that these fields were settled, as of stamp `at`, for who `one` and `other` are by an earlier merge.

    The words go with the merge that made one of them end, so that undoing it takes them back.
    """
    line = next(line for line in map(families.line, (one, other)) if len(line) > 1)
    ended, stays = line[-2], line[-1]
    held = next((dict(words) for loser, words in families.kept.get(stays, ()) if loser == ended), {})
    later = {name: [value, at] for name, value in fields.items() if name not in held or at > held[name][1]}
    if not later:
        return
    keep = msgspec.json.encode({**held, **later}).decode()
    values = {"store": scope_store_id(house.scope), "loser": ended, "keep": keep}
    house.writer.connection.exec_driver_sql(_NOTE_WORDS, values)
    house.writer.load(house.key(member) for member in families.members(stays))
    fill(house, read_families(house.writer.connection, house.scope), stays)


def not_standing(house: House, into: str, stays: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a guide had settled and does not stand: fields → her values; a birthday as a whole.

    Where she let `into` stay and `stays` does, what `into` says is what she had left standing.
    """
    house.writer.load([house.key(into), house.key(stays)])
    meant, now = house.writer.get(house.key(into)), house.writer.get(house.key(stays))
    if meant is None or now is None:
        return {}
    said = meant.data if into != stays else {}
    left = {name: said[name] for name in SETTLED_FIELDS & said.keys() if said[name] not in _SILENT}
    wanted = {**left, **fields}
    lost = {name: value for name, value in wanted.items() if value != now.data.get(name)}
    birth = {name: wanted.get(name, said.get(name)) for name in BIRTH_FIELDS} if lost.keys() & set(BIRTH_FIELDS) else {}
    return dict(sorted((lost | birth).items()))
