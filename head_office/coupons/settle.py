"""Who bears a discount that was given twice, or for a coupon that had ended: the rules of docs/coupons.md. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bearer = Literal["brand", "store", "issuer"]


@dataclass(frozen=True, slots=True)
class Given:
    """A redemption as its counter saw it. `told`: head office had told it before that the coupon was used or ended."""

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
        return Settled("issuer", "allotment.over")
    if not given.offline or given.told:
        return Settled("store", "recalled.known")
    if given.beyond_limit:
        return Settled("store", "beyond.limit")
    return Settled("brand", "recalled.offline")


def settle(first: Given, second: Given, *, copied: bool) -> Settled:
    """`first` is the redemption that counts; `copied`: one serial of an allotment was handed to two customers."""
    if copied:
        return Settled("issuer", "serial.copied")
    if second.store_id == first.store_id:
        return Settled("store", "twice.same_store")
    if not second.offline or second.told:
        return Settled("store", "twice.known")
    if second.beyond_limit:
        return Settled("store", "beyond.limit")
    return Settled("brand", "twice.offline")
