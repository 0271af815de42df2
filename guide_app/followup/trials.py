"""Which of several variants of a script does better, said only where the numbers carry it. Pure.

The rate of success is given with its interval after Wilson (J. Am. Stat. Assoc. 22, 1927, p. 209), which stays inside
0…1 and honest for small numbers; nothing is ranked before every variant was sent `LEAST` times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

#: A variant sent less often than this proves nothing.
LEAST = 20
#: Two-sided 95 % of the normal distribution.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Variant:
    """How one variant did: sent so often, so many messages answered or followed by a purchase."""

    script_id: str
    name: str
    sent: int
    hits: int

    @property
    def rate(self) -> float:
        """Share of messages with an effect, 0…1; 0 before any was sent."""
        return self.hits / self.sent if self.sent else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the rate."""
        return wilson(self.hits, self.sent)


@dataclass(frozen=True, slots=True)
class Trial:
    """Variants of one text. `verdict`: few (not ranked), even (ranked, but within chance), clear (the first leads)."""

    variants: tuple[Variant, ...]
    verdict: Literal["few", "even", "clear"]


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's score interval (95 %) for `hits` of `n`; all of 0…1 when `n` is 0."""
    if n == 0:
        return 0.0, 1.0
    rate, square = hits / n, _Z * _Z
    middle = (rate + square / (2 * n)) / (1 + square / n)
    half = _Z / (1 + square / n) * sqrt(rate * (1 - rate) / n + square / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def compare(variants: Sequence[Variant]) -> Trial:
    """Rank variants by their rate; by name, and unranked, while one of them was sent less than `LEAST` times."""
    if any(variant.sent < LEAST for variant in variants):
        return Trial(tuple(sorted(variants, key=lambda v: v.name)), "few")
    ranked = tuple(sorted(variants, key=lambda v: (-v.rate, v.name)))
    clear = len(ranked) > 1 and all(ranked[0].interval[0] > other.interval[1] for other in ranked[1:])
    return Trial(ranked, "clear" if clear else "even")
