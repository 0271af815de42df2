"""How old somebody is, and below which age facts about a child need the guardian's consent."""

from __future__ import annotations

import datetime as dt

from guide_app.base.dates import Calendar, YearlyDate, occurrence
from guide_app.base.errors import InvalidInputError
from guide_app.base.phrase import Phrase

#: Below this age facts about a child need the guardian's consent (个人信息保护法 art. 31).
GUARDED_AGE = 14
#: What is said of a child who would have a record of its own (个人信息保护法 arts. 28, 31).
TOO_YOUNG = Phrase("不满 {age} 岁, 须先取得监护人的同意 (个人信息保护法第 28、31 条)。").given(age=GUARDED_AGE)


def too_young() -> InvalidInputError:
    """The refusal of a record of somebody under 14."""
    return InvalidInputError("client.under_age", TOO_YOUNG, "请不要为孩子建档; 可以记在家长的重要日子里。")


def age_on(year: int, month: int | None, day: int | None, today: dt.date, calendar: Calendar = "solar") -> int:
    """Full years of age on `today`; of what is not known the latest day counts, so that nobody is made older."""
    latest = dt.date(year, 12, 31) if calendar == "solar" else dt.date(year + 1, 2, 20)
    if month is not None:
        date = YearlyDate(month, day or (28 if calendar == "solar" else 29), calendar, year=year)
        latest = max(occurrence(date, year), month_end(occurrence(date, year)) if day is None else dt.date.min)
    return today.year - latest.year - ((today.month, today.day) < (latest.month, latest.day))


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
