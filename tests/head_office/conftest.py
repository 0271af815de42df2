"""Databases for the office's tests: `office_engine` on a fresh, migrated database of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from head_office.store.engine import make_engine
from tests.helpers.postgres import OfficeDatabases, office_databases


@pytest.fixture(scope="session", name="office_databases")
def _office_databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeDatabases]:
    with office_databases(tmp_path_factory.mktemp("postgres")) as databases:
        yield databases


@pytest.fixture
def office_url(office_databases: OfficeDatabases) -> Iterator[str]:
    """URL of a migrated, empty database, for processes that the test starts."""
    with office_databases.migrated() as url:
        yield url


@pytest.fixture
def office_engine(office_url: str) -> Iterator[Engine]:
    """Engine on a migrated, empty database."""
    engine = make_engine(office_url)
    yield engine
    engine.dispose()


@pytest.fixture
def blank_url(office_databases: OfficeDatabases) -> Iterator[str]:
    """URL of a database without any table."""
    with office_databases.blank() as url:
        yield url


@pytest.fixture
def blank_engine(blank_url: str) -> Iterator[Engine]:
    """Engine on a database without any table."""
    engine = make_engine(blank_url)
    yield engine
    engine.dispose()
