"""Deeds on tasks and promises."""

from __future__ import annotations

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork


class FollowupService:
    """Adds tasks and promises, and finishes them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def promise(self, client_id: str, title: str, due_at: int, actor: Actor) -> str:
        """Write down 答应过的事 with its due moment (UTC ms); returns the id."""
        return self._add("promise", title, due_at, actor, client_id)

    def task(self, title: str, due_at: int | None, actor: Actor, client_id: str | None = None) -> str:
        """Add a task of the guide's own; returns the id."""
        return self._add("task", title, due_at, actor, client_id)

    def done(self, task_id: str, actor: Actor, result: str = "") -> None:
        """Finish a task; whoever was first counts, also if she was on another PC. One that is finished stays as it is.

        Raises NotFoundError; InvalidInputError if head office has cancelled it, or for a result of over 64 letters.
        """

        def deed(uow: UnitOfWork) -> None:
            found = uow.conn.exec_driver_sql("SELECT status FROM task WHERE id = ?", (task_id,)).first()
            if found is None:
                raise NotFoundError("task.unknown", f"没有编号为 {task_id} 的任务。")
            if found[0] == "done":
                return
            if found[0] == "cancelled":
                raise InvalidInputError("task.cancelled", "总部已取消这项任务。", "不用再做了。")
            done = {"status": "done", "result": result, "done_at": uow.now_ms, "done_by": actor.guide_id}
            params = {"result": result, "at": uow.now_ms}
            uow.command("task.complete", task_id, params, [Effect("task", task_id, "patch", done)])

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def _add(self, kind: str, title: str, due_at: int | None, actor: Actor, client_id: str | None) -> str:
        text = title.strip()
        if not text:
            raise InvalidInputError("task.title", "没有写要做什么。", "写一句话再保存。")

        def deed(uow: UnitOfWork) -> str:
            record = {
                "kind": kind, "title": text, "client_id": client_id, "guide_id": actor.guide_id, "due_at": due_at,
                "created_at": uow.now_ms,
            }  # fmt: skip
            return uow.put("task", record, store_id=_store_of(uow, client_id))

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _store_of(uow: UnitOfWork, client_id: str | None) -> str | None:
    """The store in which a client lives: what is written about her lives there too."""
    found = uow.conn.exec_driver_sql("SELECT store_id FROM client WHERE id = ?", (client_id,)).first()
    return None if found is None else str(found[0])
