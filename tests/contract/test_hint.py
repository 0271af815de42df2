"""What one PC hands in is on the other at once, by any office."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from guide_app.protocol.messages import Cursor
from guide_app.store.cursors import read_stands
from guide_app.store.device import enrolled_device
from guide_app.sync.hints import HINT_LIMITS, HintListener
from guide_app.sync.office import Hint, Office
from guide_app.sync.transport import Transport
from guide_app.sync.watch import Rhythm, SyncWatch
from tests.contract.offices import OfficeUnderTest
from tests.helpers.desk import TestDesk

Make = Callable[..., TestDesk]
_PATIENCE_S = 20.0
_SELDOM = Rhythm(every_s=600, hinted_every_s=600, settle_s=0.01)


@contextmanager
def line(desk: TestDesk) -> Iterator[Transport]:
    transport = Transport(desk.origin, desk.db.query(enrolled_device).token, desk.clock, limits=HINT_LIMITS)
    try:
        yield transport
    finally:
        transport.close()


def watched(desk: TestDesk, stack: ExitStack) -> SyncWatch:
    """Keep a PC in step; it listens when this returns."""
    hints = HintListener(desk.db, stack.enter_context(line(desk)))
    watch = SyncWatch(desk.db, desk.engine, rhythm=_SELDOM, hints=hints)
    synced = threading.Event()
    watch.on_status(lambda status: synced.set() if status.state == "synced" and status.last_contact_ms else None)
    watch.start()
    stack.callback(watch.stop)
    assert synced.wait(_PATIENCE_S)
    return watch


def until(true: Callable[[], object]) -> float:
    """Seconds until something is so that another thread brings about."""
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < _PATIENCE_S
        threading.Event().wait(0.01)
    return time.monotonic() - began


def cursors(desk: TestDesk) -> list[Cursor]:
    return [stand.cursor for stand in desk.db.query(read_stands).values()]


def test_two_pcs_that_listen_have_each_others_work_within_seconds(desk_of: Make, office: OfficeUnderTest) -> None:
    del office
    one, two = desk_of(1), desk_of(2)
    with ExitStack() as stack:
        for desk in (one, two):
            watched(desk, stack)
        for writer, reader, name in ((one, two, "王女士"), (two, one, "李女士"), (one, two, "周女士")):
            client = writer.put("client", name=name)
            assert until(lambda r=reader, c=client, n=name: r.field("client", c, "name") == n) < 5  # type: ignore[misc]


def test_a_pc_that_lags_is_told_at_once_and_one_that_does_not_when_its_time_is_up(
    desk_of: Make, office: OfficeUnderTest
) -> None:
    del office
    one, two = desk_of(1), desk_of(2)
    one.sync()
    two.sync()
    with line(two) as transport:
        listening = Office(transport)
        assert listening.hint(cursors(two), 1) == Hint(news=False)
        one.put("client", name="王女士")
        one.sync()
        assert listening.hint(cursors(two), 20) == Hint(news=True)


def test_the_pcs_of_a_store_see_each_other_and_what_waits(desk_of: Make, office: OfficeUnderTest) -> None:
    one, two = desk_of(1), desk_of(2)
    one.sync()
    two.sync()
    with line(two) as transport:
        Office(transport).hint(cursors(two), 1, waiting=7)
    with line(one) as transport:
        seen = Office(transport).store_pcs().pcs
    assert sorted(pc.waiting for pc in seen) == [0, 7]
    assert {pc.revoked for pc in seen} == {False}
    office.revoke(one.db.query(enrolled_device).device_id or "")
    with line(two) as transport:
        assert sorted(pc.revoked for pc in Office(transport).store_pcs().pcs) == [False, True]
