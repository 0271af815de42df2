"""The program's own window on the book of GUIDE_DATA_DIR, joined as `guide` joins it.

Prints `painted` at its first paint, `ready` when the pages are at work and all they asked for has come, then `gap` and
the longest time (ms) for which the event loop stood still until then; stays if told so.
"""

import sys
from functools import partial
from time import perf_counter

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


shell.window.painted.connect(painted)
shell.window.show()
code = app.exec()
shell.close()
sys.exit(code)
