"""Photos of records: given and taken only by PCs that see the record, so many a day, never behind an erasure."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from guide_app.base.clock import DAY_MS
from guide_app.protocol.photo import MOST_BYTES
from guide_app.protocol.scopes import store_scope
from head_office.clients.photos import MOST_A_DAY, Naming, naming_store
from head_office.enrolment.devices import authenticate
from head_office.feed.write import in_transaction
from tests.head_office.api.conftest import Caller, House, Reply
from tests.head_office.kit import NOW, new_id, put_all
from tests.helpers.photos import photo

BODY = photo()
NAME = hashlib.sha256(BODY).hexdigest()


@pytest.fixture
def record(house: House) -> str:
    """A receipt noted by hand that names the photo."""
    made = new_id()
    put_all(house.engine, store_scope(house.store_id), "purchase", {made: {"order_no": "A1", "at": NOW, "photo": NAME}})
    return made


def put(pc: Caller, record: str, body: bytes = BODY, kind: str = "purchase", name: str = "") -> Reply:
    sha256 = name or hashlib.sha256(body).hexdigest()
    headers = {"Content-Type": "image/jpeg"}
    return pc.call("PUT", f"/sync/v1/blobs/{sha256}", body, headers, [("kind", kind), ("id", record)])


def get(pc: Caller, record: str, kind: str = "purchase") -> Reply:
    return pc.get(f"/sync/v1/blobs/{NAME}", [("kind", kind), ("id", record)])


def test_what_is_put_once_or_twice_is_handed_out_and_not_cached(house: House, record: str) -> None:
    pc, other = house.pc(), house.pc()
    assert get(pc, record).code == "not_found"
    assert [put(pc, record).status for _ in range(2)] == [204, 204]
    reply = get(other, record)
    assert (reply.status, reply.body, reply.headers["cache-control"]) == (200, BODY, "no-store")
    assert reply.headers["content-type"] == "image/jpeg"


@pytest.mark.parametrize("kind", ["note", "guide", "", 'purchase" --'])
def test_nothing_is_known_by_another_record(house: House, record: str, kind: str) -> None:
    pc = house.pc()
    put(pc, record)
    assert put(pc, record, kind=kind).code == "not_found"
    assert get(pc, record, kind).code == "not_found"
    assert get(pc, new_id()).code == "not_found"
    assert get(pc, "nonsense").code == "not_found"
    assert put(pc, record, photo(2)).code == "not_found", "the record names another"
    assert pc.get(f"/sync/v1/blobs/{NAME}").code == "not_found", "it is no picture of the catalogue"
    assert house.anyone().get(f"/sync/v1/blobs/{NAME}", [("kind", "purchase"), ("id", record)]).code == "auth.missing"


def test_what_does_not_fit_is_refused_with_its_reason(house: House, record: str) -> None:
    pc = house.pc()
    assert put(pc, record, bytes(MOST_BYTES + 1)).code == "request.too_large"
    assert put(pc, record, b"x", name=NAME).code == "request.corrupt"
    refused = put(pc, record, BODY + b"GPS")
    assert (refused.code, refused.json["extra"]["reason"]) == ("request.invalid", "photo.format")


def test_a_pc_sends_so_many_a_day(house: House, record: str) -> None:
    pc = house.pc()
    token = pc.headers["Authorization"].removeprefix("Bearer ")
    with house.engine.begin() as connection:
        who = authenticate(connection, token, NOW)
        connection.exec_driver_sql(
            "INSERT INTO photo SELECT %(store)s::uuid, gen_random_uuid(), 'purchase', '', %(device)s::uuid, %(at)s, ''"
            " FROM generate_series(1, %(n)s)",
            {"store": house.store_id, "device": who.device_id, "at": NOW - 1, "n": MOST_A_DAY},
        )
    reply = put(pc, record)
    assert (reply.code, reply.headers["retry-after"]) == ("rate.limited", "3600")
    assert put(house.pc(), record).status == 204, "another PC has its own share"
    house.clock.ms += DAY_MS
    put_all(house.engine, store_scope(house.store_id), "purchase", {record: {"order_no": "A1", "at": NOW, "photo": ""}})
    other = new_id()
    put_all(
        house.engine, store_scope(house.store_id), "purchase", {other: {"order_no": "A2", "at": NOW, "photo": NAME}}
    )
    assert put(pc, other).status == 204


def test_no_photo_comes_in_behind_the_erasure_of_its_record(house: House, record: str) -> None:
    token = house.pc().headers["Authorization"].removeprefix("Bearer ")

    def erase(connection: Connection) -> None:
        connection.exec_driver_sql("SELECT 1 FROM purchase WHERE id = %(id)s::uuid FOR UPDATE NOWAIT", {"id": record})

    with house.engine.begin() as connection:
        device = authenticate(connection, token, NOW)
        assert naming_store(connection, device, Naming("purchase", record, NAME), lock=True) == house.store_id
        with pytest.raises(OperationalError, match="could not obtain lock"):
            in_transaction(house.engine, erase)
    in_transaction(house.engine, erase)
