"""Whether a coupon may be handed out or used: pure rules, money in fen, moments in UTC ms.

What it is worth is the wire's rule (`guide_app.protocol.coupon_terms`), the same at the counter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide_app.protocol import coupon_terms


@dataclass(frozen=True, slots=True)
class Template:
    """The terms of a coupon template. 0 means: no limit, no threshold, no end."""

    id: str
    no: int
    name: str
    kind: str
    min_spend_fen: int
    discount_fen: int
    percent_off: int
    max_discount_fen: int
    valid_from: int
    valid_until: int
    valid_days: int
    claim_limit: int
    quota: int
    status: str


def is_on_offer(template: Template, at: int) -> bool:
    """Whether coupons of the template are handed out at `at`; that may begin before they can be used."""
    return template.status == "active" and not coupon_terms.is_over(template.valid_until, at)


def validity(template: Template, claimed_at: int) -> tuple[int, int]:
    """From when until when a coupon claimed at `claimed_at` may be used; until 0 means without end."""
    return coupon_terms.validity(
        claimed_at,
        valid_from=template.valid_from,
        valid_until=template.valid_until,
        valid_days=template.valid_days,
    )


def obstacle(coupon: Mapping[str, Any], template: Template, at: int, amount_fen: int) -> str:
    """The problem code that keeps a coupon from being redeemed at `at`; empty if nothing does.

    `amount_fen` 0 means that the bill is not known, and no threshold is checked. A coupon used offline counts by the
    moment at the counter, not by the moment the office hears of it.
    """
    if coupon["status"] == "redeemed":
        return "coupon.redeemed"
    if coupon["status"] == "void":
        return "coupon.void"
    if at < coupon["valid_from"] or coupon_terms.is_over(coupon["valid_until"], at):
        return "coupon.expired"
    if 0 < amount_fen < template.min_spend_fen:
        return "coupon.min_spend"
    return ""
