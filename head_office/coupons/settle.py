"""Who bears a discount given twice, for a coupon that had ended, or outside its terms: docs/coupons.md. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bearer = Literal["brand", "store", "issuer"]

#: Rules of uses outside the terms. Each was a discount for a genuine coupon: it is used up by it all the same.
OUTSIDE = ("terms.known", "terms.limit", "terms.changed")
#: The rule of a use by somebody whose coupon it was not.
STRANGER = "holder.other"
#: Rules of uses for which whoever signed the voucher answers: beyond the allotment, one serial handed out twice.
OVER, COPIED = "allotment.over", "serial.copied"


@dataclass(frozen=True, slots=True)
class Given:
    """A redemption as its counter saw it.

    `told`: head office had told it before that the coupon was used or ended, or what its terms are.
    """

    store_id: str
    offline: bool
    told: bool = False
    beyond_limit: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """Who bears the second discount, and the rule that says so."""

    borne_by: Bearer
    rule: str


def settle_ended(given: Given, *, handed_back: bool) -> Settled:
    """Who bears the discount of a coupon that was worth nothing any more.

    `given.told`: the counter had been in contact since the recall. `handed_back`: the coupon is out of an allotment
    that was handed back or fell back, which no list tells.
    """
    if handed_back:
        return Settled("issuer", OVER)
    if not given.offline or given.told:
        return Settled("store", "recalled.known")
    if given.beyond_limit:
        return Settled("store", "beyond.limit")
    return Settled("brand", "recalled.offline")


def settle_outside(given: Given, *, stranger: bool) -> Settled:
    """Who bears the discount of a coupon that its terms did not allow there and then.

    `given.told`: the counter had been in contact since they last changed. `stranger`: it was somebody else's, and stays
    hers.
    """
    if stranger:
        return Settled("store", STRANGER)
    if not given.offline or given.told:
        return Settled("store", "terms.known")
    if given.beyond_limit:
        return Settled("store", "terms.limit")
    return Settled("brand", "terms.changed")


def settle(first: Given, second: Given, *, copied: bool) -> Settled:
    """`first` is the redemption that counts; `copied`: one serial of an allotment was handed to two customers."""
    if copied:
        return Settled("issuer", COPIED)
    if second.store_id == first.store_id:
        return Settled("store", "twice.same_store")
    if not second.offline or second.told:
        return Settled("store", "twice.known")
    if second.beyond_limit:
        return Settled("store", "beyond.limit")
    return Settled("brand", "twice.offline")
