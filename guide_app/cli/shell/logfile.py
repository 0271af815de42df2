"""The log file for the helpdesk. It must hold nobody's name or number: of an exception it keeps where, not what."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from guide_app.base.errors import GuideError

FILE = "guide.log"
_BYTES, _KEPT = 1_000_000, 4
_stray = logging.getLogger("guide_app.window")

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class FramesOnly(logging.Formatter):
    """Writes exceptions as their types and frames. Their messages may quote what a guide typed, so they stay out."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without what another formatter may have kept in it: its words for the exception."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - logging's name
        """The exception and those that caused it, the innermost first."""
        lines: list[str] = []
        error = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            where = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
            code = f" [{error.code}]" if isinstance(error, GuideError) else ""
            lines = [*where, f"{type(error).__qualname__}{code}", *lines]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(lines)


@contextmanager
def log_to(folder: Path) -> Iterator[Path]:
    """Write warnings and errors to a rotating file in `folder` (at most 5 MB in all); yields the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(FramesOnly("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.setLevel(logging.WARNING)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield path
    finally:
        root.removeHandler(handler)
        handler.close()


def log_stray(error: BaseException) -> None:
    """Note an exception that nobody caught."""
    _stray.error("nobody caught this", exc_info=error)
