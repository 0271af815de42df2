"""Deeds on tasks and promises."""

from __future__ import annotations

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.followup.results import FINISHING, Result
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork

_BODY_LIMIT = 4000


class FollowupService:
    """Adds tasks and promises, and says how they ended."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def promise(self, client_id: str, title: str, due_at: int, actor: Actor) -> str:
        """Write down 答应过的事 with its due moment (UTC ms); returns the id."""
        return self._add("promise", title, due_at, actor, client_id)

    def task(self, title: str, due_at: int | None, actor: Actor, client_id: str | None = None) -> str:
        """Add a task of the guide's own; returns the id."""
        return self._add("task", title, due_at, actor, client_id)

    def done(self, task_id: str, actor: Actor, result: str = "", note: str = "") -> None:
        """Finish a task; whoever was first counts, also if she was on another PC. One that is finished stays as it is.

        `result` is a `Result`, or words of an older program. With one the contact is written on the client's timeline
        in the same breath, with `note` as its words (the task's title without one). A refusal is kept as the client's
        contact state (消费者权益保护法 art. 29).
        Raises NotFoundError; InvalidInputError if head office has cancelled it, for a result that does not finish a
        task, or for a note that is too long.
        """
        if result == Result.POSTPONED:
            raise InvalidInputError("task.result", "改期的任务要有新的时间。", "选好日期再改期。")

        def deed(uow: UnitOfWork) -> None:
            task = _open_task(uow, task_id)
            if task is None:
                return
            title, client_id = task
            code = str(result)
            done = {"status": "done", "result": code, "done_at": uow.now_ms, "done_by": actor.guide_id}
            params = {"result": code, "at": uow.now_ms}
            uow.command("task.complete", task_id, params, [Effect("task", task_id, "patch", done)])
            write_outcome(uow, client_id, result, note, actor, task_id=task_id, otherwise=title)

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def postpone(self, task_id: str, due_at: int, actor: Actor, note: str = "") -> None:
        """Let a task fall due at `due_at` (UTC ms) instead. One that is finished stays as it is.

        Raises NotFoundError; InvalidInputError if head office has cancelled it or `due_at` has passed or lies behind
        the task's own end.
        """

        def deed(uow: UnitOfWork) -> None:
            task = _open_task(uow, task_id)
            if task is None:
                return
            ends = uow.conn.exec_driver_sql("SELECT expires_at FROM task WHERE id = ?", (task_id,)).scalar_one()
            if due_at <= uow.now_ms:
                raise InvalidInputError("task.due_past", "改期要改到以后。", "换一个以后的日期。")
            if ends is not None and due_at >= ends:
                raise InvalidInputError("task.due_late", "这项任务到那时已经作废。", "换一个早一些的日期。")
            uow.patch("task", task_id, {"due_at": due_at})
            if note.strip():
                write_outcome(uow, task[1], Result.POSTPONED, note, actor, task_id=task_id, otherwise=task[0])

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
            return uow.put("task", record, store_id=store_of(uow, client_id))

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def write_outcome(
    uow: UnitOfWork, client_id: str | None, result: str, note: str, actor: Actor, *, task_id: str,
    otherwise: str, kind: str = "call",
) -> None:  # fmt: skip
    """Put how a contact ended on the client's timeline; `otherwise` are its words without a note.

    Without a client there is no timeline; with neither result nor note there is nothing to say.
    """
    words = note.strip()
    if len(words) > _BODY_LIMIT:
        raise InvalidInputError("note.long", f"备注超过 {_BODY_LIMIT} 个字。", "写短一些。")
    ended = result in FINISHING
    if client_id is None or not (ended or words):
        return
    record = {
        "client_id": client_id, "guide_id": actor.guide_id, "kind": kind if ended else "note",
        "body": words or otherwise, "at": uow.now_ms,
        "result": str(result), "task_id": task_id,
    }  # fmt: skip
    uow.put("note", record, store_id=store_of(uow, client_id))
    if result == Result.REFUSED:
        uow.patch("client", client_id, {"contact_state": "refused"})


def store_of(uow: UnitOfWork, client_id: str | None) -> str | None:
    """The store in which a client lives: what is written about her lives there too."""
    found = uow.conn.exec_driver_sql("SELECT store_id FROM client WHERE id = ?", (client_id,)).first()
    return None if found is None else str(found[0])


def _open_task(uow: UnitOfWork, task_id: str) -> tuple[str, str | None] | None:
    """Title and client of an open task; None for one that is finished."""
    found = uow.conn.exec_driver_sql(
        "SELECT t.status, t.title, c.id FROM task t LEFT JOIN client c ON c.id = t.client_id WHERE t.id = ?", (task_id,)
    ).first()
    if found is None:
        raise NotFoundError("task.unknown", f"没有编号为 {task_id} 的任务。")
    if found[0] == "cancelled":
        raise InvalidInputError("task.cancelled", "总部已取消这项任务。", "不用再做了。")
    return None if found[0] == "done" else (str(found[1]), found[2])
