"""Ctrl+K finds what a page can do by its words, and does it there."""

from functools import partial

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import PlainPage
from ui.kit.page import PageContext, PageSpec, Target
from ui.main_window import MainWindow


def test_a_pages_own_deed_is_found_from_anywhere_and_done_there(
    qtbot: QtBot, context: PageContext, settings: QSettings
) -> None:
    done: list[str] = []

    class Counter(PlainPage):
        def __init__(self, context: PageContext) -> None:
            super().__init__("counter", context)
            for keys in ("F8", "F9"):
                QShortcut(QKeySequence(keys), self).activated.connect(partial(done.append, keys))

    own = partial(list[tuple[str, str]], [("F8", "改用更省的组合"), ("F9", "转赠给朋友"), ("Enter", "核销")])
    specs = [
        PageSpec("today", "today", lambda: "今日", partial(PlainPage, "today")),
        PageSpec("counter", "coupon", lambda: "核销", Counter, shortcuts=own),
    ]
    window = MainWindow(context, specs, settings)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.activate()
    window.go(Target("today"))
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.search.setText("转赠")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert (window.pages.current.page, done) == ("counter", ["F9"])
    found = [hit.title for hit in window.commands.find("核销")]
    assert found == ["核销", "核销 · 改用更省的组合", "核销 · 转赠给朋友"]
    assert [hit.title for hit in window.commands.find("") if "·" in hit.title] == []


def test_a_deed_of_the_page_in_sight_is_about_what_had_the_keyboard_and_no_dialogs_own(
    qtbot: QtBot, context: PageContext, settings: QSettings
) -> None:
    done: list[QWidget | None] = []

    class Today(PlainPage):
        def __init__(self, context: PageContext) -> None:
            super().__init__("today", context)
            shortcut = QShortcut(QKeySequence("F8"), self)
            shortcut.activated.connect(lambda: done.append(QApplication.focusWidget()))
            self.printed = QDialog(self)
            QShortcut(QKeySequence("F8"), self.printed).activated.connect(lambda: done.append(self.printed))

    own = partial(list[tuple[str, str]], [("F8", "跟进流程")])
    window = MainWindow(context, [PageSpec("today", "today", lambda: "今日", Today, shortcuts=own)], settings)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.activate()
    page = window.pages.currentWidget()
    assert isinstance(page, Today)
    page.field.setFocus()
    QTest.keyClick(page.field, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.search.setText("流程")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert done == [page.field]
