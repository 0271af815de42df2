"""Collects a test's cyclic garbage in the test's own thread, when the test is over.

Left alone, Python collects on whatever thread allocates next. Qt objects that were part of a cycle are then destroyed
on a worker thread, which corrupts memory and ends the process some tests later, far from the cause.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_here() -> Iterator[None]:
    """Switch the automatic collector off for a `with` block and collect at its end what the block left."""
    was_on = gc.isenabled()
    gc.freeze()  # what was there before need not be looked at again
    gc.disable()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()
        if was_on:
            gc.enable()
