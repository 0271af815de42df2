"""Executors that the test runs by hand, and work driven by them."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.kit.fakes import FakeClock, ManualExecutor
from ui.kit.work import Work


@pytest.fixture
def readers() -> ManualExecutor:
    return ManualExecutor()


@pytest.fixture
def database() -> ManualExecutor:
    return ManualExecutor()


@pytest.fixture
def work(qapp: QApplication, database: ManualExecutor, readers: ManualExecutor, clock: FakeClock) -> Iterator[Work]:
    del qapp
    work = Work(database, readers, clock=clock)
    yield work
    work.close()
