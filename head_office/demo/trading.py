"""When people shop: opening hours, weekends, and the sales festivals of the Chinese year."""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from functools import cache
from itertools import accumulate
from random import Random
from typing import Final

from borax.calendars.lunardate import LunarDate

from head_office.demo.clock import day_ms

_WEEKDAY: Final = (0.85, 0.82, 0.85, 0.9, 1.1, 1.6, 1.5)
# (first month and day, last, factor): the days on which shops in China are fuller than the weekday says.
_FESTIVALS: Final = (
    ((5, 1), (5, 5), 1.6),
    ((6, 1), (6, 20), 1.55),
    ((10, 1), (10, 7), 1.7),
    ((11, 1), (11, 11), 1.8),
    ((12, 8), (12, 12), 1.35),
)
_BEFORE_NEW_YEAR: Final = 20
_NEW_YEAR_RUSH, _NEW_YEAR_QUIET = 1.75, 0.25
# Weight of each opening hour from 10:00 to 21:00.
_HOURS: Final = (0.5, 0.8, 0.9, 0.9, 1.2, 1.4, 1.3, 1.1, 1.0, 1.3, 1.3, 0.6)
_FIRST_HOUR: Final = 10
# BG/NBD knows no weekdays: a purchase may move this many days to a likelier one, which leaves counts and rates as
# they are.
_SLACK: Final = 3


@cache
def new_year(year: int) -> dt.date:
    """The first day of the lunar year that begins in `year`."""
    day: dt.date = LunarDate(year, 1, 1).to_solar_date()
    return day


def is_festival(day: dt.date) -> bool:
    """Whether the shops run a festival price on this day."""
    return any(a <= (day.month, day.day) <= b for a, b, _ in _FESTIVALS) or _rush(day)


def _rush(day: dt.date) -> bool:
    return 0 < (new_year(day.year) - day).days <= _BEFORE_NEW_YEAR


def day_weight(day: dt.date) -> float:
    """How busy a day is against an average one."""
    weight = _WEEKDAY[day.weekday()]
    for first, last, factor in _FESTIVALS:
        if first <= (day.month, day.day) <= last:
            weight *= factor
    if _rush(day):
        weight *= _NEW_YEAR_RUSH
    if -1 <= (day - new_year(day.year)).days <= 1:
        weight *= _NEW_YEAR_QUIET
    return weight


class TradingDays:
    """The days from `first` to `last` with their weights."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first = first
        self.days = [first + dt.timedelta(days=i) for i in range((last - first).days + 1)]
        self._weights = [day_weight(day) for day in self.days]
        self._cumulative = list(accumulate(self._weights))

    def any_day(self, rng: Random) -> dt.date:
        """A day, busy ones oftener."""
        return self.days[bisect(self._cumulative, rng.random() * self._cumulative[-1])]

    def near(self, day: dt.date, rng: Random, earliest: dt.date) -> dt.date:
        """`day` moved by up to three days to where people shop, not before `earliest` and within the period."""
        at = (day - self.first).days
        low = max(0, at - _SLACK, (earliest - self.first).days)
        high = min(len(self.days) - 1, at + _SLACK)
        if low >= high:
            return self.days[min(max(at, 0), len(self.days) - 1)]
        return rng.choices(self.days[low : high + 1], self._weights[low : high + 1])[0]


_HOUR_ENDS: Final = list(accumulate(_HOURS))


def moment(day: dt.date, rng: Random) -> int:
    """A moment within opening hours, UTC ms."""
    hour = _FIRST_HOUR + bisect(_HOUR_ENDS, rng.random() * _HOUR_ENDS[-1])
    return day_ms(day, hour * 60 + rng.randrange(60)) + rng.randrange(60_000)
