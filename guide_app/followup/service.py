"""Deeds on tasks and promises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from guide_app.base.actor import Actor
from guide_app.base.clock import china_date, day_start_ms
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phrase import Phrase
from guide_app.followup.causes import task_id_of
from guide_app.followup.model import Cause, Suggestion
from guide_app.followup.outcome import end_run_if_done, store_of, write_outcome
from guide_app.followup.results import Result
from guide_app.followup.sop_service import put_off
from guide_app.followup.touches import require_room
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork
from guide_app.store.welcome import require_unflagged

_TITLE_LIMIT = 300
_KINDS = MappingProxyType({
    "birthday": "birthday", "sop": "sop", "welcome": "care", "date": "care", "first": "care", "lapse": "care",
    "warranty": "service",
})  # fmt: skip
#: A birthday's coupon counts as given once somebody has spoken with her.
_SPOKEN = frozenset({Result.REACHED, Result.SOLD})


class FollowupService:
    """Adds tasks and promises, and says how they ended."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def promise(self, client_id: str, title: str, due_at: int, actor: Actor) -> str:
        """Write down 答应过的事 with its due moment (UTC ms); returns the id."""
        return self._add("promise", title, due_at, actor, client_id)

    def task(self, title: str, due_at: int | None, actor: Actor, client_id: str | None = None) -> str:
        """Add a task of the guide's own; returns the id. Raises InvalidInputError for a client who is flagged."""
        return self._add("task", title, due_at, actor, client_id)

    def tasks(
        self, title: str, due_at: int | None, client_ids: Sequence[str], actor: Actor, told: Callable[[int, int], None]
    ) -> tuple[str, ...]:
        """Add the same task for each of these clients in one breath, all or none; returns their ids.

        `told(done, total)` hears of every one; what it raises undoes them all. Raises as `task`.
        """
        text = _titled(title)

        def deed(uow: UnitOfWork) -> tuple[str, ...]:
            added: list[str] = []
            for client_id in client_ids:
                told(len(added), len(client_ids))
                added.append(_put_task(uow, "task", text, due_at, actor, client_id))
            return tuple(added)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def close(self, task_ids: Sequence[str], actor: Actor) -> None:
        """Take back tasks that should not have been given, all in one breath; nothing is written on a timeline.

        They are cancelled, and count as done for nobody; one that is finished or cancelled stays as it is. Raises
        NotFoundError.
        """

        def deed(uow: UnitOfWork) -> None:
            for task_id in task_ids:
                if _status(uow, task_id) == "open":
                    uow.patch("task", task_id, {"status": "cancelled"})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

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

        self._db.change(lambda uow: _finish(uow, task_id, result, note, actor), by=actor.guide_id, origin=actor.origin)

    def postpone(self, task_id: str, due_at: int, actor: Actor, note: str = "") -> None:
        """Let a task fall due at `due_at` (UTC ms) instead. One that is finished stays as it is.

        Raises NotFoundError; InvalidInputError if head office has cancelled it or `due_at` has passed or lies behind
        the task's own end.
        """
        self._db.change(lambda uow: _put_off(uow, task_id, due_at, note, actor), by=actor.guide_id, origin=actor.origin)

    def message(self, client_id: str, body: str, actor: Actor) -> str:
        """Record a message to a client; returns the note's id.

        Raises NotFoundError; InvalidInputError without words, or, naming the next day, if she has been contacted as
        often as head office allows.
        """
        text = body.strip()
        if not text:
            raise InvalidInputError("note.empty", "备注没有内容。", "写一句话再保存。")

        def deed(uow: UnitOfWork) -> str:
            store = store_of(uow, client_id)
            if store is None:
                raise NotFoundError(
                    "client.unknown", "没有编号为 {id} 的客户。", "先用 clients search 找到客户。", id=client_id
                )
            require_room(uow.conn, client_id, uow.now_ms)
            note = {"client_id": client_id, "guide_id": actor.guide_id, "kind": "message", "body": text}
            return uow.put("note", {**note, "at": uow.now_ms}, store_id=store)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def handle(
        self, suggestion: Suggestion, result: Result, actor: Actor, note: str = "", *, again_at: int | None = None
    ) -> None:
        """Say how the contact that a suggestion asked for ended; every reason that it gave is answered by it.

        Each is kept as a task under its cause and with an id that follows from the cause, so that it comes back on no
        PC and two PCs that answered it offline hold one. A postponed one (`again_at`, UTC ms) becomes an open task of
        that day; a step of a sequence puts the rest of the sequence off instead. A promise is finished or put off.
        Raises InvalidInputError for a postponement without a later day, and for a message beyond what head office
        allows (promises are exempt).
        """
        later = again_at if result is Result.POSTPONED else None
        if result is Result.POSTPONED and again_at is None:
            raise InvalidInputError("task.due_past", "改期要改到以后。", "换一个以后的日期。")
        self._db.change(
            lambda uow: _settle(uow, suggestion, result, note, later, actor), by=actor.guide_id, origin=actor.origin
        )

    def _add(self, kind: str, title: str, due_at: int | None, actor: Actor, client_id: str | None) -> str:
        text = _titled(title)
        return self._db.change(
            lambda uow: _put_task(uow, kind, text, due_at, actor, client_id), by=actor.guide_id, origin=actor.origin
        )


def _titled(title: str) -> str:
    text = title.strip()
    if not text:
        raise InvalidInputError("task.title", "没有写要做什么。", "写一句话再保存。")
    return text


