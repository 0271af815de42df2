"""A PC that has learnt a field asks for its values by id; the feed stands still meanwhile."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa

from guide_app.protocol.messages import SCHEMA
from guide_app.protocol.scopes import store_scope
from tests.head_office.api.conftest import Caller, House
from tests.head_office.kit import make_store, new_id, put_all


def lines(pc: Caller, *query: tuple[str, str]) -> list[Any]:
    reply = pc.get("/sync/v1/backfill", list(query))
    assert (reply.status, reply.headers["content-type"]) == (200, "application/x-ndjson"), reply.plain
    return [json.loads(line) for line in reply.plain.splitlines()]


def filled(house: House, count: int) -> list[str]:
    """Tasks whose new column the office fills without sending them anew, as a migration does."""
    ids = sorted(new_id() for _ in range(count + 1))
    put_all(house.engine, store_scope(house.store_id), "task", {id_: {"title": "回访"} for id_ in ids})
    with house.engine.begin() as connection:
        statement = sa.text("UPDATE task SET done_by = id WHERE id = ANY(CAST(:ids AS uuid[]))")
        connection.execute(statement, {"ids": ids[:count]})
    return ids


def test_new_values_come_by_id_without_a_move_of_the_feed(house: House) -> None:
    pc = house.pc()
    ids = filled(house, 3)
    scope = store_scope(house.store_id)
    before = pc.get("/sync/v1/pull").plain
    asked = (("scope", scope), ("kind", "task"), ("f", "done_by"))
    found = lines(pc, *asked)
    assert [line[0] for line in found] == ids[:3], "what stands at its default is known already"
    assert [line[2] for line in found] == [{"done_by": id_} for id_ in ids[:3]]
    held = {frame[3]: frame[4] for line in before.splitlines() if (frame := json.loads(line))[0] == "r"}
    assert [line[1] for line in found] == [held[id_] for id_ in ids[:3]], "each with the seq of the feed"
    assert pc.get("/sync/v1/pull").plain == before


def test_it_goes_on_after_an_id(house: House) -> None:
    pc = house.pc()
    ids = filled(house, 5)
    asked = (("scope", store_scope(house.store_id)), ("kind", "task"), ("f", "done_by"), ("limit", "2"))
    first = lines(pc, *asked)
    second = lines(pc, *asked, ("after", first[-1][0]))
    last = lines(pc, *asked, ("after", second[-1][0]))
    assert [line[0] for line in (*first, *second, *last)] == ids[:5]
    assert len(last) == 1


def test_nothing_to_fill_is_an_answer_like_any_other(house: House) -> None:
    pc = house.pc()
    assert lines(pc, ("scope", store_scope(house.store_id)), ("kind", "task"), ("f", "done_by")) == []


def test_several_fields_come_together(house: House) -> None:
    pc = house.pc()
    client = new_id()
    put_all(house.engine, store_scope(house.store_id), "client", {client: {"name": "王", "starred": True}})
    found = lines(
        pc, ("scope", store_scope(house.store_id)), ("kind", "client"), ("f", "merged_into"), ("f", "starred")
    )
    assert [line[2] for line in found] == [{"merged_into": None, "starred": True}]


def test_brand_wide_records_too(house: House) -> None:
    pc = house.pc()
    found = lines(pc, ("scope", "brand"), ("kind", "store"), ("f", "code"))
    assert [line[2] for line in found] == [{"code": "SH01"}]


def test_another_store_is_out_of_sight(house: House) -> None:
    other = make_store(house.engine, "SH02", "徐家汇店")
    put_all(house.engine, store_scope(other), "client", {new_id(): {"name": "别店的客户", "starred": True}})
    asked = [("scope", store_scope(other)), ("kind", "client"), ("f", "starred")]
    reply = house.pc().get("/sync/v1/backfill", asked)
    assert (reply.status, reply.code) == (404, "not_found")
    assert "别店" not in reply.plain.decode()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ([("scope", "brand"), ("kind", "nothing"), ("f", "name")], "kind.unknown"),
        ([("scope", "brand"), ("kind", "client"), ("f", "name")], "request.malformed"),
        ([("scope", "brand"), ("kind", "product"), ("f", "seq; DROP TABLE product")], "request.malformed"),
        ([("scope", "brand"), ("kind", "product")], "request.malformed"),
        ([("scope", "brand"), ("kind", "product"), ("f", "name"), ("after", "x")], "request.malformed"),
        ([("scope", "brand"), ("kind", "product"), ("f", "name"), ("after", "A" * 32)], "request.malformed"),
        ([("scope", "brand"), ("kind", "product"), ("f", "name"), ("limit", "0")], "request.malformed"),
    ],
)
def test_nonsense_is_named(house: House, query: list[tuple[str, str]], code: str) -> None:
    assert house.pc().get("/sync/v1/backfill", query).code == code


@pytest.mark.parametrize("path", ["/sync/v1/backfill", "/sync/v1/blobs/" + "0" * 64, "/sync/v1/pull"])
@pytest.mark.parametrize("schema", [0, SCHEMA + 1, SCHEMA + 2])
def test_a_version_out_of_reach_is_told_which_are_spoken(house: House, path: str, schema: int) -> None:
    reply = house.pc().get(path, Guide_Schema=str(schema))
    assert (reply.status, reply.code) == (409, "schema.unsupported")
    assert (reply.json["extra"]["oldest"], reply.json["extra"]["newest"]) == (1, SCHEMA)


@pytest.mark.parametrize("schema", range(max(1, SCHEMA - 2), SCHEMA + 1))
def test_this_version_and_the_two_before_are_served(house: House, schema: int) -> None:
    assert house.pc().get("/sync/v1/pull", Guide_Schema=str(schema)).status == 200
