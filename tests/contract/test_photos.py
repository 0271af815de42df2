"""Photos of clients and receipts, up and down, through both offices: who gets them, and that nothing stays of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from guide_app.base.actor import Actor, Role
from guide_app.base.errors import OfficeUnreachableError
from guide_app.clients.custom import CustomService
from guide_app.clients.service import ClientService
from guide_app.flows.note_sale import NotedLine, NotedSale, Variant, note_sale
from guide_app.flows.receipt_photo import name_receipt_photo, receipt_photo, replace_receipt_photo
from guide_app.store import photos
from guide_app.store.photos import PhotoRef, n_unsent
from guide_app.sync.office import BLOBS
from guide_app.sync.photos import PhotoCarrier
from guide_app.sync.transport import Transport
from tests.contract.offices import MANAGER, OTHER, OfficeUnderTest, furnish
from tests.helpers.desk import TestDesk
from tests.helpers.photos import from_a_camera, photo
from tests.helpers.plain_book import STORE, HeldClock

Make = Callable[..., TestDesk]
FIELD = "0190f5e2-7c00-7000-8000-0000000000f7"
FIRST, SECOND = photo(1), photo(2)
SHOE = Variant("", None, "踝靴", "黑", "37", 59_900, "")


def acting(role: Role = "store_manager") -> Actor:
    return Actor(MANAGER, 1, "0231", "王敏", role, STORE, "南京西路店", "test")


@pytest.fixture
def desk(office: OfficeUnderTest, desk_of: Make) -> TestDesk:
    furnish(office)
    office.write("custom_field", FIELD, {"name": "足型照片", "type": "image", "active": True})
    made = desk_of(1)
    made.sync()
    return made


@pytest.fixture
def client(desk: TestDesk) -> str:
    made = desk.put("client", name="王姐", primary_guide_id=MANAGER)
    CustomService(desk.db).answer_photo(made, FIELD, FIRST, acting())
    return made


def carry(desk: TestDesk) -> int:
    """A round, and what follows it."""
    desk.sync()
    return PhotoCarrier(desk.db, desk.transport).carry()


def bodies(desk: TestDesk) -> list[bytes]:
    """Every photo in the book."""
    return desk.db.query(lambda c: [bytes(b) for (b,) in c.exec_driver_sql("SELECT bytes FROM photo ORDER BY at")])


def ref(desk: TestDesk) -> PhotoRef:
    """The photo of the only answer."""
    row = desk.db.query(lambda c: c.exec_driver_sql("SELECT id, value FROM custom_value").one())
    return PhotoRef("custom_value", row[0], row[1])


def asks(desk: TestDesk, one: PhotoRef) -> bytes | str:
    """What the office gives a PC that asks for a photo."""
    try:
        query = f"?kind={one.kind}&id={one.record_id}"
        with desk.transport.download(BLOBS + one.sha256 + query, types=frozenset({"image/jpeg"})) as body:
            return b"".join(body.pieces)
    except Exception as e:  # noqa: BLE001 - whatever it refuses with is compared
        return str(getattr(e, "code", e))


def test_a_photo_comes_to_every_pc_of_the_store_and_no_other(
    office: OfficeUnderTest, desk: TestDesk, client: str, desk_of: Make
) -> None:
    assert PhotoCarrier(desk.db, desk.transport).carry() == 0, "its record has not been handed in"
    assert carry(desk) == 1
    assert list(office.photos().values()) == [FIRST]
    assert (carry(desk), desk.db.query(n_unsent)) == (0, 0)
    near, far = desk_of(2), desk_of(3, OTHER)
    assert (carry(near), bodies(near)) == (1, [FIRST])
    assert (carry(far), bodies(far)) == (0, [])
    assert asks(near, ref(desk)) == FIRST
    assert asks(far, ref(desk)) == "not_found"
    with pytest.raises(Exception, match="没有"):
        far.transport.upload(
            f"{BLOBS}{ref(desk).sha256}?kind=custom_value&id={ref(desk).record_id}", FIRST, "image/jpeg"
        )
    assert client


def test_another_photo_takes_its_place_and_is_taken_back(
    office: OfficeUnderTest, desk: TestDesk, client: str, clock: HeldClock, desk_of: Make
) -> None:
    carry(desk)
    was = CustomService(desk.db).answer_photo(client, FIELD, SECOND, acting())
    carry(desk)
    assert list(office.photos().values()) == [SECOND]
    CustomService(desk.db).answer(client, FIELD, was, acting())
    carry(desk)
    assert list(office.photos().values()) == [FIRST]
    near = desk_of(2)
    carry(near)
    assert bodies(near) == [FIRST]
    CustomService(desk.db).answer(client, FIELD, "", acting())
    clock.move(86_400_001)
    for pc in (desk, near):
        carry(pc)
        assert bodies(pc) == []
    assert office.photos() == {}


def test_a_receipt_noted_by_hand_has_its_photo_until_the_till_takes_its_place(
    office: OfficeUnderTest, desk: TestDesk, client: str, desk_of: Make, clock: HeldClock
) -> None:
    sale = NotedSale("A-77", clock.now_ms() - 1000, [NotedLine(SHOE, 1, 59_900)], SECOND)
    noted = note_sale(desk.db, acting(), client, sale)
    assert carry(desk) == 2
    near = desk_of(2)
    carry(near)
    assert receipt_photo(near.db, noted) == SECOND
    office.end("purchase", noted, "x")
    for pc in (desk, near):
        carry(pc)
        assert bodies(pc) == [FIRST]
    assert list(office.photos().values()) == [FIRST]


def test_a_receipts_photo_is_taken_away_and_put_back_for_every_pc_and_logged(
    office: OfficeUnderTest, desk: TestDesk, client: str, desk_of: Make, clock: HeldClock
) -> None:
    noted = note_sale(desk.db, acting(), client, NotedSale("A-79", clock.now_ms(), [NotedLine(SHOE, 1, 1)], SECOND))
    carry(desk)
    near = desk_of(2)
    carry(near)
    was = replace_receipt_photo(desk.db, acting(), noted, b"")
    assert receipt_photo(desk.db, noted) == b"", "before head office knows"
    carry(desk)
    carry(near)
    assert (receipt_photo(near.db, noted), list(office.photos().values())) == (b"", [FIRST])
    name_receipt_photo(desk.db, acting(), noted, was)
    carry(desk)
    carry(near)
    assert receipt_photo(near.db, noted) == SECOND
    logged = near.db.query(
        lambda c: c.exec_driver_sql("SELECT reason, proof, client_id FROM access_log ORDER BY at, id").all()
    )
    assert [tuple(row) for row in logged] == [("去掉小票照片", was, client), ("换上小票照片", was, client)]
    office.end("purchase", noted, "x")  # the till's receipt came meanwhile
    replace_receipt_photo(desk.db, acting(), noted, b"")
    assert desk.sync().rejected == 1
    assert desk.db.query(lambda c: c.exec_driver_sql("SELECT 1 FROM purchase WHERE id = ?", (noted,)).first()) is None


def test_erasure_leaves_no_byte_anywhere(
    office: OfficeUnderTest, desk: TestDesk, client: str, desk_of: Make, clock: HeldClock, tmp_path: Path
) -> None:
    noted = note_sale(desk.db, acting(), client, NotedSale("A-78", clock.now_ms(), [NotedLine(SHOE, 1, 1)], SECOND))
    carry(desk)
    near = desk_of(2)
    carry(near)
    assert len(bodies(near)) == 2
    CustomService(near.db).answer_photo(client, FIELD, photo(3), acting())  # never handed in
    ClientService(desk.db).erase(client, "本人要求", acting())
    desk.sync()
    near.sync()
    desk.sync()
    assert office.photos() == {}
    receipt = office.read("purchase", noted)
    assert receipt is not None
    assert (receipt["client_id"], receipt["photo"]) == (None, "")
    assert (bodies(desk), bodies(near)) == ([], [])
    assert len(office.confirmed(client)) == 2
    plain = [
        path for path in tmp_path.rglob("*") if path.is_file() and any(b in path.read_bytes() for b in (FIRST, SECOND))
    ]
    assert plain == []


def test_who_leaves_the_store_takes_her_photo_along(
    office: OfficeUnderTest, desk: TestDesk, client: str, desk_of: Make
) -> None:
    carry(desk)
    known = ref(desk)
    far = desk_of(3, OTHER)
    desk.db.change(
        lambda uow: uow.command("client.transfer", client, {"to_store": OTHER, "reason": "搬家"}, []),
        by=MANAGER,
        origin="t",
    )
    desk.sync()
    assert bodies(desk) == []
    assert asks(desk, known) == "not_found"
    assert (carry(far), bodies(far)) == (1, [FIRST])
    assert list(office.photos().values()) == [FIRST]


def test_a_photo_waits_and_survives_a_restart(
    office: OfficeUnderTest, desk: TestDesk, client: str, clock: HeldClock
) -> None:
    desk.sync()
    dead = Transport("http://127.0.0.1:9", None, clock)
    with pytest.raises(OfficeUnreachableError):
        PhotoCarrier(desk.db, dead).carry()
    dead.close()
    assert (bodies(desk), desk.db.query(n_unsent), office.photos()) == ([FIRST], 1, {})
    assert carry(desk) == 1  # a new carrier knows of nothing but the book
    assert client in str(desk.db.query(lambda c: c.exec_driver_sql("SELECT client_id FROM photo").scalar()))


def test_record_and_photo_are_written_together_or_not_at_all(
    desk: TestDesk, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("guide_app.clients.custom.name_again", breaks)
    before = (ref(desk), bodies(desk))
    with pytest.raises(RuntimeError):
        CustomService(desk.db).answer_photo(client, FIELD, SECOND, acting())
    assert (ref(desk), bodies(desk)) == before


@pytest.mark.parametrize("body", [from_a_camera(), b"<html>", FIRST[:-2]])
def test_the_office_takes_nothing_but_plain_photos(desk: TestDesk, client: str, body: bytes) -> None:
    sha256 = hashlib.sha256(body).hexdigest()
    desk.sync()
    one = ref(desk)
    desk.patch("custom_value", one.record_id, value=sha256)
    desk.sync()
    with pytest.raises(Exception) as refused:  # noqa: PT011 - the code is looked at
        desk.transport.upload(f"{BLOBS}{sha256}?kind={one.kind}&id={one.record_id}", body, "image/jpeg")
    assert getattr(refused.value, "code", "") == "request.invalid"
    with pytest.raises(Exception) as refused:  # noqa: PT011 - same
        desk.transport.upload(f"{BLOBS}{sha256}?kind={one.kind}&id={one.record_id}", SECOND, "image/jpeg")
    assert getattr(refused.value, "code", "") == "request.corrupt"
    assert client


def test_an_office_that_lost_a_photo_gets_it_again(office: OfficeUnderTest, desk: TestDesk, client: str) -> None:
    carry(desk)
    office.new_history()
    desk.sync()
    assert desk.db.query(photos.unsent) == [ref(desk)]
    assert carry(desk) == 1
    assert client
