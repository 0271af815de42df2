"""Deeds on tasks and promises."""

from __future__ import annotations

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.store.database import Database
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
        """Finish a task. Finishing one that is finished changes nothing."""

        def deed(uow: UnitOfWork) -> None:
            uow.patch("task", task_id, {"status": "done", "result": result, "done_at": uow.now_ms})

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
            return uow.put("task", record)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)
