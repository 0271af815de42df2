"""Whether a coupon may be given on to a named person (转赠): one rule for the guide's PC and head office. Pure.

A coupon goes from hand to hand once: what could be passed on without end would be goods to trade in. So many coupons of
one batch may a person give on, and so many be given, as its `give_limit` says. Whom it was given to is its holder alone
from then on, as if the batch were its holder's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Why = Literal[
    "",
    "coupon.redeemed",
    "coupon.void",
    "coupon.recalled",
    "coupon.expired",
    "coupon.not_transferable",
    "coupon.given",
    "coupon.give_same",
    "coupon.give_limit",
    "coupon.got_limit",
]


@dataclass(frozen=True, slots=True)
class Gift:
    """What is known of a coupon that is to be given on.

    `is_recalled`, `is_over`: worth nothing, or out of its time, at the moment of the deed. `is_same`: giver and
    receiver are one person. `gave` and `got`: how many coupons of this batch the one has given on and the other been
    given before; `limit` 0 does not limit.
    """

    status: str
    transferable: bool
    is_given: bool
    limit: int
    is_recalled: bool = False
    is_over: bool = False
    is_same: bool = False
    gave: int = 0
    got: int = 0


def why_not(gift: Gift) -> Why:
    """The first reason why the coupon cannot be given on; empty if it can."""
    reasons: tuple[tuple[Why, bool], ...] = (
        ("coupon.redeemed", gift.status == "redeemed"),
        ("coupon.void", gift.status == "void"),
        ("coupon.recalled", gift.is_recalled),
        ("coupon.expired", gift.is_over or gift.status == "expired"),
        ("coupon.not_transferable", not gift.transferable),
        ("coupon.given", gift.is_given),
        ("coupon.give_same", gift.is_same),
        ("coupon.give_limit", 0 < gift.limit <= gift.gave),
        ("coupon.got_limit", 0 < gift.limit <= gift.got),
    )
    return next((why for why, holds in reasons if holds), "")


def is_hers_alone(*, transferable: bool, given_at: int | None) -> bool:
    """Whether nobody but its holder may use a coupon: of a batch that is its holder's, or given to her by name."""
    return not transferable or given_at is not None
