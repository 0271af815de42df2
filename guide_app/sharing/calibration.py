"""How far each printer of this PC feeds off, read from the ruler page and kept for everything that it prints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.sharing.sheet import A4, Paper
from guide_app.store.database import Database
from guide_app.store.uow import UnitOfWork

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
    """Keeps the offset of each printer of this PC, by the name the operating system gives it.

    A printer that was never measured has that of the name `""`, which also stands for files printed elsewhere.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def offset(self, printer: str = "") -> Offset:
        """The offset of a printer; none at first."""
        return _of(self._db.query(_kept), printer)

    def offsets(self) -> dict[str, Offset]:
        """The offset of each printer that was measured."""
        return {name: Offset(*pair) for name, pair in self._db.query(_kept).items()}

    def keep(self, offset: Offset, actor: Actor, printer: str = "") -> None:
        """Keep an offset for all that this printer prints from now on."""

        def deed(uow: UnitOfWork) -> None:
            kept = _kept(uow.conn)
            kept[printer] = (offset.right, offset.down)
            uow.save_setting(_KEY, json.dumps(kept, ensure_ascii=False))

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def _kept(conn: Connection) -> dict[str, tuple[float, float]]:
    text = conn.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_KEY,)).scalar_one_or_none()
    found = json.loads(text) if text else {}
    # Before each printer had its own there was one pair for all.
    return {"": (found[0], found[1])} if isinstance(found, list) else {n: (r, d) for n, (r, d) in found.items()}


def _of(kept: Mapping[str, tuple[float, float]], printer: str) -> Offset:
    return Offset(*kept.get(printer, kept.get("", (0.0, 0.0))))
