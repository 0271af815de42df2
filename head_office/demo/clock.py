"""Business time: Asia/Shanghai, a fixed eight hours ahead of UTC since 1992."""

from __future__ import annotations

import datetime as dt
from typing import Final

CHINA: Final = dt.timezone(dt.timedelta(hours=8))
DAY_MS: Final = 86_400_000
MINUTE_MS: Final = 60_000
_EPOCH: Final = dt.date(1970, 1, 1)
_OFFSET_MS: Final = 8 * 3_600_000


def day_ms(day: dt.date, minute: float = 0) -> int:
    """UTC milliseconds of `minute` minutes after midnight of the business day."""
    return (day - _EPOCH).days * DAY_MS - _OFFSET_MS + round(minute * MINUTE_MS)


def business_day(ms: int) -> dt.date:
    """The business day of a moment."""
    return _EPOCH + dt.timedelta(days=(ms + _OFFSET_MS) // DAY_MS)
