"""What the tests of the window share: hand-driven work, a theme, a window with pages that know no trade word."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.ui.kit.fakes import FakeClock, InlineExecutor
from ui.kit.inline import InlineEdit
from ui.kit.page import Page, PageContext, PageSpec, Target
from ui.kit.text import label
from ui.kit.theme import Mode, Theme, load_theme
from ui.kit.undo import UndoStack
from ui.kit.work import Work
from ui.main_window import MainWindow

KEYS = ("today", "clients", "product", "share", "campaign", "circle", "performance", "sync", "settings")


class PlainPage(Page):
    """Shows the record it was opened with, and counts how often it read its data."""

    watches = frozenset({"client"})

    def __init__(self, key: str, context: PageContext) -> None:
        super().__init__(context)
        self.key = key
        self.reads = 0
        self.opened: list[Target] = []
        self.inner_open = False
        self.edits: list[object] = []
        self.name = label("<b>x</b><img src=x>", "strong")
        self.field = InlineEdit("备注", "原来")
        self.field.edited.connect(self.edits.append)
        column = QVBoxLayout(self)
        column.addWidget(self.name)
        column.addWidget(self.field)

    def open(self, target: Target) -> None:
        self.opened.append(target)

    def refresh(self) -> None:
        self.reads += 1

    def back(self) -> bool:
        was, self.inner_open = self.inner_open, False
        return was


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


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def context(theme: Theme, clock: FakeClock) -> Iterator[PageContext]:
    executor = InlineExecutor()
    work = Work(executor, executor, clock=clock)
    yield PageContext(theme, work, UndoStack(work))
    work.close()


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def plain_specs() -> list[PageSpec]:
    """One page a key; 设置 sits at the bottom of the rail."""
    icons = {"product": "product", "campaign": "campaign"}
    return [
        PageSpec(
            key,
            icons.get(key, key),
            partial(str, f"页面 {key}"),
            partial(PlainPage, key),
            subtitle=partial(str, f"关于 {key}"),
            at_bottom=key == "settings",
        )
        for key in KEYS
    ]


@pytest.fixture
def window(qtbot: QtBot, context: PageContext, settings: QSettings) -> MainWindow:
    window = MainWindow(context, plain_specs(), settings)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window
