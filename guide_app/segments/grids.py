"""The built-in rules: the nine cells of recency by value (RFM, Hughes 1994), and the stages of a client's life.

They are rules like any other, so that a click on a cell shows the list that its count promised. Every buyer stands in
one cell, every client in one stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from guide_app.segments.model import All, Figure, Not, Rule, Some

Stage = Literal["known", "first", "active", "asleep", "lost"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Where the cells and stages end. Days since the last purchase; receipts; fen."""

    recent_days: int = 90
    asleep_days: int = 180
    lost_days: int = 365
    some_orders: int = 2
    many_orders: int = 4
    some_fen: int = 100_000
    much_fen: int = 300_000


LIMITS = Limits()
#: Shown names of the stages.
STAGE_NAMES: Mapping[Stage, str] = {
    "known": "新客",
    "first": "首购",
    "active": "活跃",
    "asleep": "沉睡",
    "lost": "流失",
}
_BUYER = Figure("orders", at_least=1)


def overdue() -> Rule:
    """保持联系: who let her usual interval pass by more than a seventh."""
    return All((Figure("orders", at_least=2), Figure("rhythm_percent", at_least=115)))


def cells(limits: Limits = LIMITS) -> dict[str, Rule]:
    """`r<1-3>v<1-3>` → its rule; r3 bought most recently, v3 has the greatest value (receipts or money)."""
    recency = {
        3: _gone(None, limits.recent_days),
        2: _gone(limits.recent_days + 1, limits.asleep_days),
        1: _gone(limits.asleep_days + 1, None),
    }
    much = Some((Figure("orders", at_least=limits.many_orders), Figure("total_fen", at_least=limits.much_fen)))
    some = Some((Figure("orders", at_least=limits.some_orders), Figure("total_fen", at_least=limits.some_fen)))
    value: dict[int, Rule] = {3: much, 2: All((Not(much), some)), 1: Not(Some((much, some)))}
    return {f"r{r}v{v}": All((_BUYER, recency[r], value[v])) for r in (3, 2, 1) for v in (3, 2, 1)}


def stages(limits: Limits = LIMITS) -> dict[str, Rule]:
    """Stage → its rule, in the order of a client's life."""
    awake = _gone(None, limits.asleep_days)
    return {
        "known": Not(_BUYER),
        "first": All((Figure("orders", at_least=1, at_most=1), awake)),
        "active": All((Figure("orders", at_least=2), awake)),
        "asleep": All((_BUYER, _gone(limits.asleep_days + 1, limits.lost_days))),
        "lost": All((_BUYER, _gone(limits.lost_days + 1, None))),
    }


def stage_of(orders: int, days_since_purchase: int | None, limits: Limits = LIMITS) -> Stage:
    """The stage of one client; the same as `stages` says. `days_since_purchase` None: never bought."""
    if orders < 1 or days_since_purchase is None:
        return "known"
    if days_since_purchase > limits.lost_days:
        return "lost"
    if days_since_purchase > limits.asleep_days:
        return "asleep"
    return "first" if orders == 1 else "active"


def _gone(at_least: int | None, at_most: int | None) -> Rule:
    return Figure("days_since_purchase", at_least, at_most)
