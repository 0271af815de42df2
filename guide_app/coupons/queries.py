"""Reads of coupons in customers' hands."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row

from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.coupons.model import HeldCoupon, RedemptionRow, Terms, Verdict, judge
from guide_app.protocol.coupon_code import is_valid_code, normalise_code
from guide_app.store.database import Database

_COUPON = """
    SELECT c.id, c.code, c.status, c.client_id, coalesce(k.name, '') AS client_name, c.guide_id,
        coalesce(g.name, '') AS guide_name, c.claimed_at,
        c.valid_from, c.valid_until, c.redeemed_at, t.name, t.kind, t.min_spend_fen, t.discount_fen, t.percent_off,
        t.max_discount_fen
    FROM coupon c JOIN coupon_template t ON t.id = c.template_id LEFT JOIN client k ON k.id = c.client_id
        LEFT JOIN guide g ON g.id = c.guide_id"""


class CouponQueries:
    """Answers whether a coupon may be used, and which ones a client holds."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def by_code(self, text: str) -> HeldCoupon:
        """The coupon with this code, however typed. Raises InvalidInputError (mistyped) or NotFoundError."""
        code = normalise_code(text)
        if not is_valid_code(code):
            raise InvalidInputError(
                "coupon.mistyped", f"「{text}」不是券码, 有字符打错了。", "请重新扫码或核对 14 位券码。"
            )

        def read(conn: Connection) -> HeldCoupon | None:
            row = conn.exec_driver_sql(f"{_COUPON} WHERE c.code = ?", (code,)).first()
            return _held(row) if row else None

        found = self._db.query(read)
        if found is None:
            raise NotFoundError("coupon.unknown", f"本机还没有券 {code}。", "先同步一次再核销。")
        return found

    def verify(self, text: str, amount_fen: int | None = None) -> tuple[HeldCoupon, Verdict]:
        """A coupon and whether it may be redeemed now."""
        coupon = self.by_code(text)
        return coupon, judge(coupon, self._clock.now_ms(), amount_fen)

    def of_client(self, client_id: str) -> tuple[HeldCoupon, ...]:
        """All coupons of a client, the unused that expire first at the head."""
        order = " WHERE c.client_id = ? ORDER BY c.status <> 'claimed', c.valid_until, c.id"
        rows = self._db.query(lambda conn: conn.exec_driver_sql(_COUPON + order, (client_id,)).all())
        return tuple(_held(row) for row in rows)

    def redemptions(self, coupon_id: str = "", limit: int = 50) -> tuple[RedemptionRow, ...]:
        """Redemptions at this store's counter, newest first; of one coupon where `coupon_id` is given."""
        statement = """
            SELECT r.coupon_id, r.coupon_code, coalesce(t.name, ''), coalesce(k.name, ''), coalesce(g.name, ''),
                r.order_no, r.amount_fen, r.discount_fen, r.status, r.at
            FROM redemption r LEFT JOIN coupon c ON c.id = r.coupon_id
                LEFT JOIN coupon_template t ON t.id = c.template_id LEFT JOIN client k ON k.id = c.client_id
                LEFT JOIN guide g ON g.id = r.guide_id
            WHERE ? IN ('', r.coupon_id) ORDER BY r.at DESC, r.id DESC LIMIT ?"""
        rows = self._db.query(lambda conn: conn.exec_driver_sql(statement, (coupon_id, limit)).all())
        return tuple(RedemptionRow(*row) for row in rows)


def _held(row: Row[Any]) -> HeldCoupon:
    return HeldCoupon(
        id=row.id,
        code=row.code,
        status=row.status,
        terms=Terms(row.name, row.kind, row.min_spend_fen, row.discount_fen, row.percent_off, row.max_discount_fen),
        client_id=row.client_id,
        client_name=row.client_name,
        guide_id=row.guide_id,
        guide_name=row.guide_name,
        claimed_at=row.claimed_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        redeemed_at=row.redeemed_at,
    )
