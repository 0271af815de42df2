"""Whose a sale will be that is being made at this counter, by what this PC knows.

Head office decides once the receipt has come in; this says beforehand what it will decide by, in the same order
(`head_office.attribution.rules`): the guide whose coupon is redeemed, the guide of the last link within 14 days, the
client's own guide, the guide who serves, nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection

from guide_app.base.clock import DAY_MS

LINK_DAYS = 14
RULES = ("coupon", "link", "bound", "served", "none")

# Twice the window, so that what came just too early is told as such.
_LINKS = """
    SELECT guide_id, id, at, kind FROM share_event
    WHERE client_id = ? AND guide_id IS NOT NULL AND at BETWEEN ? AND ? ORDER BY at, id"""
_BOUND = "SELECT primary_guide_id FROM client WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that speaks for a guide; `at` is UTC ms, 0 for what stands."""

    rule: str
    guide_id: str
    ref: str | None
    at: int
    what: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whose it will be, by which rule, and the facts as head office writes them."""

    guide_id: str | None
    rule: str
    evidence: dict[str, Any]


def judge(at: int, touches: Sequence[Touch]) -> Outlook:
    """Whose a sale at `at` (UTC ms) will be by all touches; those out of time are shown, not counted."""
    counted = [touch for touch in touches if _counts(touch, at)]
    best = min(counted, key=_rank, default=None)
    evidence = {
        "purchase_at": at,
        "link_days": LINK_DAYS,
        "winner": asdict(best) if best else None,
        "touches": [{**asdict(touch), "counted": _counts(touch, at)} for touch in touches],
    }
    return Outlook(best.guide_id if best else None, best.rule if best else "none", evidence)


def outlook(
    conn: Connection, client_id: str | None, coupons: Sequence[Touch], served_by: str | None, at: int
) -> Outlook:
    """Whose a sale will be to a client on which `coupons` are redeemed, made by `served_by` now."""
    touches = list(coupons)
    if client_id is not None:
        span = (client_id, at - 2 * LINK_DAYS * DAY_MS, at)
        touches += (Touch("link", *row) for row in conn.exec_driver_sql(_LINKS, span))
        bound = conn.exec_driver_sql(_BOUND, (client_id,)).scalar()
        if bound is not None:
            touches.append(Touch("bound", bound, client_id, 0, "bound"))
    if served_by is not None:
        touches.append(Touch("served", served_by, client_id, 0, "served"))
    return judge(at, touches)


def _rank(touch: Touch) -> tuple[int, int, str]:
    """Coupons of one bill are redeemed in one moment, whenever they were handed out: only links have a latest."""
    return RULES.index(touch.rule), -touch.at if touch.rule == "link" else 0, touch.ref or ""


def _counts(touch: Touch, at: int) -> bool:
    return touch.rule != "link" or at - LINK_DAYS * DAY_MS <= touch.at <= at
