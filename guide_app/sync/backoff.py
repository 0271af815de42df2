"""How long to leave head office alone after a failure ("full jitter": Brooker, "Exponential Backoff and Jitter", 2015).

Thousands of PCs lose the office in the same second. What each does next is drawn at random, so that they do not come
back in the same second too.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from guide_app.base.errors import GuideError
from guide_app.sync.errors import OfficeBusyError

#: `jitter(x)` is a random number between 0 and x.
Jitter = Callable[[float], float]
_DOUBLINGS = 20


def jitter(top: float) -> float:
    """Anywhere between 0 and `top`."""
    return random.uniform(0, top)  # noqa: S311 - spreads load


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds: the longest pause after the first failure, which doubles with each further one, and its bound."""

    first_s: float = 1.0
    longest_s: float = 300.0

    def pause(self, failures: int, error: GuideError | None, jitter: Jitter) -> float:
        """Seconds to wait after so many failures in a row, the last being `error`.

        What the office wished (`Retry-After`) is waited out, and the random part comes on top of it: the longer the
        wish, the wider they spread who were all told the same.
        """
        top = min(self.longest_s, self.first_s * 2 ** min(failures - 1, _DOUBLINGS))
        wish = error.retry_after_s if isinstance(error, OfficeBusyError) else None
        return jitter(top) if wish is None else wish + jitter(max(top, wish / 4))
