"""One tag at a time by staff: renamed, merged into another, and both taken back; with how many clients carry it.

Marks on clients name a tag by its id or by a name that it has or had, so a deed rewrites the dictionary alone, and
taking it back restores the entries as they were. Each deed is a line of the trail that holds both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.base.ids import NIL
from guide_app.protocol.scopes import BRAND
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.model import PublishError, TagEntry
from head_office.publishing.tags import refuse_too_many, stage_tags, tag_ids
from head_office.store import audit

_DEEDS = ("tag.rename", "tag.merge")
_UNDO = "tag.undo"
#: A mark belongs to the tag at the end of its way: by its id, else by a name that a tag of the dictionary has or had.
_LIST = """
    WITH named AS (
        SELECT name, id FROM tag UNION
        SELECT w.name, t.id FROM tag t CROSS JOIN LATERAL jsonb_array_elements_text(t.was::jsonb) AS w (name)
            WHERE NOT EXISTS (SELECT 1 FROM tag o WHERE o.name = w.name)),
    carried AS (
        SELECT coalesce(d.merged_into, d.id) AS id, count(DISTINCT (m.store_id, m.client_id)) AS clients
        FROM client_tag m LEFT JOIN (SELECT name, min(id::text)::uuid AS id FROM named GROUP BY name) n
            ON m.tag_id IS NULL AND n.name = m.name
        JOIN tag d ON d.id = coalesce(m.tag_id, n.id)
        WHERE m.client_id IS NOT NULL AND (m.until IS NULL OR m.until > %(now)s) GROUP BY 1)
    SELECT t.id::text, t."group", t.name, t.visible, t.blocks, t.was, coalesce(i.name, '') AS merged_into,
        coalesce(c.clients, 0) AS clients
    FROM tag t LEFT JOIN tag i ON i.id = t.merged_into LEFT JOIN carried c ON c.id = t.id
    ORDER BY t."group", t.rank, t.name, t.id"""
#: Deeds of head office's own, by the trail's index on deed and time: the trail itself holds every deed there ever was.
_CHANGES = """
    WITH changes AS (
        SELECT id, at_ms, actor, deed, detail FROM audit
        WHERE store_id = %(brand)s::uuid AND deed IN ('tag.rename', 'tag.merge') ORDER BY at_ms DESC, id DESC LIMIT 100)
    SELECT a.id::text, a.at_ms, a.actor, a.deed, a.detail,
        a.id::text IN (SELECT u.detail->>'change' FROM audit u
            WHERE u.store_id = %(brand)s::uuid AND u.deed = 'tag.undo') AS taken_back
    FROM changes a ORDER BY a.at_ms DESC, a.id DESC"""


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag of the dictionary; `clients` of all stores carry it, those of tags merged into it among them."""

    id: str
    group: str
    name: str
    visible: bool
    blocks: bool
    was: list[str]
    merged_into: str
    clients: int


@dataclass(frozen=True, slots=True)
class TagChange:
    """A rename or merge: `tag` became, or went into, `to`; `clients` carried it then. `at_ms` is UTC ms."""

    id: str
    at_ms: int
    by: str
    deed: str
    group: str
    tag: str
    to: str
    clients: int
    taken_back: bool


def list_tags(connection: Connection, now_ms: int) -> list[TagLine]:
    """The whole dictionary by group and rank, merged tags too."""
    rows = connection.exec_driver_sql(_LIST, {"now": now_ms}).mappings()
    return [TagLine(**row) for row in rows]


def list_changes(connection: Connection) -> list[TagChange]:
    """The last hundred renames and merges by staff, the latest first."""
    return [
        TagChange(row.id, row.at_ms, row.actor, row.deed.removeprefix("tag."), said["group"], said["tag"], said["to"],
                  said["clients"], row.taken_back)
        for row in connection.exec_driver_sql(_CHANGES, {"brand": NIL})
        for said in (row.detail,)
    ]  # fmt: skip


