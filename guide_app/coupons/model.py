"""Whether a coupon in a customer's hand may be used, and why not: pure, in fen."""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.money import yuan
from guide_app.base.phrase import Phrase
from guide_app.protocol.coupon_terms import discount, is_over


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
class RedemptionRow:
    """One redemption in this store. `status`: pending (head office has not answered), confirmed, conflict."""

    coupon_id: str
    code: str
    coupon_name: str
    client_name: str
    guide_name: str
    order_no: str
    amount_fen: int
    discount_fen: int
    status: str
    at: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a coupon may be redeemed now, and every reason why not. `discount_fen` for the amount asked about."""

    usable: bool
    reasons: tuple[Phrase, ...]
    discount_fen: int
    codes: tuple[str, ...] = ()


def judge(coupon: HeldCoupon, now_ms: int, amount_fen: int | None) -> Verdict:
    """Whether `coupon` may be redeemed at `now_ms` (UTC ms) on a bill of `amount_fen`, None if not known yet."""
    found: list[tuple[str, Phrase]] = []
    if coupon.status == "redeemed":
        found.append(("coupon.redeemed", Phrase("这张券已核销")))
    elif coupon.status == "void":
        found.append(("coupon.void", Phrase("这张券已作废")))
    elif coupon.status == "expired" or is_over(coupon.valid_until, now_ms):
        found.append(("coupon.expired", Phrase("这张券已过期")))
    if now_ms < coupon.valid_from:
        found.append(("coupon.expired", Phrase("这张券还没到使用时间")))
    short = coupon.terms.min_spend_fen - amount_fen if amount_fen is not None else 0
    if short > 0:
        found.append(("coupon.min_spend", Phrase("还差 {amount} 才到门槛", {"amount": yuan(short)})))
    off = discount(coupon.terms, amount_fen) if amount_fen is not None else 0
    return Verdict(not found, tuple(p for _, p in found), off if not found else 0, tuple(c for c, _ in found))
