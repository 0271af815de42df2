"""Python's cyclic garbage is collected on the GUI thread only.

Left alone, a collection starts on whatever thread allocates next. When that is a worker, Qt objects that were part of
a cycle are destroyed there while the GUI thread may be sending them events, which crashes once in a while.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class Sweeper(QObject):
    """Takes the collector's place while it lives; `stop` gives it back."""

    def __init__(self) -> None:
        """Switch the automatic collector off and look once a second whether there is enough to collect."""
        super().__init__()
        self._was_on = gc.isenabled()
        self._settled = False
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def settle(self) -> None:
        """Leave what there is now out of all collections to come: modules and code, which live as long as we do.

        The little garbage among it stays; to look for it first would stop the window for longer than an eye blinks.
        """
        self._settled = True
        gc.freeze()

    def sweep(self) -> None:
        """Collect as many generations as have filled up, as the automatic collector would."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] <= thresholds[0]:
            return
        full = [place for place, (count, most) in enumerate(zip(counts, thresholds, strict=True)) if count > most]
        gc.collect(full[-1] if full else 0)

    def stop(self) -> None:
        """Let the automatic collector work again, if it did before; this object is gone soon after."""
        self._timer.stop()
        self.deleteLater()
        if self._settled:  # what somebody else left out stays out: to look through it takes long
            gc.unfreeze()
        gc.collect()  # while the application object still stands: some of it may be Qt's
        if self._was_on:
            gc.enable()
