"""Who may take how much out, and what is noted of it.

More than 200 rows need a second person: another guide of the store who is its manager and types her PIN, also when a
manager takes out. Who sells or gives away 250 records of dealings that she got in her job is punished already (criminal
interpretation of 2017 on art. 253-1, arts. 5 and 6), so what left by the same hand within 24 hours counts together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS, china_datetime
from guide_app.base.errors import GuideError, InvalidInputError
from guide_app.base.phrase import Phrase
from guide_app.privacy.rules import EXPORT_LIMIT, figure
from guide_app.roster.service import Roster
from guide_app.store.uow import UnitOfWork

NEEDS_MANAGER = "export.needs_manager"

_TAKEN = """SELECT coalesce(sum(records), 0) FROM access_log
    WHERE guide_id = ? AND deed = 'export' AND approved_by IS NULL AND at > ?"""
_MANAGES = "SELECT 1 FROM guide WHERE id = ? AND role = 'store_manager' AND store_id = ? AND active"
_NUMBER_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's word for an export; made by `approve`, checked again when the export is noted."""

    guide_id: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class Slip:
    """What an export is known by: its record's id, who takes, why, when (UTC ms), and who approved."""

    id: str
    actor: Actor
    reason: str
    at: int
    approval: Approval | None

    @property
    def number(self) -> str:
        """The short number that stands in the files and in the log."""
        return self.id[-_NUMBER_DIGITS:].upper()

    @property
    def mark(self) -> str:
        """The watermark that every row carries: who, when, which export."""
        return f"{self.actor.name} {self.actor.number} {china_datetime(self.at):%Y-%m-%d %H:%M} #{self.number}"


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many rows an export has, how many left by the same hand within 24 hours, how many may in all."""

    rows: int
    taken: int
    limit: int

    @property
    def needs_another(self) -> bool:
        """Whether a second person must answer for it."""
        return needs_approval(self.rows, self.taken, self.limit)


def approve(roster: Roster, actor: Actor, number: str, pin: str) -> Approval:
    """The approval of the manager with this staff number, proven by her PIN; the actor goes on acting.

    Raises GuideError (`export.approver`) for the actor herself and for who is no manager, LockedError for a wrong PIN.
    """
    guide = roster.vouch(number, pin, actor.origin)
    if guide.id == actor.guide_id or guide.role != "store_manager":
        raise _wrong_approver()
    return Approval(guide.id, guide.name, guide.number)


def needs_approval(rows: int, taken_before: int, limit: int) -> bool:
    """Whether so many rows, after what left within 24 hours, are more than one person may take out alone."""
    return rows > 0 and rows + taken_before > limit


def look_ahead(conn: Connection, rows: int, actor: Actor, now_ms: int) -> Outlook:
    """What an export of so many rows would come to now."""
    taken = int(conn.exec_driver_sql(_TAKEN, (actor.guide_id, now_ms - DAY_MS)).scalar_one())
    return Outlook(rows, taken, figure(conn, EXPORT_LIMIT))


def check_amount(conn: Connection, rows: int, actor: Actor, approval: Approval | None, now_ms: int) -> None:
    """Raise GuideError if a second person is needed (`export.needs_manager`) or another one (`export.approver`)."""
    if approval is not None:
        manages = conn.exec_driver_sql(_MANAGES, (approval.guide_id, actor.store_id)).first()
        if approval.guide_id == actor.guide_id or manages is None:
            raise _wrong_approver()
        return
    outlook = look_ahead(conn, rows, actor, now_ms)
    if outlook.needs_another:
        before = Phrase(", 加上 24 小时内已导出的 {taken:,} 行", {"taken": outlook.taken}) if outlook.taken else ""
        raise GuideError(
            NEEDS_MANAGER,
            "要导出 {rows:,} 行{before}, 超过 {limit} 行须由另一位店长批准。",
            "请店长在导出的窗口里输入自己的工号和 PIN 批准; 本店没有另一位店长时由总部导出。",
            rows=rows,
            before=before,
            limit=outlook.limit,
        )


def clean_reason(reason: str) -> str:
    """The reason as it is kept. Raises InvalidInputError if there is none."""
    why = reason.strip()
    if not why:
        raise InvalidInputError("export.reason", "没有写导出的原因。", "例如「双十一回访名单」。")
    return why


def note_export(uow: UnitOfWork, slip: Slip, rows: int, client_ids: Sequence[str], proof: str) -> None:
    """Note the export for head office, and on this PC each client who leaves; checks the amount once more.

    Raises GuideError as `check_amount` does: another program on this PC may have exported meanwhile.
    """
    check_amount(uow.conn, rows, slip.actor, slip.approval, slip.at)
    line = {
        "guide_id": slip.actor.guide_id, "deed": "export", "reason": slip.reason, "records": rows, "proof": proof,
        "approved_by": slip.approval.guide_id if slip.approval else None, "at": slip.at,
    }  # fmt: skip
    uow.put("access_log", line, id=slip.id)
    for client_id in client_ids:
        uow.log_reveal(client_id, slip.actor.guide_id, "export")


def _wrong_approver() -> GuideError:
    return GuideError("export.approver", "批准人须是本店的另一位店长。", "请店长本人输入工号和 PIN。")
