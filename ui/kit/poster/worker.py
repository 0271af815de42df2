"""A process that makes posters for the one that started it, and ends with it."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QGuiApplication

from guide_app.base.errors import GuideError
from guide_app.protocol.poster_layers import Template
from ui.kit.poster.maker import Commission, MadePoster, PosterMaker

_PHOTO_BYTES = 24_000_000
"""Each product of a batch has its own photo: what was kept of the last one serves nobody."""


@dataclass(frozen=True, slots=True)
class _Room:
    """What posters are made with."""

    app: QGuiApplication
    maker: PosterMaker


def begin(platform: str, templates: Mapping[str, Template]) -> None:
    """Get ready: Qt by the same platform plugin, hence with the same fonts, and the same templates."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches all processes of a terminal; the first one decides
    atexit.register(os._exit, 0)  # nothing is left to be tidied: the files are written by who asked for them
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["QT_MAC_DISABLE_FOREGROUND_APPLICATION_TRANSFORM"] = "1"  # no second icon in macOS's dock
    os.environ["QT_QPA_PLATFORM"] = platform
    _room().maker.learn(templates)


def ready() -> bool:
    """Whether this process has come up."""
    return True


def make(commission: Commission) -> MadePoster | None:
    """The poster, read back; None where it is refused: the reason is worded by whoever asked."""
    try:
        return _room().maker.commissioned(commission)
    except GuideError:
        return None


@cache
def _room() -> _Room:
    return _Room(QGuiApplication(["guide"]), PosterMaker(_PHOTO_BYTES))


def _end_with_parent() -> None:
    """Wait for the process that started this one: if it is killed, nobody is left to say that the work is over."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
