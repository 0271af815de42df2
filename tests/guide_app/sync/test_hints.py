"""What the office has to say reaches a PC at once, and nothing worse than waiting happens where it does not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guide_app.base.errors import GuideError
from guide_app.store.device import enrolled_device
from guide_app.sync.backoff import Backoff
from guide_app.sync.errors import OfficeBusyError
from guide_app.sync.hints import Ears, HintListener, HintRhythm
from guide_app.sync.office import Hint, Office
from guide_app.sync.transport import Limits, Transport
from guide_app.sync.watch import Rhythm, SyncStatus, SyncWatch
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.plain_book import STORE

HINT = "GET /sync/v1/hint"
PULL = "GET /sync/v1/pull"
_PATIENCE_S = 20.0
#: A watch that time alone would not wake within a test.
SELDOM = Rhythm(every_s=600, hinted_every_s=900, settle_s=0.01, first_wait_s=600, longest_wait_s=600)


class Heard:
    """Statuses of a watch, with a way to wait for one."""

    def __init__(self, watch: SyncWatch) -> None:
        self._news = threading.Condition()
        self._statuses: list[SyncStatus] = []
        watch.on_status(self._hear)

    def _hear(self, status: SyncStatus) -> None:
        with self._news:
            self._statuses.append(status)
            self._news.notify_all()

    def wait_for(self, fits: Callable[[SyncStatus], bool]) -> None:
        with self._news:
            assert self._news.wait_for(lambda: any(map(fits, self._statuses)), _PATIENCE_S), self._statuses


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for something that another thread brings about."""
    deadline = time.monotonic() + _PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, what
        threading.Event().wait(0.005)


@contextmanager
def line(desk: TestDesk, total_s: float = 30.0) -> Iterator[Transport]:
    token = desk.db.query(enrolled_device).token
    transport = Transport(desk.origin, token, desk.clock, limits=Limits(connect_s=10, total_s=total_s))
    try:
        yield transport
    finally:
        transport.close()


@contextmanager
def listening(
    desk: TestDesk, *, wait_s: int = 20, first_pause_s: float = 0.02, share: float = 1.0
) -> Iterator[tuple[SyncWatch, Heard]]:
    """A watch with an ear for news, after its first round. Every random time is this `share` of what it may be."""
    with line(desk) as transport:
        pauses = HintRhythm(wait_s, Backoff(first_pause_s, 600))
        hints = HintListener(desk.db, transport, rhythm=pauses, jitter=lambda top: share * top)
        watch = SyncWatch(desk.db, desk.engine, rhythm=SELDOM, hints=hints, jitter=lambda top: share * top)
        heard = Heard(watch)
        watch.start()
        try:
            heard.wait_for(lambda s: s.state == "synced" and s.last_contact_ms is not None)
            yield watch, heard
        finally:
            began = time.monotonic()
            watch.stop()
            assert time.monotonic() - began < 10, "it ends at once, whatever it waits for"
            assert not [t for t in threading.enumerate() if t.name in ("sync-hints", "sync-watch")]


def clients(desk: TestDesk) -> int:
    return int(str(desk.scalar("SELECT count(*) FROM client")))


def holds(desk: TestDesk, n: int) -> bool:
    return clients(desk) == n


def new_client(office: MemoryOffice, n: int) -> None:
    office.write("client", f"018f0000-0000-7000-8000-0000000{n:05x}", {"name": f"客{n}"}, STORE)


def asked(office: MemoryOffice, request: str) -> int:
    return office.requests.count(request)


def test_what_the_office_writes_is_here_without_waiting_for_the_next_look(desk: TestDesk, office: MemoryOffice) -> None:
    with listening(desk):
        for n in (1, 2, 3):
            new_client(office, n)
            until(partial(holds, desk, n), "the client came")


def test_while_hints_come_the_office_is_looked_at_seldom_and_often_again_when_they_stop(
    desk: TestDesk, server: OfficeServer
) -> None:
    with listening(desk, wait_s=1, first_pause_s=600) as (watch, _):
        until(lambda: watch._next_wait() == 900, "the first quiet wait is over")
        server.fault = lambda _, request: "404" if request.startswith(HINT) else ""
        until(lambda: watch._next_wait() == 600, "an office that knows no hints is looked at as ever")
        assert watch.status.state == "synced", "nobody is told: nothing is wrong"


def test_the_status_bar_knows_soon_that_the_office_went_away(desk: TestDesk, server: OfficeServer) -> None:
    with listening(desk, wait_s=1, first_pause_s=600, share=0.01) as (watch, heard):
        until(lambda: watch._hearing, "hints come")
        server.fault = lambda *_: "drop"
        heard.wait_for(lambda s: s.state == "offline")


