"""Standard output, whatever its encoding and its end: a Chinese Windows writes GBK into a pipe, a disk may be full."""

from __future__ import annotations

import codecs
import errno
import io
import os
from typing import TextIO


def write_anyhow(out: TextIO | None) -> None:
    """Let `out` write an escape for what its encoding lacks: no client's name ends a program."""
    if isinstance(out, io.TextIOWrapper) and not is_unicode(out):
        out.reconfigure(errors="backslashreplace")


def is_unicode(out: TextIO | None) -> bool:
    """Whether `out` takes every text as it is. Where it does not, JSON has to be written in ASCII (RFC 8259, 7)."""
    return codecs.lookup((out and out.encoding) or "utf-8").name.startswith("utf")


def write_out(out: TextIO | None, text: str) -> None:
    """Write all of `text` to standard output; a reader that went away (`… | head`) is no fault.

    Raises OSError where nothing can be written: the disk is full, or standard output was closed before the start.
    """
    if out is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    try:
        out.write(text)
        out.flush()
    except OSError as e:
        _let_go(out)
        if not isinstance(e, BrokenPipeError):
            raise


def _let_go(out: TextIO) -> None:
    """Send what is left into nothing: the interpreter flushes again at its end, and would fail once more."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, out.fileno())
    os.close(nothing)
