"""What a contact with head office tidies up, and how often."""

from __future__ import annotations

from collections.abc import Callable

from guide_app.sync.contact import OfficeTime, note_contact
from guide_app.sync.plan import Offset
from tests.helpers.desk import TestDesk
from tests.helpers.plain_book import HeldClock

HOUR = 3_600_000
LONG_AGO = 1_780_000_000_000
LATER = LONG_AGO + 40 * 24 * HOUR

_SETTLED = (
    "INSERT INTO outbox (mid, grp, op, kind, id, store, stamp, data, schema, effects, created_at, state, acked_at)"
    " VALUES (?, ?, 'void', 'note', 'x', 'x', 'x', '{}', 1, '[]', 0, 'acked', ?)"
)


def _left(desk: TestDesk) -> int:
    """How many of changes settled long ago are left after a contact; one more is there before each."""
    last = "SELECT coalesce(max(mid), 0) FROM outbox"
    mid = 1 + desk.db.query(lambda conn: int(conn.exec_driver_sql(last).scalar_one()))
    desk.db.apply(lambda applier: applier.conn.exec_driver_sql(_SETTLED, (mid, mid, LONG_AGO)))
    desk.db.apply(lambda applier: note_contact(applier, OfficeTime(LATER, Offset(0, 0))))
    return desk.db.query(lambda conn: int(conn.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()))


def test_what_was_settled_long_ago_goes_at_most_once_an_hour_however_the_clock_is_set(
    desk_of: Callable[..., TestDesk], clock: HeldClock
) -> None:
    desk = desk_of(1)
    left = []
    for ms in (0, HOUR - 1, 1, -1, 0):
        clock.move(ms)
        left.append(_left(desk))
    assert left == [0, 1, 0, 0, 1]
