"""The sync page of PC 1 in a window, beside a PC 2 that gets in its way, under an office in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide_app.sync.parked import ParkedService
from guide_app.sync.queries import SyncQueries
from tests.helpers.book import HandClock, actor
from tests.helpers.busy_office import Pc, two_pcs
from tests.helpers.memory_office import OfficeServer
from tests.helpers.window import Shown, open_window
from ui.kit.theme import Theme
from ui.pages.sync.monitor import SyncMonitor
from ui.pages.sync.page import SyncControls, SyncPage


@dataclass
class Shop:
    """What a test of the page has in hand. `asked` counts 立即同步, `pauses` what was asked of the pictures."""

    shown: Shown
    page: SyncPage
    here: Pc
    other: Pc
    server: OfficeServer
    clock: HandClock
    monitor: SyncMonitor
    asked: list[int] = field(default_factory=list)
    pauses: list[bool] = field(default_factory=list)

    def reread(self) -> None:
        """Let the page read the book again."""
        self.page.refresh()
        self.shown.settle()

    def round(self) -> None:
        """PC 1 meets the office; the page looks."""
        self.here.sync()
        self.reread()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def pcs(tmp_path: Path, clock: HandClock) -> Iterator[tuple[Pc, Pc, OfficeServer]]:
    with two_pcs(tmp_path, clock) as made:
        yield made


@pytest.fixture
def shop(
    qtbot: QtBot, theme: Theme, pcs: tuple[Pc, Pc, OfficeServer], tmp_path: Path, clock: HandClock
) -> Iterator[Shop]:
    here, other, server = pcs
    desk, monitor = here.desk, SyncMonitor()
    asked: list[int] = []
    pauses: list[bool] = []
    controls = SyncControls(lambda: asked.append(1), pauses.append)
    queries, parked = SyncQueries(desk.db), ParkedService(desk.db)
    factories = {"sync": lambda context: SyncPage(context, desk, actor, queries, parked, monitor, controls)}
    with open_window(qtbot, theme, desk, tmp_path, factories) as shown:
        page = shown.page(SyncPage)
        yield Shop(shown, page, here, other, server, clock, monitor, asked, pauses)
