"""Deeds on coupons. Head office owns them: the PC asks by command and shows the expected effect until it answers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, delete

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock
from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import listed
from guide_app.coupons.allotments import draw, has_allotment
from guide_app.coupons.bounds import require_bounds
from guide_app.coupons.external import stands_alone
from guide_app.coupons.limits import offline_room, require_room
from guide_app.coupons.model import HeldCoupon, amount_bill
from guide_app.coupons.proof import present_ms, read_template
from guide_app.coupons.queries import CouponQueries, Shown, look
from guide_app.coupons.welcome import ISSUING, require_welcome, taken_by
from guide_app.protocol.coupon_bill import Bill, at_most, take_off
from guide_app.protocol.coupon_code import make_code, normalise_code
from guide_app.protocol.coupon_mix import may_go_together
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.protocol.coupon_terms import validity
from guide_app.store.database import Database
from guide_app.store.device import Device, enrolled_device
from guide_app.store.overlay import Effect
from guide_app.store.tables import COUPON_HOLD
from guide_app.store.uow import UnitOfWork

Below = Callable[[int], int]

#: A PC that heard of head office so lately is taken as one with network.
CONTACT_MS = 10 * 60_000


class CouponService:
    """Redeems and issues coupons at the counter. `below` draws what a coupon of random worth is worth."""

    def __init__(self, db: Database, queries: CouponQueries, clock: Clock, below: Below = secrets.randbelow) -> None:
        self._db = db
        self._queries = queries
        self._clock = clock
        self._below = below

    def redeem(
        self,
        text: str,
        actor: Actor,
        *,
        order_no: str = "",
        amount_fen: int | None = None,
        client_id: str | None = None,
    ) -> HeldCoupon:
        """Redeem a coupon, by code or voucher, on a bill of which only the amount is known.

        It shows as redeemed at once and is settled at the next contact. Without an amount it counts as the most that it
        can be worth. Raises InvalidInputError with every reason why it cannot be used, with the limit of the counter
        that it does not fit, or `coupon.amount_needed` if nothing but the bill bounds its worth; NotFoundError if this
        PC does not know a code.
        """

        def bill(device: Device, now: int) -> Bill:
            return amount_bill(amount_fen, now, device.store_id)

        return self._redeem([text], bill, actor, order_no, client_id, "")[0]

    def redeem_bill(
        self,
        texts: Sequence[str],
        bill: Bill,
        actor: Actor,
        *,
        bill_id: str = "",
        order_no: str = "",
        client_id: str | None = None,
    ) -> tuple[HeldCoupon, ...]:
        """Redeem coupons together on one bill, all or none; their holds for `bill_id` end. Raises as `redeem` does."""
        return self._redeem(texts, lambda _device, now: replace(bill, at=now), actor, order_no, client_id, bill_id)

    def _redeem(
        self,
        texts: Sequence[str],
        bill_at: Callable[[Device, int], Bill],
        actor: Actor,
        order_no: str,
        client_id: str | None,
        bill_id: str,
    ) -> tuple[HeldCoupon, ...]:
        def deed(uow: UnitOfWork) -> None:
            device = enrolled_device(uow.conn)
            now = present_ms(device, self._clock)
            bill = bill_at(device, now)
            require_bounds(order_no, bill, len(texts))
            if stands_alone(uow.conn, order_no):
                raise InvalidInputError(
                    "coupon.exclusive", "这张小票已用了别家系统的券, 它不和本品牌的券同用。", "请核对小票号。"
                )
            if bill_id:
                uow.execute_local(delete(COUPON_HOLD).where(COUPON_HOLD.c.bill_id == bill_id))
            shown = [look(uow.conn, text, bill, client_id) for text in texts]
            for one in shown:
                _require_usable(one)
            _require_together([one.coupon for one in shown])
            offs = _taken_off(shown, bill)
            for one in shown:
                off = offs[one.coupon.id]
                require_room(offline_room(uow.conn, device), now, off)
                beside = [other.coupon.id for other in shown if other is not one]
                _use(uow, device, one, Use(actor.guide_id, order_no, client_id, bill, now, off, tuple(beside)))

        self._db.change(deed, by=actor.guide_id, origin=actor.origin)
        return tuple(self._queries.by_code(text) for text in texts)

    def issue(self, template: str, client_id: str, actor: Actor) -> HeldCoupon:
        """Give a client a coupon of a template (id, number or name); returns it.

        Where the batch gives guides allotments, it comes out of hers and is signed: it is good everywhere at once, with
        or without network. Without one, and where the batch gives none, head office has the last word at the next
        contact; of a batch that gives allotments only while this PC is in contact. Raises NotFoundError for a
        client who is not in the book; InvalidInputError for a template that is not handed out, an allotment that is
        used up or over, a client who has had her share, and one who refused contact, has a complaint open or is
        blocked.
        """

        def deed(uow: UnitOfWork) -> str:
            require_welcome(uow.conn, client_id, ISSUING)
            terms = _offered(uow.conn, template)
            taken = taken_by(uow.conn, client_id, terms.id)
            if terms.claim_limit and taken >= terms.claim_limit:
                raise InvalidInputError("coupon.limit", "这位客户已领过「{name}」。", "换一种券。", name=terms.name)
            device = enrolled_device(uow.conn)
            now = present_ms(device, self._clock)
            coupon: dict[str, Any] = {
                "template_id": terms.id, "client_id": client_id, "guide_id": actor.guide_id, "claimed_at": now,
            }  # fmt: skip
            may_ask = not terms.allot_count or _in_contact(device, now)
            if not may_ask or has_allotment(uow.conn, device, terms, actor.guide_id or "", now):
                drawn = draw(uow, self._clock, terms, actor.guide_id or "", client_id, self._below)
                coupon_id = drawn.coupon_id
                said = {"code": drawn.code, "token": drawn.token}
                coupon |= {
                    "claimed_at": drawn.claimed_at, "valid_from": drawn.valid_from, "valid_until": drawn.valid_until,
                }  # fmt: skip
                shown = {"value_fen": drawn.value_fen, "allotment_id": drawn.allotment_id, "serial": drawn.serial}
            else:
                begins, until = validity(
                    now, valid_from=terms.valid_from, valid_until=terms.valid_until, valid_days=terms.valid_days,
                    starts_next_day=terms.starts_next_day,
                )  # fmt: skip
                coupon_id, said, shown = uow.new_id(), {"code": make_code()}, {}
                coupon |= {"valid_from": begins, "valid_until": until}
            effect = Effect("coupon", coupon_id, "put", {**coupon, **said, **shown})
            uow.command("coupon.issue", coupon_id, {**coupon, **said}, effects=(effect,))
            return said["code"]

        return self._queries.by_code(self._db.change(deed, by=actor.guide_id, origin=actor.origin))


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a coupon: by whom, for which order and client, on which bill, when (UTC ms), and what it took off."""

    guide_id: str | None
    order_no: str
    client_id: str | None
    bill: Bill
    at: int
    discount_fen: int
    beside: tuple[str, ...]


