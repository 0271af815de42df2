"""Nobody reads what he may not: every route of the sync protocol against everybody who might try."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from guide_app.protocol.messages import Cursor, DropFrame, RecordFrame, decode_lines
from guide_app.protocol.scopes import store_scope
from head_office.api.app import OPERATIONS
from head_office.enrolment.devices import revoke
from head_office.enrolment.grants import end_grant, grant
from head_office.feed.write import in_transaction
from tests.head_office.api.conftest import Caller, House, Reply
from tests.head_office.kit import NOW, enrol_device, make_store, new_id, put_all

SECRET_NAME = "不该看到的客户"
#: The routes that a device's token opens, each with parameters that work.
ROUTES = sorted({(op.method, op.path) for op in OPERATIONS if op.auth == "device"})


def _ask(caller: Caller, method: str, path: str, scope: str) -> Reply:
    query = [("scope", scope), ("kind", "client"), ("f", "merged_into"), ("wait", "1"), ("id", new_id())]
    query += [("b", str(bucket)) for bucket in range(32)]
    query += [("c", Cursor(scope, "", 0).text())] if "pull" in path or "hint" in path else []
    path = path.replace("{sha256}", "0" * 64)
    if method == "POST":
        body: dict[str, list[str]] = {"mutations": []} if "push" in path else {"clients": []}
        return caller.sealed(path, body)
    return caller.get(path, query)


@pytest.fixture
def elsewhere(house: House) -> str:
    """The scope of a store that the callers have no business with, with a client in it."""
    other = make_store(house.engine, "SH02", "徐家汇店")
    put_all(house.engine, store_scope(other), "client", {new_id(): {"name": SECRET_NAME} for _ in range(300)})
    return store_scope(other)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_without_a_good_token_nothing_is_answered(house: House, elsewhere: str, method: str, path: str) -> None:
    good = enrol_device(house.engine)
    strangers = {
        "nobody": (Caller(house.app), "auth.missing"),
        "garbage": (Caller(house.app, {"Authorization": "Bearer garbage"}), "auth.invalid"),
        "no bearer": (Caller(house.app, {"Authorization": f"Basic {good.token}"}), "auth.missing"),
        "cut": (Caller(house.app, {"Authorization": f"Bearer {good.token[:-1]}"}), "auth.invalid"),
        "till": (house.till(), "auth.invalid"),
    }
    for who, (caller, code) in strangers.items():
        reply = _ask(caller, method, path, elsewhere)
        assert (reply.status, reply.code) == (401, code), who
    in_transaction(house.engine, lambda c: revoke(c, good.device_id, NOW))
    reply = _ask(Caller(house.app, {"Authorization": f"Bearer {good.token}"}), method, path, elsewhere)
    assert (reply.status, reply.code) == (403, "device.revoked")


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_another_store_is_never_shown(house: House, elsewhere: str, method: str, path: str) -> None:
    reply = _ask(house.pc(), method, path, elsewhere)
    assert SECRET_NAME.encode() not in reply.plain
    if "bucket" in path or "backfill" in path:
        assert (reply.status, reply.code) == (404, "not_found")
    if path.endswith("pull"):
        frames = list(decode_lines(reply.plain))
        assert DropFrame(elsewhere) in frames
        assert not [f for f in frames if isinstance(f, RecordFrame) and f.scope == elsewhere]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_grant_that_ended_shows_nothing_at_once(house: House, elsewhere: str, method: str, path: str) -> None:
    pc = enrol_device(house.engine)
    caller = Caller(house.app, {"Authorization": f"Bearer {pc.token}"})
    in_transaction(house.engine, lambda c: grant(c, pc.device_id, "SH02", NOW + 1_000, NOW))
    if path.endswith(("pull", "bucket")):
        assert SECRET_NAME.encode() in _ask(caller, method, path, elsewhere).plain
    house.clock.ms = NOW + 1_000
    assert SECRET_NAME.encode() not in _ask(caller, method, path, elsewhere).plain
    in_transaction(house.engine, lambda c: grant(c, pc.device_id, "SH02", None, NOW + 1_000))
    in_transaction(house.engine, lambda c: end_grant(c, pc.device_id, "SH02", NOW + 1_000))
    assert SECRET_NAME.encode() not in _ask(caller, method, path, elsewhere).plain


def test_a_push_into_a_scope_that_ended_shows_nothing_of_it(house: House, elsewhere: str) -> None:
    pc = enrol_device(house.engine)
    caller = Caller(house.app, {"Authorization": f"Bearer {pc.token}"})
    in_transaction(house.engine, lambda c: grant(c, pc.device_id, "SH02", NOW + 1_000, NOW))
    house.clock.ms = NOW + 5_000
    with house.engine.connect() as connection:
        client_id = connection.scalar(sa.text("SELECT id::text FROM client LIMIT 1"))
    mutation = {
        "mid": 1,
        "op": "patch",
        "kind": "client",
        "id": client_id,
        "store": elsewhere.removeprefix("store:"),
        "stamp": f"{NOW:012x}0000.{pc.tag}",
        "data": {"remark": "结束前写的"},
    }
    reply = caller.sealed(
        "/sync/v1/push", {"mutations": [mutation, {**mutation, "mid": 2, "stamp": f"{NOW + 1_000:012x}0000.{pc.tag}"}]}
    )
    assert SECRET_NAME.encode() not in reply.plain
    assert [(r["mid"], r["code"]) for r in reply.json["results"]] == [(2, "scope.forbidden")]
    assert (reply.json.get("records", []), reply.json.get("moves", [])) == ([], [])


@pytest.mark.parametrize(
    "query",
    [
        [],
        [("b", "x")],
        [("b", "256")],
        [("b", "-1")],
        [("b", "1"), ("b", "1")],
        [("b", str(i)) for i in range(33)],
        [("b", "١")],
    ],
)
def test_buckets_that_do_not_exist_are_refused(house: House, query: list[tuple[str, str]]) -> None:
    reply = house.pc().get("/sync/v1/bucket", [("scope", "brand"), *query])
    assert (reply.status, reply.code) == (400, "request.malformed")


@pytest.mark.parametrize("path", ["/sync/v1/buckets", "/sync/v1/bucket"])
@pytest.mark.parametrize("scope", ["", "nonsense", "store:", f"store:{new_id()}", "brand\0"])
def test_a_scope_that_is_none_is_not_found(house: House, path: str, scope: str) -> None:
    assert house.pc().get(path, [("scope", scope), ("b", "0")]).code == "not_found"


def test_buckets_are_served_from_one_moment(house: House) -> None:
    put_all(house.engine, store_scope(house.store_id), "client", {new_id(): {"name": "甲"} for _ in range(50)})
    pc = house.pc()
    scope = store_scope(house.store_id)
    found = json.loads(pc.get("/sync/v1/buckets", [("scope", scope)]).plain)
    assert (found["scope"], found["n_live"], len(found["buckets"])) == (scope, 50, 256)
    filled = [i for i, (_, n) in enumerate(found["buckets"]) if n][:32]
    lines = list(decode_lines(pc.get("/sync/v1/bucket", [("scope", scope), *(("b", str(b)) for b in filled)]).plain))
    assert len([f for f in lines if isinstance(f, RecordFrame)]) == sum(found["buckets"][b][1] for b in filled)
