"""A process that makes posters for the one that started it, and ends with it."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection

from PySide6.QtGui import QGuiApplication

from guide_app.base.errors import GuideError
from guide_app.protocol.poster_layers import Template
from ui.kit.poster.maker import Commission, MadePoster, PosterMaker

_PHOTO_BYTES = 24_000_000
"""Each product of a batch has its own photo: what was kept of the last one serves nobody."""


def work(
    pipe: Connection[MadePoster | None, Commission], platform: str, templates: Mapping[str, Template]
) -> None:  # fmt: skip
    """Say None when ready, then answer each commission with its poster; end when nobody is left at the other end.

    None where it is refused: the reason is worded by whoever asked. Qt runs by the same `platform` plugin, hence with
    the same fonts.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes of a terminal; the first one decides
    os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"] = "1"  # no second icon in macOS's dock
    os.environ["QT_QPA_PLATFORM"] = platform
    app = QGuiApplication(["guide"])
    maker = PosterMaker(_PHOTO_BYTES)
    maker.learn(templates)
    answer: MadePoster | None = None
    while app:
        commission = _asked_next(pipe, answer)
        try:
            answer = maker.commissioned(commission)
        except GuideError:
            answer = None


def _asked_next(pipe: Connection[MadePoster | None, Commission], answer: MadePoster | None) -> Commission:
    """The next commission, once the answer has been taken; ends this process when nobody asks any more."""
    try:
        pipe.send(answer)
        return pipe.recv()
    except (EOFError, OSError):
        os._exit(0)  # nothing is left to be tidied: the files are written by who asked for them
