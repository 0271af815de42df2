"""Pictures come beside the rounds, can be held, and end when asked to."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from guide_app.sync.blobs import BlobFetcher, BlobStore
from guide_app.sync.pictures import PictureRun, PictureState
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer

BODIES = [b"picture %d" % n for n in range(3)]
NAMES = [hashlib.sha256(body).hexdigest() for body in BODIES]


class Ear:
    """Hears every state and waits for one that fits."""

    def __init__(self) -> None:
        self.heard: list[PictureState] = []
        self._news = threading.Condition()

    def __call__(self, state: PictureState) -> None:
        with self._news:
            self.heard.append(state)
            self._news.notify_all()

    def wait_for(self, fits: Callable[[PictureState], bool]) -> None:
        with self._news:
            assert self._news.wait_for(lambda: any(map(fits, self.heard)), 20), self.heard


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "pictures")


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def run(desk: TestDesk, office: MemoryOffice, store: BlobStore, ear: Ear) -> Iterator[PictureRun]:
    office.blobs = dict(zip(NAMES, BODIES, strict=True))
    for n, name in enumerate(NAMES):
        office.write("product", f"018f0000-0000-7000-8000-00000000b00{n}", {"no": n, "image": name})
    desk.sync()
    made = PictureRun(BlobFetcher(desk.db, desk.transport, store), ear)
    yield made
    made.stop()


def idle(state: PictureState) -> bool:
    return not state.running and not state.paused


def test_what_is_missing_comes_with_a_count(run: PictureRun, ear: Ear, store: BlobStore) -> None:
    run.wake()
    ear.wait_for(idle)
    assert store.missing(NAMES) == []
    assert ear.heard == [*(PictureState(running=True, done=n, total=3) for n in range(3)), PictureState()]


def test_held_it_stops_between_two_pictures_and_goes_on(
    run: PictureRun, ear: Ear, store: BlobStore, server: OfficeServer
) -> None:
    def hold(moment: str, request: str) -> str:
        if moment == "before" and "blobs" in request:
            run.pause(on=True)
        return ""

    server.fault = hold
    run.wake()
    ear.wait_for(lambda state: state.paused)
    assert len(store.missing(NAMES)) == 2
    run.wake()
    server.fault = lambda *_: ""
    assert len(store.missing(NAMES)) == 2, "held is held"
    run.pause(on=False)
    ear.wait_for(idle)
    assert store.missing(NAMES) == []


def test_without_a_line_it_waits_for_the_next_round(
    run: PictureRun, ear: Ear, store: BlobStore, server: OfficeServer
) -> None:
    server.fault = lambda *_: "drop"
    run.wake()
    ear.wait_for(idle)
    assert len(store.missing(NAMES)) == 3
    server.fault = lambda *_: ""
    ear.heard.clear()
    run.wake()
    ear.wait_for(idle)
    assert store.missing(NAMES) == []


def test_stopped_it_fetches_no_more(run: PictureRun, store: BlobStore) -> None:
    run.stop()
    run.wake()
    assert len(store.missing(NAMES)) == 3


def test_a_request_under_way_can_be_broken_off(desk: TestDesk, server: OfficeServer) -> None:
    held, asked = threading.Event(), threading.Event()

    def fault(moment: str, _request: str) -> str:
        if moment == "before":
            asked.set()
            held.wait(20)
        return "drop"

    server.fault = fault
    failed: list[str] = []

    def round_of_sync() -> None:
        try:
            desk.sync()
        except Exception as e:  # noqa: BLE001 - whatever it is, the test looks at it
            failed.append(type(e).__name__)

    thread = threading.Thread(target=round_of_sync)
    thread.start()
    assert asked.wait(20)
    desk.transport.interrupt()
    thread.join(4)  # the line's own deadline is 5 s
    ended = not thread.is_alive()
    held.set()
    thread.join()
    assert ended
    assert failed == ["OfficeUnreachableError"]
