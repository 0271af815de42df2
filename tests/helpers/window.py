"""The real window over a real book, with the executors a program gives it; closed without leaving anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from guide_app.flows.desk import Desk
from ui.kit.errors import Failure
from ui.kit.page import Page, PageContext, PageSpec, Target
from ui.kit.sweep import Sweeper
from ui.kit.theme import Theme
from ui.kit.undo import UndoStack
from ui.kit.work import Work
from ui.main_window import MainWindow

P = TypeVar("P", bound=Page)
Factory = Callable[[PageContext], Page]
#: Icons that exist, for pages whose icon a test does not look at.
_ICON = "today"


@dataclass(frozen=True, slots=True)
class Shown:
    """A window on screen, its pages, and hands for the keyboard."""

    window: MainWindow
    work: Work
    context: PageContext
    bot: QtBot
    failures: list[Failure]
    """What was told as failed; a test that expects some takes them out."""

    def page(self, kind: type[P]) -> P:
        """The page of this kind that is shown."""
        page = self.window.pages.currentWidget()
        assert isinstance(page, kind), page
        return page

    def go(self, page: str, record: str = "", **args: str) -> None:
        """Go there, and wait until it has read what it shows."""
        self.window.go(Target(page, record, args))
        self.settle()

    def settle(self) -> None:
        """Wait until no work is under way, what follows from answers included."""
        self.bot.waitUntil(self._quiet)

    def press(self, key: Qt.Key, *, control: bool = False, shift: bool = False) -> None:
        """One key where the keyboard is."""
        modifiers = Qt.KeyboardModifier.NoModifier
        if control:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        if shift:
            modifiers |= Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def type(self, text: str) -> None:
        """Letters where the keyboard is, as an input method commits those outside Latin-1."""
        for letter in text:
            focus = QApplication.focusWidget()
            assert focus is not None, "nothing has the keyboard"
            QTest.keyClicks(focus, letter) if letter.isascii() else _commit(focus, letter)

    def _quiet(self) -> bool:
        flush()
        if self.work.pending():
            return False
        flush()  # what the last answer brought on its way: layouts, further questions
        return not self.work.pending()


def flush() -> None:
    """Deliver queued signals and let go of what was deleted."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def open_window(
    bot: QtBot, theme: Theme, desk: Desk, folder: Path, factories: Mapping[str, Factory], size: QSize | None = None
) -> Iterator[Shown]:
    """A window with one page a key, the first shown; the first Ctrl+number opens the first page, and so on."""
    sweeper = Sweeper()
    changes = ThreadPoolExecutor(1, "window-changes")
    work = Work(changes, desk.db.readers)
    context = PageContext(theme, work, UndoStack(work))
    stop = desk.db.on_change(work.announce)
    specs = [PageSpec(key, _ICON, lambda key=key: key, factory) for key, factory in factories.items()]  # type: ignore[misc]
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    window = MainWindow(context, specs, settings)
    window.resize(size or QSize(1280, 800))
    window.activate()
    window.show()
    window.activateWindow()
    bot.waitUntil(window.isActiveWindow)
    failures: list[Failure] = []
    work.failed.connect(failures.append)
    window.pages.failure.connect(failures.append)
    shown = Shown(window, work, context, bot, failures)
    try:
        shown.settle()
        yield shown
        shown.settle()
        assert not failures, failures
    finally:
        stop()
        window.close()
        work.close()
        changes.shutdown(wait=True)
        window.deleteLater()
        context.undo.deleteLater()
        work.deleteLater()
        sweeper.stop()
        flush()


def _commit(widget: QWidget, text: str) -> None:
    from PySide6.QtGui import QInputMethodEvent  # noqa: PLC0415 - only where Chinese is typed

    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
