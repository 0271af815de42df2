"""What a coupon is worth and whether it may be used: pure, in fen.

Percentages are rounded down to the fen in the customer's price, as receipts in China do: the discount is what remains.
"""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.money import yuan
from guide_app.base.phrase import Phrase

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a coupon template. Money in fen."""

    name: str
    kind: str
    min_spend_fen: int
    discount_fen: int
    percent_off: int
    max_discount_fen: int


@dataclass(frozen=True, slots=True)
class HeldCoupon:
    """A coupon of this store's customers as this PC knows it. Times are UTC ms."""

    id: str
    code: str
    status: str
    terms: Terms
    client_id: str | None
    client_name: str
    guide_id: str | None
    guide_name: str
    claimed_at: int
    valid_from: int
    valid_until: int
    redeemed_at: int | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a coupon may be redeemed now, and every reason why not. `discount_fen` for the amount asked about."""

    usable: bool
    reasons: tuple[Phrase, ...]
    discount_fen: int
    codes: tuple[str, ...] = ()


def discount(terms: Terms, amount_fen: int) -> int:
    """What the coupon takes off `amount_fen`; never more than the amount; 0 below the threshold."""
    if amount_fen < terms.min_spend_fen:
        return 0
    if terms.kind == "percent_off":
        payable = amount_fen * (_PERCENT - terms.percent_off) // _PERCENT
        off = amount_fen - payable
        return min(off, terms.max_discount_fen) if terms.max_discount_fen else off
    return min(terms.discount_fen, amount_fen)


def judge(coupon: HeldCoupon, now_ms: int, amount_fen: int | None) -> Verdict:
    """Whether `coupon` may be redeemed at `now_ms` (UTC ms) on a bill of `amount_fen`, None if not known yet."""
    found: list[tuple[str, Phrase]] = []
    if coupon.status == "redeemed":
        found.append(("coupon.redeemed", Phrase("这张券已核销")))
    elif coupon.status == "void":
        found.append(("coupon.void", Phrase("这张券已作废")))
    elif coupon.status == "expired" or now_ms >= coupon.valid_until:
        found.append(("coupon.expired", Phrase("这张券已过期")))
    if now_ms < coupon.valid_from:
        found.append(("coupon.expired", Phrase("这张券还没到使用时间")))
    short = coupon.terms.min_spend_fen - amount_fen if amount_fen is not None else 0
    if short > 0:
        found.append(("coupon.min_spend", Phrase("还差 {amount} 才到门槛", {"amount": yuan(short)})))
    off = discount(coupon.terms, amount_fen) if amount_fen is not None else 0
    return Verdict(not found, tuple(p for _, p in found), off if not found else 0, tuple(c for c, _ in found))
