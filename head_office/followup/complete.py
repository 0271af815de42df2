"""Finishing a task: the first to finish it wins, whoever else did the same meanwhile."""

from __future__ import annotations

from guide_app.protocol.messages import Mutation
from guide_app.protocol.scopes import store_scope
from head_office.feed.decide import Refusal
from head_office.feed.params import moment_of, text_of
from head_office.feed.rows import Key, Row
from head_office.feed.rules import Commanded
from head_office.feed.write import FeedWriter


def complete_command(writer: FeedWriter, mutation: Mutation) -> Commanded:
    """`task.complete {result, at}`; the mutation's id is the task's, its `by` who did it."""
    try:
        result, at = text_of(mutation, "result"), moment_of(mutation, "at", writer.now_ms)
    except ValueError as e:
        return Commanded(Refusal("record.invalid", str(e)))
    key: Key = (store_scope(mutation.store), "task", mutation.id)
    row = writer.held(key)
    if not isinstance(row, Row):
        return Commanded(Refusal("record.gone" if row else "record.unknown"))
    if row.data["status"] == "cancelled":
        return Commanded(Refusal("task.cancelled"), touched=(key,))
    if row.data["status"] == "done":
        return Commanded(touched=(key,), duplicate=True)
    writer.change(key, status="done", result=result, done_at=at, done_by=mutation.by)
    return Commanded(touched=(key,))
