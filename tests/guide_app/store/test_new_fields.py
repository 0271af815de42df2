"""What an older program kept of fields that it did not know moves into their columns, whole and once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from guide_app.store.new_fields import ask_for, promote_extra

VALUES = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20),
    st.integers(-(1 << 53), 1 << 53),
    st.booleans(),
    st.lists(st.integers(0, 9), max_size=3),
)


@pytest.fixture
def conn() -> Iterator[Connection]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE thing (id TEXT PRIMARY KEY, a, b DEFAULT 'plain', seq, extra)")
        connection.exec_driver_sql(
            "CREATE TABLE backfill (kind, field, scope DEFAULT '', after_id, PRIMARY KEY (kind, field, scope))"
        )
        yield connection
    engine.dispose()


def put(conn: Connection, extra: dict[str, Any] | None, seq: int | None = 7) -> None:
    conn.exec_driver_sql("DELETE FROM thing")
    said = None if extra is None else json.dumps(extra)
    conn.exec_driver_sql("INSERT INTO thing (id, seq, extra) VALUES ('x', ?, ?)", (seq, said))


def row(conn: Connection) -> tuple[Any, ...]:
    return tuple(conn.exec_driver_sql("SELECT a, b, seq, extra FROM thing").one())


def test_a_kept_value_gets_its_column_and_others_stay(conn: Connection) -> None:
    put(conn, {"a": "kept", "later": [1, {"deep": None}]})
    promote_extra(conn, "thing", ["a", "b"])
    a, b, seq, extra = row(conn)
    assert (a, b, seq) == ("kept", "plain", 7)
    assert json.loads(extra) == {"later": [1, {"deep": None}]}


def test_nothing_is_left_where_nothing_is_unknown_any_more(conn: Connection) -> None:
    put(conn, {"a": 1, "b": "two"})
    promote_extra(conn, "thing", ["a", "b"])
    assert row(conn) == (1, "two", 7, None)


def test_an_empty_value_does_not_blank_a_default(conn: Connection) -> None:
    put(conn, {"b": None})
    promote_extra(conn, "thing", ["b"])
    assert row(conn) == (None, "plain", 7, None)


def test_rows_that_kept_nothing_stay_as_they_are(conn: Connection) -> None:
    put(conn, None)
    promote_extra(conn, "thing", ["a", "b"])
    assert row(conn) == (None, "plain", 7, None)


@given(extra=st.dictionaries(st.sampled_from(["a", "b", "c", "ü 字"]), VALUES))
def test_no_value_is_lost_or_changed(extra: dict[str, Any]) -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as conn:
        conn.exec_driver_sql("CREATE TABLE thing (id TEXT PRIMARY KEY, a, b DEFAULT 'plain', seq, extra)")
        put(conn, extra)
        promote_extra(conn, "thing", ["a"])
        promote_extra(conn, "thing", ["a", "b"])
        a, b, _, left = row(conn)
    engine.dispose()
    as_column = {name: json.dumps(v, separators=(",", ":")) if isinstance(v, list) else v for name, v in extra.items()}
    assert (a, b) == (as_column.get("a"), as_column.get("b", "plain"))
    assert json.loads(left or "{}") == {name: v for name, v in extra.items() if name not in ("a", "b")}


def test_values_are_asked_for_only_where_records_of_the_office_are_held(conn: Connection) -> None:
    ask_for(conn, "thing", ["a"])
    put(conn, None, seq=None)
    ask_for(conn, "thing", ["a"])
    assert conn.exec_driver_sql("SELECT * FROM backfill").all() == []
    put(conn, None)
    ask_for(conn, "thing", ["a", "b"])
    ask_for(conn, "thing", ["a"])
    assert conn.exec_driver_sql("SELECT kind, field, scope FROM backfill ORDER BY field").all() == [
        ("thing", "a", ""),
        ("thing", "b", ""),
    ]
