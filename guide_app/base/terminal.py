"""Standard output, whatever its encoding: a Chinese Windows writes GBK into a pipe, a bare server ASCII."""

from __future__ import annotations

import codecs
import io
from typing import TextIO


def write_anyhow(out: TextIO) -> None:
    """Let `out` write an escape for what its encoding lacks: no client's name ends a program."""
    if isinstance(out, io.TextIOWrapper) and not is_unicode(out):
        out.reconfigure(errors="backslashreplace")


def is_unicode(out: TextIO) -> bool:
    """Whether `out` takes every text as it is. Where it does not, JSON has to be written in ASCII (RFC 8259, 7)."""
    return codecs.lookup(out.encoding or "utf-8").name.startswith("utf")
