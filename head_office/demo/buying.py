"""When customers come back and what they spend: BG/NBD and Gamma-Gamma.

BG/NBD: P. S. Fader, B. G. S. Hardie, K. L. Lee, "'Counting Your Customers' the Easy Way: An Alternative to the
Pareto/NBD Model", Marketing Science 24(2), 2005; parameters of its CDNOW fit, time unit one week.
Gamma-Gamma: P. S. Fader, B. G. S. Hardie, "The Gamma-Gamma Model of Monetary Value", note 025, 2013, after Fader,
Hardie
and Lee, "RFM and CLV", Journal of Marketing Research 42(4), 2005; parameters of its CDNOW fit, US dollars.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Final

_SMALL: Final = 1e-12
_TERMS: Final = 100_000


@dataclass(frozen=True, slots=True)
class BgNbd:
    """Purchase rates vary as Gamma(r, rate alpha), the chance to leave after a repeat purchase as Beta(a, b)."""

    r: float = 0.243
    alpha: float = 4.414
    a: float = 0.793
    b: float = 2.426

    def repeats(self, rng: Random, weeks: float) -> list[float]:
        """Times (weeks after the first purchase) at which one customer buys again within `weeks`."""
        rate = rng.gammavariate(self.r, 1 / self.alpha)
        leaving = rng.betavariate(self.a, self.b)
        times: list[float] = []
        if rate < _SMALL:  # r < 1 puts weight near zero; below this nobody comes back in a lifetime
            return times
        at = rng.expovariate(rate)
        while at < weeks:
            times.append(at)
            if rng.random() < leaving:
                break
            at += rng.expovariate(rate)
        return times

    def expected_repeats(self, weeks: float) -> float:
        """Mean number of repeat purchases of a random customer in `weeks` (equation 9 of the paper)."""
        a, b, r = self.a, self.b, self.r
        share: float = (self.alpha / (self.alpha + weeks)) ** r
        return (a + b - 1) / (a - 1) * (1.0 - share * _hyp2f1(r, b, a + b - 1, weeks / (self.alpha + weeks)))


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """An order's value is Gamma(p, rate nu); nu varies between customers as Gamma(q, rate gamma)."""

    p: float = 6.25
    q: float = 3.74
    gamma: float = 15.44

    def customer(self, rng: Random) -> float:
        """One customer's nu."""
        return rng.gammavariate(self.q, 1 / self.gamma)

    def order(self, rng: Random, nu: float) -> float:
        """The value of one order of the customer with this nu, in the fit's unit (US dollars)."""
        return rng.gammavariate(self.p, 1 / nu)

    @property
    def mean(self) -> float:
        """Mean order value over customers: p gamma / (q - 1)."""
        return self.p * self.gamma / (self.q - 1)


def _hyp2f1(a: float, b: float, c: float, z: float) -> float:
    """Gauss's hypergeometric function by its series, |z| < 1."""
    term = total = 1.0
    for n in range(_TERMS):
        term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z
        total += term
        if abs(term) < _SMALL * abs(total):
            return total
    raise ArithmeticError(f"no convergence of 2F1 at {z}")
