"""Tasks that head office sends out as one: a batch to guides of stores, taken back or urged as a whole.

Batch and task ids follow from words alone, so that a file that is published once more finds what it sent out, and a
guide who came meanwhile gets what she lacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS
from guide_app.base.ids import uuid7
from guide_app.protocol.scopes import Scope, store_scope
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.hours import SendingHours
from head_office.publishing.model import PublishError, TaskEntry, moment
from head_office.publishing.named import script_of
from head_office.store.tables import KIND_TABLES

# Version 7 asks for a time; what follows from a name has none.
_NAMED_AT_MS = 0
_CHINA_MIDNIGHT_MS = DAY_MS - 8 * 3_600_000  # 00:00 in China is 16:00 of the day before in UTC


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch ready to be staged: the guides of one store, and what their tasks say.

    `urged_at` and `begins` are UTC ms: a task that is new begins then.
    """

    scope: Scope
    name: str
    guides: tuple[str, ...]
    fields: Mapping[str, Any]
    cancel: bool
    urged_at: int | None
    begins: int


def plan_tasks(
    connection: Connection, entries: Sequence[TaskEntry], scripts: Mapping[str, str], hours: SendingHours, now_ms: int
) -> list[Batch]:
    """The batches by store; none begins or becomes urgent outside `hours`.

    Raises PublishError for unknown stores, guides and scripts, and a batch without name.
    """
    store, guide = KIND_TABLES["store"], KIND_TABLES["guide"]
    stores = {code: store_id for code, store_id in connection.execute(sa.select(store.c.code, store.c.id))}  # noqa: C416
    staff = sa.select(guide.c.number, guide.c.id, guide.c.store_id).where(guide.c.active, guide.c.store_id.is_not(None))
    guides = connection.execute(staff.order_by(guide.c.number)).all()
    names = [entry.batch for entry in entries]
    batches: list[Batch] = []
    for entry in entries:
        where = f"任务「{entry.batch}」"
        if not entry.batch or names.count(entry.batch) > 1:
            raise PublishError(where, "每批任务要有自己的 batch。")
        wanted = {stores.get(code) for code in entry.stores} if entry.stores else set(stores.values())
        numbers = set(entry.guides)
        chosen = [(g, s) for number, g, s in guides if s in wanted and (not numbers or number in numbers)]
        known = {number for number, _, s in guides if s in wanted}
        if None in wanted or numbers - known:
            unknown = [*(c for c in entry.stores if c not in stores), *sorted(numbers - known)]
            raise PublishError(where, f"没有这样的门店或在职导购: {'、'.join(unknown)}。")
        fields, urged_at = _fields(entry, scripts, where), moment(entry.urge, where)
        begins = hours.opening(fields["starts_at"] or now_ms)
        if fields["expires_at"] is not None and fields["expires_at"] <= begins and not entry.cancel:
            raise PublishError(where, "作废早于可以发送的时间。")
        if fields["starts_at"] is not None:
            fields["starts_at"] = begins
        urged_at = None if urged_at is None else hours.opening(urged_at)
        for store_id in sorted({s for _, s in chosen}):
            here = tuple(g for g, s in chosen if s == store_id)
            batches.append(Batch(store_scope(store_id), entry.batch, here, fields, entry.cancel, urged_at, begins))
    return batches


def stage_batch(writer: FeedWriter, batch: Batch) -> list[Key]:
    """Stage one store's part of a batch; what a guide has finished stays as it is."""
    keys: dict[Key, str] = {(batch.scope, "task", named_id("task", batch.name, g)): g for g in batch.guides}
    writer.load(keys)
    for key, guide_id in keys.items():
        _stage(writer, batch, key, guide_id)
    return list(keys)


def named_id(*words: str) -> str:
    """The id (UUID version 7 in form) that follows from words."""
    digest = blake2b("\0".join(words).encode(), digest_size=16).digest()
    return uuid7(_NAMED_AT_MS, int.from_bytes(digest) >> 54)


def _stage(writer: FeedWriter, batch: Batch, key: Key, guide_id: str) -> None:
    row = writer.get(key)
    if row is None:
        if writer.held(key) is None and not batch.cancel:
            fixed = {"origin": "hq", "guide_id": guide_id, "created_at": writer.now_ms, "urged_at": batch.urged_at}
            begins = batch.begins if batch.begins > writer.now_ms else batch.fields["starts_at"]
            words = {**batch.fields, "starts_at": begins, "batch_id": named_id("batch", batch.name)}
            writer.put(key, {**words, **fixed})
        return
    if row.data["status"] != "open":
        return
    wanted: dict[str, Any] = {"status": "cancelled"} if batch.cancel else {**batch.fields}
    if not batch.cancel and wanted["starts_at"] is None:
        del wanted["starts_at"]  # it began when it was first published
    if batch.urged_at is not None:
        wanted["urged_at"] = batch.urged_at
    changed = {name: value for name, value in wanted.items() if row.data[name] != value}
    if changed:  # a field that is written anew would be stamped, and undo what its guide did meanwhile
        writer.change(key, **changed)


def _fields(entry: TaskEntry, scripts: Mapping[str, str], where: str) -> dict[str, Any]:
    if not entry.title and not entry.cancel:
        raise PublishError(where, "缺少 title。")
    starts, due, expires = (moment(text, where) for text in (entry.starts, entry.due, entry.expires))
    due, expires = _whole_day(due), _whole_day(expires)
    if starts is not None and min(due or starts, expires or starts) < starts:
        raise PublishError(where, "截止早于开始。")
    return {
        "kind": "task",
        "title": entry.title,
        "body": entry.body,
        "starts_at": starts,
        "due_at": due,
        "expires_at": expires,
        "script_id": script_of(scripts, entry.script, where),
    }


def _whole_day(at: int | None) -> int | None:
    """A day without a time of day is meant to its end."""
    return at + DAY_MS - 1 if at is not None and at % DAY_MS == _CHINA_MIDNIGHT_MS else at
