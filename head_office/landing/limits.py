"""Limits on how often something may be tried, kept in this process's memory.

Token buckets: a key may do `count` things at once and wins one back every `per_ms / count`. Every worker process of
the office counts for itself, so the brand-wide limit is at most `count` times the number of workers.
"""

from __future__ import annotations

import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` in `per_ms` milliseconds, in the long run."""

    count: int
    per_ms: int


class Limiter:
    """Counts by key; forgets the keys that were idle longest when there are more than `max_keys`."""

    def __init__(self, rate: Rate, now_ms: Callable[[], int], max_keys: int = 50_000) -> None:
        self._step = rate.per_ms / rate.count
        self._room = rate.per_ms - self._step
        self._now_ms = now_ms
        self._max_keys = max_keys
        self._free_at: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> int:
        """Count one try of `key`: 0 if it may go on, else the milliseconds after which the next may."""
        with self._lock:
            # The generic cell rate algorithm (ITU-T I.371): one number a key says when its bucket is full again.
            now = self._now_ms()
            free_at = max(self._free_at.get(key, 0.0), now)
            early = free_at - now - self._room
            if early > 0:
                return math.ceil(early)
            self._free_at[key] = free_at + self._step
            self._free_at.move_to_end(key)
            if len(self._free_at) > self._max_keys:
                self._free_at.popitem(last=False)
            return 0
