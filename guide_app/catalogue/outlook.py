"""Whether a piece that was there at a moment still is: pure.

The rule: pieces of a variant leave this store as a Poisson process whose rate is not known but learnt. With `sold`
pieces in `watched_ms`, the rate has Jeffreys' posterior, a gamma distribution of shape `sold` + 1/2; the number that
left since the figure is then negative binomial, and a piece is still there if fewer left than were there (Gelman et
al., Bayesian Data Analysis, 3rd ed., section 2.6). Where little was seen the tail is long and the answer modest; where
the book looks back over less than a week, there is none.
"""

from __future__ import annotations

from guide_app.base.clock import DAY_MS

LOOK_BACK_MS = 28 * DAY_MS
LEAST_WATCHED_MS = 7 * DAY_MS
_JEFFREYS = 0.5


def still_there(available: int, sold: int, watched_ms: int, age_ms: int) -> float | None:
    """The probability that at least one of `available` pieces is left, `age_ms` after the figure was true.

    `sold` pieces left in the `watched_ms` before now. None where too little was watched to say anything.
    """
    if watched_ms < LEAST_WATCHED_MS:
        return None
    if available <= 0:
        return 0.0
    stays = watched_ms / (watched_ms + max(0, age_ms))
    shape = max(0, sold) + _JEFFREYS
    exactly: float = stays**shape
    chance = exactly
    for left in range(1, available):
        exactly *= (left - 1 + shape) / left * (1 - stays)
        chance += exactly
    return min(1.0, chance)
