"""Templates, bills and tickets for the tests of coupons."""

from __future__ import annotations

from typing import Any

from guide_app.protocol.coupon_bill import Bill, BillLine, Ticket
from guide_app.protocol.coupon_records import CouponTemplate

#: Wednesday 2026-11-18, 15:00 in China.
AT = 1_794_985_200_000


def template(no: int = 1, **terms: Any) -> CouponTemplate:
    return CouponTemplate(id=f"00000000-0000-7000-8000-{no:012d}", no=no, **terms)


def ticket(no: int = 1, *, value_fen: int = 0, valid_until: int = 0, status: str = "claimed", **terms: Any) -> Ticket:
    terms = {"kind": "cash_off", "discount_fen": 1000, **terms}
    return Ticket(
        f"c{no}", template(no, **terms), valid_from=0, valid_until=valid_until, value_fen=value_fen, status=status
    )


def bill(*lines: tuple[int, int], categories: tuple[str, ...] = (), **about: Any) -> Bill:
    """A bill of (amount in fen, pieces) of products p0, p1, …"""
    named = [*categories, *[""] * len(lines)]
    return Bill(
        tuple(BillLine(f"p{i}", named[i], qty, amount) for i, (amount, qty) in enumerate(lines)),
        **{"at": AT, **about},
    )
