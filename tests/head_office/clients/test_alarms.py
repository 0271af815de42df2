"""Head office hears who looks at nearly as many numbers as she may."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS, china_date
from guide_app.base.ids import NIL
from guide_app.protocol.scopes import BRAND, store_scope
from head_office.clients import alarms as alarms_module
from head_office.clients.alarms import RevealAlarm, reveal_alarms
from head_office.publishing import dictionary
from tests.head_office.kit import NOW, make_store, new_id, put_all


def look(engine: Engine, store: str, guide: str, clients: list[str], at: int) -> None:
    said = {"guide_id": guide, "deed": "reveal", "reason": "回访", "records": 1, "at": at}
    put_all(engine, store_scope(store), "access_log", {new_id(): {**said, "client_id": one} for one in clients})


def alarms(engine: Engine, days: int = 1) -> list[RevealAlarm]:
    with engine.connect() as connection:
        return reveal_alarms(connection, NOW, days)


def test_four_fifths_of_the_limit_in_one_day_are_told_with_guide_and_store(office_engine: Engine) -> None:
    store, guide, other = make_store(office_engine), new_id(), new_id()
    put_all(office_engine, BRAND, "guide", {guide: {"no": 1, "number": "0231", "name": "王敏", "store_id": store}})
    put_all(office_engine, BRAND, "house_rule", {new_id(): {"name": "reveal_limit", "value": {"per_day": 5}}})
    seen = [new_id() for _ in range(4)]
    look(office_engine, store, guide, seen[:3], NOW)
    look(office_engine, store, guide, seen[:3], NOW)  # the same again
    look(office_engine, store, other, seen, NOW - 2 * DAY_MS)
    assert alarms(office_engine) == []
    look(office_engine, store, guide, seen[3:], NOW)
    today = china_date(NOW).isoformat()
    assert alarms(office_engine) == [RevealAlarm(today, "SH01", "南京西路店", "0231", "王敏", 4, 5)]
    assert [one.guide for one in alarms(office_engine, 3)] == ["王敏", ""]


@pytest.mark.parametrize(("said", "limit"), [(None, 30), (0, 0), (-3, 0), (10**6, 1_000), ("many", 30), (True, 30)])
def test_the_limit_is_the_houses_within_bounds(office_engine: Engine, said: object, limit: int) -> None:
    store = make_store(office_engine)
    if said is not None:
        put_all(office_engine, BRAND, "house_rule", {new_id(): {"name": "reveal_limit", "value": {"per_day": said}}})
    look(office_engine, store, new_id(), [new_id() for _ in range(30 if limit <= 30 else 800)], NOW)
    assert [one.limit for one in alarms(office_engine)] == [limit]


def test_a_year_of_looks_is_not_read_for_the_looks_of_a_day(office_engine: Engine) -> None:
    store, many = make_store(office_engine), 5_000
    said = {"store": store, "many": many, "since": NOW - 300 * DAY_MS}
    with office_engine.begin() as connection:
        connection.exec_driver_sql(
            """INSERT INTO access_log (store_id, id, client_id, guide_id, deed, reason, records, at, approved_by, proof,
                    seq)
                SELECT %(store)s::uuid, gen_random_uuid(), gen_random_uuid(), NULL, 'reveal', '', 1,
                    %(since)s + n * 1000, NULL, '', n + 100000 FROM generate_series(1, %(many)s) n""",
            said,
        )
        connection.exec_driver_sql("ANALYZE access_log")
        asked = alarms_module._LOOKS
        plan = connection.exec_driver_sql(f"EXPLAIN {asked}", {"since": NOW - DAY_MS, "now": NOW, "many": 24})
        assert "ix_access_log_store_id_at" in "\n".join(plan.scalars())
        assert reveal_alarms(connection, NOW) == []


def test_the_trail_of_tags_is_read_by_its_index(office_engine: Engine) -> None:
    with office_engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # a table without rows is read whole otherwise
        plan = connection.exec_driver_sql(f"EXPLAIN {dictionary._CHANGES}", {"brand": NIL})
        assert "Index Cond: ((store_id" in "\n".join(plan.scalars())
