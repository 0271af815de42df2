from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from guide_app.protocol.hlc import make_stamp
from guide_app.protocol.messages import Cursor, Enrolled, Pushed, RecordFrame, ScopeFrame, decode_lines, page_end
from guide_app.protocol.scopes import store_scope
from head_office.api.app import create_app
from head_office.enrolment.codes import make_enrol_code
from head_office.feed.heads import lock_heads
from head_office.feed.quarantine import list_open, replay
from head_office.feed.write import in_transaction
from head_office.store.engine import Timeouts, make_engine
from tests.head_office.api.conftest import Caller, House, Reply
from tests.head_office.kit import NOW, make_store, new_id, put_all


def _enrol_message(house: House, **changes: Any) -> dict[str, Any]:
    code = in_transaction(house.engine, lambda c: make_enrol_code(c, "SH01", NOW))
    plain = {"code": code, "name": "收银台", "signing_key": "ab" * 32, "recovery_key": "words", "app_version": "1.0.0"}
    return {**plain, **changes}


def _mutation(house: House, mid: int = 1, **changes: Any) -> dict[str, Any]:
    plain = {
        "mid": mid,
        "op": "put",
        "kind": "client",
        "id": new_id(),
        "store": house.store_id,
        "stamp": make_stamp(NOW, mid, "00000001"),
        "data": {"name": "王姐"},
    }
    return {**plain, **changes}


def _push(pc: Caller, *mutations: dict[str, Any], after: str = "") -> Reply:
    return pc.sealed("/sync/v1/push", {"mutations": list(mutations), "after": after})


def test_a_pc_enrols_pushes_and_pulls(house: House) -> None:
    reply = house.anyone().sealed("/sync/v1/enrol", _enrol_message(house))
    assert reply.status == 200
    enrolled = msgspec.json.decode(reply.plain, type=Enrolled)
    assert (enrolled.brand, enrolled.link_origin) == ("红枫叶", "https://go.example")
    pc = Caller(house.app, {"Authorization": f"Bearer {enrolled.token}", "Guide-Schema": "1"})

    pushed = msgspec.json.decode(_push(pc, _mutation(house), _mutation(house, 2)).plain, type=Pushed)
    assert (pushed.last_mid, len(pushed.records), pushed.server_ms) == (2, 2, NOW)

    page = pc.get("/sync/v1/pull", [("limit", "2")])
    assert (page.status, page.headers["content-type"]) == (200, "application/x-ndjson")
    frames = list(decode_lines(page.plain))
    assert page_end(frames).last_mid == 2
    assert sum(isinstance(frame, RecordFrame) for frame in frames) == 2
    places = [frame for frame in frames if isinstance(frame, ScopeFrame)]
    assert [place.more for place in places] == [False, True]


def test_nothing_new_is_said_in_few_bytes(house: House) -> None:
    pc = house.pc()
    _push(pc, _mutation(house))
    places = [f for f in decode_lines(pc.get("/sync/v1/pull").plain) if isinstance(f, ScopeFrame)]
    cursors = [("c", Cursor(place.scope, place.epoch, place.seq).text()) for place in places]
    reply = pc.get("/sync/v1/pull", cursors)
    assert (reply.status, reply.body) == (304, b"")
    assert sum(len(name) + len(value) + 4 for name, value in reply.headers.items()) < 300
    assert pc.get("/sync/v1/pull", cursors[:1]).status == 200


def test_contact_is_noted_but_not_at_every_look(house: House) -> None:
    pc = house.pc()
    query = sa.text("SELECT last_contact_ms FROM device")
    for later, noted in ((60_000, NOW), (400_000, NOW + 400_000)):
        house.clock.ms = NOW + later
        pc.get("/sync/v1/pull")
        with house.engine.connect() as connection:
            assert connection.execute(query).scalar_one() == noted


def test_a_gap_names_the_last_number_and_a_copy_is_told(house: House) -> None:
    pc = house.pc()
    first = _mutation(house)
    _push(pc, first)
    gap = _push(pc, _mutation(house, 3))
    assert (gap.status, gap.code, gap.json["extra"]["last_mid"]) == (409, "mutation.gap", 1)
    forked = _push(pc, _mutation(house, 2), after="f" * 16)
    assert (forked.status, forked.code) == (409, "device.forked")
    assert _push(pc, _mutation(house, 2), after=first["stamp"]).status == 200
    assert msgspec.json.decode(_push(pc).plain, type=Pushed).last_mid == 2


@pytest.mark.parametrize("path", ["/sync/v1/pull", "/sync/v1/blobs/" + "0" * 64])
@pytest.mark.parametrize(
    ("header", "status", "code"),
    [
        ("", 401, "auth.missing"),
        ("Basic abc", 401, "auth.missing"),
        ("Bearer gdd_wrong", 401, "auth.invalid"),
        ("Bearer " + "é" * 90, 401, "auth.invalid"),
    ],
)
def test_without_a_token_there_is_nothing(house: House, path: str, header: str, status: int, code: str) -> None:
    reply = house.anyone().get(path, Authorization=header)
    assert (reply.status, reply.code) == (status, code)


def test_a_revoked_pc_is_told_so(house: House) -> None:
    pc = house.pc()
    with house.engine.begin() as connection:
        connection.execute(sa.text("UPDATE device SET revoked_ms = 1"))
    for reply in (pc.get("/sync/v1/pull"), _push(pc, _mutation(house))):
        assert (reply.status, reply.code) == (403, "device.revoked")


