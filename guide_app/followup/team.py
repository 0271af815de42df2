"""店长看全店任务: what each guide has to do, how much of it in time, and handing tasks to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import GuideError, InvalidInputError, NotFoundError
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

#: Figures look back so many days.
DAYS = 30
_LIVE = "t.status = 'open' AND (t.expires_at IS NULL OR t.expires_at > :now)"
#: What fell due when it was done was never waiting: a contact that was noted. It says nothing about keeping dates.
_DATED = "t.due_at IS NOT NULL AND (t.done_at IS NULL OR t.due_at <> t.done_at)"
_TEAM = f"""
    SELECT g.id, g.name, g.number,
        coalesce(sum({_LIVE}), 0), coalesce(sum({_LIVE} AND t.due_at < :now), 0),
        coalesce(sum(t.status = 'done' AND t.done_at >= :since), 0),
        coalesce(sum(t.status = 'done' AND t.done_at >= :since AND {_DATED} AND t.done_at <= t.due_at), 0),
        coalesce(sum(t.status = 'done' AND t.done_at >= :since AND {_DATED} OR {_LIVE} AND t.due_at < :now), 0)
    FROM guide g JOIN device d ON d.store_id = g.store_id LEFT JOIN task t ON t.guide_id = g.id
    WHERE g.active GROUP BY g.id ORDER BY g.number"""
_OPEN = f"""SELECT t.id, t.title, coalesce(c.name, ''), t.due_at, coalesce(t.urged_at <= :now, 0)
    FROM task t LEFT JOIN client c ON c.id = t.client_id WHERE t.guide_id = :guide AND {_LIVE}
    ORDER BY coalesce(t.due_at, 1 << 50), t.id LIMIT 500"""


@dataclass(frozen=True, slots=True)
class GuideLoad:
    """A guide's tasks: what is open, what of it is overdue, and of the last 30 days what was done.

    `in_time` of `dated` were done by their day; an overdue one that is still open counts among `dated`.
    """

    guide_id: str
    name: str
    number: str
    open: int
    overdue: int
    done: int
    in_time: int
    dated: int

    @property
    def timeliness(self) -> int | None:
        """Whole percent done in time; None where nothing had a day."""
        return round(100 * self.in_time / self.dated) if self.dated else None


@dataclass(frozen=True, slots=True)
class OpenTask:
    """An open task of a guide. `due_at` is UTC ms."""

    id: str
    title: str
    client_name: str
    due_at: int | None
    urged: bool


class TeamTasks:
    """The store's tasks, for who manages it."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def team(self, actor: Actor) -> list[GuideLoad]:
        """Every guide of the store with her figures. Raises GuideError for anybody but a manager."""
        _require_manager(actor)
        now = self._clock.now_ms()
        given = {"now": now, "since": now - DAYS * DAY_MS}
        return self._db.query(lambda conn: [GuideLoad(*row) for row in conn.exec_driver_sql(_TEAM, given)])

    def open_of(self, guide_id: str, actor: Actor) -> list[OpenTask]:
        """Her open tasks, the first due first. Raises GuideError for anybody but a manager."""
        _require_manager(actor)
        given = {"now": self._clock.now_ms(), "guide": guide_id}

        def read(conn: Connection) -> list[OpenTask]:
            rows = conn.exec_driver_sql(_OPEN, given)
            return [OpenTask(i, title, name, due, bool(urged)) for i, title, name, due, urged in rows]

        return self._db.query(read)

    def reassign(self, task_ids: Sequence[str], to_guide: str, actor: Actor) -> tuple[tuple[str, str | None], ...]:
        """Give open tasks to another guide of the store, all or none; returns each with whose it was, for the undo.

        Tasks that ended meanwhile, and those that are hers already, stay as they are. Raises GuideError for anybody
        but a manager, NotFoundError for an unknown task, InvalidInputError if `to_guide` does not work here.
        """
        _require_manager(actor)

        def deed(uow: UnitOfWork) -> tuple[tuple[str, str | None], ...]:
            _require_colleague(uow.conn, to_guide)
            moved = []
            for task_id in task_ids:
                status, before = _task(uow.conn, task_id)
                if status == "open" and before != to_guide:
                    uow.patch("task", task_id, {"guide_id": to_guide, "assigned_by": actor.guide_id})
                    moved.append((task_id, before))
            return tuple(moved)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def hand_back(self, moved: Sequence[tuple[str, str | None]], actor: Actor) -> None:
        """Give tasks back to whose they were: the undo of `reassign`. Raises GuideError."""
        _require_manager(actor)

        def deed(uow: UnitOfWork) -> None:
            for task_id, before in moved:
                if _task(uow.conn, task_id)[0] == "open":
                    uow.patch("task", task_id, {"guide_id": before, "assigned_by": actor.guide_id})

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def manages(actor: Actor) -> bool:
    """Whether she manages the store."""
    return actor.role == "store_manager"


def _require_manager(actor: Actor) -> None:
    if not manages(actor):
        raise GuideError("team.manager", "只有店长能看和分派全店的任务。", "请店长本人登录。")


def _require_colleague(conn: Connection, guide_id: str) -> None:
    sql = "SELECT 1 FROM guide g JOIN device d ON d.store_id = g.store_id WHERE g.id = ? AND g.active"
    if conn.exec_driver_sql(sql, (guide_id,)).first() is None:
        raise InvalidInputError("team.guide", "她不在本店。", "选一位本店在职的导购。")


def _task(conn: Connection, task_id: str) -> tuple[str, str | None]:
    found = conn.exec_driver_sql("SELECT status, guide_id FROM task WHERE id = ?", (task_id,)).first()
    if found is None:
        raise NotFoundError("task.unknown", "没有编号为 {id} 的任务。", "任务在「今日」页; 先同步一次。", id=task_id)
    return str(found[0]), found[1]
