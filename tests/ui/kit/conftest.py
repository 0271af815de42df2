"""What the tests of the kit share: hand-driven work and a theme."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.kit.fakes import FakeClock, ManualExecutor
from ui.kit.theme import Mode, Theme, load_theme
from ui.kit.work import Work


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


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


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    theme = load_theme(Mode.LIGHT)
    theme.apply(qapp)
    yield theme
    theme.release()
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])
