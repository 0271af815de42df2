"""Head office's sequences that begin by themselves: for whom their occasion has come.

Every PC of a store looks at the same book. A run's id follows from the sequence, the client and what the occasion was,
so that two PCs begin one run, and one that was stopped or done does not begin again for the same occasion. Where an
occasion comes for many at once (a lapse, a festival, a book brought in), only so many a day begin as head office's rule
`sop_starts` says, those who spend most first: the same ones on every PC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.flows.festival_calendar import events_for, give_tasks
from guide_app.flows.objections import objectors
from guide_app.followup.causes import cause_of, task_id_of
from guide_app.followup.days import birthdays
from guide_app.followup.rules import sop_starts
from guide_app.followup.signals import overdue
from guide_app.store.codec import json_list
from guide_app.store.database import Database
from guide_app.store.shown_tags import SHOWN_TAGS
from guide_app.store.uow import UnitOfWork

#: An occasion that a PC did not look at in time begins nothing any more: a late welcome is worse than none.
_FRESH_MS = 3 * DAY_MS
_SOPS = "SELECT id, name, occasion FROM sop WHERE active AND steps <> '[]' AND occasion <> 'manual' ORDER BY rank, id"
_RECENT: Mapping[str, str] = MappingProxyType(
    {
        "new_client": "SELECT id, id FROM client WHERE created_at > :since AND created_at <= :now",
        "purchase": """SELECT client_id, max(id) FROM purchase
            WHERE kind = 'sale' AND at > :since AND at <= :now AND client_id IS NOT NULL GROUP BY client_id""",
        "first_purchase": """SELECT client_id, client_id FROM client_figure
            WHERE orders = 1 AND first_at > :since AND first_at <= :now""",
    }
)
#: Nobody who is archived, flagged, refused here or anywhere, carries a tag that blocks, or is in this sequence already;
#: what follows from her behaviour is profiling, which she may have refused (个人信息保护法 art. 24).
_MAY = f"""SELECT c.id, c.store_id, c.primary_guide_id FROM client c LEFT JOIN client_figure f ON f.client_id = c.id
    WHERE c.id IN (SELECT value FROM json_each(:ids)) AND c.archived_at IS NULL AND c.merged_into IS NULL
        AND c.flag = '' AND c.contact_state <> 'refused' AND NOT (c.no_profiling AND :profiling)
        AND NOT EXISTS (SELECT 1 FROM company_view v WHERE v.client_id = c.id AND v.refused)
        AND NOT EXISTS (SELECT 1 FROM {SHOWN_TAGS} t WHERE t.client_id = c.id AND t.blocks)
        AND NOT EXISTS (SELECT 1 FROM sop_run r WHERE r.client_id = c.id AND r.sop_id = :sop AND r.state = 'running')
    ORDER BY f.total_fen DESC, c.id"""
_TODAY = "SELECT count(*) FROM sop_run WHERE sop_id = ? AND started_at >= ?"


class AutoSops:
    """Begins the sequences."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def run(self, actor: Actor) -> int:
        """Begin what is to begin now, and give the tasks of festivals, in one transaction; returns how many runs."""
        return self._db.change(_begin_all, by=actor.guide_id, origin=actor.origin)


def run_id(sop_id: str, client_id: str, event: str) -> str:
    """The id of the run of a sequence for a client at an occasion's event: the same on every PC."""
    return task_id_of(cause_of("auto", client_id, sop_id, event))


def _begin_all(uow: UnitOfWork) -> int:
    give_tasks(uow)
    sops = uow.conn.exec_driver_sql(_SOPS).all()
    return sum(
        _begin(uow, sop, occasion, _events(uow.conn, name, occasion, uow.now_ms)) for sop, name, occasion in sops
    )


def _begin(uow: UnitOfWork, sop: str, occasion: str, found: Iterator[tuple[str, str]]) -> int:
    left = _room(uow, sop, occasion)
    events = dict(found)
    objecting = objectors(uow.conn, events, uow.now_ms)
    given = {"ids": json_list(events), "sop": sop, "profiling": occasion == "lapse", "now": uow.now_ms, "viewer": None}
    begun = 0
    for client, store, guide in uow.conn.exec_driver_sql(_MAY, given).all():
        if left is not None and begun >= left:
            break
        run = run_id(sop, client, events[client])
        if client in objecting or uow.conn.exec_driver_sql("SELECT 1 FROM sop_run WHERE id = ?", (run,)).first():
            continue
        record = {"client_id": client, "sop_id": sop, "guide_id": guide, "started_at": uow.now_ms}
        uow.put("sop_run", record, id=run, store_id=store)
        begun += 1
    return begun


def _room(uow: UnitOfWork, sop: str, occasion: str) -> int | None:
    """How many more may begin today; None: as many as there are."""
    most = sop_starts(uow.conn, occasion)
    if most is None:
        return None
    today = day_start_ms(china_date(uow.now_ms))
    return max(0, most - int(uow.conn.exec_driver_sql(_TODAY, (sop, today)).scalar_one()))


def _events(conn: Connection, name: str, occasion: str, now_ms: int) -> Iterator[tuple[str, str]]:
    """(client, what it was) for whom an occasion has come; of an occasion that no rule knows, nobody."""
    if occasion in _RECENT:
        given = {"since": now_ms - _FRESH_MS, "now": now_ms}
        yield from ((client, event) for client, event in conn.exec_driver_sql(_RECENT[occasion], given))
    elif occasion == "festival":
        yield from events_for(conn, name, now_ms)
    elif occasion in ("birthday", "lapse"):
        signals = birthdays(conn, now_ms) if occasion == "birthday" else overdue(conn, now_ms)
        yield from ((signal.client_id, signal.key) for signal in signals)
