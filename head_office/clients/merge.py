"""Two records, one person: the one that ends hands everything over to the one that stays, and can be brought back.

The record that ends stays where it is, archived, with `merged_into` naming the survivor, so that what arrives late for
it finds its way. Which facts moved, which fields were filled and what the guide settled is kept in `merge_log`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import GuideError, NotFoundError
from guide_app.protocol.hlc import Stamp
from guide_app.protocol.one_person import UNDO_DAYS
from guide_app.protocol.scopes import Scope, scope_store_id, store_scope
from head_office.clients.family import Families, read_families
from head_office.clients.hanging import hanging_on
from head_office.clients.merged_twice import not_standing, settle_again
from head_office.clients.refill import House, fill, name_persons
from head_office.clients.relatives import hand_back, hand_over
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.store import audit
from head_office.store.secret import OfficeSecret

_LOG = (
    "INSERT INTO merge_log (store_id, loser_id, survivor_id, by_guide, moved, filled, at_ms)"
    " VALUES (%(store)s::uuid, %(loser)s::uuid, %(survivor)s::uuid, %(by)s, %(moved)s::jsonb, %(filled)s::jsonb,"
    " %(now_ms)s) ON CONFLICT (store_id, loser_id) DO UPDATE SET survivor_id = excluded.survivor_id,"
    " by_guide = excluded.by_guide, moved = excluded.moved, filled = excluded.filled, at_ms = excluded.at_ms,"
    " undone_ms = NULL"
)
_ENTRY = (
    "SELECT store_id::text, survivor_id::text, moved, filled, at_ms FROM merge_log"
    " WHERE loser_id = %(loser)s::uuid AND undone_ms IS NULL"
)
_UNDONE = "UPDATE merge_log SET undone_ms = %(now_ms)s WHERE store_id = %(store)s::uuid AND loser_id = %(loser)s::uuid"
_LIST = (
    "SELECT s.code, m.loser_id::text, m.survivor_id::text, m.by_guide, jsonb_array_length(m.moved) AS moved, m.at_ms"
    " FROM merge_log m JOIN store s ON s.id = m.store_id WHERE m.undone_ms IS NULL AND m.at_ms >= %(since)s"
    " ORDER BY m.at_ms DESC"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the guide settled, seeing both: fields → values, as of the stamp of her command."""

    fields: Mapping[str, Any]
    stamp: Stamp


