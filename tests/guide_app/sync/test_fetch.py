"""Pictures come whole or not at all: each goes on where it broke off, in the order of use, within its room."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from guide_app.base.errors import OfficeUnreachableError
from guide_app.store.database import Database
from guide_app.store.faults import StorageError
from guide_app.store.lock import file_lock
from guide_app.sync import fetch
from guide_app.sync.blobs import BlobStore
from guide_app.sync.errors import OfficeBusyError, OfficeRefusedError
from guide_app.sync.fetch import BUDGET_SETTING, BlobFetcher
from guide_app.sync.transport import Limits, Transport
from tests.helpers.picture_office import Asked, PictureOffice, Told, serving_pictures
from tests.helpers.plain_book import HeldClock, open_book, seed_office_rows

MIB = 1 << 20
BIG = Random(7).randbytes(300_000)  # noqa: S311 - test data
OTHER = Random(8).randbytes(300_000)  # noqa: S311 - same


@pytest.fixture
def shelf() -> Iterator[PictureOffice]:
    with serving_pictures() as office:
        yield office


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def db(tmp_path: Path, clock: HeldClock) -> Iterator[Database]:
    book = open_book(tmp_path, clock)
    yield book
    book.close()


@pytest.fixture
def store(tmp_path: Path, clock: HeldClock) -> BlobStore:
    return BlobStore(tmp_path / "pictures", clock)


@pytest.fixture
def fetcher(db: Database, shelf: PictureOffice, store: BlobStore, clock: HeldClock) -> Iterator[BlobFetcher]:
    limits = Limits(connect_s=10.0, total_s=60.0)
    transport = Transport(shelf.origin, "t" * 43, clock, limits=limits)
    yield BlobFetcher(db, transport, store)
    transport.close()


def products(db: Database, names: list[str], status: str = "on_sale", start: int = 1) -> None:
    rows = [
        {"id": f"018f0000-0000-7000-8000-{n:012x}", "no": n, "image": name, "status": status}
        for n, name in enumerate(names, start)
    ]
    seed_office_rows(db, "product", rows, start)


def read(store: BlobStore, name: str) -> bytes:
    path = store.path(name)
    assert path is not None
    return path.read_bytes()


def parts(store: BlobStore) -> list[Path]:
    return sorted(store.folder.rglob("*.part"))


def once(told: Told) -> Callable[[Asked], Told | None]:
    """Tell the first request this, the others nothing."""
    left = [told]
    return lambda _: left.pop() if left else None


def test_a_broken_picture_goes_on_where_it_broke_off(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    (name,) = shelf.add(BIG)
    products(db, [name])
    shelf.tell = once(Told(cut=200_000))
    with pytest.raises(OfficeUnreachableError):
        fetcher.fetch()
    assert store.path(name) is None
    (part,) = parts(store)
    come = part.stat().st_size
    assert 0 < come <= 200_000

    again = BlobFetcher(db, fetcher._transport, BlobStore(store.folder))  # as after a restart of the program
    assert again.fetch() == 1
    assert (shelf.asked[-1].range, shelf.asked[-1].if_range) == (f"bytes={come}-", f'"{name}"')
    assert read(store, name) == BIG
    assert parts(store) == []


def test_an_office_that_sends_the_whole_instead_is_understood(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    (name,) = shelf.add(BIG)
    products(db, [name])
    shelf.tell = once(Told(cut=200_000))
    with pytest.raises(OfficeUnreachableError):
        fetcher.fetch()
    shelf.tell = lambda _: Told(whole=True)
    assert fetcher.fetch() == 1
    assert read(store, name) == BIG


def test_a_wrong_part_is_thrown_away_and_begun_anew(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    (name,) = shelf.add(BIG)
    products(db, [name])
    part = store.folder / name[:2] / f"{name}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(OTHER[:100_000])
    assert fetcher.fetch() == 1
    assert [asked.range for asked in shelf.asked] == ["bytes=100000-", ""]
    assert read(store, name) == BIG


def test_a_part_that_is_whole_already_is_not_asked_for(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    (name,) = shelf.add(BIG)
    products(db, [name])
    part = store.folder / name[:2] / f"{name}.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(BIG)
    assert fetcher.fetch() == 1
    assert shelf.asked == []
    assert read(store, name) == BIG


def test_a_picture_that_is_not_its_name_is_passed_over_and_said(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    bad, good = shelf.add(BIG, OTHER)
    products(db, [good, bad])
    shelf.tell = lambda asked: Told(body=b"x" * 1000) if asked.sha256 == bad else None
    with pytest.raises(OfficeUnreachableError) as caught:
        fetcher.fetch()
    assert caught.value.code == "office.corrupt"
    assert read(store, good) == OTHER, "the others come all the same"
    assert shelf.names().count(bad) == 2, "begun anew once"
    assert parts(store) == []


def test_what_is_complete_is_not_looked_through_again(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    (name,) = shelf.add(BIG)
    products(db, [name])
    assert fetcher.fetch() == 1
    with monkeypatch.context() as patch:
        patch.setattr(store, "held", lambda: pytest.fail("the folder was read"))
        assert fetcher.fetch() == 0
    products(db, shelf.add(OTHER), start=2)
    assert fetcher.fetch() == 1
    path = store.path(name)
    assert path is not None
    path.unlink()
    assert store.path(name) is None
    assert fetcher.fetch() == 1, "what is looked for in vain is"


def test_a_line_that_changes_everything_is_left_alone_soon(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher
) -> None:
    products(db, shelf.add(*(b"picture %d" % n for n in range(20))))
    shelf.tell = lambda _: Told(body=b"not a picture")
    with pytest.raises(OfficeUnreachableError):
        fetcher.fetch()
    assert len(set(shelf.names())) == 3


def test_what_the_office_has_not_got_is_asked_for_again_after_an_hour(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, clock: HeldClock
) -> None:
    name = hashlib.sha256(BIG).hexdigest()
    products(db, [name])
    assert fetcher.fetch() == 0
    assert fetcher.fetch() == 0
    assert len(shelf.asked) == 1
    shelf.add(BIG)
    clock.move(3_600_001)
    assert fetcher.fetch() == 1


def test_a_picture_beyond_measure_is_not_written(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge, fine = shelf.add(BIG, b"small")
    products(db, [fine, huge])
    monkeypatch.setattr(fetch, "LARGEST", 100_000)
    with pytest.raises(OfficeUnreachableError) as caught:
        fetcher.fetch()
    assert caught.value.code == "office.too_large"
    assert read(store, fine) == b"small"
    assert parts(store) == []


def test_a_picture_can_be_held_in_the_middle(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    (name,) = shelf.add(BIG)
    products(db, [name])
    held: list[bool] = []
    shelf.tell = once(Told(before=lambda: held.append(True)))
    assert fetcher.fetch(lambda: bool(held)) == 0
    (part,) = parts(store)
    assert 0 < part.stat().st_size < len(BIG)
    assert fetcher.fetch() == 1
    assert read(store, name) == BIG


def test_what_a_page_looks_for_comes_next(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    names = shelf.add(*(b"picture %d" % n for n in range(6)))
    products(db, names)

    def look(asked: Asked) -> None:
        if asked.sha256 == names[4]:
            assert store.path(names[0]) is None

    shelf.tell = look
    assert fetcher.fetch() == 6
    assert shelf.names() == [names[5], names[4], names[0], names[3], names[2], names[1]]
    assert store.wishes() == []


def test_pictures_keep_to_their_room_and_are_not_fetched_in_vain(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore, clock: HeldClock
) -> None:
    bodies = [Random(n).randbytes(300_000) for n in range(20, 28)]  # noqa: S311 - test data
    names = shelf.add(*bodies)
    db.change(lambda uow: uow.save_setting(BUDGET_SETTING, "1"), by=None, origin="test")
    products(db, names)
    assert fetcher.fetch() == 4, "1 MiB has room for three, and the budget may be exceeded by one"
    assert set(store.held()) == set(names[4:])
    assert fetcher.fetch() == 0
    assert len(shelf.asked) == 4

    clock.move(1000)
    store.path(names[4])  # a poster is drawn
    newer = shelf.add(OTHER, BIG)
    products(db, newer, start=9)
    assert fetcher.fetch() == 2
    assert set(store.held()) == {names[4], *newer, names[7]}, "what was shown today and what is new stay"


def test_pictures_leave_the_disk_room_for_the_book(db: Database, shelf: PictureOffice, fetcher: BlobFetcher) -> None:
    products(db, shelf.add(BIG))
    fetcher._free = lambda _: 100 * MIB
    with pytest.raises(StorageError) as caught:
        fetcher.fetch()
    assert caught.value.code == "pictures.no_room"
    assert shelf.asked == []
    fetcher._free = lambda _: 300 * MIB
    assert fetcher.fetch() == 1


def test_a_full_disk_stops_the_pictures_and_keeps_nothing_half(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    products(db, shelf.add(BIG))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError) as caught:
            fetcher.fetch()
    assert caught.value.code == "pictures.no_room"
    assert parts(store) == []
    assert fetcher.fetch() == 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_office_says_when_to_come_again(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, status: int
) -> None:
    products(db, shelf.add(BIG))
    shelf.tell = lambda _: Told(status=status, headers={"Retry-After": "7"})
    with pytest.raises(OfficeBusyError) as caught:
        fetcher.fetch()
    assert (caught.value.status, caught.value.retry_after_s) == (status, 7.0)


def test_a_refusal_is_no_picture(db: Database, shelf: PictureOffice, fetcher: BlobFetcher) -> None:
    products(db, shelf.add(BIG))
    shelf.tell = lambda _: Told(status=302, headers={"Location": "http://portal.example/"})
    with pytest.raises(OfficeUnreachableError) as caught:
        fetcher.fetch()
    assert caught.value.code == "office.redirect"


def test_two_processes_do_not_fetch_at_once(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    products(db, shelf.add(BIG))
    store.folder.mkdir()
    with file_lock(store.folder / "fetch.lock", 0.0):
        assert fetcher.fetch() == 0
    assert fetcher.fetch() == 1


def test_what_has_come_of_pictures_nobody_wants_any_more_is_removed(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    products(db, shelf.add(b"small"))
    stale = store.folder / "ab" / ("ab" * 32 + ".part")
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"half")
    fetcher.fetch()
    assert parts(store) == []


def test_an_office_that_shuts_the_pc_out_is_not_asked_for_every_picture(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher
) -> None:
    products(db, shelf.add(b"one", b"two"))
    problem = b'{"code":"device.revoked","title":"-","status":403}'
    shelf.refusals = {403: problem}
    shelf.tell = lambda _: Told(status=403)
    with pytest.raises(OfficeRefusedError):
        fetcher.fetch()
    assert len(shelf.asked) == 1


def test_pictures_of_scripts_come_first_and_an_inactive_one_brings_none(
    db: Database, shelf: PictureOffice, fetcher: BlobFetcher, store: BlobStore
) -> None:
    shoe, words, old = shelf.add(BIG, OTHER, b"old")
    products(db, [shoe])
    assert fetcher.fetch() == 1
    rows: list[dict[str, object]] = [
        {"id": "018f0000-0000-7000-8000-000000000801", "title": "上新", "body": "…", "media": [words]},
        {"id": "018f0000-0000-7000-8000-000000000802", "title": "旧", "body": "…", "media": [old], "active": False},
    ]
    seed_office_rows(db, "script", rows, 50)
    assert fetcher.fetch() == 1
    assert read(store, words) == OTHER
    assert store.path(old) is None
