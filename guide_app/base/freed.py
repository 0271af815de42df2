"""Memory that was let go of, back to the operating system."""

from __future__ import annotations

import ctypes
import sys


def hand_back() -> bool:
    """Give back what this process has freed; whether there was a way to.

    glibc keeps it for later unless `malloc_trim` asks (malloc_trim(3)). Other C libraries have no such call: theirs
    give it back by themselves.
    """
    if sys.platform != "linux":
        return False
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is None:
        return False
    trim(ctypes.c_size_t(0))
    return True
