"""What the store's own buyers teach of when a client has left: the model, and its word on one client. Pure.

The interval tells how sure the store's book makes the model: parameters are drawn from the normal distribution round
the likeliest ones, whose covariance is the inverse curvature of the likelihood (Krinsky, Robb: Review of Economics and
Statistics 68 (1986) 715-719), and the middle 90 % of what they say is shown.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, floor, log

from guide_app.base.clock import DAY_MS
from guide_app.segments.btyd import Bought, Params, alive, expected, fit, log_likelihood, params_at
from guide_app.segments.simplex import Matrix, cholesky, curvature, solve_transposed

WEEK_MS = 7 * DAY_MS
#: Purchases are foretold for so many days.
AHEAD_DAYS = 90
#: Fewer buyers who came back teach nothing that holds.
REPEATERS_NEEDED = 50
#: Of more buyers every n-th is learnt from: the answer moves in the third digit, the time stays a second.
MOST_BUYERS = 5_000
_DRAWS, _SEED = 200, 20_05
_LOW, _HIGH = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class History:
    """What the book says of a buyer: UTC ms of her first and last purchase, and how many receipts."""

    first_at: int
    last_at: int
    orders: int

    def until(self, now_ms: int) -> Bought:
        """In the model's terms and weeks."""
        last = max(0, self.last_at - self.first_at)
        return Bought(self.orders - 1, last / WEEK_MS, max(last, now_ms - self.first_at) / WEEK_MS)


@dataclass(frozen=True, slots=True)
class Model:
    """What was learnt at `at` (UTC ms) from `buyers`, of whom `repeaters` came back.

    `lower` is the Cholesky factor of the likelihood's curvature over the logarithms of r, alpha, a, b.
    """

    params: Params
    lower: Matrix
    at: int
    buyers: int
    repeaters: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whole percent that she has left, with the ends of its interval; purchases to expect in AHEAD_DAYS, likewise."""

    left: int
    left_low: int
    left_high: int
    orders: float
    orders_low: float
    orders_high: float


def learn(crowd: Sequence[History], now_ms: int, heard: Callable[[], None] = lambda: None) -> Model | None:
    """The model of these buyers; None where they are too few or tell too little to settle it.

    `heard` is called at each step; what it raises ends the work.
    """
    repeaters = sum(one.orders > 1 for one in crowd)
    if repeaters < REPEATERS_NEEDED:
        return None
    step = -(-len(crowd) // MOST_BUYERS)
    sample = [one.until(now_ms) for one in crowd[::step]]
    found = fit(sample, heard)
    if not found.settled:
        return None
    point = tuple(log(value) for value in (found.params.r, found.params.alpha, found.params.a, found.params.b))
    try:
        lower = cholesky(curvature(lambda at: -log_likelihood(params_at(at), sample), point))
    except ArithmeticError:
        return None  # a ridge: other parameters say the same of these buyers and another thing of tomorrow's
    return Model(found.params, lower, now_ms, len(crowd), repeaters)


def outlook(model: Model, one: History, now_ms: int) -> Outlook | None:
    """What the model says of her now; None below two receipts, where it knows nothing."""
    if one.orders < 2:  # noqa: PLR2004 - an interval needs two ends
        return None
    hers = one.until(now_ms)
    ahead = AHEAD_DAYS * DAY_MS / WEEK_MS
    drawn = _drawn(model)
    left = sorted(1 - alive(params, hers) for params in drawn)
    orders = sorted(expected(params, hers, ahead) for params in drawn)
    best, likely = 1 - alive(model.params, hers), expected(model.params, hers, ahead)
    low, high = round(_LOW * (_DRAWS - 1)), round(_HIGH * (_DRAWS - 1))
    return Outlook(
        percent(best), percent(min(best, left[low])), percent(max(best, left[high])),
        likely, min(likely, orders[low]), max(likely, orders[high]),
    )  # fmt: skip


def left_percent(model: Model, one: History, now_ms: int) -> int | None:
    """Whole percent that she has left, without its interval: for a list of many."""
    return percent(1 - alive(model.params, one.until(now_ms))) if one.orders > 1 else None


def likely_orders(model: Model, one: History, now_ms: int) -> float:
    """Purchases to expect of her in AHEAD_DAYS, without their interval."""
    return expected(model.params, one.until(now_ms), AHEAD_DAYS * DAY_MS / WEEK_MS)


def percent(share: float) -> int:
    """A share in whole percent, rounded down as the conditions of segments are; nothing is certain."""
    return min(99, floor(share * 100 + 1e-9))


@lru_cache(maxsize=4)
def _drawn(model: Model) -> tuple[Params, ...]:
    """Parameters that could have been the likeliest: always the same, so that one question has one answer."""
    dice = random.Random(_SEED)  # noqa: S311 - a simulation, no secret
    named = (model.params.r, model.params.alpha, model.params.a, model.params.b)
    draws = []
    for _ in range(_DRAWS):
        away = solve_transposed(model.lower, tuple(dice.gauss(0, 1) for _ in named))
        draws.append(Params(*(value * exp(max(-5.0, min(5.0, by))) for value, by in zip(named, away, strict=True))))
    return tuple(draws)
