"""The office's own log: what went wrong and where, without a word of whom it was about.

The message of a database's error quotes the row that it stumbled over, and almost any other message may quote what was
sent. So of an exception the log says its type, the code of the database, and the lines of the program, never its text.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType
from typing import TypeAlias

_Info: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class WordlessFormatter(logging.Formatter):
    """Formats records; exceptions without their messages."""

    def formatException(self, ei: _Info) -> str:  # noqa: N802 - the standard library's name
        """Types, codes and places, the cause first."""
        return "\n".join(_told(error) for error in reversed(_chain(ei[1])))


def log_to_stderr() -> None:
    """Send all logs of this process to standard error, in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter(_FORMAT))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _told(error: BaseException) -> str:
    code = getattr(error, "sqlstate", None) or getattr(error, "code", None)
    places = "".join(traceback.format_tb(error.__traceback__)).rstrip()
    name = f"{type(error).__module__}.{type(error).__qualname__}" + (f" [{code}]" if code else "")
    return "\n".join(filter(None, ("Traceback (most recent call last):" if places else "", places, name)))
