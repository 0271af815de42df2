"""Whose data nobody has needed for a long time, so that somebody says whether it is still kept. Pure.

Personal data is kept no longer than its purpose needs (个人信息保护法 19; 47 (1) asks for erasure when the purpose is
reached). The list only proposes: a guide archives, erases, or writes a note that says why she stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from guide_app.base.clock import DAY_MS, china_date


@dataclass(frozen=True, slots=True)
class Touches:
    """When a client was last dealt with. Moments are UTC ms, 0 for never; `open` counts matters still under way."""

    client_id: str
    name: str
    primary_guide_id: str | None
    archived: bool
    created_at: int
    bought_at: int
    contact_at: int
    open: int

    @property
    def last_at(self) -> int:
        """The latest of purchase, contact and entry into the book."""
        return max(self.created_at, self.bought_at, self.contact_at)


@dataclass(frozen=True, slots=True)
class Review:
    """A client to be reviewed: full days since anything happened, and the reason in words."""

    touches: Touches
    days: int
    reason: str


def review(touches: Touches, now_ms: int, days: int) -> Review | None:
    """The review due for a client after `days` days of silence; None where she is needed or was lately."""
    idle = (now_ms - touches.last_at) // DAY_MS
    if touches.open or idle < days:
        return None
    ends = {
        "购买": touches.bought_at,
        "联系": touches.contact_at,
        "建档": touches.created_at,
    }
    what = max(ends, key=lambda word: ends[word])
    since = f"最后一次{what}是 {china_date(touches.last_at)}" if touches.last_at else "没有任何日期"
    return Review(touches, idle, f"{idle:,} 天没有购买和联系, {since}; 超过 {days:,} 天须复核 (个人信息保护法第 19 条)")
