"""Whether a voucher that a PC signed says no more than its certificate and the batch's terms allow.

The signatures tell which PC made it, not that the PC kept to the terms: one that was tampered with can sign a longer
life, a larger draw, or a coupon for whoever brings it. So both ends ask here before they believe it. Pure; UTC ms, fen.
"""

from __future__ import annotations

from typing import Literal

from guide_app.base.clock import DAY_MS, china_date, day_start_ms
from guide_app.protocol.coupon_records import CouponTemplate
from guide_app.protocol.coupon_terms import validity
from guide_app.protocol.voucher import MINUTE_MS, Certificate, Voucher, holder_mark

#: What goes beyond; empty: nothing does.
Excess = Literal["", "batch", "time", "value", "holder"]


def excess(voucher: Voucher, terms: CouponTemplate, claimed_at: int | None = None) -> Excess:
    """The first thing in a voucher that its allotment and batch do not allow; one by head office has none.

    `claimed_at` is when it was handed out, where that has been told; otherwise it is any moment of the lease that fits
    the beginning which the voucher states. A shorter life than the terms give is allowed.
    """
    certificate = voucher.certificate
    if certificate is None:
        return ""
    if voucher.template_no != terms.no:
        return "batch"
    if voucher.valid_from > max(certificate.expires_at + DAY_MS, terms.valid_from):
        return "time"
    at = _latest_claim(voucher, terms, certificate) if claimed_at is None else claimed_at
    if not certificate.starts_at <= at < certificate.expires_at or not _fits(voucher, terms, at):
        return "time"
    if not _is_drawn(voucher.value_fen, terms, certificate):
        return "value"
    # Without a mark it would be anybody's; a mark on what may be passed on only narrows it.
    return "holder" if not terms.transferable and voucher.holder == holder_mark(None) else ""


def _latest_claim(voucher: Voucher, terms: CouponTemplate, certificate: Certificate) -> int:
    """The last moment of the lease at which a coupon with this beginning can have been handed out."""
    begins = voucher.valid_from
    last = day_start_ms(china_date(begins)) - 1 if terms.starts_next_day else begins + MINUTE_MS - 1
    return min(last, certificate.expires_at - 1)


def _fits(voucher: Voucher, terms: CouponTemplate, claimed_at: int) -> bool:
    """Whether it begins when a coupon that was handed out then does, and ends no later. Vouchers tell whole minutes."""
    begins, until = validity(
        claimed_at, valid_from=terms.valid_from, valid_until=terms.valid_until, valid_days=terms.valid_days,
        starts_next_day=terms.starts_next_day,
    )  # fmt: skip
    if voucher.valid_from != begins // MINUTE_MS * MINUTE_MS:
        return False
    return until == 0 or 0 < voucher.valid_until <= -(-until // MINUTE_MS) * MINUTE_MS


def _is_drawn(value_fen: int, terms: CouponTemplate, certificate: Certificate) -> bool:
    if terms.kind != "random_off":
        return value_fen == 0
    return terms.random_min_fen <= value_fen <= min(terms.random_max_fen, certificate.budget_fen)
