"""打印记录: what this PC printed, when, for whom, on which printer; raw jobs are kept to go out again as they were.

The log lies in the encrypted book, is never sent, holds no more than `MOST` jobs of `MOST_DAYS` days, and what was
printed for a client goes when she is erased or leaves the book (个人信息保护法 art. 47: shortest time, art. 19).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import msgspec
from sqlalchemy import delete, insert

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import NotFoundError
from guide_app.sharing.printers import Printer
from guide_app.store.database import Database
from guide_app.store.printed import KEEP_DAYS
from guide_app.store.tables import PRINT_JOB
from guide_app.store.uow import UnitOfWork

DISCREET = "plain"
"""The template of labels that tell nobody what they are on."""

MOST = 40
MOST_DAYS = KEEP_DAYS
MOST_BYTES = 2_000_000
"""Of one job, packed; a larger one is noted without its dots."""

_LINES = """SELECT j.id, j.at, coalesce(g.name, '') AS guide, j.title, j.template, j.printer_name AS printer,
        j.discreet, j.data IS NOT NULL AS again,
        j.printer <> '' AND j.data IS NULL AS too_large
    FROM print_job j LEFT JOIN guide g ON g.id = j.guide_id ORDER BY j.at DESC, j.id DESC"""

_FLAGS = ("discreet", "again", "too_large")


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One job. `again`: its dots are kept, so it can go out once more as it was.

    `too_large`: it was written by this program, and its dots were too many to be kept.
    """

    id: str
    at: int
    guide: str
    title: str
    template: str
    printer: str
    discreet: bool
    again: bool
    too_large: bool


@dataclass(frozen=True, slots=True)
class Printout:
    """What was printed: its words for the log, for whom, of which product; and (raw) the job with its printer."""

    title: str
    template: str
    printer_name: str
    client_id: str | None = None
    discreet: bool = False
    data: bytes | None = None
    printer: Printer | None = None
    product_id: str | None = None


class PrintLog:
    """Notes and finds what was printed."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db, self._clock = db, clock

    def note(self, printout: Printout, actor: Actor) -> str:
        """Keep a job and let go of what is too old or too much; returns its id."""
        packed = zlib.compress(printout.data) if printout.data is not None else None
        kept = packed if packed is not None and len(packed) <= MOST_BYTES else None

        def deed(uow: UnitOfWork) -> str:
            job_id = uow.new_id()
            row = {
                "id": job_id, "at": uow.now_ms, "guide_id": actor.guide_id, "client_id": printout.client_id,
                "product_id": printout.product_id,
                "title": printout.title, "template": printout.template, "printer_name": printout.printer_name,
                "printer": msgspec.json.encode(printout.printer).decode() if printout.printer else "",
                "discreet": printout.discreet, "data": kept,
            }  # fmt: skip
            uow.execute_local(insert(PRINT_JOB).values(**row))
            uow.execute_local(delete(PRINT_JOB).where(PRINT_JOB.c.at <= uow.now_ms - MOST_DAYS * DAY_MS))
            newest = "SELECT id FROM print_job ORDER BY at DESC, id DESC LIMIT ?"
            stay = uow.conn.exec_driver_sql(newest, (MOST,)).scalars().all()
            uow.execute_local(delete(PRINT_JOB).where(PRINT_JOB.c.id.not_in(stay)))
            return job_id

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def lines(self) -> list[PrintLine]:
        """The jobs kept, the newest first."""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_LINES).mappings().all())
        since = self._clock.now_ms() - MOST_DAYS * DAY_MS
        found = (PrintLine(**{**r, **{name: bool(r[name]) for name in _FLAGS}}) for r in rows)
        return [line for line in found if line.at > since]

    def last(self) -> PrintLine | None:
        """The latest job that can go out again."""
        return next((line for line in self.lines() if line.again), None)

    def job(self, job_id: str) -> Printout:
        """A job as it was. Raises NotFoundError where it, or its dots, are not kept (any more)."""
        asked = """SELECT title, template, printer_name, printer, client_id, product_id, discreet, data FROM print_job
            WHERE id = ? AND at > ?"""
        since = self._clock.now_ms() - MOST_DAYS * DAY_MS
        row = self._db.query(lambda conn: conn.exec_driver_sql(asked, (job_id, since)).one_or_none())
        if row is None or row.data is None:
            raise NotFoundError("print.gone", "这次打印没有留存, 不能原样再打。", "请重新打印。")
        printer = msgspec.json.decode(row.printer, type=Printer)
        return Printout(
            row.title, row.template, row.printer_name, row.client_id, bool(row.discreet), zlib.decompress(row.data),
            printer, row.product_id,
        )  # fmt: skip
