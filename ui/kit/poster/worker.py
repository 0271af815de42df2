"""A process that makes posters for the one that started it, and ends with it."""

from __future__ import annotations

import os
import pickle
import sys
from typing import NoReturn

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
    platform, templates = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"] = "1"  # no second icon in macOS's dock
    os.environ["QT_QPA_PLATFORM"] = platform
    _app = QGuiApplication(["guide"])
    maker = PosterMaker(_PHOTO_BYTES)
    maker.learn(templates)
    answer: MadePoster | None = None
    while True:
        commission = _asked_next(answer)
        try:
            answer = maker.commissioned(commission)
        except GuideError:
            answer = None


def _asked_next(answer: MadePoster | None) -> Commission:
    """The next commission, once the answer has been taken; ends this process when nobody asks any more."""
    try:
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        commission: Commission = pickle.load(sys.stdin.buffer)  # noqa: S301 - same
    except (EOFError, OSError):
        os._exit(0)  # nothing is left to be tidied: the files are written by who asked for them
    return commission
