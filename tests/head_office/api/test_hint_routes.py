"""PCs that wait for news: told of theirs at once, of nobody else's, and never left hanging."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from psycopg.errors import AdminShutdown
from sqlalchemy.exc import OperationalError

from guide_app.protocol.messages import ScopeFrame, StorePcs, decode_lines
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.api.admission import Gate
from head_office.api.app import create_app
from head_office.api.hints import HeadWatch, News
from head_office.api.metrics import Metrics
from head_office.enrolment.devices import authenticate, revoke
from head_office.feed.positions import HeadReader
from head_office.feed.read import Position
from head_office.feed.write import in_transaction
from tests.head_office.api.conftest import Caller, House, Reply
from tests.head_office.kit import NOW, enrol_device, make_store, new_id, put_all

HINT = "/sync/v1/hint"


def cursors(pc: Caller) -> list[tuple[str, str]]:
    """Where the PC stands after a first pull."""
    places = [frame for frame in decode_lines(pc.get("/sync/v1/pull").plain) if isinstance(frame, ScopeFrame)]
    return [("c", f"{place.scope}~{place.epoch}~{place.seq}") for place in places]


def waits(pc: Caller, stands: list[tuple[str, str]], wait: int = 20, **more: str) -> Awaitable[Reply]:
    """The PC's question, to be awaited beside others."""
    return pc._call("GET", HINT, b"", pc.headers, [*stands, ("wait", str(wait)), *more.items()])


async def all_wait(house: House, number: int) -> None:
    """Come back when so many PCs wait."""
    while waiting(house) < number:
        await asyncio.to_thread(threading.Event().wait, 0.005)  # the office tells nobody when somebody begins to wait


def waiting(house: House) -> float:
    lines = house.services.metrics.text({}).splitlines()
    return float(next(line for line in lines if line.startswith("guide_hint_waiting{")).split()[-1])


def a_client(house: House, store_id: str = "") -> None:
    put_all(house.engine, store_scope(store_id or house.store_id), "client", {new_id(): {"name": "王姐"}})


def told(house: House, *pcs: Caller, by: Callable[[], Any], wait: int = 20) -> list[Reply]:
    """What PCs are told who wait while `by` happens."""
    stands = [cursors(pc) for pc in pcs]

    async def scene() -> list[Reply]:
        questions = [asyncio.ensure_future(waits(pc, at, wait)) for pc, at in zip(pcs, stands, strict=True)]
        await all_wait(house, len(pcs))
        await asyncio.to_thread(by)
        return list(await asyncio.gather(*questions))

    return asyncio.run(asyncio.wait_for(scene(), 30))


def test_all_pcs_of_a_store_hear_of_a_write_into_it(house: House) -> None:
    replies = told(house, house.pc(), house.pc(), by=lambda: a_client(house))
    assert [(reply.status, reply.body) for reply in replies] == [(204, b"")] * 2
    assert waiting(house) == 0


def test_everybody_hears_of_what_all_share(house: House) -> None:
    replies = told(house, house.pc(), by=lambda: put_all(house.engine, BRAND, "tag", {new_id(): {"name": "会员日"}}))
    assert [reply.status for reply in replies] == [204]


def test_a_write_into_another_store_says_nothing(house: House) -> None:
    other = make_store(house.engine, "SH02", "徐家汇店")
    (reply,) = told(house, house.pc(), by=lambda: a_client(house, other), wait=1)
    assert (reply.status, reply.body) == (304, b"")


@pytest.mark.parametrize(
    "change",
    [
        lambda at: at[:1],
        lambda at: [*at, ("c", f"{store_scope(new_id())}~e~1")],
        lambda at: [(name, text.rpartition("~")[0] + "~0") for name, text in at],
        lambda at: [(name, text.replace("~", "~0", 1)) for name, text in at],
    ],
    ids=["a grant more", "a grant less", "behind", "another epoch"],
)
def test_who_has_something_to_fetch_does_not_wait(house: House, change: Callable[[Any], Any]) -> None:
    a_client(house)
    pc = house.pc()
    assert pc.get(HINT, change(cursors(pc))).status == 204


def test_many_who_are_told_at_once_are_asked_to_come_one_after_another(house: House) -> None:
    app = create_app(house.services, gate=Gate(in_flight=1, workers=1))
    app.state.front.admission._each_s = 1.0  # a slow day: one pull a second
    pcs = [Caller(app, house.pc().headers) for _ in range(9)]
    replies = told(house, *pcs, by=lambda: a_client(house))
    assert {reply.status for reply in replies} == {204}
    assert {reply.headers["guide-spread"] for reply in replies} == {"9.0"}