def _use(uow: UnitOfWork, device: Device, shown: Shown, use: Use) -> None:
    coupon = shown.coupon
    redemption_id = uow.new_id()
    redemption = {
        "coupon_id": coupon.id, "coupon_code": coupon.code, "guide_id": use.guide_id, "order_no": use.order_no,
        "amount_fen": use.bill.total_fen, "discount_fen": use.discount_fen, "at": use.at, "offline": True,
        "device_id": device.device_id,
    }  # fmt: skip
    # Of a bill of which only the amount is known the amount says all; a line without article counts like the others.
    known = any(line.product_id is not None or line.category for line in use.bill.lines)
    lines = [msgspec.to_builtins(line) for line in use.bill.lines] if known else []
    asked = {
        "redemption_id": redemption_id, "code": coupon.code, **redemption, "lines": lines, "channel": use.bill.channel,
        "level": use.bill.level, "is_new": use.bill.is_new, "freight_fen": use.bill.freight_fen,
        "client_id": use.client_id, "beside": list(use.beside),
        "known_until": (device.last_contact_ms or 0) + device.offset_ms,
    }  # fmt: skip
    if shown.voucher is not None:
        asked["token"] = normalise_code(coupon.token)
    effects = [Effect("redemption", redemption_id, "put", {**redemption, "status": "pending"})]
    if coupon.known == "record":
        effects.insert(0, Effect("coupon", coupon.id, "patch", {"status": "redeemed", "redeemed_at": use.at}))
    uow.command("coupon.redeem", coupon.id, asked, effects=effects)


def _taken_off(shown: Sequence[Shown], bill: Bill) -> dict[str, int]:
    """What each coupon takes off, fen, by its id; of a bill of which nothing is known the most that it can.

    Nobody could say otherwise how much a counter without network has given away. Raises InvalidInputError.
    """
    if bill.lines:
        return {off.ticket_id: off.total_fen for off in take_off([one.coupon.ticket for one in shown], bill)}
    found = {}
    for one in shown:
        most = at_most(one.coupon.ticket)
        if most is None:
            raise InvalidInputError(
                "coupon.amount_needed",
                "券「{name}」减多少要看这张单, 没有金额不能核销。",
                "请输入这张单的金额, 再核销。",
                name=one.coupon.terms.name,
            )
        found[one.coupon.id] = most
    return found


def _in_contact(device: Device, now_ms: int) -> bool:
    """Whether head office was heard of so lately that it will judge what is done now at once."""
    heard = device.last_contact_ms
    return heard is not None and now_ms - (heard + device.offset_ms) < CONTACT_MS


def _require_usable(shown: Shown) -> None:
    verdict = shown.verdict
    if not verdict.usable:
        reasons = listed(verdict.reasons)
        raise InvalidInputError(
            verdict.codes[0],
            "券「{name}」不能核销: {reasons}。",
            "请核对券和订单。",
            name=shown.coupon.terms.name,
            reasons=reasons,
        )


def _require_together(coupons: Sequence[HeldCoupon]) -> None:
    if not may_go_together([coupon.ticket for coupon in coupons]):
        names = "、".join(f"「{coupon.terms.name}」" for coupon in coupons)
        raise InvalidInputError("coupon.exclusive", "{names} 不能在一张单上同用。", "只留下更省的那一张。", names=names)


def _offered(conn: Connection, template: str) -> CouponTemplate:
    found = conn.exec_driver_sql(
        "SELECT id FROM coupon_template WHERE status = 'active' AND recalled_at IS NULL"
        " AND ? IN (id, CAST(no AS TEXT), name)",
        (template,),
    ).scalar()
    terms = read_template(conn, found) if found else None
    if terms is None:
        raise InvalidInputError(
            "coupon.not_active", "没有正在发放的券「{template}」。", "用券名、编号或 ID。", template=template
        )
    return terms
