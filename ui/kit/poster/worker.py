"""A process that makes posters for the one that started it, and ends with it."""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any, NoReturn

from PySide6.QtGui import QGuiApplication

from guide_app.base.errors import GuideError
from ui.kit.poster.maker import Commission, MadePoster, PosterMaker

_PHOTO_BYTES = 24_000_000
"""Each product of a batch has its own photo: what was kept of the last one serves nobody."""


def work() -> NoReturn:
    """Answer each commission on standard input with its poster on standard output, until nobody asks any more.

    At first come Qt's platform plugin, so that the fonts are the same, and the templates; the answer is None. So it is
    for a poster that is refused: the reason is worded by whoever asked. Both ways are pickled, between two processes of
    this same program.
    """
    platform, templates = _asked()
    os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"] = "1"  # no second icon in macOS's dock
    os.environ["QT_QPA_PLATFORM"] = platform
    _app = QGuiApplication(["guide"])
    maker = PosterMaker(_PHOTO_BYTES)
    maker.learn(templates)
    _answer(None)
    while True:
        commission: Commission = _asked()
        try:
            made = maker.commissioned(commission)
        except GuideError:
            made = None
        _answer(made)


def _asked() -> Any:
    """What is asked next; ends this process when nobody asks any more."""
    try:
        return pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    except EOFError:
        os._exit(0)  # nothing is left to be tidied: the files are written by who asked for them


def _answer(made: MadePoster | None) -> None:
    """Hand it over; ends this process when nobody takes it any more."""
    try:
        pickle.dump(made, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except OSError:
        os._exit(0)  # same
