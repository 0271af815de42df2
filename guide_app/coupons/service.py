"""Deeds on coupons. Head office owns them: the PC asks by command and shows the expected effect until it answers."""

from __future__ import annotations

from sqlalchemy import Connection

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError, NotFoundError
from guide_app.base.flagged import flagged
from guide_app.coupons.model import HeldCoupon
from guide_app.coupons.queries import CouponQueries
from guide_app.protocol.coupon_code import make_code
from guide_app.protocol.coupon_terms import validity
from guide_app.store.database import Database
from guide_app.store.overlay import Effect
from guide_app.store.uow import UnitOfWork

#: Who refused in any store of the company refused here too.
_CLIENT = """SELECT c.name, c.flag, c.flag_why, c.contact_state = 'refused'
        OR EXISTS (SELECT 1 FROM company_view v WHERE v.client_id = c.id AND v.refused) AS refused
    FROM client c WHERE c.id = ?"""


class CouponService:
    """Redeems and issues coupons at the counter."""

    def __init__(self, db: Database, queries: CouponQueries, clock: Clock) -> None:
        self._db = db
        self._queries = queries
        self._clock = clock

    def redeem(self, text: str, actor: Actor, *, order_no: str = "", amount_fen: int | None = None) -> HeldCoupon:
        """Redeem a coupon; it shows as redeemed at once and is settled at the next contact.

        Raises InvalidInputError with every reason why it cannot be used, NotFoundError if this PC does not know it.
        """
        coupon, verdict = self._queries.verify(text, amount_fen)
        if not verdict.usable:
            reasons = "; ".join(str(reason) for reason in verdict.reasons)
            raise InvalidInputError(
                verdict.codes[0], f"券「{coupon.terms.name}」不能核销: {reasons}。", "请核对券和订单。"
            )

        def deed(uow: UnitOfWork) -> None:
            redemption_id = uow.new_id()
            redemption = {
                "coupon_id": coupon.id, "coupon_code": coupon.code, "guide_id": actor.guide_id, "order_no": order_no,
                "amount_fen": amount_fen or 0, "discount_fen": verdict.discount_fen, "at": uow.now_ms,
            }  # fmt: skip
            uow.command(
                "coupon.redeem",
                coupon.id,
                {"redemption_id": redemption_id, "code": coupon.code, **redemption},
                effects=(
                    Effect("coupon", coupon.id, "patch", {"status": "redeemed", "redeemed_at": uow.now_ms}),
                    Effect("redemption", redemption_id, "put", {**redemption, "status": "pending"}),
                ),
            )

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)
        return self._queries.by_code(coupon.code)

    def issue(self, template: str, client_id: str, actor: Actor) -> HeldCoupon:
        """Give a client a coupon of a template (id, number or name); returns it.

        Raises NotFoundError for a client who is not in the book; InvalidInputError for a template that is not handed
        out, a client who has had her share, and one who refused contact, has a complaint open or is blocked.
        """
        now = self._clock.now_ms()

        def deed(uow: UnitOfWork) -> str:
            _require_welcome(uow.conn, client_id)
            row = uow.conn.exec_driver_sql(
                "SELECT id, name, valid_from, valid_until, valid_days, claim_limit FROM coupon_template"
                " WHERE status = 'active' AND ? IN (id, CAST(no AS TEXT), name)",
                (template,),
            ).first()
            if row is None:
                raise InvalidInputError("coupon.not_active", f"没有正在发放的券「{template}」。", "用券名、编号或 ID。")
            held = uow.conn.exec_driver_sql(
                "SELECT count(*) FROM coupon WHERE template_id = ? AND client_id = ?", (row.id, client_id)
            ).scalar_one()
            if row.claim_limit and held >= row.claim_limit:
                raise InvalidInputError("coupon.limit", f"这位客户已领过「{row.name}」。", "换一种券。")
            begins, until = validity(
                now, valid_from=row.valid_from, valid_until=row.valid_until, valid_days=row.valid_days
            )
            coupon_id, code = uow.new_id(), make_code()
            coupon = {
                "template_id": row.id, "code": code, "client_id": client_id, "guide_id": actor.guide_id,
                "claimed_at": now, "valid_from": begins, "valid_until": until,
            }  # fmt: skip
            uow.command("coupon.issue", coupon_id, coupon, effects=(Effect("coupon", coupon_id, "put", coupon),))
            return code

        return self._queries.by_code(self._db.change(deed, by=actor.guide_id, origin=actor.origin))


def _require_welcome(conn: Connection, client_id: str) -> None:
    """A coupon invites her to come and buy: not whom head office would refuse it for (`head_office.deeds`)."""
    hers = conn.exec_driver_sql(_CLIENT, (client_id,)).one_or_none()
    if hers is None:
        raise NotFoundError("client.unknown", f"没有编号为 {client_id} 的客户。", "先用 clients search 找到客户。")
    if hers.refused:
        raise InvalidInputError(
            "consent.refused", f"{hers.name} 已拒绝联系, 不能发券。", "只有客户本人可以重新同意; 她仍可扫码自己领券。"
        )
    if (refused := flagged(hers.name, hers.flag, hers.flag_why, "不能发券")) is not None:
        raise refused