def _put_task(uow: UnitOfWork, kind: str, title: str, due_at: int | None, actor: Actor, client_id: str | None) -> str:
    if client_id is not None and kind == "task":  # a promise is how a complaint is put right
        require_unflagged(uow.conn, client_id, Phrase("不能派任务"))
    record = {
        "kind": kind, "title": title, "client_id": client_id, "guide_id": actor.guide_id, "due_at": due_at,
        "created_at": uow.now_ms,
    }  # fmt: skip
    return uow.put("task", record, store_id=store_of(uow, client_id))


@dataclass(frozen=True, slots=True)
class _OpenTask:
    title: str
    client_id: str | None
    cause: str
    expires_at: int | None


def _open_task(uow: UnitOfWork, task_id: str) -> _OpenTask | None:
    """An open task; None for one that is finished. A client who is gone is nobody."""
    found = uow.conn.exec_driver_sql(
        "SELECT t.status, t.title, c.id, t.cause, t.expires_at FROM task t LEFT JOIN client c ON c.id = t.client_id"
        " WHERE t.id = ?",
        (task_id,),
    ).first()
    if found is None:
        raise NotFoundError("task.unknown", "没有编号为 {id} 的任务。", "任务在「今日」页; 先同步一次。", id=task_id)
    if found[0] == "cancelled":
        raise InvalidInputError("task.cancelled", "总部已取消这项任务。", "不用再做了。")
    return None if found[0] == "done" else _OpenTask(*found[1:])


def _status(uow: UnitOfWork, task_id: str) -> str:
    found = uow.conn.exec_driver_sql("SELECT status FROM task WHERE id = ?", (task_id,)).scalar()
    if found is None:
        raise NotFoundError("task.unknown", "没有编号为 {id} 的任务。", "任务在「今日」页; 先同步一次。", id=task_id)
    return str(found)


def _finish(uow: UnitOfWork, task_id: str, result: str, note: str, actor: Actor) -> None:
    task = _open_task(uow, task_id)
    if task is None:
        return
    done = {"status": "done", "result": str(result), "done_at": uow.now_ms, "done_by": actor.guide_id}
    params = {"result": str(result), "at": uow.now_ms}
    uow.command("task.complete", task_id, params, [Effect("task", task_id, "patch", done)])
    write_outcome(uow, task.client_id, result, note, actor, task_id=task_id, otherwise=task.title)
    end_run_if_done(uow, task.cause)


def _put_off(uow: UnitOfWork, task_id: str, due_at: int, note: str, actor: Actor) -> None:
    task = _open_task(uow, task_id)
    if task is None:
        return
    _require_later(uow, due_at)
    if task.expires_at is not None and due_at >= task.expires_at:
        raise InvalidInputError("task.due_late", "这项任务到那时已经作废。", "换一个早一些的日期。")
    uow.patch("task", task_id, {"due_at": due_at})
    write_outcome(uow, task.client_id, Result.POSTPONED, note, actor, task_id=task_id, otherwise=task.title)


def _settle(
    uow: UnitOfWork, suggestion: Suggestion, result: Result, note: str, again_at: int | None, actor: Actor
) -> None:
    """Answer every reason of a suggestion, and write the contact down once."""
    promise, client_id = suggestion.task_id, suggestion.client_id
    if again_at is not None:
        _require_later(uow, again_at)
    elif result is Result.REACHED and promise is None:
        require_room(uow.conn, client_id, uow.now_ms)
    title = " · ".join(map(str, suggestion.reasons))[:_TITLE_LIMIT]
    coupon = suggestion.coupon_template_id if suggestion.cause is Cause.BIRTHDAY and result in _SPOKEN else None
    made = [_answer(uow, client_id, key, title, result, again_at, actor, coupon) for key in suggestion.keys]
    if promise is not None and again_at is not None:
        _put_off(uow, promise, again_at, note, actor)
    elif promise is not None:
        _finish(uow, promise, result, note, actor)
    elif any(made):
        task_id = next(filter(None, made))
        write_outcome(uow, client_id, result, note, actor, task_id=task_id, otherwise=title, kind="message")


def _require_later(uow: UnitOfWork, due_at: int) -> None:
    if due_at <= uow.now_ms:
        raise InvalidInputError("task.due_past", "改期要改到以后。", "换一个以后的日期。")


def _answer(
    uow: UnitOfWork, client_id: str, cause: str, title: str, result: Result, again_at: int | None, actor: Actor,
    coupon: str | None,
) -> str | None:  # fmt: skip
    """Keep what became of one cause; returns the task's id, None where no task says it or one said it before."""
    word, record_id = cause.split(":")[:2]
    if word == "sop" and again_at is not None:
        put_off(uow, record_id, lambda _due: china_date(again_at))
        return None
    if uow.conn.exec_driver_sql("SELECT 1 FROM task WHERE cause = ?", (cause,)).first():
        return None
    ended = (
        {"status": "done", "result": str(result), "done_at": uow.now_ms, "due_at": uow.now_ms}
        if again_at is None
        else {"due_at": again_at, "starts_at": day_start_ms(china_date(again_at))}
    )
    record = {
        "kind": "care" if word.startswith("care") else _KINDS.get(word, "task"), "title": title, "origin": "rule",
        "guide_id": actor.guide_id, "client_id": client_id, "created_at": uow.now_ms, "cause": cause, **ended,
        "coupon_template_id": coupon if word == "birthday" else None,
    }  # fmt: skip
    task_id = uow.put("task", record, id=task_id_of(cause), store_id=store_of(uow, client_id))
    end_run_if_done(uow, cause)
    return task_id
