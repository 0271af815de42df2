"""Buy till you die: how likely a client is still ours and how often she will buy, by BG/NBD. Pure.

Fader, Hardie, Lee: "Counting Your Customers" the Easy Way, Marketing Science 24 (2005) 275-284. A client buys at random
moments at her own rate (gamma over clients) and after each purchase may leave for good with her own probability (beta
over clients). Times are in any one unit; this program uses weeks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

from guide_app.segments.simplex import Point, minimum

#: Where 2F1 is summed no further, and how small a term must be by then.
_MOST_TERMS, _TINY = 20_000, 1e-14
#: `expected` divides by a - 1; so near to it the limit is taken from beside it.
_POLE = 1e-6
#: Logarithms of the parameters stay inside, lest the search runs off along a ridge that says nothing.
_EDGE = 12.0


@dataclass(frozen=True, slots=True)
class Bought:
    """One client: `again` purchases after the first, the last of them `last` after the first, seen for `seen`."""

    again: int
    last: float
    seen: float


@dataclass(frozen=True, slots=True)
class Params:
    """`r`, `alpha`: the gamma of rates; `a`, `b`: the beta of leaving. All above zero."""

    r: float
    alpha: float
    a: float
    b: float


@dataclass(frozen=True, slots=True)
class Fit:
    """The likeliest parameters, their log-likelihood, and whether the search came to rest well inside its bounds."""

    params: Params
    log_likelihood: float
    settled: bool


def log_likelihood(params: Params, crowd: Sequence[Bought]) -> float:
    """Equation 6 of the paper over all clients, in its form that does not overflow."""
    r, alpha, a, b = params.r, params.alpha, params.a, params.b
    # What depends on the count alone is worked out once for each count.
    counts = Counter(one.again for one in crowd)
    shared = lgamma(a + b) - lgamma(b) - lgamma(r) + r * log(alpha)
    total = sum(n * (shared + lgamma(r + x) + lgamma(b + x) - lgamma(a + b + x)) for x, n in counts.items())
    for one in crowd:
        x = one.again
        stayed = -(r + x) * log(alpha + one.seen)
        if x == 0:
            total += stayed
        else:
            left = log(a) - log(b + x - 1) - (r + x) * log(alpha + one.last)
            total += max(stayed, left) + log1p(exp(-abs(stayed - left)))
    return total


def fit(crowd: Sequence[Bought], heard: Callable[[], None] = lambda: None) -> Fit:
    """The likeliest parameters of a crowd of buyers, by a simplex over their logarithms.

    `heard` is called at each step; what it raises ends the search. Raises ValueError for an empty crowd.
    """
    if not crowd:
        raise ValueError("nobody to learn from")

    def cost(point: Point) -> float:
        heard()
        if any(abs(value) > _EDGE for value in point):
            return float("inf")
        return -log_likelihood(params_at(point), crowd) / len(crowd)

    found = minimum(cost, (0.0, log(max(one.seen for one in crowd) / 4 + 1e-9), 0.0, 0.0))
    inside = all(abs(value) < _EDGE - 1 for value in found.point)
    return Fit(params_at(found.point), -found.value * len(crowd), found.settled and inside)


def params_at(point: Point) -> Params:
    """The parameters whose logarithms these are, in the order r, alpha, a, b."""
    r, alpha, a, b = map(exp, point)
    return Params(r, alpha, a, b)


def alive(params: Params, one: Bought) -> float:
    """Probability that she has not left. 1 without a second purchase: the model lets nobody leave before it."""
    if one.again == 0:
        return 1.0
    power = (params.r + one.again) * (log(params.alpha + one.seen) - log(params.alpha + one.last))
    odds = log(params.a) - log(params.b + one.again - 1) + power
    return 1 / (1 + exp(odds)) if odds < 0 else exp(-odds) / (1 + exp(-odds))


def expected(params: Params, one: Bought, ahead: float) -> float:
    """Purchases to expect of her within `ahead` from now; equation 10 of the paper."""
    r, alpha, b, x = params.r, params.alpha, params.b, one.again
    a = params.a if abs(params.a - 1) > _POLE else 1 + _POLE
    until = alpha + one.seen + ahead
    gone = exp((r + x) * log((alpha + one.seen) / until))
    series = hyp2f1(r + x, b + x, a + b + x - 1, ahead / until)
    return max(0.0, (a + b + x - 1) / (a - 1) * (1 - gone * series) * alive(params, one))


def hyp2f1(a: float, b: float, c: float, z: float) -> float:
    """Gauss's hypergeometric function for c > 0 and 0 <= z < 1, by its series after Euler's transformation.

    2F1(a, b; c; z) = (1 - z)^(c-a-b) 2F1(c-a, c-b; c; z), DLMF 15.8.1; the right-hand series is the one that falls
    faster where c < a + b. Raises ArithmeticError if it has not come to rest after 20,000 terms.
    """
    scale = 1.0
    if c < a + b:
        scale, a, b = (1 - z) ** (c - a - b), c - a, c - b
    term = total = 1.0
    for n in range(_MOST_TERMS):
        term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z
        total += term
        if abs(term) <= _TINY * abs(total):
            return scale * total
    raise ArithmeticError("the hypergeometric series does not come to rest")
