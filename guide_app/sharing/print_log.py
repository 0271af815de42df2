"""打印记录: what this PC printed, when, for whom, on which printer; it is kept to go out again as it was.

Of a receipt or label printer the raw job is kept, of the system's printers the pages. The log lies in the encrypted
book, is never sent, holds no more than `MOST` jobs of `MOST_DAYS` days and `MOST_MIB` in all, and what was printed for
a client goes when she is erased or leaves the book (个人信息保护法 art. 47: shortest time, art. 19).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import msgspec
from sqlalchemy import delete, insert, update

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, Clock
from guide_app.base.errors import NotFoundError
from guide_app.sharing.kept_pages import KeptPages, unbundle
from guide_app.sharing.printers import Printer
from guide_app.store.codec import decode_json, json_list
from guide_app.store.database import Database
from guide_app.store.printed import KEEP_DAYS
from guide_app.store.tables import PRINT_JOB
from guide_app.store.uow import UnitOfWork

DISCREET = "plain"
"""The template of labels that tell nobody what they are on."""

_MIB = 1 << 20

MOST = 40
MOST_DAYS = KEEP_DAYS
MOST_MIB = 32
"""Of all jobs together, packed: beyond it the oldest are kept as lines alone."""
MOST_BYTES = 4 * _MIB
"""Of one job, packed; a larger one is noted without what was printed."""

_LINES = """SELECT j.id, j.at, coalesce(g.name, '') AS guide, j.title, j.template, j.printer_name AS printer,
        j.discreet, j.data IS NOT NULL AS again,
        j.printer <> '' AND j.data IS NULL AS too_large
    FROM print_job j LEFT JOIN guide g ON g.id = j.guide_id ORDER BY j.at DESC, j.id DESC"""

_FLAGS = ("discreet", "again", "too_large")

_NEWEST = "SELECT id FROM print_job ORDER BY at DESC, id DESC LIMIT ?"
_TOO_MUCH = """SELECT id FROM (SELECT id, data IS NOT NULL AS kept,
        sum(coalesce(length(data), 0)) OVER (ORDER BY at DESC, id DESC) AS so_far FROM print_job)
    WHERE kept AND so_far > ?"""


@dataclass(frozen=True, slots=True)
class PrintLine:
    """One job. `again`: what was printed is kept, so it can go out once more as it was.

    `too_large`: it would have been kept, and was too much, alone or together with what was printed after it.
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
    """What was printed: its words for the log, for whom, of which product (of a look: `goods`); and all of it.

    `data` is the raw job for its `printer`, or, where that prints through the system, the pages as
    `guide_app.sharing.kept_pages.bundle` writes them.
    """

    title: str
    template: str
    printer_name: str
    client_id: str | None = None
    discreet: bool = False
    data: bytes | None = None
    printer: Printer | None = None
    product_id: str | None = None
    goods: tuple[str, ...] = ()

    @property
    def on_paper(self) -> bool:
        """Whether it went out by the system's print dialog."""
        return self.printer is not None and self.printer.way == "system"


def pages_of(kept: Printout) -> KeptPages:
    """The pages of a job that went out by the system. Raises NotFoundError for those that an older program kept."""
    try:
        return unbundle(kept.data or b"")
    except msgspec.DecodeError as e:
        raise _not_kept() from e


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
                "product_id": printout.product_id, "goods": json_list(printout.goods),
                "title": printout.title, "template": printout.template, "printer_name": printout.printer_name,
                "printer": msgspec.json.encode(printout.printer).decode() if printout.printer else "",
                "discreet": printout.discreet, "data": kept,
            }  # fmt: skip
            uow.execute_local(insert(PRINT_JOB).values(**row))
            uow.execute_local(delete(PRINT_JOB).where(PRINT_JOB.c.at <= uow.now_ms - MOST_DAYS * DAY_MS))
            stay = uow.conn.exec_driver_sql(_NEWEST, (MOST,)).scalars().all()
            uow.execute_local(delete(PRINT_JOB).where(PRINT_JOB.c.id.not_in(stay)))
            beyond = uow.conn.exec_driver_sql(_TOO_MUCH, (MOST_MIB * _MIB,)).scalars().all()
            uow.execute_local(update(PRINT_JOB).where(PRINT_JOB.c.id.in_(beyond)).values(data=None))
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
        """A job as it was. Raises NotFoundError where it, or what it printed, is not kept (any more)."""
        asked = """SELECT title, template, printer_name, printer, client_id, product_id, goods, discreet, data
            FROM print_job WHERE id = ? AND at > ?"""
        since = self._clock.now_ms() - MOST_DAYS * DAY_MS
        row = self._db.query(lambda conn: conn.exec_driver_sql(asked, (job_id, since)).one_or_none())
        if row is None or row.data is None:
            raise _not_kept()
        printer = msgspec.json.decode(row.printer, type=Printer)
        return Printout(
            row.title, row.template, row.printer_name, row.client_id, bool(row.discreet), zlib.decompress(row.data),
            printer, row.product_id, tuple(decode_json(row.goods)),
        )  # fmt: skip


def _not_kept() -> NotFoundError:
    return NotFoundError("print.gone", "这次打印没有留存, 不能原样再打。", "请重新打印。")
