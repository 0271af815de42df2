"""Coupons of other systems at this counter: recognised by their shape, and what head office was asked about them.

A use is written down before head office is asked and taken off the list when its answer is known, so that asking again,
also after a crash, asks under the same number.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from guide_app.base.actor import Actor
from guide_app.protocol.external_coupon import RULE, ExternalBatch, ExternalUse, matching, read_batches
from guide_app.store.codec import decode_json
from guide_app.store.database import Database
from guide_app.store.house_rules import house_rule
from guide_app.store.tables import EXTERNAL_ASK
from guide_app.store.uow import UnitOfWork

_WAITING = "SELECT asked FROM external_ask ORDER BY at, request_no"
_ALONE = "SELECT source_name FROM redemption WHERE order_no = ? AND source <> '' AND returned_at IS NULL"
_SAME = "SELECT request_no FROM external_ask WHERE code = ? LIMIT 1"


class ExternalBook:
    """What this PC knows of coupons of other systems without asking anybody."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def batches(self, text: str) -> tuple[ExternalBatch, ...]:
        """The batches whose codes look like `text`."""
        return self._db.query(lambda conn: batches_of(conn, text))

    def waiting(self) -> tuple[ExternalUse, ...]:
        """Uses whose answer is not known, the oldest first."""
        return self._db.query(lambda conn: tuple(_read(row[0]) for row in conn.exec_driver_sql(_WAITING)))

    def begin(self, use: ExternalUse, actor: Actor) -> ExternalUse:
        """Write down that this is about to be asked; returns what is to be asked.

        If an answer about the same code is still awaited, it goes under that number: head office keeps to what it heard
        first, and takes the present bill if it has heard nothing.
        """

        def deed(uow: UnitOfWork) -> ExternalUse:
            before = uow.conn.exec_driver_sql(_SAME, (use.code,)).scalar()
            asked = use if before is None else msgspec.structs.replace(use, request_no=before)
            said = {"code": asked.code, "asked": msgspec.to_builtins(asked), "at": uow.now_ms}
            put = insert(EXTERNAL_ASK).values(request_no=asked.request_no, **said)
            uow.execute_local(put.on_conflict_do_update(index_elements=["request_no"], set_=said))
            return asked

        return self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def end(self, request_no: str, actor: Actor) -> None:
        """The answer is known."""

        def deed(uow: UnitOfWork) -> None:
            uow.execute_local(delete(EXTERNAL_ASK).where(EXTERNAL_ASK.c.request_no == request_no))

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)


def batches_of(conn: Connection, text: str) -> tuple[ExternalBatch, ...]:
    """The batches that head office published whose codes look like `text`."""
    return matching(read_batches(house_rule(conn, RULE)), text)


def stands_alone(conn: Connection, order_no: str) -> bool:
    """Whether a coupon of another system was redeemed on this order that suffers none of ours beside it."""
    if not order_no:
        return False
    names = conn.exec_driver_sql(_ALONE, (order_no,)).scalars()
    stacking = {batch.name for batch in read_batches(house_rule(conn, RULE)) if batch.stacking}
    return any(name not in stacking for name in names)


def _read(text: str) -> ExternalUse:
    return msgspec.convert(decode_json(text), ExternalUse)
