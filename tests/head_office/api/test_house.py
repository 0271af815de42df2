"""What holds for every route: health, documents, problems, counters."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError

from guide_app.protocol.kinds import COMMANDS, KINDS
from guide_app.protocol.problems import PROBLEMS
from head_office.api.app import OPERATIONS
from head_office.api.limits import AttemptLimit
from tests.head_office.api.conftest import House
from tests.head_office.kit import NOW


def test_it_is_alive_and_ready(house: House) -> None:
    assert house.anyone().get("/healthz").json == {"status": "ok"}
    assert house.anyone().get("/readyz").json == {"status": "ready"}


def test_an_outdated_schema_is_not_ready_but_alive(house: House) -> None:
    with house.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'old'"))
    reply = house.anyone().get("/readyz")
    assert (reply.status, reply.code, reply.headers["retry-after"]) == (503, "office.busy", "2")
    assert house.anyone().get("/healthz").status == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/sync/v1/", 404, "not_found"),
        ("GET", "/../etc/passwd", 404, "not_found"),
        ("DELETE", "/healthz", 405, "method.not_allowed"),
        ("GET", "/sync/v1/push", 405, "method.not_allowed"),
    ],
)
def test_wrong_doors_answer_with_a_problem_document(
    house: House, method: str, path: str, status: int, code: str
) -> None:
    reply = house.anyone().call(method, path)
    assert (reply.status, reply.code) == (status, code)


@pytest.mark.error_logs("GET /sync/v1/pull failed, trace [0-9a-f]{16}")
def test_an_error_of_ours_shows_its_trace_and_nothing_else(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("head_office.api.sync_routes.pull", fail)
    reply = house.pc().get("/sync/v1/pull")
    assert (reply.status, reply.code) == (500, "office.internal")
    assert b"secret" not in reply.body
    assert b"Traceback" not in reply.body


def test_a_victim_of_the_database_is_asked_to_come_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OperationalError("SELECT", {}, DeadlockDetected("deadlock"))

    monkeypatch.setattr("head_office.api.sync_routes.pull", fail)
    reply = house.pc().get("/sync/v1/pull")
    assert (reply.status, reply.code, reply.headers["retry-after"]) == (503, "office.busy", "2")


def test_the_document_describes_every_route_with_real_codes_and_shapes(house: House) -> None:
    document = house.anyone().get("/openapi.json").json
    assert document["openapi"] == "3.1.0"
    described = {(method, path) for path, methods in document["paths"].items() for method in methods}
    assert described == {(operation.method.lower(), operation.path) for operation in OPERATIONS}
    text = json.dumps(document)
    names = set(document["components"]["schemas"])
    assert {ref.split('"')[0] for ref in text.split("#/components/schemas/")[1:]} <= names
    for operation in OPERATIONS:
        assert set(operation.problems) <= set(PROBLEMS)
        body = document["paths"][operation.path][operation.method.lower()].get("requestBody", {})
        if operation.example is not None:
            assert body["content"]["application/json"]["example"]
        secured = "security" in document["paths"][operation.path][operation.method.lower()]
        assert secured == (operation.auth != "none")


def test_the_document_says_what_another_program_must_know(house: House) -> None:
    document = house.anyone().get("/openapi.json").json
    pull, hint = (document["paths"][f"/sync/v1/{name}"]["get"] for name in ("pull", "hint"))
    asked = {p["name"]: p for p in pull["parameters"]}
    assert asked["c"]["schema"] == {"type": "array", "items": {"type": "string"}}
    assert asked["limit"]["schema"] == {"type": "integer"}
    (line,) = [content["x-line"] for content in pull["responses"]["200"]["content"].values()]
    assert {"$ref": "#/components/schemas/ScopeFrame"} in line["anyOf"]
    assert "200" not in hint["responses"], "it answers 204 and 304"
    assert "Retry-After" in hint["responses"]["503"]["headers"]
    fetch = {p["name"]: p["required"] for p in document["paths"]["/sync/v1/blobs/{sha256}"]["get"]["parameters"]}
    assert fetch == {
        "sha256": True, "kind": False, "id": False, "Guide-Schema": True, "Range": False, "If-Range": False,
        "If-None-Match": False,
    }  # fmt: skip
    for operation in OPERATIONS:
        described = document["paths"][operation.path][operation.method.lower()]
        if "application/json" in described.get("requestBody", {}).get("content", {}):
            assert "`request.invalid`" in described["responses"]["422"]["description"], operation.path


def test_the_document_tells_every_kind_of_record(house: House) -> None:
    document = house.anyone().get("/openapi.json").json
    assert set(document["x-kinds"]) == set(KINDS)
    assert document["x-commands"] == dict(COMMANDS)
    for name, kind in KINDS.items():
        told = document["x-kinds"][name]
        assert (told["scope"], told["policy"], told["borrowed"]) == (kind.scope, kind.policy, kind.borrowed)
        fields = document["components"]["schemas"][told["data"]["$ref"].rsplit("/", 1)[1]]["properties"]
        assert set(kind.fields) <= set(fields), name
        assert set(told["device_fields"]) == kind.device_fields
        assert set(told["required"]) <= set(fields)
        assert all("default" in fields[field] for field in kind.fields), "what is left out of a record can be told"
    assert document["x-kinds"]["task"]["lattice"] == {"status": ["open", "done", "cancelled"]}


def test_requests_and_devices_are_counted(house: House) -> None:
    house.pc().get("/sync/v1/pull")
    house.anyone().get("/sync/v1/pull")
    reply = house.anyone().get("/metrics")
    assert reply.headers["content-type"].startswith("text/plain")
    text = reply.body.decode()
    assert 'guide_requests_total{route="/sync/v1/pull",status="200",worker=' in text
    assert 'guide_requests_total{route="/sync/v1/pull",status="401",worker=' in text
    assert 'guide_devices{seen="today"} 1' in text
    for line in text.splitlines():
        assert line.startswith("#") or len(line.rsplit(" ", 1)) == 2


def test_attempts_are_limited_by_address_and_forgotten_in_time() -> None:
    limit = AttemptLimit(2, 1_000)
    assert [limit.wait_ms("a", NOW + i) for i in range(3)] == [0, 0, 998]
    assert limit.wait_ms("b", NOW) == 0
    assert limit.wait_ms("a", NOW + 1_000) == 0
