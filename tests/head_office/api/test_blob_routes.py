"""Pictures are handed out whole or in part, and not at all to whom has them."""

from __future__ import annotations

import hashlib
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, event

from head_office.catalogue.products import save_picture
from tests.head_office.api.conftest import House

PICTURE = b"\xff\xd8\xff" + Random(3).randbytes(900_000)  # noqa: S311 - test data


@pytest.fixture
def path(house: House) -> str:
    with house.engine.begin() as connection:
        return f"/sync/v1/blobs/{save_picture(connection, PICTURE)}"


def test_a_picture_comes_whole(house: House, path: str) -> None:
    whole = house.pc().get(path)
    assert (whole.status, whole.plain, whole.headers["content-type"]) == (200, PICTURE, "image/jpeg")
    assert whole.headers["etag"] == f'"{hashlib.sha256(PICTURE).hexdigest()}"'


def test_a_picture_is_for_our_pcs_alone(house: House, path: str) -> None:
    for who, code in ((house.anyone(), "auth.missing"), (house.till(), "auth.invalid")):
        reply = who.get(path)
        assert (reply.status, reply.code) == (401, code)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=5-9", 5, 9), ("bytes=0-0", 0, 0), ("bytes=800000-", 800_000, 900_002), ("bytes=9-99999999", 9, 900_002)],
)
def test_a_part_comes_from_its_byte_on(house: House, path: str, asked: str, first: int, last: int) -> None:
    reply = house.pc().get(path, Range=asked)
    assert (reply.status, reply.body) == (206, PICTURE[first : last + 1])
    assert reply.headers["content-range"] == f"bytes {first}-{last}/{len(PICTURE)}"
    assert reply.headers["content-length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=900003-", "bytes=9-5", "bytes=-5", "bytes=1-2,4-5", "lines=1-2"])
def test_a_part_that_is_not_there_is_answered_by_the_whole(house: House, path: str, asked: str) -> None:
    assert house.pc().get(path, Range=asked).body == PICTURE


def test_a_part_of_something_else_is_answered_by_the_whole(house: House, path: str) -> None:
    pc = house.pc()
    same = pc.get(path, Range="bytes=5-9", If_Range=f'"{path.rpartition("/")[2]}"')
    other = pc.get(path, Range="bytes=5-9", If_Range='"something else"')
    assert (same.status, other.status, other.body) == (206, 200, PICTURE)


@pytest.mark.parametrize("form", ['"{}"', 'W/"{}"', '"a", "{}"', "*"])
def test_who_has_it_gets_nothing(house: House, path: str, form: str) -> None:
    reply = house.pc().get(path, If_None_Match=form.format(path.rpartition("/")[2]))
    assert (reply.status, reply.body) == (304, b"")
    assert house.pc().get(path, If_None_Match='"another"').status == 200


@pytest.mark.parametrize("name", ["0" * 64, "nonsense"])
def test_what_is_not_there_is_named(house: House, name: str) -> None:
    assert house.pc().get(f"/sync/v1/blobs/{name}").code == "not_found"


def test_of_a_part_no_more_is_read_than_is_sent(house: House, path: str) -> None:
    asked: list[tuple[str, Any]] = []

    def note(_conn: object, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if "substring" in statement:
            asked.append((statement, values))

    pc = house.pc()
    event.listen(house.engine, "before_cursor_execute", note)
    for part in ("bytes=5-9", "bytes=0-"):
        assert pc.get(path, Range=part).status == 206
    event.remove(house.engine, "before_cursor_execute", note)
    with house.engine.connect() as connection:
        small, whole = (_blocks(connection, *one) for one in asked)
    assert small * 5 < whole, "blocks of 8 kB that the server touched"


def _blocks(connection: Connection, statement: str, values: Any) -> int:
    explained = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values).scalar_one()
    plan = explained[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
