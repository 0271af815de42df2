"""Head office's tag rules at work on this PC: who fits is tagged, with the reason; what has had its time goes.

Every PC of a store runs the same rules over the same book. A mark's id follows from the rule, the client and the day,
so that two PCs hang one mark, not two.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock, china_date, day_start_ms
from guide_app.base.errors import InvalidInputError
from guide_app.base.ids import derived_id
from guide_app.base.tag_words import TagGuard
from guide_app.clients.tags import Hanging, hang
from guide_app.protocol.records import TagRule
from guide_app.segments import model as m
from guide_app.segments.parse import parse
from guide_app.segments.queries import SegmentQueries
from guide_app.store.codec import CODECS
from guide_app.store.database import Database
from guide_app.store.shown_tags import SHOWN_TAGS
from guide_app.store.uow import UnitOfWork

#: Rules are looked at again after an hour: days are what they count in.
EVERY_MS = 3_600_000
_BATCH = 500
_RULES = "SELECT id FROM tag_rule WHERE active ORDER BY rank, id"
_NOW_NAMED = """SELECT k.name, k."group", k.multi FROM tag d JOIN tag k ON k.id = coalesce(d.merged_into, d.id)
    WHERE d.id = :id OR (:id IS NULL AND d.name = :name) ORDER BY d.rank, d.id LIMIT 1"""
_BARRED = "SELECT client_id FROM tag_bar WHERE name = ?"
_BY_HAND = f"""SELECT client_id FROM {SHOWN_TAGS} WHERE "group" = :group AND origin <> 'rule'"""


@dataclass(frozen=True, slots=True)
class AutoTagReport:
    """What a run did: marks hung and marks whose time was over, and a sentence for each rule that cannot work."""

    hung: int
    expired: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    rule_id: str
    rule: m.Rule
    name: str
    group: str
    single: bool
    days: int
    why: str


class AutoTags:
    """Runs the rules. Clients who asked not to be profiled are left alone (个人信息保护法 art. 24)."""

    def __init__(self, db: Database, segments: SegmentQueries, guard: TagGuard, clock: Clock) -> None:
        self._db = db
        self._segments = segments
        self._guard = guard
        self._clock = clock
        self._due = 0

    def run_when_due(self, actor: Actor) -> AutoTagReport | None:
        """`run`, unless that was less than EVERY_MS ago; then None."""
        now = self._clock.now_ms()
        if now < self._due:
            return None
        self._due = now + EVERY_MS
        return self.run(actor)

    def run(self, actor: Actor) -> AutoTagReport:
        """Take off what has expired, then hang what the rules say, by rank; of a single-choice group the first wins."""
        expired = self._db.change(_take_expired_off, by=actor.guide_id, origin=actor.origin)
        jobs, faults = self._jobs()
        decided: dict[str, set[str]] = defaultdict(set)
        hung = 0
        for job in jobs:
            fitting = self._segments.ids(m.All((job.rule, m.Not(m.Flag("no_profiling")))), None)
            chosen = self._chosen(job, fitting, decided[job.group] if job.single else set())
            if job.single:
                decided[job.group].update(fitting)
            try:
                hung += sum(
                    self._hang(job, chosen[start : start + _BATCH], actor) for start in range(0, len(chosen), _BATCH)
                )
            except InvalidInputError as e:
                faults.append(f"{job.name}: {e.sentence}")
        return AutoTagReport(hung, expired, tuple(faults))

    def _jobs(self) -> tuple[list[_Job], list[str]]:
        jobs: list[_Job] = []
        faults: list[str] = []

        def read(conn: Connection) -> None:
            ids = [row[0] for row in conn.exec_driver_sql(_RULES)]
            by_id = {stored.id: stored.data for stored in CODECS["tag_rule"].read_many(conn, ids)}
            for rule_id in ids:
                known = {name: by_id[rule_id][name] for name in TagRule.__struct_fields__ if name != "id"}
                record = TagRule(id=rule_id, **known)
                try:
                    jobs.append(_job(conn, record))
                except InvalidInputError as e:
                    faults.append(f"{record.name}: {e.sentence}")

        self._db.query(read)
        return jobs, faults

    def _chosen(self, job: _Job, fitting: tuple[str, ...], decided: set[str]) -> list[str]:
        """Who of the fitting is to get the tag: does not carry it, is not barred, has no choice made by hand."""
        now = self._clock.now_ms()

        def left_out(conn: Connection) -> set[str]:
            found = {row[0] for row in conn.exec_driver_sql(_BARRED, (job.name,))}
            if job.single:
                params = {"now": now, "viewer": None, "group": job.group}
                found |= {row[0] for row in conn.exec_driver_sql(_BY_HAND, params)}
            return found

        carrying = set(self._segments.ids(m.Tagged(job.name), None))
        without = self._db.query(left_out) | carrying | decided
        return [client_id for client_id in fitting if client_id not in without]

    def _hang(self, job: _Job, client_ids: list[str], actor: Actor) -> int:
        def deed(uow: UnitOfWork) -> int:
            until = uow.now_ms + job.days * DAY_MS if job.days else None
            marks = [
                hang(
                    uow,
                    client_id,
                    Hanging(
                        job.name, job.group, until=until, rule_id=job.rule_id, why=job.why,
                        mark_id=mark_id(job.rule_id, client_id, uow.now_ms),
                    ),
                    actor,
                    self._guard,
                )
                for client_id in client_ids
            ]  # fmt: skip
            return sum(mark is not None for mark in marks)

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def mark_id(rule_id: str, client_id: str, now_ms: int) -> str:
    """The id of the mark that a rule hangs on a client on the business day of `now_ms`: the same on every PC."""
    return derived_id(day_start_ms(china_date(now_ms)), f"{rule_id} {client_id}")


def _job(conn: Connection, record: TagRule) -> _Job:
    entry = conn.exec_driver_sql(_NOW_NAMED, {"id": record.tag_id, "name": record.name}).one_or_none()
    name, group, multi = entry or (record.name, record.group, True)
    return _Job(record.id, parse(record.rule), name, group, not multi, record.days, record.why)


def _take_expired_off(uow: UnitOfWork) -> int:
    ids = [row[0] for row in uow.conn.exec_driver_sql("SELECT id FROM client_tag WHERE until <= ?", (uow.now_ms,))]
    for expired_id in ids:
        uow.remove("client_tag", expired_id)
    return len(ids)
