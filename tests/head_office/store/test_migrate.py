from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from head_office.store.migrate import is_current, upgrade
from head_office.store.tables import METADATA


def test_the_steps_lead_to_the_tables_that_the_program_expects(office_engine: Engine) -> None:
    with office_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_an_empty_database_is_not_current_and_becomes_so_once(blank_engine: Engine) -> None:
    assert not is_current(blank_engine)
    upgrade(blank_engine)
    upgrade(blank_engine)
    assert is_current(blank_engine)


def test_two_programs_may_migrate_at_once(blank_engine: Engine) -> None:
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(upgrade, blank_engine) for _ in range(2)]:
            done.result()
    assert is_current(blank_engine)


def test_a_database_of_a_later_program_is_not_taken_for_current(office_engine: Engine) -> None:
    with office_engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert not is_current(office_engine)
