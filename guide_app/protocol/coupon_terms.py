"""What a coupon is worth and when it counts: one rule for the counter's PC, the till and the customer's page.

Money in fen, moments in UTC ms. Percentages are rounded down to the fen in the customer's price, as receipts in China
do: the discount is what remains. 0 means: no threshold, no cap, no end.
"""

from __future__ import annotations

from typing import Protocol

from guide_app.base.clock import DAY_MS

_PERCENT = 100


class Terms(Protocol):
    """The terms that decide a discount."""

    @property
    def kind(self) -> str:
        """threshold_off, percent_off or cash_off."""
        ...

    @property
    def min_spend_fen(self) -> int:
        """The bill from which on the coupon counts."""
        ...

    @property
    def discount_fen(self) -> int:
        """What threshold_off and cash_off take off."""
        ...

    @property
    def percent_off(self) -> int:
        """What percent_off takes off: 10 is 九折."""
        ...

    @property
    def max_discount_fen(self) -> int:
        """The most that percent_off takes off."""
        ...


def discount(terms: Terms, amount_fen: int) -> int:
    """What the coupon takes off `amount_fen`; never more than the amount; 0 below the threshold."""
    if amount_fen < terms.min_spend_fen:
        return 0
    if terms.kind == "percent_off":
        payable = amount_fen * (_PERCENT - terms.percent_off) // _PERCENT
        off = amount_fen - payable
        return min(off, terms.max_discount_fen) if terms.max_discount_fen else off
    return min(terms.discount_fen, amount_fen)


def validity(claimed_at: int, *, valid_from: int, valid_until: int, valid_days: int) -> tuple[int, int]:
    """From when until when a coupon claimed at `claimed_at` may be used; until 0 means without end."""
    until = claimed_at + valid_days * DAY_MS if valid_days else valid_until
    until = min(until, valid_until) if valid_until else until
    return max(claimed_at, valid_from), until


def is_over(valid_until: int, at: int) -> bool:
    """Whether a coupon's time has passed at `at`."""
    return 0 < valid_until <= at