def rename(connection: Connection, group: str, name: str, to: str, *, by: str, now_ms: int) -> TagChange:
    """Give a tag another name; its clients keep it, and its history. Raises PublishError."""
    writer = FeedWriter(connection, now_ms)
    key, entry = _found(writer, group, name)
    if (group, to) in tag_ids(writer):
        raise PublishError(f"标签「{group} {to}」", "已有这个标签; 要合为一个请用 merge。")
    stage_tags(writer, [TagEntry(**{**entry, "name": to, "was": [name]})])
    return _file(writer, "tag.rename", by, group, name, to, [key])


def merge(connection: Connection, group: str, name: str, into: str, *, by: str, now_ms: int) -> TagChange:
    """Let a tag be another of its group from now on; who carries it carries that. Raises PublishError."""
    writer = FeedWriter(connection, now_ms)
    key, entry = _found(writer, group, name)
    followers = [(BRAND, "tag", tag_id) for tag_id in tag_ids(writer).values() if _goes_into(writer, tag_id) == key[2]]
    stage_tags(writer, [TagEntry(**{**entry, "merged_into": into})])
    return _file(writer, "tag.merge", by, group, name, into, [key, *followers])


def undo(connection: Connection, change_id: str, *, by: str, now_ms: int) -> TagChange:
    """Take a rename or merge back: the tags stand as before.

    Raises PublishError where they were changed since, or where the dictionary has no room left for a tag that comes
    back.
    """
    change = next((one for one in list_changes(connection) if one.id == change_id), None)
    if change is None or change.taken_back:
        raise PublishError(f"改动 {change_id}", "没有这一条, 或已经撤销。")
    held: Mapping[str, Any] = connection.exec_driver_sql(
        "SELECT detail FROM audit WHERE store_id = %(brand)s::uuid AND id = %(id)s::uuid",
        {"brand": NIL, "id": change_id},
    ).scalar_one()
    writer = FeedWriter(connection, now_ms)
    known = tag_ids(writer)
    for tag_id, (before, after) in held["tags"].items():
        key: Key = (BRAND, "tag", tag_id)
        row = writer.get(key)
        if row is None or any(row.data[name] != value for name, value in after.items()):
            raise PublishError(f"标签「{change.group} {change.to}」", "后来又改过, 不能撤销这一条。")
        if known.get((row.data["group"], before.get("name", row.data["name"])), tag_id) != tag_id:
            raise PublishError(f"标签「{change.group} {before['name']}」", "这个名字现在是另一个标签, 不能撤销。")
        writer.change(key, **before)
    refuse_too_many(writer)
    writer.flush()
    audit.record(connection, now_ms, by, _UNDO, {"change": change_id})
    return change


def _found(writer: FeedWriter, group: str, name: str) -> tuple[Key, dict[str, Any]]:
    """The live tag and its entry as a file would say it."""
    tag_id = tag_ids(writer).get((group, name))
    row = None if tag_id is None else writer.get((BRAND, "tag", tag_id))
    if tag_id is None or row is None or row.data["merged_into"] is not None:
        raise PublishError(f"标签「{group} {name}」", "标签库里没有它, 或已并入别的标签。")
    entry = {part: row.data[part] for part in ("group", "name", "multi", "rank", "visible", "blocks")}
    return (BRAND, "tag", tag_id), entry


def _goes_into(writer: FeedWriter, tag_id: str) -> str | None:
    row = writer.get((BRAND, "tag", tag_id))
    return None if row is None else row.data["merged_into"]


def _file(writer: FeedWriter, deed: str, by: str, group: str, tag: str, to: str, keys: list[Key]) -> TagChange:
    """Write what is staged, and the line of the trail that can take it back."""
    connection, now_ms = writer.connection, writer.now_ms
    clients = next((one.clients for one in list_tags(connection, now_ms) if (one.group, one.name) == (group, tag)), 0)
    tags = {}
    for key in keys:
        before, after = writer.before(key), writer.get(key)
        if before is None or after is None:
            raise AssertionError("a tag that was found is live")
        changed = [name for name, value in after.data.items() if before.data[name] != value]
        tags[key[2]] = ({name: before.data[name] for name in changed}, {name: after.data[name] for name in changed})
    writer.flush()
    detail = {"group": group, "tag": tag, "to": to, "clients": clients, "tags": tags}
    change_id = audit.record(connection, now_ms, by, deed, detail)
    return TagChange(change_id, now_ms, by, deed.removeprefix("tag."), group, tag, to, clients, taken_back=False)
