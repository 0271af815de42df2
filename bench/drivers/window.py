"""The program's own window on the book of GUIDE_DATA_DIR, joined as `guide` joins it.

Prints `painted` at its first paint, `ready` when the pages are at work and all they asked for has come, then `gap` and
the longest time (ms) for which the event loop stood still until then. If told to stay, it does, and prints `rest` each
time it has given back what it does not need while nobody asks for anything.
"""

# Qt is loaded before all else, as `guide` loads it.
# ruff: noqa: E402

import sys
from functools import partial
from time import perf_counter

from ui.kit.plain_import import load_qt

load_qt()

from PySide6.QtCore import QTimer

from guide_app.cli.context import Place
from guide_app.cli.shell.desk_window import DeskWindow
from guide_app.cli.window import open_book
from ui.app import make_app

_QUIET_TICKS = 10


class Pulse:
    """Notes how long the event loop stands still, and when the window has come to rest."""

    def __init__(self, shell: DeskWindow) -> None:
        self._shell = shell
        self._last = perf_counter()
        self._quiet = 0
        self.worst = 0.0
        self.timer = QTimer()
        self.timer.timeout.connect(self._beat)
        self.timer.start(1)

    def _beat(self) -> None:
        now = perf_counter()
        self.worst = max(self.worst, (now - self._last) * 1000)
        self._last = now
        calm = self._shell.active and not self._shell.work.pending()
        self._quiet = self._quiet + 1 if calm else 0
        if self._quiet >= _QUIET_TICKS:
            self.timer.stop()
            print("ready", flush=True)
            print(f"gap {self.worst:.1f}", flush=True)
            if "--stay" not in sys.argv:
                app.quit()


app = make_app(["guide"], "bench")
place = Place.of(None)
shell = DeskWindow(place, partial(open_book, place))
pulses: list[Pulse] = []


def painted() -> None:
    """The first paint is over; from now on the loop is watched."""
    print("painted", flush=True)
    pulses.append(Pulse(shell))


def rested() -> None:
    """The window has asked its book to give memory back: tell after that, on the same thread."""
    shell.stage.desk.db.writer.submit(lambda: print("rest", flush=True))


shell.window.painted.connect(painted)
shell.rest.came.connect(rested)
shell.window.show()
code = app.exec()
shell.close()
sys.exit(code)
