"""What a coupon is worth and when it counts: one rule for the counter's PC, the till and the customer's page.

Money in fen, moments in UTC ms. Percentages are rounded down to the fen in the customer's price, as receipts in China
do: the discount is what remains. 0 means: no threshold, no cap, no end. What a coupon does to a whole bill stands in
`guide_app.protocol.coupon_bill`.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from guide_app.base.clock import DAY_MS, china_date, china_datetime, day_start_ms

_PERCENT = 100
_MINUTES = 60


class Terms(Protocol):
    """The terms that decide a discount on a plain amount."""

    @property
    def kind(self) -> str:
        """One of the kinds of `guide_app.protocol.coupon_records.CouponTemplate`."""
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


class Times(Protocol):
    """The terms that decide on which days and hours a coupon counts."""

    @property
    def weekdays(self) -> int:
        """Bit 0 for Monday; 0 for every day."""
        ...

    @property
    def day_from(self) -> int:
        """First minute of the day, in China."""
        ...

    @property
    def day_until(self) -> int:
        """The minute before which it ends; 0 for midnight."""
        ...


def discount(terms: Terms, amount_fen: int) -> int:
    """What the coupon surely takes off `amount_fen`; never more than the amount; 0 below the threshold.

    0 also for kinds whose worth depends on the pieces or was drawn (nth_item, exchange, shipping_off, random_off).
    """
    if amount_fen < terms.min_spend_fen:
        return 0
    if terms.kind == "percent_off":
        return percent(amount_fen, terms.percent_off, terms.max_discount_fen)
    if terms.kind in ("threshold_off", "cash_off"):
        return min(terms.discount_fen, amount_fen)
    return 0


def percent(amount_fen: int, percent_off: int, cap_fen: int) -> int:
    """What `percent_off` of an amount is: the customer's price is rounded down; at most `cap_fen` unless that is 0."""
    off = amount_fen - amount_fen * (_PERCENT - percent_off) // _PERCENT
    return min(off, cap_fen) if cap_fen else off


def validity(
    claimed_at: int, *, valid_from: int, valid_until: int, valid_days: int, starts_next_day: bool = False
) -> tuple[int, int]:
    """From when until when a coupon claimed at `claimed_at` may be used; until 0 means without end.

    `valid_days` days are counted from the claim to the minute; with `starts_next_day` they are whole days in China that
    begin with the midnight after the claim.
    """
    begins = day_start_ms(china_date(claimed_at) + dt.timedelta(days=1)) if starts_next_day else claimed_at
    until = begins + valid_days * DAY_MS if valid_days else valid_until
    until = min(until, valid_until) if valid_until else until
    return max(begins, valid_from), until


def is_over(valid_until: int, at: int) -> bool:
    """Whether a coupon's time has passed at `at`."""
    return 0 < valid_until <= at


def is_its_day(times: Times, at: int) -> bool:
    """Whether the coupon counts on the weekday of `at` in China."""
    return not times.weekdays or bool(times.weekdays >> china_datetime(at).weekday() & 1)


def is_its_hour(times: Times, at: int) -> bool:
    """Whether the coupon counts at the time of day of `at` in China; hours may run over midnight (22:00 to 2:00)."""
    moment = china_datetime(at)
    minute = moment.hour * _MINUTES + moment.minute
    if times.day_until and times.day_until < times.day_from:
        return minute >= times.day_from or minute < times.day_until
    return times.day_from <= minute and (not times.day_until or minute < times.day_until)


def returned_until(valid_until: int, now_ms: int, return_days: int) -> int:
    """How long a coupon holds that comes back with a full refund: never shorter than before, at least so many days."""
    return max(valid_until, now_ms + return_days * DAY_MS) if valid_until else 0
