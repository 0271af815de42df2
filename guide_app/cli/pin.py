"""A PIN as it is typed: from standard input, never from the command line, where others could read it."""

from __future__ import annotations

import sys


def read_pin(prompt: str = "PIN: ") -> str:
    """One line of standard input; on a terminal it is asked for first."""
    if sys.stdin.isatty():
        sys.stderr.write(prompt)
        sys.stderr.flush()
    return sys.stdin.readline().strip()
