"""Whether a coupon may be handed out or used: pure rules, money in fen, moments in UTC ms.

What it does to a bill is the wire's rule (`guide_app.protocol.coupon_bill`), the same at the counter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guide_app.protocol import coupon_terms
from guide_app.protocol.coupon_bill import Ticket
from guide_app.protocol.coupon_records import CouponTemplate as Template

__all__ = ["Template", "is_on_offer", "ticket_of", "validity", "worth_at_most"]


def is_on_offer(template: Template, at: int) -> bool:
    """Whether coupons of the template are handed out at `at`; that may begin before they can be used."""
    if template.recalled_at is not None and template.recalled_at <= at:
        return False
    return template.status == "active" and not coupon_terms.is_over(template.valid_until, at)


def validity(template: Template, claimed_at: int) -> tuple[int, int]:
    """From when until when a coupon claimed at `claimed_at` may be used; until 0 means without end."""
    return coupon_terms.validity(
        claimed_at,
        valid_from=template.valid_from,
        valid_until=template.valid_until,
        valid_days=template.valid_days,
        starts_next_day=template.starts_next_day,
    )


def ticket_of(coupon_id: str, coupon: Mapping[str, Any], template: Template) -> Ticket:
    """A coupon's record as it is laid on a bill.

    That it has been marked as expired says nothing of the moment asked about, which may lie before: its end does.
    """
    return Ticket(
        coupon_id,
        template,
        valid_from=coupon["valid_from"],
        valid_until=coupon["valid_until"],
        value_fen=coupon["value_fen"],
        status="claimed" if coupon["status"] == "expired" and coupon["valid_until"] else coupon["status"],
    )


def worth_at_most(template: Template, value_fen: int = 0) -> int:
    """What one coupon can cost at most, as far as its terms say, in fen; counted against the batch's budget."""
    if template.kind in ("percent_off", "nth_item"):
        return template.max_discount_fen
    if template.kind == "random_off":
        return value_fen or template.random_max_fen
    return template.discount_fen
