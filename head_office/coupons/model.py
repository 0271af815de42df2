"""What a coupon is worth, and whether it may be handed out or used: pure rules, money in fen, moments in UTC ms.

Percentages are rounded down to the fen in the customer's price, as receipts in China do; the counter's PC reckons the
same way, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guide_app.base.clock import DAY_MS

_PERCENT = 100


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


def discount(template: Template, amount_fen: int) -> int:
    """What a coupon takes off `amount_fen`; never more than the amount; 0 below the threshold."""
    if amount_fen < template.min_spend_fen:
        return 0
    if template.kind == "percent_off":
        payable = amount_fen * (_PERCENT - template.percent_off) // _PERCENT
        off = amount_fen - payable
        return min(off, template.max_discount_fen) if template.max_discount_fen else off
    return min(template.discount_fen, amount_fen)


def is_on_offer(template: Template, at: int) -> bool:
    """Whether coupons of the template are handed out at `at`; that may begin before they can be used."""
    ended = 0 < template.valid_until <= at
    return template.status == "active" and not ended


def validity(template: Template, claimed_at: int) -> tuple[int, int]:
    """From when until when a coupon claimed at `claimed_at` may be used; until 0 means without end."""
    until = claimed_at + template.valid_days * DAY_MS if template.valid_days else template.valid_until
    until = min(until, template.valid_until) if template.valid_until else until
    return max(claimed_at, template.valid_from), until


def obstacle(coupon: Mapping[str, Any], template: Template, at: int, amount_fen: int) -> str:
    """The problem code that keeps a coupon from being redeemed at `at`; empty if nothing does.

    `amount_fen` 0 means that the bill is not known, and no threshold is checked. A coupon used offline counts by the
    moment at the counter, not by the moment the office hears of it.
    """
    if coupon["status"] == "redeemed":
        return "coupon.redeemed"
    if coupon["status"] == "void":
        return "coupon.void"
    if at < coupon["valid_from"] or 0 < coupon["valid_until"] <= at:
        return "coupon.expired"
    if 0 < amount_fen < template.min_spend_fen:
        return "coupon.min_spend"
    return ""
