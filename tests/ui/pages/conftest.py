"""A small enrolled book and a real window over it, for the tests of pages."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from guide_app.flows.desk import Desk
from tests.helpers.book import HandClock, open_desk
from tests.helpers.window import Factory, Shown, open_window
from ui.kit.theme import Theme

Open = Callable[..., Shown]


@pytest.fixture
def hand_clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(tmp_path: Path, hand_clock: HandClock) -> Iterator[Desk]:
    with open_desk(tmp_path, hand_clock) as made:
        yield made


@pytest.fixture
def open_pages(qtbot: QtBot, theme: Theme, desk: Desk, tmp_path: Path) -> Iterator[Open]:
    """Call with `key=factory` pairs; the first page is shown."""
    with ExitStack() as stack:

        def open_them(**factories: Factory) -> Shown:
            window: AbstractContextManager[Shown] = open_window(qtbot, theme, desk, tmp_path, factories)
            return stack.enter_context(window)

        yield open_them
