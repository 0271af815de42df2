"""The window of `guide`: for a person, over a desk that is open already, and as pictures."""

from __future__ import annotations

import hashlib
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from guide_app.cli.context import Place
from guide_app.cli.shell.desk_window import DeskWindow
from guide_app.cli.shell.logfile import log_stray, log_to
from ui.app import app_object, catch_strays, make_app
from ui.kit.interrupt import quit_on_signal

if TYPE_CHECKING:
    from guide_app.cli.shell.backstage import Backstage, Ears
    from guide_app.flows.desk import Desk


def run_window(place: Place) -> int:
    """Open the window on this PC's book and stay until it is closed; returns the exit code.

    A second start on the same data folder brings the first window forward and ends.
    """
    from ui.kit.instance import SingleInstance  # noqa: PLC0415 - not needed for pictures of the window

    app = make_app(["guide"], version("guide-desk"))
    place.data_dir.mkdir(parents=True, exist_ok=True)
    instance = SingleInstance(place.data_dir, instance_name(place.data_dir))
    if not instance.first():
        return 0
    with log_to(place.logs):
        shell = DeskWindow(place, partial(open_book, place))
        restore = catch_strays(shell.window.show_failure, log_stray)
        instance.asked_forward.connect(shell.come_forward)
        shell.window.show()
        try:
            with quit_on_signal(app):
                return app.exec()
        finally:
            restore()
            shell.close()
            instance.release()


def open_window(desk: Desk, place: Place) -> DeskWindow:
    """A window over a desk that is open already and stays its owner's to close. Show it, later `close` it."""
    app_object(["guide"], version("guide-desk"))
    place.data_dir.mkdir(parents=True, exist_ok=True)
    return DeskWindow(place, partial(_over_desk, desk, place))


def page_shots(desk: Desk, place: Place, folder: Path) -> list[Path]:
    """Pictures of every page over `desk`, whose acting guide is logged in, as PNG in `folder`; works offscreen."""
    from guide_app.cli.shell.shots import Camera  # noqa: PLC0415 - only for pictures

    shell = open_window(desk, place)
    try:
        return Camera(shell, folder).take_all()
    finally:
        shell.close()


def instance_name(folder: Path) -> str:
    """The name of the local socket by which a second start on `folder` finds the first."""
    return f"guide-desk-{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"


def open_book(place: Place, ears: Ears) -> Backstage:
    """The stage over the book of `place`, on a worker thread. Raises LockedError, DamagedError."""
    from guide_app.cli.shell.backstage import Backstage  # noqa: PLC0415 - after the first paint

    return Backstage.open(place, ears)


def _over_desk(desk: Desk, place: Place, ears: Ears) -> Backstage:
    from guide_app.cli.shell.backstage import Backstage  # noqa: PLC0415 - after the first paint

    return Backstage(desk, place, ears)