_NOTHING = Kept(MappingProxyType({}), "")


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a merge: `problem` is a code of the problem table, empty when they are one now.

    `lost` are values that the guide had settled and that do not stand.
    """

    problem: Literal["", "merge.same", "merge.unknown", "record.unknown"] = ""
    duplicate: bool = False
    touched: tuple[Key, ...] = ()
    lost: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MergeLine:
    """A merge that can still be undone. `at_ms` is UTC ms; `moved` how many records changed hands."""

    store_code: str
    loser_id: str
    survivor_id: str
    by_guide: str
    moved: int
    at_ms: int


def merge_clients(
    writer: FeedWriter, secret: OfficeSecret, scope: Scope, loser_id: str, into_id: str, by: str | None,
    kept: Kept = _NOTHING,
) -> Merged:  # fmt: skip
    """Stage that `loser_id` is the same person as `into_id`, who stays. Those who are one already stay as they are."""
    if loser_id == into_id:
        return Merged("merge.same")
    loser_key, into_key = _client(scope, loser_id), _client(scope, into_id)
    writer.load([loser_key, into_key])
    if writer.get(loser_key) is None:
        return Merged("record.unknown")
    if writer.get(into_key) is None:
        return Merged("merge.unknown", touched=(loser_key,))
    house, families = House(writer, secret, scope), read_families(writer.connection, scope)
    ends, stays = families.root(loser_id), families.root(into_id)
    if ends == stays:
        settle_again(house, families, loser_id, into_id, kept.fields, kept.stamp)
        lost = not_standing(house, into_id, stays, kept.fields)
        return Merged(duplicate=True, touched=tuple({loser_key: 0, into_key: 0, house.key(stays): 0}), lost=lost)
    touched = _join(house, families, ends, stays, by or "", kept)
    lost = not_standing(house, stays, stays, kept.fields)
    return Merged(touched=tuple(dict.fromkeys((loser_key, into_key, *touched))), lost=lost)


def undo_merge(
    connection: Connection, secret: OfficeSecret, loser_id: str, now_ms: int, *, actor: str = "office"
) -> int:
    """Bring a merged client back with what was hers then; returns how many records moved back. A transaction's work.

    What was written about her since stays with the survivor. Raises NotFoundError; GuideError after 30 days.
    """
    writer = FeedWriter(connection, now_ms)
    back = bring_back(writer, secret, loser_id, actor)
    writer.flush()
    return len(back)


def bring_back(
    writer: FeedWriter, secret: OfficeSecret, loser_id: str, actor: str, *, within: Scope | None = None
) -> list[Key]:
    """Stage that a merge is undone; returns the records that go back to who had ended. `within`: her store's only.

    Raises NotFoundError where nothing was merged, GuideError after 30 days.
    """
    entry = writer.connection.exec_driver_sql(_ENTRY, {"loser": loser_id}).one_or_none()
    if entry is None or within not in (None, store_scope(entry.store_id)):
        raise NotFoundError("merge.none", f"没有客户 {loser_id} 的合并记录。", "head-office merges 列出可撤销的合并。")
    if writer.now_ms - entry.at_ms > UNDO_DAYS * DAY_MS:
        raise GuideError("merge.too_old", f"合并超过 {UNDO_DAYS} 天, 不能撤销。", "请手工新建客户。")
    scope = store_scope(entry.store_id)
    house, families = House(writer, secret, scope), read_families(writer.connection, scope)
    key = _client(scope, loser_id)
    moved: list[Key] = [(scope, kind, record_id) for kind, record_id in entry.moved]
    writer.load([key, *moved])
    if writer.get(key) is None:
        raise NotFoundError(
            "record.unknown",
            f"客户 {loser_id} 已不在了。",
            "她可能已按本人要求删除; head-office merges 列出可撤销的合并。",
        )
    line = families.line(entry.survivor_id)
    back = [k for k in moved if (row := writer.get(k)) is not None and row.data["client_id"] in line]
    relatives = entry.filled.get("relatives", [])
    writer.together(len(back) + len(relatives))
    for record in back:
        writer.change(record, client_id=loser_id)
    hand_back(writer, scope, relatives, line, loser_id, entry.at_ms)
    writer.change(key, merged_into=None, archived_at=entry.filled["archived_at"])
    values = {"store": entry.store_id, "loser": loser_id, "now_ms": writer.now_ms}
    writer.connection.exec_driver_sql(_UNDONE, values)
    writer.load(_client(scope, member) for member in families.members(line[-1]))
    name_persons(house, families.members(loser_id), was=line, now=loser_id)
    for ancestor in line:
        fill(house, families, ancestor, without=loser_id)
    detail = {"client_id": loser_id, "survivor": entry.survivor_id, "records": len(back)}
    audit.record(writer.connection, writer.now_ms, actor, "client.unmerge", detail, store_id=entry.store_id)
    return back


def list_merges(connection: Connection, now_ms: int) -> list[MergeLine]:
    """The merges that can still be undone, the latest first."""
    rows = connection.exec_driver_sql(_LIST, {"since": now_ms - UNDO_DAYS * DAY_MS})
    return [MergeLine(*row) for row in rows]


def _join(house: House, families: Families, ends: str, stays: str, by: str, kept: Kept) -> list[Key]:
    writer, scope = house.writer, house.scope
    members = families.members(ends)
    writer.load(_client(scope, member) for member in (*members, *families.members(stays)))
    ended = writer.get(_client(scope, ends))
    if ended is None:
        raise KeyError(ends)
    hers = [key for key in hanging_on(writer, scope, [ends]) if _client_of(writer, key) == ends]
    for key in hers:
        writer.change(key, client_id=stays)
    related = hand_over(writer, scope, ends, stays)
    writer.together(len(hers) + len(related))
    archived_at = ended.data["archived_at"]
    writer.change(_client(scope, ends), merged_into=stays, archived_at=archived_at or writer.now_ms)
    entry = {"store": scope_store_id(scope), "loser": ends, "survivor": stays, "by": by, "now_ms": writer.now_ms}
    filled = {
        "fields": families.filled.get(stays, {}), "archived_at": archived_at, "relatives": [key[2] for key in related],
        "keep": {name: [value, kept.stamp] for name, value in kept.fields.items()},
    }  # fmt: skip
    moved = [key[1:] for key in hers]
    writer.connection.exec_driver_sql(_LOG, {**entry, "moved": _json(moved), "filled": _json(filled)})
    name_persons(house, members, was=members, now=stays)
    fill(house, read_families(writer.connection, scope), stays)
    detail = {"client_id": ends, "survivor": stays, "records": len(hers)}
    audit.record(writer.connection, writer.now_ms, by, "client.merge", detail, store_id=scope_store_id(scope))
    return [_client(scope, ends), _client(scope, stays), *hers, *related]


def _client_of(writer: FeedWriter, key: Key) -> str | None:
    row = writer.get(key)
    return row.data.get("client_id") if row is not None else None


def _client(scope: Scope, client_id: str) -> Key:
    return (scope, "client", client_id)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