def test_a_body_that_was_changed_on_the_way_is_refused(house: House) -> None:
    pc = house.pc()
    body = json.dumps({"mutations": [_mutation(house)]}).encode()
    for headers in (
        {},
        {"Guide-SHA256": hashlib.sha256(body + b" ").hexdigest()},
        {"Guide-SHA256": hashlib.sha256(body).hexdigest(), "Content-Encoding": "br"},
        {"Guide-SHA256": hashlib.sha256(body).hexdigest(), "Content-Encoding": "zstd"},
    ):
        reply = pc.call("POST", "/sync/v1/push", body, headers)
        assert (reply.status, reply.code) == (400, "request.corrupt")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "request.malformed"),
        (b"\xff", 400, "request.malformed"),
        (b'{"extra": ' + b"[" * 5_000, 400, "request.malformed"),
        (b'{"mutations": [{"mid": "one"}]}', 422, "request.invalid"),
        (b'{"mutations": 5}', 422, "request.invalid"),
    ],
)
def test_what_cannot_be_read_is_refused(house: House, body: bytes, status: int, code: str) -> None:
    reply = house.pc().call("POST", "/sync/v1/push", body, {"Guide-SHA256": hashlib.sha256(body).hexdigest()})
    assert (reply.status, reply.code) == (status, code)


def test_a_batch_has_bounds(house: House) -> None:
    pc = house.pc()
    many = _push(pc, *(_mutation(house, i + 1) for i in range(501)))
    assert (many.status, many.code) == (413, "request.too_large")
    jumping = _push(pc, _mutation(house, 1), _mutation(house, 3))
    assert (jumping.status, jumping.code) == (422, "request.invalid")
    huge = pc.call("POST", "/sync/v1/push", b"x" * 16, {"content-length": str(1 << 30)})
    assert (huge.status, huge.code) == (413, "request.too_large")


@pytest.mark.parametrize(
    "query",
    [
        [("c", "nonsense")],
        [("c", "store:x~e~1")],
        [("c", "brand~e~x")],
        [("limit", "0")],
        [("limit", "99999")],
        [("limit", "²")],
    ],
)
def test_a_wrong_question_is_named(house: House, query: list[tuple[str, str]]) -> None:
    reply = house.pc().get("/sync/v1/pull", query)
    assert (reply.status, reply.code) == (400, "request.malformed")


@pytest.mark.parametrize("schema", ["0", "99", "x", "-1"])
def test_a_program_too_old_or_too_new_is_told(house: House, schema: str) -> None:
    reply = house.pc().get("/sync/v1/pull", Guide_Schema=schema)
    assert (reply.status, reply.code) == (409, "schema.unsupported")


def test_enrolment_is_refused_limited_and_never_explains(house: House) -> None:
    anyone = house.anyone()
    wrong = _enrol_message(house, code="AAAA-BBBB-CCCC")
    for _ in range(5):
        reply = anyone.sealed("/sync/v1/enrol", wrong)
        assert (reply.status, reply.code) == (403, "enrol.code_invalid")
    reply = anyone.sealed("/sync/v1/enrol", _enrol_message(house))
    assert (reply.status, reply.code) == (429, "rate.limited")
    house.clock.ms += int(reply.headers["retry-after"]) * 1_000
    assert anyone.sealed("/sync/v1/enrol", _enrol_message(house)).status == 200


def test_one_store_never_sees_another(house: House) -> None:
    other = make_store(house.engine, "SH02", "徐家汇店")
    put_all(house.engine, f"store:{other}", "client", {new_id(): {"name": "别店的客户"}})
    pc = house.pc()
    reply = pc.get("/sync/v1/pull", [("c", f"store:{other}~e~0")])
    assert "别店的客户" not in reply.plain.decode()
    assert f'["d","store:{other}"]' in reply.plain.decode()
    pushed = msgspec.json.decode(_push(pc, _mutation(house, store=other)).plain, type=Pushed)
    assert (pushed.results[0].code, pushed.records) == ("scope.forbidden", [])


def test_what_was_taken_in_after_all_is_told_at_the_next_page(house: House) -> None:
    pc = house.pc()
    refused = _mutation(house, op="patch")
    reply = _push(pc, refused)
    assert reply.json["results"] == [{"mid": 1, "status": "rejected", "code": "record.unknown"}]
    put_all(house.engine, store_scope(house.store_id), "client", {refused["id"]: {"name": "先建档"}})
    assert page_end(list(decode_lines(pc.get("/sync/v1/pull").plain))).revised == []
    with house.engine.connect() as connection:
        (kept,) = list_open(connection)
    in_transaction(house.engine, lambda c: replay(c, kept.id, house.services.rules, "office", NOW))
    frames = list(decode_lines(pc.get("/sync/v1/pull").plain))
    assert page_end(frames).revised == [1]
    (client,) = [f for f in frames if isinstance(f, RecordFrame) and f.kind == "client"]
    assert client.data["name"] == "王姐"


def test_an_office_that_is_held_up_says_when_to_come_again_and_counts_once(house: House, office_url: str) -> None:
    impatient = make_engine(office_url, timeouts=Timeouts(lock=150))
    services = dataclasses.replace(house.services, engine=impatient)
    pc = Caller(create_app(services), house.pc().headers)
    mutation = _mutation(house)
    try:
        with house.engine.begin() as connection:
            lock_heads(connection, [store_scope(house.store_id)])
            reply = _push(pc, mutation)
            assert (reply.status, reply.code) == (503, "office.busy")
            assert int(reply.headers["retry-after"]) > 0
        assert _push(pc, mutation).json["last_mid"] == 1
        assert _push(pc, mutation).json["last_mid"] == 1
    finally:
        impatient.dispose()
    with house.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM client")) == 1
