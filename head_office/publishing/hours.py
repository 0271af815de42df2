"""发送时段: from when to when tasks of head office may begin, in Chinese time: nobody is disturbed at night. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guide_app.base.clock import china_datetime

#: The house may narrow these hours, not widen them.
FIRST_HOUR, LAST_HOUR = 7, 23


@dataclass(frozen=True, slots=True)
class SendingHours:
    """Tasks begin from `first` o'clock and before `last` o'clock, in Chinese time."""

    first: int = FIRST_HOUR
    last: int = LAST_HOUR

    def opening(self, at_ms: int) -> int:
        """The first moment not before `at_ms` (UTC ms) at which a task may begin."""
        at = china_datetime(at_ms)
        if self.first <= at.hour < self.last:
            return at_ms
        day = at.date() + dt.timedelta(days=1 if at.hour >= self.last else 0)
        opens = dt.datetime.combine(day, dt.time(self.first), at.tzinfo)
        return round(opens.timestamp() * 1000)
