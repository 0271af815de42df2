"""归属: whose sale a purchase is. Pure rules; a ruling carries what it saw, so that it can be explained years later.

In this order: the guide of the coupon that was redeemed on the receipt; the guide of the last link the client opened or
took a coupon from within 14 days; the client's primary guide; the guide who served at the till; nobody. A ruling is
never edited: a return adds a negative row to the same guide, to the fen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from guide_app.base.clock import DAY_MS
from guide_app.base.money import apportion

#: How long a link counts after it was opened, in days.
LINK_DAYS = 14

RuleName = Literal["coupon", "link", "bound", "served", "none"]
_SENTENCES: dict[RuleName, str] = {
    "coupon": "核销了该导购发出的券",
    "link": f"{LINK_DAYS} 天内最近一次打开或领券的链接属于该导购",
    "bound": "该导购是客户的专属导购",
    "served": "该导购在小票上接待",
    "none": "没有可归属的导购",
}


_ORDER = {name: i for i, name in enumerate(_SENTENCES)}


@dataclass(frozen=True, slots=True)
class Touch:
    """Something that speaks for a guide. `ref` is the record's id, `at` its moment (UTC ms, 0 for standing facts)."""

    rule: RuleName
    guide_id: str
    ref: str | None
    at: int
    what: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whose sale it is. `amount_fen` may be negative (a return)."""

    guide_id: str | None
    amount_fen: int
    rule: RuleName
    evidence: dict[str, Any]


def rule(amount_fen: int, at: int, touches: Sequence[Touch]) -> Ruling:
    """Judge a sale of `amount_fen` at `at` by all touches known; those out of time are shown, not counted."""
    counted = [touch for touch in touches if _counts(touch, at)]
    best = min(counted, key=lambda touch: (_ORDER[touch.rule], -touch.at, touch.ref or ""), default=None)
    name: RuleName = best.rule if best else "none"
    evidence = {
        "text": _SENTENCES[name],
        "purchase_at": at,
        "link_days": LINK_DAYS,
        "winner": _told(best) if best else None,
        "touches": [{**_told(touch), "counted": _counts(touch, at)} for touch in touches],
    }
    return Ruling(best.guide_id if best else None, amount_fen, name, evidence)


@dataclass(frozen=True, slots=True)
class Share:
    """What a guide has of an original sale: the net of the rows written so far (fen), and the rule of the first."""

    guide_id: str | None
    amount_fen: int
    rule: RuleName


def reverse(refund_fen: int, at: int, original_no: str, shares: Sequence[Share]) -> list[Ruling]:
    """Take `refund_fen` (positive) back from those who have the original sale, in proportion and exact to the fen."""
    held = [share for share in shares if share.amount_fen > 0]
    facts = {"text": "退货冲回原单归属", "origin_order_no": original_no, "purchase_at": at}
    if not held:
        evidence = {**facts, "text": "退货的原单没有可冲回的归属", "winner": None, "touches": []}
        return [Ruling(None, -refund_fen, "none", evidence)]
    parts = apportion(refund_fen, [share.amount_fen for share in held])
    return [
        Ruling(share.guide_id, -part, share.rule, {**facts, "of_fen": share.amount_fen, "refund_fen": refund_fen})
        for share, part in zip(held, parts, strict=True)
        if part
    ]


def _told(touch: Touch) -> dict[str, Any]:
    return {"rule": touch.rule, "guide_id": touch.guide_id, "ref": touch.ref, "at": touch.at, "what": touch.what}


def _counts(touch: Touch, at: int) -> bool:
    return touch.rule != "link" or at - LINK_DAYS * DAY_MS <= touch.at <= at
