"""Pictures come beside the rounds, give way to them, can be held, and end when asked to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from guide_app.store.database import Database
from guide_app.sync.blobs import BlobStore
from guide_app.sync.engine import SyncEngine
from guide_app.sync.fetch import BlobFetcher
from guide_app.sync.pictures import PictureRun, PictureState
from guide_app.sync.transport import Limits, Transport
from guide_app.sync.watch import SyncWatch
from tests.helpers.desk import TestDesk
from tests.helpers.memory_office import MemoryOffice, OfficeServer
from tests.helpers.picture_office import PictureOffice, Told, name_of, serving_pictures
from tests.helpers.plain_book import STORE, HeldClock, open_book, seed_office_rows

BODIES = [b"picture %d" % n * 30_000 for n in range(3)]


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
def shelf() -> Iterator[PictureOffice]:
    with serving_pictures() as office:
        yield office


@pytest.fixture
def names(shelf: PictureOffice) -> list[str]:
    return shelf.add(*BODIES)


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "pictures")


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    book = open_book(tmp_path)
    yield book
    book.close()


def offer(db: Database, names: list[str], start: int = 1) -> None:
    rows = [{"id": f"018f0000-0000-7000-8000-{n:012x}", "no": n, "image": name} for n, name in enumerate(names, start)]
    seed_office_rows(db, "product", rows, start)


@pytest.fixture
def fetcher(db: Database, shelf: PictureOffice, store: BlobStore, names: list[str]) -> Iterator[BlobFetcher]:
    offer(db, names)
    transport = Transport(shelf.origin, "t" * 43, HeldClock(), limits=Limits(connect_s=10.0, total_s=60.0))
    yield BlobFetcher(db, transport, store)
    transport.close()


@pytest.fixture
def run(fetcher: BlobFetcher, ear: Ear) -> Iterator[PictureRun]:
    made = PictureRun(fetcher, ear)
    yield made
    made.stop()


def idle(state: PictureState) -> bool:
    return not state.running and not state.paused


def test_what_is_missing_comes_with_a_count(run: PictureRun, ear: Ear, store: BlobStore, names: list[str]) -> None:
    run.wake()
    ear.wait_for(idle)
    assert store.missing(names) == []
    assert ear.heard == [*(PictureState(running=True, done=n, total=3) for n in range(3)), PictureState()]


def test_held_it_stops_in_the_middle_of_a_picture_and_goes_on_there(
    run: PictureRun, ear: Ear, store: BlobStore, names: list[str], shelf: PictureOffice
) -> None:
    shelf.tell = lambda _: Told(before=lambda: run.pause(on=True)) if len(shelf.asked) == 2 else None
    run.wake()
    ear.wait_for(lambda state: state.paused)
    assert len(store.missing(names)) == 2
    run.wake()
    assert len(store.missing(names)) == 2, "held is held"
    run.pause(on=False)
    ear.wait_for(idle)
    assert store.missing(names) == []
    assert shelf.asked[2].sha256 == shelf.asked[1].sha256
    assert shelf.asked[2].range != "", "what had come was not thrown away"


def test_a_round_of_records_goes_first(
    run: PictureRun, ear: Ear, store: BlobStore, names: list[str], shelf: PictureOffice
) -> None:
    broken_off = threading.Event()

    def round_begins() -> None:
        run.give_way(on=True)
        broken_off.set()

    shelf.tell = lambda _: Told(before=round_begins) if len(shelf.asked) == 1 else None
    run.wake()
    assert broken_off.wait(20)
    run.wake()  # a round that ends wakes it too
    assert len(store.missing(names)) == 3
    assert len(shelf.asked) == 1
    run.give_way(on=False)
    ear.wait_for(idle)
    assert store.missing(names) == []


def test_it_does_not_begin_while_a_round_runs(
    run: PictureRun, ear: Ear, store: BlobStore, names: list[str], shelf: PictureOffice
) -> None:
    run.give_way(on=True)
    run.wake()
    assert shelf.asked == []
    run.give_way(on=False)
    ear.wait_for(idle)
    assert store.missing(names) == []


def test_without_a_line_it_waits_for_the_next_round(
    run: PictureRun, ear: Ear, store: BlobStore, names: list[str], shelf: PictureOffice
) -> None:
    shelf.tell = lambda _: Told(cut=0)
    run.wake()
    ear.wait_for(idle)
    assert len(store.missing(names)) == 3
    shelf.tell = lambda _: None
    ear.heard.clear()
    run.wake()
    ear.wait_for(idle)
    assert store.missing(names) == []


def test_a_busy_office_is_asked_again_when_it_said(
    run: PictureRun, ear: Ear, store: BlobStore, names: list[str], shelf: PictureOffice
) -> None:
    shelf.tell = lambda _: Told(status=503, headers={"Retry-After": "1"}) if len(shelf.asked) == 1 else None
    run.wake()
    ear.wait_for(idle)
    assert store.missing(names) == []
    assert len(shelf.asked) == 4


def test_a_busy_office_does_not_keep_the_program_open(run: PictureRun, shelf: PictureOffice) -> None:
    answered = threading.Event()
    shelf.tell = lambda _: Told(status=429, headers={"Retry-After": "3600"}, before=answered.set)
    run.wake()
    assert answered.wait(20)
    run.stop()
    assert len(shelf.asked) == 1


def test_a_page_that_looks_in_vain_wakes_it(
    run: PictureRun, ear: Ear, db: Database, store: BlobStore, shelf: PictureOffice
) -> None:
    run.wake()
    ear.wait_for(idle)
    ear.heard.clear()
    (late,) = shelf.add(b"a picture that came later")
    offer(db, [late], start=9)
    assert store.path(late) is None
    ear.wait_for(idle)
    assert store.path(late) is not None


def test_a_full_disk_is_told(run: PictureRun, ear: Ear, fetcher: BlobFetcher, shelf: PictureOffice) -> None:
    fetcher._free = lambda _: 0
    run.wake()
    ear.wait_for(lambda state: "磁盘空间不足" in state.trouble)
    assert shelf.asked == []


def test_stopped_it_fetches_no_more(run: PictureRun, store: BlobStore, names: list[str]) -> None:
    run.stop()
    run.wake()
    assert len(store.missing(names)) == 3
    assert store.path(names[0]) is None, "and looking in vain does not wake it"


def first_load(desk: TestDesk, office: MemoryOffice, store: BlobStore, *, gives_way: bool) -> list[str]:
    """What the office is asked while a PC loads everything for the first time and every page wakes the pictures."""
    bodies = [b"picture %d" % n for n in range(60)]
    office.blobs = {name_of(body): body for body in bodies}
    for n, name in enumerate(office.blobs):
        office.write("product", f"018f0000-0000-7000-8000-{n:012x}", {"no": n, "image": name})
    for n in range(300):
        office.write("client", f"018f0000-0000-7000-8001-{n:012x}", {"name": f"客户{n}"}, STORE)
    ear = Ear()
    token = str(desk.scalar("SELECT token FROM device"))
    with closing(Transport(desk.origin, token, desk.clock)) as blobs:
        run = PictureRun(BlobFetcher(desk.db, blobs, store), ear)
        watch = SyncWatch(desk.db, SyncEngine(desk.db, desk.transport, page_limit=10))
        if gives_way:
            watch.on_status(lambda status: run.give_way(on=status.state == "syncing"))
        forget = desk.db.on_change(lambda change: run.wake() if change.origin == "sync" else None)
        loaded = threading.Event()
        watch.on_status(lambda status: loaded.set() if status.state == "synced" else None)
        watch.start()
        ear.wait_for(lambda state: idle(state) and not store.missing(office.blobs))
        assert loaded.wait(20), "the records may come after the pictures"
        asked = list(office.requests)
        forget()
        watch.stop()
        run.stop()
    assert desk.scalar("SELECT count(*) FROM client") == 300
    return asked


def test_a_first_load_does_not_wait_for_pictures(desk: TestDesk, office: MemoryOffice, store: BlobStore) -> None:
    asked = first_load(desk, office, store, gives_way=True)
    last_pull = max(n for n, request in enumerate(asked) if request == "GET /sync/v1/pull")
    assert not [request for request in asked[:last_pull] if "blobs" in request]
    assert sum("blobs" in request for request in asked) == 60


def test_without_giving_way_it_would(desk: TestDesk, office: MemoryOffice, store: BlobStore) -> None:
    asked = first_load(desk, office, store, gives_way=False)
    last_pull = max(n for n, request in enumerate(asked) if request == "GET /sync/v1/pull")
    assert [request for request in asked[:last_pull] if "blobs" in request]


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
