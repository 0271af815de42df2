"""A database that the examples of one property share, each in a store of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from head_office.store.engine import make_engine
from tests.helpers.postgres import OfficeDatabases


@pytest.fixture(scope="module")
def converging_engine(office_databases: OfficeDatabases) -> Iterator[Engine]:
    """Engine on a migrated database for a whole module."""
    with office_databases.migrated() as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()
