"""How far a counter without network is believed about when: what head office has seen of its PC bounds what it says.

A PC's changes come in the order in which they were made, each with a stamp that only grows. So a redemption was made
no earlier than the change before it, and its counter was in contact no later than head office heard of its PC. What
lies between is the PC's word (docs/coupons.md).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from guide_app.protocol.hlc import Stamp, stamp_ms
from head_office.feed.decide import CLOCK_TOLERANCE_MS
from head_office.feed.place import Sender

#: A contact is noted at most so much later than it was (ms): a look notes it every five minutes, news end a wait.
_NOTED_MS = 600_000
_HEARD = "SELECT last_contact_ms, last_effective FROM device WHERE store_id = %(store)s::uuid AND id = %(device)s::uuid"


@dataclass(frozen=True, slots=True)
class Heard:
    """What head office has seen of a PC before this push: its last contact (UTC ms), its last change's stamp."""

    contact_ms: int
    stamp: Stamp


def heard_of(connection: Connection, sender: Sender) -> Heard:
    """What head office has seen of the PC that pushes."""
    return Heard(*connection.exec_driver_sql(_HEARD, sender.row).one())


def believed_at(at: int, stamp: Stamp, heard: Heard | None) -> int:
    """When a redemption was made, of which its PC says `at` and whose change bears `stamp`; UTC ms.

    The stamp is made in the deed itself, after its moment: a minute is more than any deed takes.
    """
    before = stamp_ms(heard.stamp) if heard is not None and heard.stamp else 0
    return max(at, before, stamp_ms(stamp) - CLOCK_TOLERANCE_MS)


def believed_contact(known_until: int, at: int, heard: Heard | None) -> int:
    """Until when the counter had been in contact, of which its PC says `known_until`; `at` is when it redeemed."""
    latest = at if heard is None else min(at, heard.contact_ms + _NOTED_MS)
    return min(known_until, latest)
