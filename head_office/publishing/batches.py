"""批次: the batches of tasks that were published: which wait for a second person, which went out, how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.protocol.scopes import store_scope
from head_office.feed.rows import Key
from head_office.feed.write import FeedWriter
from head_office.publishing.hours import SendingHours
from head_office.publishing.model import PublishError, TaskEntry
from head_office.publishing.tasks import named_id
from head_office.store.tables import KIND_TABLES, task_batch

State = Literal["waiting", "sent"]
_TASK = KIND_TABLES["task"]
_FIGURES = ("open", "done", "cancelled")


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch as it stands: who published and who approved it, and its tasks by status."""

    name: str
    title: str
    state: State
    asked_by: str
    approved_by: str
    at_ms: int
    tasks: dict[str, int]


def sending_hours(connection: Connection) -> SendingHours:
    """The hours in force: head office's rule `sending_hours`, else 7 to 23."""
    said, plain = _rule(connection, "sending_hours"), SendingHours()
    return SendingHours(said.get("from", plain.first), said.get("until", plain.last))


def split(connection: Connection, entries: Sequence[TaskEntry], by: str, now_ms: int) -> list[TaskEntry]:
    """The entries that may go out now; what needs a second person is kept waiting instead.

    Taking a batch back, urging it, and publishing again what was approved need nobody. Raises PublishError if a batch
    has to wait and nobody says who publishes it.
    """
    all_wait = bool(_rule(connection, "task_approval").get("on", 0))
    free: list[TaskEntry] = []
    for entry in entries:
        waits = (all_wait or entry.approval) and not entry.cancel and not _approved(connection, entry)
        if waits and not by.strip():
            raise PublishError(f"任务「{entry.batch}」", "要经第二个人批准, 请用 --by 写上发布人。")
        if not entry.cancel:
            _keep(connection, entry, "waiting" if waits else "sent", by.strip(), now_ms)
        if not waits:
            free.append(entry)
    return free


def approve(connection: Connection, name: str, by: str, now_ms: int) -> TaskEntry:
    """Approve a waiting batch; returns what is to go out.

    Raises NotFoundError; InvalidInputError if it does not wait, or for the very person who published it.
    """
    row = connection.execute(sa.select(task_batch).where(task_batch.c.name == name).with_for_update()).first()
    if row is None:
        raise NotFoundError("batch.unknown", f"没有批次「{name}」。", "用 head-office tasks list 查看。")
    if row.state != "waiting":
        raise InvalidInputError("batch.sent", f"批次「{name}」不在等待批准。", "用 head-office tasks list 查看。")
    who = by.strip()
    if not who or who == row.asked_by:
        raise InvalidInputError("batch.same", "批准人不能是发布人自己。", "请另一位同事批准: --by 姓名。")
    done = {"state": "sent", "approved_by": who, "approved_ms": now_ms}
    connection.execute(sa.update(task_batch).where(task_batch.c.name == name).values(done))
    return msgspec.convert(row.entry, TaskEntry)


def list_batches(connection: Connection) -> list[BatchLine]:
    """All batches, those waiting first, then the newest first."""
    counted = sa.select(_TASK.c.batch_id, _TASK.c.status, sa.func.count()).where(_TASK.c.batch_id.is_not(None))
    figures: dict[str, dict[str, int]] = {}
    for batch_id, status, count in connection.execute(counted.group_by(_TASK.c.batch_id, _TASK.c.status)):
        figures.setdefault(batch_id, dict.fromkeys(_FIGURES, 0))[status] = count
    order = (task_batch.c.state != "waiting", task_batch.c.at_ms.desc(), task_batch.c.name)
    return [
        BatchLine(
            row.name, row.entry.get("title", ""), row.state, row.asked_by, row.approved_by, row.at_ms,
            figures.get(named_id("batch", row.name), dict.fromkeys(_FIGURES, 0)),
        )
        for row in connection.execute(sa.select(task_batch).order_by(*order))
    ]  # fmt: skip


def drop(connection: Connection, name: str) -> bool:
    """Let a batch that waits for approval go; returns whether it waited."""
    gone = sa.delete(task_batch).where(task_batch.c.name == name, task_batch.c.state == "waiting")
    return connection.execute(gone).rowcount > 0


def stores_of(connection: Connection, name: str) -> list[str]:
    """The stores that still have open tasks of a batch. Raises NotFoundError for a batch that was never published."""
    if connection.execute(sa.select(task_batch.c.name).where(task_batch.c.name == name)).first() is None:
        raise NotFoundError("batch.unknown", f"没有批次「{name}」。", "用 head-office tasks list 查看。")
    stores = sa.select(_TASK.c.store_id).where(*_open(name)).distinct().order_by(_TASK.c.store_id)
    return list(connection.scalars(stores))


def change_open(writer: FeedWriter, store_id: str, name: str, **fields: object) -> int:
    """Change the open tasks of a batch in one store; returns how many."""
    ids = writer.connection.scalars(sa.select(_TASK.c.id).where(*_open(name), _TASK.c.store_id == store_id))
    keys: list[Key] = [(store_scope(store_id), "task", task_id) for task_id in ids]
    writer.load(keys)
    changed = 0
    for key in keys:
        row = writer.get(key)
        if row is not None and row.data["status"] == "open":
            writer.change(key, **fields)
            changed += 1
    return changed


def _open(name: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _TASK.c.batch_id == named_id("batch", name), _TASK.c.status == "open"


def _rule(connection: Connection, name: str) -> dict[str, Any]:
    rules = KIND_TABLES["house_rule"]
    value = connection.scalar(sa.select(rules.c.value).where(rules.c.name == name))
    return dict(value or {})


def _plain(entry: TaskEntry) -> dict[str, Any]:
    """What two people agreed on: everything but since when it is urgent."""
    return {k: v for k, v in msgspec.to_builtins(entry).items() if k != "urge"}


def _approved(connection: Connection, entry: TaskEntry) -> bool:
    row = connection.execute(sa.select(task_batch).where(task_batch.c.name == entry.batch)).first()
    if row is None or row.state != "sent":
        return False
    return _plain(msgspec.convert(row.entry, TaskEntry)) == _plain(entry)


def _keep(connection: Connection, entry: TaskEntry, state: State, by: str, now_ms: int) -> None:
    fields = {"entry": msgspec.to_builtins(entry), "state": state, "asked_by": by}
    fresh = {**fields, "name": entry.batch, "at_ms": now_ms, "approved_by": "", "approved_ms": None}
    kept = {"entry": fields["entry"]} if state == "sent" else {**fields, "approved_by": "", "approved_ms": None}
    put = insert(task_batch).values(fresh)
    connection.execute(put.on_conflict_do_update(index_elements=["name"], set_=kept))
