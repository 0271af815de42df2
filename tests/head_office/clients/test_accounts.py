"""The account of a time: read by its indexes, row by row, and nothing of it missing."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from guide_app.base.clock import DAY_MS
from guide_app.base.ids import NIL
from guide_app.protocol.scopes import store_scope
from head_office.clients import accounts
from head_office.clients.accounts import DeedCounts, read_account
from head_office.store import audit
from tests.head_office.kit import NOW, make_store, new_id, put_all

SINCE = NOW - DAY_MS
_MANY = (
    (
        "INSERT INTO access_log (store_id, id, client_id, guide_id, deed, reason, records, at, approved_by, proof, seq)"
        " SELECT %(store)s::uuid, gen_random_uuid(), gen_random_uuid(), NULL, 'reveal', '', 1, %(since)s + n * 1000,"
        " NULL, '', n + 100000 FROM generate_series(1, 5000) n"
    ),
    (
        "INSERT INTO consent (store_id, id, client_id, purpose, channel, granted, version, way, proof, guide_id, at,"
        " seq) SELECT %(store)s::uuid, gen_random_uuid(), gen_random_uuid(), 'marketing', 'any', true, '', '', '',"
        " NULL, %(since)s + n * 1000, n + 200000 FROM generate_series(1, 5000) n"
    ),
)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (accounts._ACCESSES, "ix_access_log_store_id_at"),
        (accounts._CONSENTS, "ix_consent_store_id_at"),
        (accounts._TRAIL, "pk_audit"),
    ],
)
def test_years_are_not_read_for_the_account_of_a_day(office_engine: Engine, query: str, index: str) -> None:
    store = make_store(office_engine)
    with office_engine.begin() as connection:
        for many in _MANY:
            connection.exec_driver_sql(many, {"store": store, "since": NOW - 300 * DAY_MS})
        for n in range(200):
            audit.record(connection, NOW - (n + 1) * 100 * DAY_MS, "office", "old", {})
        connection.exec_driver_sql("ANALYZE access_log, consent, audit, store")
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # the trail of this test is one page
        plan = "\n".join(connection.exec_driver_sql(f"EXPLAIN {query}", accounts._values(SINCE, NOW)).scalars())
    reads = [line for line in plan.splitlines() if index in line]
    assert reads, plan
    assert "Index Cond: ((store_id = " in plan
    assert "(at >= " in plan or "(id >= " in plan


def test_the_account_has_every_deed_of_its_time_whoever_it_was_done_for(office_engine: Engine) -> None:
    here, there = make_store(office_engine), make_store(office_engine, "SH02", "徐家汇店")
    scopes = store_scope(here), store_scope(there)
    for scope in scopes:
        looks = {
            new_id(): {"deed": "reveal", "reason": "回访", "records": 1, "at": at} for at in (SINCE - 1, SINCE, NOW)
        }
        put_all(office_engine, scope, "access_log", looks)
        said = {"purpose": "marketing", "channel": "any", "way": "paper", "version": "1", "granted": scope == scopes[0]}
        put_all(office_engine, scope, "consent", {new_id(): {**said, "at": at} for at in (SINCE, NOW)})
    gone = new_id()
    with office_engine.begin() as connection:
        for at, store_id in ((SINCE - 1, here), (SINCE, NIL), (SINCE + 1, here), (NOW - 1, gone), (NOW, there)):
            audit.record(connection, at, "office", "looked", {}, store_id=store_id)
    counts, read = DeedCounts(), {}
    with office_engine.begin() as connection:
        for table in read_account(connection, SINCE, NOW):
            read[table.name] = list(table.rows)
            for row in read[table.name]:
                counts.add(table.name, row)
    assert [(row[0], row[1]) for row in read["accesses"]] == [(SINCE, "SH01"), (SINCE, "SH02")]
    assert [row[:2] for row in read["trail"] if row[3] == "looked"] == [
        (SINCE, ""), (SINCE + 1, "SH01"), (NOW - 1, ""),
    ]  # fmt: skip
    counted = counts.counted()
    assert (counted["reveal"], counted["consents"], counted["withdrawals"], counted["erasures"]) == (2, 1, 1, 0)


def test_rows_are_read_while_they_are_gone_through(office_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    store = make_store(office_engine)
    monkeypatch.setattr(accounts, "_AT_ONCE", 10)
    with office_engine.begin() as connection:
        connection.exec_driver_sql(_MANY[0], {"store": store, "since": SINCE})
        tables = read_account(connection, SINCE, NOW)
        first = next(tables)
        next(first.rows)
        held = connection.exec_driver_sql("SELECT count(*) FROM pg_cursors WHERE statement LIKE '%%access_log%%'")
        assert held.scalar_one() > 0  # a cursor of the server's, and no list
        assert sum(1 for _ in first.rows) == 4_999
