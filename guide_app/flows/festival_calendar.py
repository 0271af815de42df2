"""Head office's festivals as work: which are near, the sequences they begin, and a task for each guide of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.followup.causes import cause_of, task_id_of
from guide_app.followup.festivals import next_day
from guide_app.protocol.records import Festival
from guide_app.store.uow import UnitOfWork

_FESTIVALS = """SELECT id, name, calendar, year, month, day, term, days_before, scene FROM festival
    WHERE active AND scene <> '' ORDER BY id"""
_STAFF = """SELECT g.id FROM guide g JOIN device d ON d.store_id = g.store_id WHERE g.active ORDER BY g.id"""
_SCRIPT = "SELECT id FROM script WHERE active AND scene = ? ORDER BY rank, title, id LIMIT 1"


@dataclass(frozen=True, slots=True)
class Near:
    """A festival that is at most its own `days_before` away. `event` names it and its year, alike on every PC."""

    id: str
    name: str
    day: dt.date
    scene: str

    @property
    def event(self) -> str:
        """`<id>:<year>`."""
        return f"{self.id}:{self.day.year}"


def near_festivals(conn: Connection, now_ms: int) -> list[Near]:
    """The festivals with a scene of scripts that are near enough to work for, the nearest first."""
    today = china_date(now_ms)
    found = []
    for row in conn.exec_driver_sql(_FESTIVALS).mappings():
        festival = Festival(**row)
        day = next_day(festival, today)
        if day is not None and (day - today).days <= festival.days_before:
            found.append(Near(row["id"], festival.name, day, festival.scene))
    return sorted(found, key=lambda near: (near.day, near.id))


def events_for(conn: Connection, sop_name: str, now_ms: int) -> Iterator[tuple[str, str]]:
    """(client, festival and year) for all clients, if the sequence's name contains that of a festival that is near."""
    near = next((one for one in near_festivals(conn, now_ms) if one.name and one.name in sop_name), None)
    if near is not None:
        yield from ((row[0], near.event) for row in conn.exec_driver_sql("SELECT id FROM client"))


def give_tasks(uow: UnitOfWork) -> int:
    """Give each guide of the store one task for each festival that is near; returns how many are new.

    A task's id follows from the festival, its year and the guide: two PCs write one, and one that was done, or taken
    back, does not come again.
    """
    staff = [row[0] for row in uow.conn.exec_driver_sql(_STAFF)]
    given = 0
    for near in near_festivals(uow.conn, uow.now_ms):
        script = uow.conn.exec_driver_sql(_SCRIPT, (near.scene,)).scalar()
        ends = day_start_ms(near.day) + DAY_MS
        for guide in staff:
            cause = cause_of("festival", near.id, near.day.year, guide)
            task_id = task_id_of(cause)
            if uow.conn.exec_driver_sql("SELECT 1 FROM task WHERE id = ?", (task_id,)).first():
                continue
            record = {
                "kind": "task", "title": f"{near.name} ({near.day.month}/{near.day.day}): 选好要联系的客户, 准备话术",
                "origin": "rule", "guide_id": guide, "due_at": ends - 1, "expires_at": ends,
                "created_at": uow.now_ms, "cause": cause, "script_id": script,
            }  # fmt: skip
            uow.put("task", record, id=task_id)
            given += 1
    return given
