"""When the command line and the window ask for 额度: after a round that reached head office."""

from __future__ import annotations

from guide_app.base.actor import Actor
from guide_app.base.clock import Clock
from guide_app.coupons.allotments import Allotments

#: Head office may have none left; it is not asked after every round.
_EVERY_MS = 10 * 60_000


class Refill:
    """Asks at most every ten minutes for what runs out. One run of the program has one."""

    def __init__(self, allotments: Allotments, clock: Clock) -> None:
        self._allotments = allotments
        self._clock = clock
        self._asked_at = -_EVERY_MS

    def ask(self, actor: Actor) -> int:
        """How many commands now wait to be handed in; see `Allotments.provide`."""
        now = self._clock.now_ms()
        if 0 <= now - self._asked_at < _EVERY_MS:
            return 0
        self._asked_at = now
        return self._allotments.provide(actor)
