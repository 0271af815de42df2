"""Limits how often one address may try what could be guessed."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque

_MOST_ADDRESSES = 10_000


class AttemptLimit:
    """At most `attempts` within `span_ms` for each address; safe between threads, bounded in memory."""

    def __init__(self, attempts: int, span_ms: int) -> None:
        self._attempts = attempts
        self._span_ms = span_ms
        self._lock = threading.Lock()
        self._seen: OrderedDict[str, deque[int]] = OrderedDict()

    def wait_ms(self, address: str, now_ms: int) -> int:
        """Count an attempt; 0 if it may go on, else after how many ms the next one may."""
        with self._lock:
            seen = self._seen.setdefault(address, deque())
            self._seen.move_to_end(address)
            if len(self._seen) > _MOST_ADDRESSES:
                self._seen.popitem(last=False)
            while seen and seen[0] <= now_ms - self._span_ms:
                seen.popleft()
            if len(seen) >= self._attempts:
                return seen[0] + self._span_ms - now_ms
            seen.append(now_ms)
            return 0
