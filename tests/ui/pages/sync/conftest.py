"""The sync page of PC 1 in a window, beside a PC 2 that gets in its way, under an office in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide_app.base.errors import GuideError
from guide_app.sync import removal
from guide_app.sync.parked import ParkedService
from guide_app.sync.queries import SyncQueries
from tests.helpers.book import HandClock, actor
from tests.helpers.busy_office import Pc, two_pcs
from tests.helpers.memory_office import OfficeServer
from tests.helpers.window import Shown, open_window
from ui.kit.theme import Theme
from ui.pages.sync.deciding import SyncControls
from ui.pages.sync.monitor import SyncMonitor
from ui.pages.sync.page import SyncPage


@dataclass
class Shop:
    """What a test of the page has in hand. `asked` counts 立即同步, `pauses` what was asked of the pictures.

    `stops` counts broken off rounds; `codes` are those given to rejoin, which `refusal` refuses if it is set.
    """

    shown: Shown
    page: SyncPage
    here: Pc
    other: Pc
    server: OfficeServer
    clock: HandClock
    monitor: SyncMonitor
    asked: list[int] = field(default_factory=list)
    pauses: list[bool] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    refusal: GuideError | None = None

    def rejoin(self, code: str) -> None:
        """What the page asks when a code was given."""
        self.codes.append(code)
        if self.refusal is not None:
            raise self.refusal

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
    made: list[Shop] = []
    asked: list[int] = []
    pauses: list[bool] = []
    stops: list[int] = []
    controls = SyncControls(
        lambda: asked.append(1),
        pauses.append,
        lambda: stops.append(1),
        lambda scope, by: removal.allow(desk.db, scope, by),
        lambda scope, by: removal.postpone(desk.db, scope, by),
        lambda code: made[0].rejoin(code),  # noqa: PLW0108 - the shop is made only after its page
    )
    queries, parked = SyncQueries(desk.db), ParkedService(desk.db)
    factories = {"sync": lambda context: SyncPage(context, desk, actor, queries, parked, monitor, controls)}
    with open_window(qtbot, theme, desk, tmp_path, factories) as shown:
        page = shown.page(SyncPage)
        made.append(Shop(shown, page, here, other, server, clock, monitor, asked, pauses, stops))
        yield made[0]
