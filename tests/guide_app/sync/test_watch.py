"""The loop behind the status bar."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from guide_app.protocol.scopes import store_scope
from guide_app.sync.watch import Rhythm, SyncStatus, SyncWatch
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.plain_book import STORE

QUICK = Rhythm(every_s=600, settle_s=0.01, first_wait_s=0.01, longest_wait_s=0.05)
SLOW = Rhythm(every_s=600, settle_s=0.01, first_wait_s=600, longest_wait_s=600)


class Ear:
    """Hears every status and waits for one that fits."""

    def __init__(self, watch: SyncWatch) -> None:
        self.heard: list[SyncStatus] = []
        self._news = threading.Condition()
        watch.on_status(self._hear)

    def _hear(self, status: SyncStatus) -> None:
        with self._news:
            self.heard.append(status)
            self._news.notify_all()

    def wait_for(self, fits: Callable[[SyncStatus], bool], *, after: int = 0) -> SyncStatus:
        with self._news:
            assert self._news.wait_for(lambda: any(map(fits, self.heard[after:])), 20), self.heard
            return next(status for status in self.heard[after:] if fits(status))


@contextmanager
def watching(desk: TestDesk, rhythm: Rhythm = QUICK, **kwargs: object) -> Iterator[tuple[SyncWatch, Ear]]:
    watch = SyncWatch(desk.db, desk.engine, rhythm=rhythm, jitter=lambda top: top, **kwargs)  # type: ignore[arg-type]
    ear = Ear(watch)
    watch.start()
    try:
        yield watch, ear
    finally:
        watch.stop()


def test_it_syncs_at_start_and_soon_after_a_change(desk: TestDesk, office: MemoryOffice) -> None:
    with watching(desk) as (watch, ear):
        ear.wait_for(lambda s: s.state == "synced" and s.last_contact_ms is not None)
        desk.put("client", name="王")
        ear.wait_for(lambda s: s.waiting == 1)
        start = len(ear.heard)
        ear.wait_for(lambda s: s.state == "synced" and not s.waiting, after=start - 1)
        assert len(office.feeds[store_scope(STORE)].live) == 1
        assert watch.status.oldest_ms is None


def test_offline_is_said_with_what_waits_and_healed_by_itself(desk: TestDesk, server: OfficeServer) -> None:
    server.fault = lambda *_: "drop"
    with watching(desk) as (_, ear):
        offline = ear.wait_for(lambda s: s.state == "offline")
        assert "连不上总部" in offline.last_error
        desk.put("client", name="王")
        waiting = ear.wait_for(lambda s: s.state == "offline" and s.waiting == 1)
        assert waiting.oldest_ms == desk.clock.now_ms()
        server.fault = lambda *_: ""
        ear.wait_for(lambda s: s.state == "synced" and not s.waiting)


def test_a_request_does_not_wait_for_the_back_off(desk: TestDesk, server: OfficeServer) -> None:
    server.fault = lambda *_: "503"
    with watching(desk, SLOW) as (watch, ear):
        ear.wait_for(lambda s: s.state == "offline")
        server.fault = lambda *_: ""
        watch.request()
        ear.wait_for(lambda s: s.state == "synced")


def test_a_refused_change_asks_for_attention(desk: TestDesk, office: MemoryOffice) -> None:
    desk.put("client", name="王")
    office._refusal = lambda *_: "scope.forbidden"  # type: ignore[method-assign]
    with watching(desk) as (_, ear):
        status = ear.wait_for(lambda s: s.state == "attention")
        assert (status.parked, status.waiting) == (1, 0)


def test_a_revoked_pc_is_told_in_the_status_bar(desk: TestDesk, office: MemoryOffice) -> None:
    next(iter(office.desks.values())).revoked = True
    with watching(desk, SLOW) as (_, ear):
        assert "停用" in ear.wait_for(lambda s: s.state == "attention").last_error


@pytest.mark.error_logs("a round of sync failed")
def test_a_fault_of_ours_is_logged_and_the_loop_lives(desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    once = iter([ZeroDivisionError()])
    real = desk.engine.run_once

    def faulty(*args: object) -> object:
        for error in once:
            raise error
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.engine, "run_once", faulty)
    with watching(desk) as (_, ear):
        assert "ZeroDivisionError" in ear.wait_for(lambda s: s.state == "attention").last_error
        ear.wait_for(lambda s: s.state == "synced")


def test_progress_is_shown_and_stop_breaks_a_long_round_off(desk: TestDesk, office: MemoryOffice) -> None:
    for n in range(60):
        office.write("client", f"018f0000-0000-7000-8000-0000000{n:05x}", {"name": f"客{n}"}, STORE)
    desk.engine._page_limit = 10
    with watching(desk) as (_, ear):
        ear.wait_for(lambda s: s.progress is not None and 0 < s.progress.done < s.progress.total)
    held = int(str(desk.scalar("SELECT count(*) FROM client")))
    assert 0 < held <= 60
    desk.sync()
    assert desk.scalar("SELECT count(*) FROM client") == 60


def test_a_long_round_can_be_broken_off_and_goes_on_by_request(desk: TestDesk, office: MemoryOffice) -> None:
    for n in range(60):
        office.write("client", f"018f0000-0000-7000-8000-0000000{n:05x}", {"name": f"客{n}"}, STORE)
    desk.engine._page_limit = 2
    watch = SyncWatch(desk.db, desk.engine, rhythm=SLOW)
    ear = Ear(watch)
    watch.on_status(lambda s: watch.break_off() if s.progress is not None and s.progress.phase == "pull" else None)
    watch.start()
    try:
        stopped = ear.wait_for(lambda s: s.broken_off and s.state != "syncing")
        assert stopped.last_error == ""
        assert 0 < int(str(desk.scalar("SELECT count(*) FROM client"))) < 60
        watch._listeners.pop()
        watch.request()
        ear.wait_for(lambda s: s.state == "synced" and not s.broken_off, after=len(ear.heard) - 1)
        assert desk.scalar("SELECT count(*) FROM client") == 60
    finally:
        watch.stop()


def test_pictures_come_after_the_records(desk: TestDesk) -> None:
    done = threading.Event()

    def after(cancelled: Callable[[], bool]) -> None:
        assert not cancelled()
        done.set()

    with watching(desk, after_round=after) as (_, ear):
        ear.wait_for(lambda s: s.state == "synced")
        assert done.wait(10)


def test_waits_grow_to_five_minutes_and_heed_the_offices_wish(desk: TestDesk) -> None:
    watch = SyncWatch(desk.db, desk.engine, jitter=lambda top: top)
    waits = []
    for failures in range(1, 12):
        watch._failures = failures
        waits.append(watch._next_wait())
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
