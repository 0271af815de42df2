"""Deeds on sequences: begin one for a client, put the rest off, stop it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from guide_app.base.actor import Actor
from guide_app.base.clock import china_date
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.phrase import Phrase
from guide_app.followup.causes import cause_of, task_id_of
from guide_app.followup.outcome import store_of
from guide_app.followup.sop_queries import refused, run_of
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork
from guide_app.store.welcome import require_unflagged

_LONGEST_SHIFT = 365


class SopService:
    """Starts, postpones and stops sequences. Steps are finished by `FollowupService.handle` with their cause."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def start(self, sop_id: str, client_id: str, actor: Actor) -> str:
        """Begin a sequence for a client today; returns the run's id.

        Two PCs that begin the same one for her on the same day begin one run. Raises NotFoundError for an unknown
        client or sequence; InvalidInputError if the sequence is no longer offered, has no steps, or runs already, or if
        the client refused contact.
        """

        def deed(uow: UnitOfWork) -> str:
            found = uow.conn.exec_driver_sql("SELECT active, steps FROM sop WHERE id = ?", (sop_id,)).first()
            store = store_of(uow, client_id)
            if found is None or store is None:
                raise NotFoundError("sop.unknown", "没有这个跟进流程或这位客户。", "同步后再试。")
            require_unflagged(uow.conn, client_id, Phrase("不能开始跟进流程"))
            if refused(uow.conn, client_id):
                raise InvalidInputError("sop.refused", "客户已拒绝联系。", "不要再为她开始跟进流程。")
            if not found[0] or found[1] == "[]":
                raise InvalidInputError("sop.inactive", "这个跟进流程已停用。", "选另一个流程。")
            sql = "SELECT 1 FROM sop_run WHERE client_id = ? AND sop_id = ? AND state = 'running'"
            if uow.conn.exec_driver_sql(sql, (client_id, sop_id)).first():
                raise InvalidInputError("sop.running", "这位客户已经在这个流程里。", "先停下再重新开始。")
            run_id = task_id_of(cause_of("run", client_id, sop_id, china_date(uow.now_ms).isoformat()))
            if uow.conn.exec_driver_sql("SELECT 1 FROM sop_run WHERE id = ?", (run_id,)).first():
                raise InvalidInputError("sop.today", "今天已经为她开始过这个流程。", "明天可以重新开始。")
            record = {"client_id": client_id, "sop_id": sop_id, "guide_id": actor.guide_id, "started_at": uow.now_ms}
            return uow.put("sop_run", record, id=run_id, store_id=store)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def postpone(self, run_id: str, days: int, actor: Actor) -> None:
        """Put all steps that are not done off by `days` more days, of one that is overdue counted from today.

        Raises NotFoundError, InvalidInputError.
        """
        if not 1 <= days <= _LONGEST_SHIFT:
            raise InvalidInputError("sop.shift", "推迟要在 1 到 {most} 天之间。", "换一个天数。", most=_LONGEST_SHIFT)

        def deed(uow: UnitOfWork) -> None:
            _require_running(uow, run_id)
            put_off(uow, run_id, lambda due: max(due, china_date(uow.now_ms)) + dt.timedelta(days=days))

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def stop(self, run_id: str, actor: Actor) -> None:
        """End a run before its last step. Raises NotFoundError; InvalidInputError if it has ended."""

        def deed(uow: UnitOfWork) -> None:
            _require_running(uow, run_id)
            uow.patch("sop_run", run_id, {"state": "stopped"})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def put_off(uow: UnitOfWork, run_id: str, later: Callable[[dt.date], dt.date]) -> None:
    """Move the steps that are not done: `later` says of the next one's day on which it is due from now on."""
    run = run_of(uow.conn, run_id, uow.now_ms)
    if run is None or run.next_step is None:
        return
    due = run.next_step.due
    shift = uow.conn.exec_driver_sql("SELECT shift_days FROM sop_run WHERE id = ?", (run_id,)).scalar_one()
    uow.patch("sop_run", run_id, {"shift_days": shift + (later(due) - due).days})


def _require_running(uow: UnitOfWork, run_id: str) -> None:
    state = uow.conn.exec_driver_sql("SELECT state FROM sop_run WHERE id = ?", (run_id,)).scalar()
    if state is None:
        raise NotFoundError("sop.unknown", "没有这个跟进流程。", "同步后再试。")
    if state != "running":
        raise InvalidInputError("sop.ended", "这个流程已经结束。", "需要时重新开始。")
