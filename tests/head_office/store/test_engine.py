"""Engines: snapshots, limits, recovery after a lost connection, PgBouncer mode."""

from __future__ import annotations

import threading

import msgspec
import pytest
from psycopg import errors as pg
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, InternalError, OperationalError

from head_office.store.engine import Timeouts, is_transient, is_worn_out, make_engine, repeatable_read
from tests.helpers.postgres import OfficeDatabases


def test_a_repeatable_read_sees_one_snapshot_and_leaves_the_pool_as_it_was(blank_engine: Engine) -> None:
    with blank_engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (n int)"))
    with repeatable_read(blank_engine) as snapshot:
        assert snapshot.scalar(text("SELECT count(*) FROM t")) == 0
        with blank_engine.begin() as other:
            other.execute(text("INSERT INTO t VALUES (1)"))
        assert snapshot.scalar(text("SELECT count(*) FROM t")) == 0
        with pytest.raises(InternalError, match="read-only"):
            snapshot.execute(text("INSERT INTO t VALUES (2)"))
    with blank_engine.begin() as connection:
        assert connection.scalar(text("SHOW transaction_isolation")) == "read committed"
        connection.execute(text("INSERT INTO t VALUES (2)"))


def test_a_repeatable_read_may_write_when_asked_and_rolls_back_on_error(blank_engine: Engine) -> None:
    with repeatable_read(blank_engine, read_only=False) as connection:
        connection.execute(text("CREATE TABLE t (n int)"))

    def fail() -> None:
        with repeatable_read(blank_engine, read_only=False) as connection:
            connection.execute(text("INSERT INTO t VALUES (1)"))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with blank_engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM t")) == 0


def test_the_server_enforces_the_limits(blank_url: str) -> None:
    engine = make_engine(blank_url, application_name="probe", timeouts=Timeouts(50, 60, 70_000))
    with engine.connect() as connection:
        shown = [
            connection.scalar(text(f"SHOW {name}"))
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "application_name")
        ]
        assert shown == ["50ms", "60ms", "70s", "probe"]
        with pytest.raises(OperationalError) as caught:
            connection.execute(text("SELECT pg_sleep(5)"))
        assert is_transient(caught.value)
        assert is_worn_out(caught.value), "beginning again at once would only wait once more"
    engine.dispose()


def test_a_connection_that_died_in_the_pool_is_replaced(blank_url: str) -> None:
    engine = make_engine(blank_url, pool_size=1, max_overflow=0)
    other = make_engine(blank_url)
    with engine.connect() as connection:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
    with other.begin() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()
    other.dispose()


def test_json_goes_in_and_out_as_plain_values(blank_engine: Engine) -> None:
    value = {"名": ["王芳", 1, None, True]}
    with blank_engine.connect() as connection:
        statement = text("SELECT CAST(:v AS jsonb), (CAST(:v AS jsonb))->'名'->>0")
        row = connection.execute(statement, {"v": msgspec.json.encode(value).decode()}).one()
    assert tuple(row) == (value, "王芳")


def test_behind_pgbouncer_no_statement_is_prepared_and_no_option_sent(blank_url: str) -> None:
    engine = make_engine(blank_url, through_pgbouncer=True)
    usual = make_engine(blank_url)

    def prepared(on: Engine) -> int:
        with on.connect() as connection:
            for _ in range(10):
                connection.execute(text("SELECT :n + 1"), {"n": 1})
            return int(connection.scalar(text("SELECT count(*) FROM pg_prepared_statements")))

    assert prepared(engine) == 0
    assert prepared(usual) == 1
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW statement_timeout")) == "0"
    engine.dispose()
    usual.dispose()


def test_a_deadlock_victim_and_a_refused_lock_may_be_begun_again(blank_engine: Engine) -> None:
    with blank_engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (n int PRIMARY KEY)"))
        connection.execute(text("INSERT INTO t VALUES (1), (2)"))
    met = threading.Barrier(2)
    victims: list[DBAPIError] = []

    def cross(first: int, second: int) -> None:
        try:
            with blank_engine.begin() as connection:
                connection.execute(text("UPDATE t SET n = n WHERE n = :n"), {"n": first})
                met.wait(10)
                connection.execute(text("UPDATE t SET n = n WHERE n = :n"), {"n": second})
        except DBAPIError as e:
            victims.append(e)

    threads = [threading.Thread(target=cross, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(victim.orig) for victim in victims] == [pg.DeadlockDetected]
    assert is_transient(victims[0])

    with blank_engine.begin() as holder:
        holder.execute(text("SELECT n FROM t FOR UPDATE"))
        with blank_engine.begin() as other, pytest.raises(DBAPIError) as caught:
            other.execute(text("SELECT n FROM t FOR UPDATE NOWAIT"))
        assert is_transient(caught.value)


def test_a_server_that_is_not_there_is_transient_and_a_wrong_statement_is_not(blank_engine: Engine) -> None:
    nowhere = make_engine("postgresql+psycopg://x@127.0.0.1:1/x")
    with pytest.raises(OperationalError) as refused:
        nowhere.connect()
    assert is_transient(refused.value)
    with blank_engine.connect() as connection, pytest.raises(DBAPIError) as wrong:
        connection.execute(text("SELECT nothing"))
    assert not is_transient(wrong.value)
    assert not is_transient(ValueError())


def test_a_full_pool_is_transient(blank_url: str) -> None:
    engine = make_engine(blank_url, pool_size=1, max_overflow=0, pool_timeout_s=0.05)
    with engine.connect(), pytest.raises(Exception, match="QueuePool limit") as caught:
        engine.connect()
    assert is_transient(caught.value)
    engine.dispose()


def test_each_test_database_is_its_own(office_databases: OfficeDatabases) -> None:
    with office_databases.blank() as one, office_databases.blank() as two:
        assert one != two
        engines = [make_engine(one), make_engine(two)]
        with engines[0].begin() as connection:
            connection.execute(text("CREATE TABLE only_here (n int)"))
        with engines[1].connect() as connection:
            assert connection.scalar(text("SELECT to_regclass('only_here')")) is None
        for engine in engines:
            engine.dispose()


def test_the_migrated_database_of_a_test_holds_the_schema_and_no_rows(office_engine: Engine) -> None:
    with office_engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM client")) == 0
