"""How far this PC's printer feeds off, read from the ruler page and kept for every sheet of labels."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.sharing.sheet import A4, Paper
from guide_app.store.database import Database

MOST_MM = 10.0
_KEY = "sharing.printer_offset"


@dataclass(frozen=True, slots=True)
class Offset:
    """Millimetres by which the print has to move right and down."""

    right: float = 0.0
    down: float = 0.0

    def on(self, paper: Paper = A4) -> Paper:
        """The paper with everything moved by this."""
        return replace(paper, shift_x=self.right, shift_y=self.down)


def from_ruler(left_mm: float, top_mm: float, wanted_mm: float = 20.0) -> Offset:
    """The offset for a ruler whose corner was measured `left_mm` and `top_mm` from the paper's edges.

    Raises InvalidInputError where that is further off than a printer can be.
    """
    offset = Offset(round(wanted_mm - left_mm, 1), round(wanted_mm - top_mm, 1))
    if max(abs(offset.right), abs(offset.down)) > MOST_MM:
        raise InvalidInputError(
            "print.offset",
            "左上角离纸边应在 {wanted_mm:g} 毫米上下, 相差不超过 {most:g} 毫米。",
            "请再量一次。",
            wanted_mm=wanted_mm,
            most=MOST_MM,
        )
    return offset


class Calibration:
    """Keeps the offset of this PC's printer."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def offset(self) -> Offset:
        """The offset kept; none at first."""
        text = self._db.query(
            lambda conn: conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_KEY,)).scalar_one_or_none()
        )
        return Offset(*json.loads(text)) if text else Offset()

    def keep(self, offset: Offset, actor: Actor) -> None:
        """Keep an offset for all sheets from now on."""
        value = json.dumps([offset.right, offset.down])
        self._db.change(lambda uow: uow.save_setting(_KEY, value), by=actor.guide_id, origin=actor.origin)
