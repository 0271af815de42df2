"""Time comes in by hand: UTC milliseconds from a clock that tests can hold still."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol

#: All business days are days of China Standard Time, fixed at +08:00 since 1991.
CHINA = dt.timezone(dt.timedelta(hours=8), "CST")
DAY_MS = 86_400_000


class Clock(Protocol):
    """Gives the present as UTC milliseconds since 1970."""

    def now_ms(self) -> int:
        """UTC milliseconds since the epoch."""
        ...


class SystemClock:
    """The PC's own clock."""

    def now_ms(self) -> int:
        """UTC milliseconds since the epoch."""
        return time.time_ns() // 1_000_000


def china_datetime(ms: int) -> dt.datetime:
    """The wall-clock moment in China of `ms` (UTC milliseconds)."""
    return dt.datetime.fromtimestamp(ms / 1000, CHINA)


def china_date(ms: int) -> dt.date:
    """The business day in China that contains `ms` (UTC milliseconds)."""
    return china_datetime(ms).date()


def day_start_ms(day: dt.date) -> int:
    """UTC milliseconds at which the business day `day` begins in China."""
    return int(dt.datetime(day.year, day.month, day.day, tzinfo=CHINA).timestamp() * 1000)
