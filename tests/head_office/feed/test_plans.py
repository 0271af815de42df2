"""What the planner makes of the feed's statements, whatever it knows of the tables."""

from __future__ import annotations

from itertools import islice

import pytest
from sqlalchemy import Engine

from guide_app.protocol.scopes import scope_store_id
from head_office.feed.statements import KIND_SQL, text_array
from head_office.feed.write import write_all
from tests.head_office.kit import NOW, Pc, enrol_device, make_store, new_id

_MANY, _AT_ONCE, _ASKED = 6_000, 1_500, 500


@pytest.fixture
def ids(office_engine: Engine) -> tuple[str, list[str]]:
    """A store of many clients of whom the planner has heard nothing: store id, and client ids in the order of keys."""
    make_store(office_engine)
    pc = Pc(office_engine, enrol_device(office_engine))
    with office_engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE client SET (autovacuum_enabled = off)")
    made = iter([new_id() for _ in range(_MANY)])
    written: list[str] = []
    while some := list(islice(made, _AT_ONCE)):
        write_all(office_engine, NOW, [((pc.scope, "client", one), {"name": "王女士"}) for one in some])
        written += some
    return scope_store_id(pc.scope), sorted(written)


def test_records_are_locked_by_their_key_where_there_are_no_statistics(
    office_engine: Engine, ids: tuple[str, list[str]]
) -> None:
    store, all_ids = ids
    asked = all_ids[:: _MANY // _ASKED]
    values = {"store": store, "ids": text_array(asked)}
    with office_engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT reltuples FROM pg_class WHERE relname = 'client'").scalar() == -1
        plan = connection.exec_driver_sql(f"EXPLAIN {KIND_SQL['client'].lock}", values).scalars().all()
        found = [row[0] for row in connection.exec_driver_sql(KIND_SQL["client"].lock, values)]
    assert found == asked, "in the order of the keys, so that two writers never wait in a ring"
    assert any("pk_client" in line for line in plan)
    assert not any("Filter" in line for line in plan)


def test_after_a_bulk_write_the_planner_knows_the_table(office_engine: Engine, ids: tuple[str, list[str]]) -> None:
    store, _ = ids
    more = [((f"store:{store}", "client", new_id()), {"name": "李先生"}) for _ in range(2_100)]
    write_all(office_engine, NOW, more)
    with office_engine.begin() as connection:
        known = connection.exec_driver_sql("SELECT reltuples FROM pg_class WHERE relname = 'client'").scalar()
    assert known == _MANY + len(more)


@pytest.mark.parametrize("word", ["a b", "a'b", 'a"b', "{a}", "a\\b", "空"])
def test_only_plain_words_become_an_array(word: str) -> None:
    with pytest.raises(ValueError, match="only ids"):
        text_array([word])
