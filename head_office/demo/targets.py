"""Monthly targets: what a guide sold in a month, a little more, in whole thousands of yuan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from head_office.demo.clock import business_day, day_ms
from head_office.demo.model import Guide, Purchase, Target
from head_office.demo.rng import make_id, stream

_MONTHS: Final = 13
_STEP_FEN: Final = 100_000
_LEAST_FEN: Final = 1_000_000


def targets(purchases: Sequence[Purchase], guides: Sequence[Guide], today: dt.date, seed: int) -> list[Target]:
    """Targets of each guide for the last twelve months, this one and the next."""
    rng = stream(seed, "targets")
    sold: dict[tuple[str, str], int] = {}
    for purchase in purchases:
        key = (purchase.guide_id, f"{business_day(purchase.at):%Y-%m}")
        sold[key] = sold.get(key, 0) + purchase.total_fen
    months = [_shift(today, back) for back in range(-_MONTHS + 1, 2)]
    made = []
    for guide in guides:
        past = [sold.get((guide.id, f"{m:%Y-%m}"), 0) for m in months[:-2]]
        mean = sum(past) / len(past)
        for month in months:
            known = sold.get((guide.id, f"{month:%Y-%m}"), 0) if month < today.replace(day=1) else 0
            aim = (known or mean) * rng.uniform(0.95, 1.2)
            fen = max(_LEAST_FEN, round(aim / _STEP_FEN) * _STEP_FEN)
            made.append(Target(make_id(rng, day_ms(month)), guide.store_id, guide.id, f"{month:%Y-%m}", fen))
    return made


def _shift(day: dt.date, months: int) -> dt.date:
    """The first day of the month `months` after the day's own."""
    index = day.year * 12 + day.month - 1 + months
    return dt.date(index // 12, index % 12 + 1, 1)