def test_a_pc_waits_in_one_place_only(house: House) -> None:
    pc = house.pc()
    at = cursors(pc)

    async def scene() -> tuple[Reply, Reply]:
        first = asyncio.ensure_future(waits(pc, at))
        await all_wait(house, 1)
        second = asyncio.ensure_future(waits(pc, at))
        ended = await first
        assert waiting(house) == 1
        await asyncio.to_thread(a_client, house)
        return ended, await second

    first, second = asyncio.run(asyncio.wait_for(scene(), 30))
    assert (first.status, second.status) == (304, 204)


def test_a_head_that_was_read_after_the_device_was_looked_up_is_not_missed(house: House) -> None:
    enrolled = enrol_device(house.engine)
    with house.engine.connect() as connection:
        device = authenticate(connection, enrolled.token, NOW)
    scope = store_scope(house.store_id)
    known = device.heads[scope]
    watch = HeadWatch(house.engine, Metrics(), lambda _: 0.0)

    async def scene() -> tuple[News | None, News | None]:
        watch._positions[scope] = Position(known.epoch, known.seq - 1)
        behind = await watch.wait(device, 0.01)
        watch._positions[scope] = Position(known.epoch, known.seq + 1)
        return behind, await watch.wait(replace(device, device_id=new_id()), 20)

    assert asyncio.run(asyncio.wait_for(scene(), 10)) == (None, News(0.0))


def test_when_the_heads_cannot_be_read_nobody_is_left_hanging(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("SELECT", {}, AdminShutdown("the database stops"))

    (reply,) = told(house, house.pc(), by=lambda: monkeypatch.setattr(HeadReader, "moved", away))
    assert (reply.status, reply.code, reply.headers["retry-after"]) == (503, "office.busy", "2")


def test_an_office_that_stops_lets_them_go_and_takes_in_no_more(house: House) -> None:
    front = house.app.state.front  # type: ignore[attr-defined]
    pc = house.pc()
    (reply,) = told(house, pc, by=front.heads.release)
    assert (reply.status, reply.code) == (503, "office.busy")
    assert pc.get(HINT, cursors(pc)).status == 503


@pytest.mark.parametrize("query", [("wait", "0"), ("wait", "56"), ("wait", "x"), ("w", "-1"), ("c", "brand")])
def test_a_question_that_makes_no_sense_is_refused(house: House, query: tuple[str, str]) -> None:
    reply = house.pc().get(HINT, [query])
    assert (reply.status, reply.code) == (400, "request.malformed")


def test_nobody_waits_without_a_good_token(house: House) -> None:
    assert house.anyone().get(HINT).code == "auth.missing"
    pc = house.pc()
    with house.engine.connect() as connection:
        device = authenticate(connection, pc.headers["Authorization"].removeprefix("Bearer "), NOW)
    in_transaction(house.engine, lambda c: revoke(c, device.device_id, NOW))
    assert (pc.get(HINT).status, pc.get(HINT).code) == (403, "device.revoked")
    assert pc.get("/sync/v1/devices").code == "device.revoked"


def pcs_seen_by(pc: Caller) -> dict[str, tuple[int, int, bool]]:
    found = msgspec.json.decode(pc.get("/sync/v1/devices").plain, type=StorePcs)
    return {one.name: (one.waiting, one.last_contact_ms, one.revoked) for one in found.pcs}


def test_a_store_sees_its_pcs_what_waits_on_them_and_no_others(house: House) -> None:
    make_store(house.engine, "SH02", "徐家汇店")
    enrol_device(house.engine, "SH02", "别店")
    till, storeroom, old = (enrol_device(house.engine, "SH01", name) for name in ("收银台", "仓库", "旧电脑"))
    in_transaction(house.engine, lambda c: revoke(c, old.device_id, NOW))
    here, there = (Caller(house.app, {"Authorization": f"Bearer {one.token}"}) for one in (till, storeroom))
    house.clock.ms = NOW + 60_000
    there.get("/sync/v1/pull", [*cursors(there), ("w", "3")])
    assert pcs_seen_by(here) == {
        "仓库": (3, NOW + 60_000, False),
        "收银台": (0, NOW, False),
        "旧电脑": (0, NOW, True),
    }
    house.clock.ms += 1
    there.get(HINT, [*cursors(there)[:1], ("w", "2")])
    assert pcs_seen_by(here)["仓库"] == (2, NOW + 60_001, False)
    there.get("/sync/v1/pull", cursors(there))
    assert pcs_seen_by(here)["仓库"][0] == 0, "what it does not speak of is handed in"
