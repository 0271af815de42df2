"""How far off a day is, as one says it: today, tomorrow, in six days."""

from __future__ import annotations

from guide_app.base.phrase import Phrase


def soon(ahead: int) -> Phrase:
    """`今天`, `明天` or `6 天后`, which stand before what happens then; `ahead` in days, from 0."""
    if ahead == 0:
        return Phrase("今天")
    return Phrase("明天") if ahead == 1 else Phrase("{ahead} 天后", {"ahead": ahead})
