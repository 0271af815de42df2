"""Named streams of pseudo-random numbers: the same seed and name give the same numbers in every Python >= 3.2.

`random.Random` seeded by a string uses its SHA-512, not `hash()`, so it does not depend on PYTHONHASHSEED.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

from guide_app.base.ids import uuid7

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
_RAND_BITS = 74


def stream(*name: object) -> Random:
    """The stream called `name`, e.g. `stream(seed, "people")`. For looks and demo data, never for secrets."""
    return Random("/".join(str(part) for part in name))  # noqa: S311 - demo data must be repeatable


def make_id(rng: Random, ms: int) -> str:
    """A UUIDv7 of the moment `ms` (UTC) from the stream."""
    return uuid7(ms, rng.getrandbits(_RAND_BITS))


def weighted(rng: Random, choices: Sequence[tuple[T, float]]) -> T:
    """One of the choices, by weight."""
    return rng.choices([c for c, _ in choices], [w for _, w in choices])[0]
