"""The tag dictionary: new tags, renamed ones that remember what they were called, and ones merged into others.

Tags on clients name the dictionary's tag by its id, or by a name that it has or had; so nothing on any client is
rewritten, and every tag keeps hanging.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from guide_app.protocol.scopes import BRAND
from head_office.feed.rows import Key, Row
from head_office.feed.write import FeedWriter
from head_office.publishing.model import PublishError, TagEntry, TagGroupEntry
from head_office.store.audit import new_id
from head_office.store.tables import KIND_TABLES

#: As many as a company may have in WeCom (企业微信, 客户标签管理).
MOST_TAGS = 3_000
_MOST_NAME, _MOST_GROUP = 30, 15


def stage_tags(writer: FeedWriter, entries: Sequence[TagEntry]) -> list[Key]:
    """Stage the entries; returns their tags. Raises PublishError, also where the dictionary would exceed MOST_TAGS."""
    held = tag_ids(writer)
    keys = [_stage(writer, held, entry) for entry in entries]
    for entry, key in zip(entries, keys, strict=True):
        if entry.merged_into:
            survivor = _survivor(writer, held, entry, key)
            writer.change(key, merged_into=survivor, visible=False)
            _lead_on(writer, held.values(), key[2], survivor)
    if entries:
        refuse_too_many(writer)
    return keys


def stage_tag_groups(writer: FeedWriter, entries: Sequence[TagGroupEntry]) -> list[Key]:
    """Offer or hide the tags of whole groups; returns them. Raises PublishError for a group that has none."""
    held = tag_ids(writer)
    keys: list[Key] = []
    for entry in entries:
        mine: list[Key] = [(BRAND, "tag", tag_id) for (group, _), tag_id in held.items() if group == entry.group]
        if not mine:
            raise PublishError(f"标签组「{entry.group}」", "没有这个标签组。")
        for key in mine:
            row = writer.get(key)
            if row is not None and row.data["merged_into"] is None:
                writer.change(key, visible=entry.visible)
                keys.append(key)
    return keys


def tag_ids(writer: FeedWriter) -> dict[tuple[str, str], str]:
    """The dictionary as this transaction leaves it: id by group and name."""
    table = KIND_TABLES["tag"]
    ids = writer.connection.scalars(sa.select(table.c.id).order_by(table.c.id)).all()
    writer.load((BRAND, "tag", tag_id) for tag_id in ids)
    keys: dict[Key, None] = {(BRAND, "tag", tag_id): None for tag_id in ids}
    keys.update(dict.fromkeys(key for key in writer.staged() if key[1] == "tag"))
    rows = ((key[2], writer.get(key)) for key in keys)
    return {(row.data["group"], row.data["name"]): tag_id for tag_id, row in rows if row is not None}


def _stage(writer: FeedWriter, held: dict[tuple[str, str], str], entry: TagEntry) -> Key:
    where = f"标签「{entry.group} {entry.name}」"
    _check_lengths(entry, where)
    known = held.get((entry.group, entry.name))
    is_new_name = known is None
    former = [name for name in entry.was if (entry.group, name) in held]
    if known is None and former:
        known = held.pop((entry.group, former[0]))
    elif known is not None and former:
        raise PublishError(where, f"「{former[0]}」还是另一个标签, 不能改名; 可以用 merged_into 合并。")
    if is_new_name:
        _refuse_former_name(writer, held.values(), entry, where)
    key: Key = (BRAND, "tag", known or new_id(writer.now_ms))
    row = writer.get(key) if known else None
    was = list(row.data["was"]) if row is not None else []
    names = [*entry.was, *([row.data["name"]] if row is not None else [])]
    was += [name for name in dict.fromkeys(names) if name not in (*was, entry.name)]
    visible = entry.visible if entry.visible is not None else _visible(writer, held, entry.group, row)
    fields = {"group": entry.group, "name": entry.name, "multi": entry.multi, "rank": entry.rank,
              "visible": visible, "blocks": entry.blocks, "was": was, "merged_into": None}  # fmt: skip
    if row is None:
        writer.put(key, fields)
    else:
        writer.change(key, **fields)
    held[entry.group, entry.name] = key[2]
    return key


def _check_lengths(entry: TagEntry, where: str) -> None:
    if not 0 < len(entry.name.strip()) <= _MOST_NAME:
        raise PublishError(where, f"name 有 {len(entry.name)} 个字, 应为 1 到 {_MOST_NAME} 个字。")
    if len(entry.group) > _MOST_GROUP:
        raise PublishError(where, f"group 有 {len(entry.group)} 个字, 最多 {_MOST_GROUP} 个字。")


def _visible(writer: FeedWriter, held: dict[tuple[str, str], str], group: str, row: Row | None) -> bool:
    """Whether guides are offered a tag whose entry does not say so."""
    if row is not None and row.data["merged_into"] is None:
        return bool(row.data["visible"])
    others = [writer.get((BRAND, "tag", tag_id)) for (at, _), tag_id in held.items() if at == group]
    shown = [other.data["visible"] for other in others if other is not None and other.data["merged_into"] is None]
    return not shown or any(shown)


def refuse_too_many(writer: FeedWriter) -> None:
    """Raise PublishError if the dictionary, as this transaction leaves it, has more than MOST_TAGS in use."""
    rows = [writer.get((BRAND, "tag", tag_id)) for tag_id in tag_ids(writer).values()]
    count = sum(row is not None and row.data["merged_into"] is None for row in rows)
    if count > MOST_TAGS:
        raise PublishError("tags", f"标签库会有 {count:,} 个标签, 最多 {MOST_TAGS:,} 个; 请先合并不用的。")


def _refuse_former_name(writer: FeedWriter, ids: Iterable[str], entry: TagEntry, where: str) -> None:
    """No other tag gets a name that a tag had before: marks that know no more than the name would change over."""
    for tag_id in ids:
        row = writer.get((BRAND, "tag", tag_id))
        if row is not None and row.data["group"] == entry.group and entry.name in row.data["was"]:
            raise PublishError(where, f"这个标签已改名为「{row.data['name']}」。")


def _lead_on(writer: FeedWriter, ids: Iterable[str], gone: str, survivor: str) -> None:
    """Whatever was merged into a tag that goes itself now leads where that leads: PCs follow one step."""
    for tag_id in ids:
        row = writer.get((BRAND, "tag", tag_id))
        if row is not None and row.data["merged_into"] == gone:
            writer.change((BRAND, "tag", tag_id), merged_into=survivor)


def _survivor(writer: FeedWriter, held: dict[tuple[str, str], str], entry: TagEntry, key: Key) -> str:
    """The tag that stays, at the end of any chain. Raises PublishError where there is none, or only itself."""
    where = f"标签「{entry.group} {entry.name}」"
    into = held.get((entry.group, entry.merged_into))
    passed = {key[2]}
    while into is not None and into not in passed:
        passed.add(into)
        row = writer.get((BRAND, "tag", into))
        following = row.data["merged_into"] if row is not None else None
        if following is None:
            return into
        into = following
    raise PublishError(where, f"不能并入「{entry.merged_into}」: 没有这个标签, 或它已并入本标签。")
