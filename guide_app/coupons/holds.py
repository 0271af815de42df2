"""A coupon that lies in a bill not yet paid: held for that bill on this PC, and given free by itself.

A hold is never sent and never outlives its quarter of an hour, so that neither a crash nor a bill that nobody finished
uses a coupon up.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.sqlite import insert

from guide_app.base.actor import Actor
from guide_app.base.errors import InvalidInputError
from guide_app.store.database import Database
from guide_app.store.tables import COUPON_HOLD
from guide_app.store.uow import UnitOfWork

HOLD_MS = 15 * 60_000
_HOLDER = "SELECT bill_id FROM coupon_hold WHERE coupon_id = ? AND until > ?"


def holder_of(conn: Connection, coupon_id: str, at: int, besides: str = "") -> str | None:
    """The bill in which a coupon lies at `at` (UTC ms), if it is another than `besides`."""
    bill: str | None = conn.exec_driver_sql(_HOLDER, (coupon_id, at)).scalar()
    return bill if bill != besides else None


class CouponHolds:
    """Puts coupons into bills and takes them out."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def hold(self, bill_id: str, coupon_ids: Sequence[str], actor: Actor) -> None:
        """Let exactly these coupons lie in the bill. Raises InvalidInputError if one lies in another."""

        def deed(uow: UnitOfWork) -> None:
            for coupon_id in coupon_ids:
                if holder_of(uow.conn, coupon_id, uow.now_ms, besides=bill_id) is not None:
                    raise InvalidInputError("coupon.held", "这张券正放在另一张未结的单里。", "先结掉或取消那张单。")
            over = (COUPON_HOLD.c.bill_id == bill_id) | (COUPON_HOLD.c.until <= uow.now_ms)
            uow.execute_local(delete(COUPON_HOLD).where(over))
            for coupon_id in dict.fromkeys(coupon_ids):
                held = {"coupon_id": coupon_id, "bill_id": bill_id, "guide_id": actor.guide_id or ""}
                uow.execute_local(insert(COUPON_HOLD).values(**held, until=uow.now_ms + HOLD_MS))

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def release(self, bill_id: str, actor: Actor) -> None:
        """Let all coupons of the bill go."""

        def deed(uow: UnitOfWork) -> None:
            uow.execute_local(delete(COUPON_HOLD).where(COUPON_HOLD.c.bill_id == bill_id))

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)

    def release_all(self) -> None:
        """For a program that has just been started: the bills of its last run are gone."""
        self._db.change(lambda uow: uow.execute_local(delete(COUPON_HOLD)), by=None, origin="coupons")
