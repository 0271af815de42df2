"""PCs of version 1 are in the field: they are served, and understand what they are told."""

from __future__ import annotations

import sqlalchemy as sa

from guide_app.protocol.digest import digest_of
from guide_app.protocol.envelope import seal
from guide_app.protocol.scopes import store_scope
from tests.head_office.api.conftest import Caller, House, Reply
from tests.head_office.kit import new_id, put_all
from tests.helpers import schema_1
from tests.helpers.golden import golden, golden_file

OLD = {"Guide-Schema": "1"}


def old_pc(house: House) -> Caller:
    pc = house.pc()
    pc.headers |= OLD
    return pc


def push(pc: Caller, body: bytes) -> Reply:
    wire, described = seal(body)
    return pc.call("POST", "/sync/v1/push", wire, described)


def test_what_they_send_is_taken_as_it_always_was(house: House) -> None:
    pc = old_pc(house)
    stands_for = golden_file("schema_1")["store"]
    for case in golden("schema_1"):
        reply = push(pc, case["push"].replace(stands_for, house.store_id).encode())
        assert reply.status == 200, (case["name"], reply.plain)
        answer = schema_1.read_pushed(reply.plain)
        told = [{"mid": r.mid, "status": r.status, "code": r.code} for r in answer.results]
        assert {"last_mid": answer.last_mid, "results": told} == case["answer"], case["name"]
    with house.engine.connect() as connection:
        client = connection.execute(sa.text("SELECT name, remark, level FROM client")).one()
        task = connection.execute(sa.text("SELECT status, result FROM task")).one()
        counts = connection.execute(
            sa.text("SELECT (SELECT count(*) FROM client_tag), (SELECT count(*) FROM note)")
        ).one()
    assert tuple(client) == ("王女士", "喜欢乐福鞋", "")
    assert tuple(task) == ("done", "已回访")
    assert tuple(counts) == (0, 1)


def test_they_read_every_page_and_come_to_the_same_digest(house: House) -> None:
    scope = store_scope(house.store_id)
    survivor, ended = new_id(), new_id()
    put_all(house.engine, scope, "client", {survivor: {"name": "王"}, ended: {"name": "王", "merged_into": survivor}})
    put_all(house.engine, scope, "task", {new_id(): {"title": "回访", "status": "done", "done_by": new_id()}})
    frames = list(schema_1.read_page(old_pc(house).get("/sync/v1/pull").plain))
    end = frames[-1]
    assert isinstance(end, schema_1.EndFrame)
    assert end.count == len(frames) - 1
    records = [f for f in frames if isinstance(f, schema_1.RecordFrame)]
    assert next(f.data for f in records if f.id == ended)["merged_into"] == survivor, "new fields come along"
    for place in (f for f in frames if isinstance(f, schema_1.ScopeFrame)):
        held = [(f.kind, f.id, f.seq) for f in records if f.scope == place.scope]
        assert (digest_of(held), len(held)) == (place.digest, place.n_live)


def test_after_a_restore_they_read_a_scope_anew(house: House) -> None:
    put_all(house.engine, store_scope(house.store_id), "client", {new_id(): {"name": "王"}})
    pc = old_pc(house)
    scope = store_scope(house.store_id)
    cursors = {"brand": "brand~gone~5", scope: f"{scope}~gone~5"}
    held: dict[str, set[str]] = {name: set() for name in cursors}
    for _ in range(4):
        reply = pc.get("/sync/v1/pull", [("c", text) for text in cursors.values()])
        if reply.status == 304:
            break
        for frame in schema_1.read_page(reply.plain):
            if isinstance(frame, schema_1.RecordFrame):
                held[frame.scope].add(frame.id)
            elif isinstance(frame, schema_1.ScopeFrame):
                cursors[frame.scope] = f"{frame.scope}~{frame.epoch}~{frame.seq}"
    assert {name: len(ids) for name, ids in held.items()} == {"brand": 1, scope: 1}
    assert pc.get("/sync/v1/pull", [("c", text) for text in cursors.values()]).status == 304


def test_a_change_says_which_version_wrote_it_or_the_request_does(house: House) -> None:
    pc = old_pc(house)
    stands_for = golden_file("schema_1")["store"]
    bad = golden("schema_1")[4]["push"].replace(stands_for, house.store_id).replace('"mid":8', '"mid":1')
    assert push(pc, bad.encode()).status == 200
    with house.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT mutation FROM quarantine")).scalar_one()
    assert '"schema":1' in str(kept).replace(" ", "")
