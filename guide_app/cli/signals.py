"""Ctrl+C and the system's request to end, for verbs whose work goes on in other threads."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ASKING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def asked_to_end() -> Iterator[threading.Event]:
    """An event that is set by Ctrl+C or SIGTERM within the block, instead of an exception at any point of it."""
    over = threading.Event()
    before = {number: signal.signal(number, lambda *_: over.set()) for number in _ASKING}
    try:
        yield over
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
