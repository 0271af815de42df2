"""`/sync/v1/erased`: who may confirm what and what the office's list then says; who is told to be erased."""

from __future__ import annotations

import json
from typing import Any

import pytest

from guide_app.protocol.messages import GoneFrame, Push
from guide_app.protocol.scopes import store_scope
from head_office.clients.confirmations import list_erasures
from head_office.deeds import push_rules
from head_office.enrolment.devices import list_devices, revoke
from head_office.enrolment.grants import end_grant, grant
from head_office.feed.write import in_transaction
from tests.head_office.api.conftest import Caller, House
from tests.head_office.kit import NOW, SECRET, Pc, enrol_device, make_store, new_id


@pytest.fixture
def pc(house: House) -> Pc:
    return Pc(house.engine, enrol_device(house.engine), push_rules(SECRET))


def _erase(pc: Pc) -> str:
    client = new_id()
    pc.push(
        pc.mutation("put", "client", client, name="王姐"),
        pc.mutation("command", "client.erase", client, reason="王姐要求"),
    )
    return client


def _caller(house: House, pc: Pc) -> Caller:
    return Caller(house.app, {"Authorization": f"Bearer {pc.who.token}", "Guide-Schema": "2"})


def _said(house: House) -> dict[str, tuple[int, int]]:
    with house.engine.connect() as connection:
        return {line.client_id: (len(line.pcs), len(line.waiting)) for line in list_erasures(connection)}


def test_every_pc_that_could_have_held_her_must_confirm(house: House, pc: Pc) -> None:
    second = Pc(house.engine, enrol_device(house.engine, name="二号"), pc.rules)
    client = _erase(pc)
    expected = len({line.id for line in _devices(house)})
    assert _said(house) == {client: (expected, expected)}
    for done, one in enumerate((pc, second, second), 1):
        assert _caller(house, one).sealed("/sync/v1/erased", {"clients": [client]}).status == 200
        assert _said(house)[client] == (expected, expected - min(done, 2))
    with house.engine.connect() as connection:
        (line,) = list_erasures(connection)
    assert (line.reason, line.at_ms) == ("…要求", NOW)


def test_a_pc_taken_in_later_or_of_another_store_has_nothing_to_confirm(house: House, pc: Pc) -> None:
    make_store(house.engine, "SH02")
    stranger = Pc(house.engine, enrol_device(house.engine, "SH02"), pc.rules)
    client = _erase(pc)
    before = _said(house)
    Pc(house.engine, enrol_device(house.engine, name="新来的", now_ms=NOW + 1), pc.rules)
    assert _caller(house, stranger).sealed("/sync/v1/erased", {"clients": [client]}).status == 200
    assert _said(house) == before


def test_a_pc_that_was_lent_a_store_must_confirm_too(house: House, pc: Pc) -> None:
    make_store(house.engine, "SH02")
    helper = Pc(house.engine, enrol_device(house.engine, "SH02"), pc.rules)
    in_transaction(house.engine, lambda c: grant(c, helper.who.device_id, "SH01", None, NOW - 5))
    client = _erase(pc)
    here = sum(1 for line in _devices(house) if line.store_code == "SH01")
    assert _said(house)[client] == (here + 1, here + 1)
    in_transaction(house.engine, lambda c: end_grant(c, helper.who.device_id, "SH01", NOW))
    assert _caller(house, helper).sealed("/sync/v1/erased", {"clients": [client]}).status == 200
    assert _said(house)[client] == (here + 1, here)


def test_a_revoked_pc_may_say_that_it_is_wiped_and_nothing_else(house: House, pc: Pc) -> None:
    client = _erase(pc)
    in_transaction(house.engine, lambda c: revoke(c, pc.who.device_id, NOW))
    caller = _caller(house, pc)
    for path, message in (("/sync/v1/erased", {"clients": [client]}), ("/sync/v1/push", Push([]))):
        reply = caller.sealed(path, {"mutations": []} if isinstance(message, Push) else message)
        assert (reply.status, reply.code) == (403, "device.revoked")
    before = _said(house)[client]
    assert caller.sealed("/sync/v1/erased", {"wiped": True}).status == 200
    assert [line.wiped_ms for line in _devices(house) if line.id == pc.who.device_id] == [NOW]
    assert _said(house)[client] == (before[0], before[1] - 1)  # what is wiped holds nobody


@pytest.mark.parametrize("message", [{"clients": ["nonsense"]}, {"clients": [new_id()] * 1_001}, {"clients": 7}])
def test_nonsense_is_refused(house: House, pc: Pc, message: dict[str, Any]) -> None:
    reply = _caller(house, pc).sealed("/sync/v1/erased", message)
    assert (reply.status, reply.code) == (422, "request.invalid")


def test_it_is_told_who_of_the_asked_is_erased(house: House, pc: Pc) -> None:
    make_store(house.engine, "SH02")
    stranger = _caller(house, Pc(house.engine, enrol_device(house.engine, "SH02"), pc.rules))
    gone, living = _erase(pc), new_id()
    pc.push(pc.mutation("put", "client", living, name="李姐"))
    reply = stranger.get("/sync/v1/erased", [("id", gone), ("id", living), ("id", new_id())])
    assert (reply.status, json.loads(reply.plain)) == (200, {"clients": [gone]})


@pytest.mark.parametrize("ids", [[], ["nonsense"], [new_id()] * 51, [new_id().upper()]])
def test_a_question_about_nonsense_is_refused(house: House, pc: Pc, ids: list[str]) -> None:
    reply = _caller(house, pc).get("/sync/v1/erased", [("id", one) for one in ids])
    assert (reply.status, reply.code) == (400, "request.malformed")


def test_without_a_token_nobody_confirms(house: House) -> None:
    reply = house.anyone().sealed("/sync/v1/erased", {"wiped": True})
    assert (reply.status, reply.code) == (401, "auth.missing")


def test_an_erasure_after_a_transfer_is_asked_of_both_stores(house: House, pc: Pc) -> None:
    from head_office.clients.transfer import Handover, move_clients  # noqa: PLC0415 - this case alone
    from head_office.feed.write import FeedWriter  # noqa: PLC0415 - same

    other = make_store(house.engine, "SH02")
    there = Pc(house.engine, enrol_device(house.engine, "SH02"), pc.rules)
    client = new_id()
    pc.push(pc.mutation("put", "client", client, name="王姐"))

    def move(connection: Any) -> None:
        writer = FeedWriter(connection, NOW)
        move_clients(writer, SECRET, Handover(pc.scope, store_scope(other), None), [client])
        writer.flush()

    in_transaction(house.engine, move)
    there.push(there.mutation("command", "client.erase", client, reason="要求"))
    with house.engine.connect() as connection:
        lines = list_erasures(connection)
    assert sorted(line.store_code for line in lines) == ["SH01", "SH02"]
    ended = {(f.scope, f.id) for f in pc.page() if isinstance(f, GoneFrame)}
    assert ended == {(pc.scope, client)}  # not a mere leave mark: what waits there about her must go as well
    assert _caller(house, pc).sealed("/sync/v1/erased", {"clients": [client]}).status == 200
    with house.engine.connect() as connection:
        waiting = {line.store_code: {pc.device_id for pc in line.waiting} for line in list_erasures(connection)}
    assert pc.who.device_id not in waiting["SH01"]
    assert waiting["SH02"] == {there.who.device_id}


def _devices(house: House) -> list[Any]:
    with house.engine.connect() as connection:
        return list_devices(connection)