def test_an_own_change_does_not_make_a_pc_look_twice(desk: TestDesk, office: MemoryOffice) -> None:
    with listening(desk, wait_s=1) as (_, heard):
        until(lambda: asked(office, HINT) > 0, "it waits for news")
        desk.put("client", name="王")
        heard.wait_for(lambda s: s.waiting == 1)
        heard.wait_for(lambda s: s.report is not None and s.report.pushed == 1)
        pulls, hints = asked(office, PULL), asked(office, HINT)
        until(lambda: asked(office, HINT) >= hints + 2, "it asked again, from where it stands now")
        assert asked(office, PULL) == pulls


def test_what_waits_here_is_said_while_waiting_for_news(desk: TestDesk, office: MemoryOffice) -> None:
    with line(desk) as transport:
        listener = HintListener(desk.db, transport, rhythm=HintRhythm(20))
        listener.start(Ears(news=lambda _: None, hearing=lambda _: None))
        desk.put("client", name="王")
        listener.round_ends(good=True)  # as after a round that another program's change came too late for
        until(lambda: asked(office, HINT) > 0, "it asked")
        listener.stop()
    (known,) = office.desks.values()
    assert known.waiting == 1


@pytest.mark.parametrize("status", ["200", "204", "302", "304"])
def test_a_voice_that_is_not_the_offices_does_not_drive_it_mad(
    desk: TestDesk, office: MemoryOffice, server: OfficeServer, status: str
) -> None:
    with listening(desk, wait_s=1 if status == "204" else 20, first_pause_s=600) as (watch, _):
        before = asked(office, PULL)
        server.fault = lambda moment, request: status if moment == "after" and request.startswith(HINT) else ""
        new_client(office, 1)  # ends the question under way
        until(lambda: asked(office, PULL) > before or status != "204", "the first time it is believed")
        until(lambda: watch._next_wait() == SELDOM.every_s, "it goes by its own clock again")
        assert asked(office, PULL) - before <= 3


def test_the_network_back_means_a_look_and_a_fresh_line_at_once(
    desk: TestDesk, office: MemoryOffice, server: OfficeServer
) -> None:
    with listening(desk, first_pause_s=600) as (watch, heard):
        server.fault = lambda *_: "drop"
        watch.request()
        heard.wait_for(lambda s: s.state == "offline")
        server.fault = lambda *_: ""
        new_client(office, 1)
        watch.network_changed()
        until(lambda: clients(desk) == 1, "it looked without waiting out its pause")
        new_client(office, 2)
        until(lambda: clients(desk) == 2, "and hears news again")


def test_a_pc_that_was_revoked_learns_it_when_it_asks_for_news(desk: TestDesk, office: MemoryOffice) -> None:
    with listening(desk, first_pause_s=600) as (_, heard):
        (known,) = office.desks.values()
        known.revoked = True
        new_client(office, 1)  # ends the question under way
        heard.wait_for(lambda s: s.error_code == "device.revoked")


def test_a_watch_that_never_reached_the_office_stops_at_once(desk: TestDesk, server: OfficeServer) -> None:
    server.fault = lambda *_: "drop"
    with line(desk) as transport:
        watch = SyncWatch(desk.db, desk.engine, rhythm=SELDOM, hints=HintListener(desk.db, transport))
        heard = Heard(watch)
        watch.start()
        heard.wait_for(lambda s: s.state == "offline")
        watch.stop()
    assert not [t for t in threading.enumerate() if t.name == "sync-hints"]


def test_many_who_were_told_at_once_look_one_after_another(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    planned: list[float] = []
    real = SyncWatch._plan

    def plan(watch: SyncWatch, seconds: float) -> None:
        planned.append(seconds)
        real(watch, seconds)

    monkeypatch.setattr(SyncWatch, "_plan", plan)
    monkeypatch.setattr(Office, "hint", lambda *_, **__: Hint(news=True, spread_s=7.5))
    with listening(desk, first_pause_s=600):
        until(lambda: 7.5 in planned, "the jitter of the test takes the whole of it")


@given(
    failures=st.integers(1, 60),
    wish=st.none() | st.integers(0, 3_600),  # Retry-After is whole seconds
    share=st.floats(0, 1),
)
def test_a_pause_heeds_the_office_and_spreads_those_who_were_told_the_same(
    failures: int, wish: int | None, share: float
) -> None:
    error = OfficeBusyError(503, "", wish) if wish is not None else GuideError("any", "")
    backoff = Backoff(1, 300)
    pause = backoff.pause(failures, error, lambda top: share * top)
    least, widest = wish or 0.0, backoff.pause(failures, error, lambda top: top)
    assert least <= pause <= widest
    assert widest - least >= max(1, least / 4), "not all in the same second"
    assert widest <= least + max(300.0, least / 4)
