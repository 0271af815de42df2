"""Opens a line to this PC's head office when a counter asks something that cannot wait for the next round of sync."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import TYPE_CHECKING

from guide_app.base.clock import Clock
from guide_app.store.database import Database
from guide_app.store.device import enrolled_device

if TYPE_CHECKING:
    from guide_app.sync.office import Office

_PATIENCE_S = 60.0
_CONNECT_S = 8.0


def office_door(
    db: Database, clock: Clock, patience_s: float = _PATIENCE_S
) -> Callable[[], AbstractContextManager[Office]]:
    """Lines whose every answer comes within `patience_s` seconds or not at all. Raises NotEnrolledError when opened."""

    @contextmanager
    def open_line() -> Iterator[Office]:
        from guide_app.sync.office import Office  # noqa: PLC0415 - the window paints before the network is loaded
        from guide_app.sync.transport import Limits, Transport  # noqa: PLC0415 - same

        device = db.query(enrolled_device)
        limits = Limits(connect_s=min(_CONNECT_S, patience_s), total_s=patience_s)
        with closing(Transport(device.office, device.token, clock, limits=limits)) as transport:
            yield Office(transport)

    return open_line
