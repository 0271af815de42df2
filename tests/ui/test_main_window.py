"""The window as a user meets it: keyboard only, in two languages, locked and unlocked."""

from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from guide_app.base.change import Change
from tests.ui.conftest import KEYS, PlainPage, plain_specs
from tests.ui.kit.fakes import FakeClock, ManualExecutor
from ui.kit.confirm import FailureDialog
from ui.kit.errors import Failure
from ui.kit.help import ShortcutSheet
from ui.kit.hit import Hit, SearchProvider
from ui.kit.i18n import Language, Tongue
from ui.kit.lock import GuideFace, LockOverlay, PinAnswer
from ui.kit.page import PageContext, PageSpec, Quick, Target
from ui.kit.resources import resource
from ui.kit.status import Link, Status
from ui.kit.theme import Mode
from ui.kit.undo import UndoStack
from ui.kit.work import Undo, Undoable, Work
from ui.main_window import MainWindow

WANG, LI = GuideFace("g1", "王敏", "0231"), GuideFace("g2", "李娜", "0232")


def settle() -> None:
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown_page(window: MainWindow) -> PlainPage:
    page = window.pages.currentWidget()
    assert isinstance(page, PlainPage)
    return page


def press(window: QWidget, key: Qt.Key, *, control: bool = False) -> None:
    """A key press where the focus is, as the user's hand does it."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(QApplication.focusWidget() or window, key, modifier)


def test_the_window_paints_before_any_page_is_made(qtbot: QtBot, context: PageContext, settings: QSettings) -> None:
    window = MainWindow(context, plain_specs(), settings)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.painted):
        window.show()
    assert all(window.pages.page(key) is None for key in KEYS)
    window.go(Target("clients"))  # asked for while loading
    window.activate()
    assert [key for key in KEYS if window.pages.page(key)] == ["clients"]
    assert window.header.title.text() == "页面 clients"


def test_pages_are_reached_by_number_and_left_by_escape(window: MainWindow) -> None:
    window.activate()
    for number, key in enumerate(KEYS, start=1):
        press(window, getattr(Qt.Key, f"Key_{number}"), control=True)
        assert shown_page(window).key == key
        assert window.rail.items[key].isChecked()
        assert window.header.subtitle.text() == f"关于 {key}"
    press(window, Qt.Key.Key_Escape)
    assert shown_page(window).key == KEYS[-2]


def test_escape_closes_inside_the_page_first(window: MainWindow) -> None:
    window.activate()
    window.go(Target("clients", "c1"))
    shown_page(window).inner_open = True
    press(window, Qt.Key.Key_Escape)
    assert shown_page(window).key == "clients"
    press(window, Qt.Key.Key_Escape)
    assert shown_page(window).key == "today"


def test_the_rail_works_by_keyboard(window: MainWindow) -> None:
    window.activate()
    item = window.rail.items["share"]
    item.setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Qt.Key.Key_Return)
    assert shown_page(window).key == "share"
    window.rail.items["sync"].setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Qt.Key.Key_Space)
    assert shown_page(window).key == "sync"


def test_a_page_opens_another_without_knowing_it(window: MainWindow) -> None:
    window.activate()
    shown_page(window).navigate.emit(Target("clients", "c7", {"tab": "notes"}))
    assert shown_page(window).opened == [Target("clients", "c7", {"tab": "notes"})]
    with pytest.raises(KeyError):
        window.go(Target("nowhere"))


def test_a_page_reads_again_when_its_data_changed_now_or_when_next_shown(
    window: MainWindow, context: PageContext
) -> None:
    window.activate()
    window.go(Target("clients"))
    clients, today = window.pages.page("clients"), window.pages.page("today")
    assert isinstance(clients, PlainPage)
    assert isinstance(today, PlainPage)
    assert (clients.reads, today.reads) == (1, 1)
    context.work.announce(Change(frozenset({"client"}), frozenset({"c1"}), "sync"))
    context.work.announce(Change(frozenset({"stock"}), frozenset({"s1"}), "sync"))
    settle()
    assert (clients.reads, today.reads) == (2, 1)
    window.go(Target("today"))
    assert (clients.reads, today.reads) == (2, 2)


def test_search_by_keyboard_goes_to_a_record(qtbot: QtBot, context: PageContext, settings: QSettings) -> None:
    def find(text: str) -> list[Hit]:
        return [Hit("陈雅婷 <b>x</b>", "138****5678", "user", Target("clients", "c1"))] if text == "chen" else []

    window = MainWindow(context, plain_specs(), settings, providers=[SearchProvider("clients", find)])
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.activate()
    press(window, Qt.Key.Key_K, control=True)
    assert window.search.hasFocus()
    assert [hit.title for hit in window.search.hits()][:2] == ["页面 today", "页面 clients"]
    QTest.keyClicks(window.search, "chen")
    settle()
    assert [hit.detail for hit in window.search.hits()] == ["138****5678"]
    press(window, Qt.Key.Key_Return)
    assert shown_page(window).opened == [Target("clients", "c1")]
    assert window.search.text() == ""
    assert not window.search.popup.isVisible()


def test_search_runs_commands_and_says_when_nothing_is_found(window: MainWindow, qtbot: QtBot) -> None:
    window.activate()
    press(window, Qt.Key.Key_K, control=True)
    window.search.setText("zzz")
    settle()
    assert window.search.popup.isVisible()
    assert window.search.popup.empty.text().startswith("没有找到")
    window.search.setText("立即")
    settle()
    with qtbot.waitSignal(window.sync_asked):
        press(window, Qt.Key.Key_Return)


def test_arrows_move_in_the_results_and_escape_leaves_them(window: MainWindow) -> None:
    window.activate()
    press(window, Qt.Key.Key_K, control=True)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)
    assert shown_page(window).key == "clients"
    press(window, Qt.Key.Key_K, control=True)
    press(window, Qt.Key.Key_Escape)
    assert not window.search.popup.isVisible()
    assert shown_page(window).key == "clients"


def test_a_late_answer_to_an_old_text_is_not_listed(
    qtbot: QtBot, context: PageContext, settings: QSettings, clock: FakeClock
) -> None:
    readers = ManualExecutor()
    work = Work(readers, readers, clock=clock)
    slow = PageContext(context.theme, work, UndoStack(work))
    provider = SearchProvider("clients", lambda text: [Hit(f"for {text}")])
    window = MainWindow(slow, plain_specs(), settings, providers=[provider])
    qtbot.addWidget(window)
    window.show()
    window.search.call()
    window.search.setText("a")
    window.search.setText("ab")
    readers.run_all()
    settle()
    assert [hit.title for hit in window.search.hits()] == ["for ab"]
    window.search.setText("abc")
    window.search.setText("")
    readers.run_all()
    settle()
    assert "for abc" not in [hit.title for hit in window.search.hits()]
    work.close()


def test_function_keys_help_and_sync(window: MainWindow, qtbot: QtBot) -> None:
    window.activate()
    with qtbot.waitSignal(window.sync_asked):
        press(window, Qt.Key.Key_F5)
    press(window, Qt.Key.Key_F1)
    (sheet,) = window.findChildren(ShortcutSheet)
    words = [part.text() for part in sheet.findChildren(QLabel)]
    assert {"Ctrl+K", "F5", "Esc", "Ctrl+9"} <= set(words)
    sheet.accept()
    settle()


def test_a_quick_key_takes_along_what_is_in_hand_and_f1_lists_the_pages_own_keys(
    qtbot: QtBot, context: PageContext, settings: QSettings
) -> None:
    class Handy(PlainPage):
        in_hand = MappingProxyType({"client": "c7", "product": ""})

    quick = Quick("Ctrl+J", lambda: "带上眼前的客户")
    keys = partial(list[tuple[str, str]], [("F9", "下一个")])
    specs = [
        PageSpec("today", "today", lambda: "今日", partial(Handy, "today")),
        PageSpec("scripts", "message", lambda: "话术", partial(PlainPage, "scripts"), quick=quick, shortcuts=keys),
    ]
    window = MainWindow(context, specs, settings)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.activate()
    press(window, Qt.Key.Key_J, control=True)
    assert shown_page(window).opened == [Target("scripts", args={"client": "c7"})]
    press(window, Qt.Key.Key_J, control=True)  # there already: nothing is lost
    assert shown_page(window).key == "scripts"
    press(window, Qt.Key.Key_F1)
    (sheet,) = window.findChildren(ShortcutSheet)
    words = {part.text() for part in sheet.findChildren(QLabel)}
    assert {"Ctrl+J", "带上眼前的客户", "F9", "话术 · 下一个"} <= words
    sheet.accept()
    settle()


def test_ctrl_z_and_the_toast_take_back_a_deed(window: MainWindow, context: PageContext) -> None:
    taken_back: list[str] = []

    def deed(name: str) -> Callable[[Any], Undoable[None]]:
        return lambda _job: Undoable(None, Undo(name, lambda _job: taken_back.append(name)))

    window.activate()
    for name in ("记一笔", "打标签"):
        context.work.change(deed(name), owner=window)
    settle()
    assert (window.toast.text, window.toast.action.text()) == ("打标签", "撤销")
    QTest.mouseClick(window.toast.action, Qt.MouseButton.LeftButton)
    settle()
    assert taken_back == ["打标签"]
    assert window.toast.text == "已撤销：打标签"
    press(window, Qt.Key.Key_Z, control=True)
    settle()
    press(window, Qt.Key.Key_Z, control=True)
    settle()
    assert taken_back == ["打标签", "记一笔"]
    assert window.toast.text == "没有可以撤销的操作"


@pytest.mark.parametrize(
    ("status", "words", "dot"),
    [
        (Status(Link.SYNCED, 1_795_242_720_000), "已同步 · 14:32", "dot_ok"),
        (Status(Link.SYNCING), "正在同步…", "dot_ok"),
        (Status(Link.OFFLINE, waiting=12), "离线工作中 · 12 条待上传，联网后自动同步", "dot_wait"),
        (Status(Link.OFFLINE), "离线工作中 · 联网后自动同步", "dot_wait"),
        (Status(Link.ATTENTION, needs=2), "需要处理 · 2 条", "dot_alarm"),
        (Status(), "尚未同步", "dot_idle"),
    ],
)
def test_the_status_bar_says_how_things_stand(window: MainWindow, status: Status, words: str, dot: str) -> None:
    window.set_status(status)
    assert (window.status.state.text(), window.status.dot.ink) == (words, dot)
    assert window.status.state.accessibleName() == words


def test_a_click_on_the_status_bar_opens_the_sync_page(window: MainWindow) -> None:
    window.activate()
    QTest.mouseClick(window.status.state, Qt.MouseButton.LeftButton)
    assert shown_page(window).key == "sync"


def test_slow_work_shows_progress_that_can_be_cancelled(
    qtbot: QtBot, context: PageContext, settings: QSettings, clock: FakeClock
) -> None:
    readers = ManualExecutor()
    work = Work(readers, readers, clock=clock)
    window = MainWindow(PageContext(context.theme, work, UndoStack(work)), plain_specs(), settings)
    qtbot.addWidget(window)
    window.show()
    strip = window.status.progress
    job = work.query(lambda _job: None, owner=window, done=lambda _it: None, title="导入客户")
    clock.now += 0.2
    work.tick()
    assert not strip.isVisible()
    clock.now += 0.2
    job.report(400, 1000)
    work.tick()
    assert strip.isVisible()
    assert (strip.caption.text(), strip.count.text(), strip.bar.value()) == ("导入客户", "400 / 1,000", 400)
    QTest.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    assert job.cancelled
    readers.run_all()
    settle()
    assert not strip.isVisible()
    work.close()


def locked_window(window: MainWindow, context: PageContext) -> list[str]:
    tries: list[str] = []

    def verify(guide_id: str, pin: str) -> PinAnswer:
        tries.append(f"{guide_id}:{pin}")
        return PinAnswer(pin == "123456", "PIN 不对，还可再试 4 次。")

    overlay = LockOverlay(context.theme, context.work, verify, [WANG, LI])
    window.set_lock(overlay)
    window.set_guide("g1")
    window.activate()
    return tries


def test_the_lock_hides_everything_personal_and_commits_the_edit(window: MainWindow, context: PageContext) -> None:
    locked_window(window, context)
    page = shown_page(window)
    page.say("陈雅婷", "138****5678")
    assert "陈雅婷" in window.windowTitle()
    page.field.setFocus()
    page.field.setText("改过")
    press(window, Qt.Key.Key_L, control=True)
    assert window.locked
    assert not page.isVisible()
    assert not page.name.isVisible()
    assert "陈雅婷" not in window.windowTitle()
    assert len(page.edits) == 1
    visible = [part.text() for part in window.findChildren(QLabel) if part.isVisible()]
    assert "<b>x</b><img src=x>" not in visible
    press(window, Qt.Key.Key_2, control=True)
    assert window.locked
    assert window.pages.page("clients") is None


def test_a_pin_by_keyboard_unlocks_and_the_same_guide_finds_her_page(window: MainWindow, context: PageContext) -> None:
    tries = locked_window(window, context)
    window.go(Target("clients", "c1"))
    page = shown_page(window)
    window.lock()
    overlay = window.lock_overlay
    assert overlay is not None
    QTest.keyClicks(overlay.pad, "000000")
    settle()
    assert window.locked
    assert overlay.message.text() == "PIN 不对，还可再试 4 次。"
    QTest.keyClicks(overlay.pad, "123456")
    settle()
    assert tries == ["g1:000000", "g1:123456"]
    assert not window.locked
    assert shown_page(window) is page
    assert page.hasFocus(), "the next key is the page's"


def test_another_guide_gets_fresh_pages_and_no_undo_of_the_first(
    window: MainWindow, context: PageContext, qtbot: QtBot
) -> None:
    locked_window(window, context)
    context.work.change(lambda _job: Undoable(None, Undo("记一笔", lambda _job: None)), owner=window)
    settle()
    page = shown_page(window)
    window.lock()
    overlay = window.lock_overlay
    assert overlay is not None
    faces = [face for face in overlay.findChildren(QAbstractButton) if face.accessibleName() == "李娜"]
    QTest.mouseClick(faces[0], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.guide_changed) as got:
        for digit in "1234":
            press(window, getattr(Qt.Key, f"Key_{digit}"))
        press(window, Qt.Key.Key_5)
        press(window, Qt.Key.Key_6)
    assert got.args == [LI]
    settle()
    assert shown_page(window) is not page
    assert len(context.undo) == 0


def test_a_failure_while_locked_waits_for_the_unlock(window: MainWindow, context: PageContext) -> None:
    locked_window(window, context)
    window.lock()
    window.show_failure(Failure("标题", "陈雅婷的资料", "", ""))
    assert not window.findChildren(QDialog)
    overlay = window.lock_overlay
    assert overlay is not None
    QTest.keyClicks(overlay.pad, "123456")
    settle()
    (dialog,) = window.findChildren(FailureDialog)
    dialog.accept()
    settle()


def test_a_failure_is_shown_in_words_with_a_detail_to_copy(window: MainWindow) -> None:
    window.show_failure(Failure("<b>标题</b>", "一句话。", "怎么办。", "Traceback <i>x</i>"))
    (dialog,) = window.findChildren(FailureDialog)
    texts = {part.text(): part.textFormat() for part in dialog.findChildren(QLabel) if part.text()}
    assert set(texts) == {"<b>标题</b>", "一句话。", "怎么办。"}
    assert set(texts.values()) == {Qt.TextFormat.PlainText}
    QTest.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "Traceback <i>x</i>"
    QTest.mouseClick(dialog.more, Qt.MouseButton.LeftButton)
    assert dialog.detail.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert not window.findChildren(FailureDialog)


def test_everything_that_can_be_pressed_has_a_name(window: MainWindow, context: PageContext) -> None:
    locked_window(window, context)
    window.search.call()
    nameless = [
        part
        for part in window.findChildren(QAbstractButton)
        if not part.isHidden() and not part.accessibleName() and not part.text()
    ]
    assert [(type(part).__name__, part.parent()) for part in nameless] == []
    assert window.search.accessibleName()
    assert window.search.popup.list.accessibleName()


def test_the_language_switches_live(window: MainWindow, qapp: QApplication) -> None:
    window.activate()
    window.set_status(Status(Link.OFFLINE, waiting=3))
    before = shown_page(window)
    language = Language(resource("i18n"))
    language.use(Tongue.EN)
    settle()
    try:
        assert window.status.state.text() == "Working offline · 3 to upload, syncs by itself when back online"
        assert window.search.placeholderText() == "Search, or type a command"
        assert shown_page(window) is not before
    finally:
        language.use(Tongue.ZH)
        settle()
    assert window.status.waiting.text() == "待上传 3"
    qapp.removeTranslator(language._qts)


def test_dark_and_light_switch_live(window: MainWindow, context: PageContext) -> None:
    window.activate()
    light = window.grab().toImage().pixelColor(600, 500)
    context.theme.set_mode(Mode.DARK)
    settle()
    dark = window.grab().toImage().pixelColor(600, 500)
    assert light.name().upper() == context.theme.tokens.light.ground
    assert dark.name().upper() == context.theme.tokens.dark.ground


def test_the_place_on_the_screen_is_remembered(qtbot: QtBot, context: PageContext, settings: QSettings) -> None:
    first = MainWindow(context, plain_specs(), settings)
    qtbot.addWidget(first)
    first.resize(960, 700)
    first.show()
    with qtbot.waitSignal(first.closing):
        first.close()
    second = MainWindow(context, plain_specs(), settings)
    qtbot.addWidget(second)
    assert (second.width(), second.height()) == (960, 700)


def test_closing_commits_the_edit_under_way(window: MainWindow) -> None:
    window.activate()
    page = shown_page(window)
    page.field.setFocus()
    page.field.setText("没按回车")
    window.close()
    assert len(page.edits) == 1


def test_pages_made_while_nothing_else_is_to_do_are_only_shown_later(window: MainWindow) -> None:
    window.activate()
    allowed: list[bool] = []
    window.pages.make_ahead(("share", "clients"), lambda: bool(allowed))
    rest = window.pages._rest
    rest.timeout.emit()
    assert window.pages.page("share") is None
    allowed.append(True)
    rest.timeout.emit()
    assert (window.pages.page("clients"), rest.isActive()) == (None, True)
    rest.timeout.emit()
    rest.timeout.emit()
    share, clients = window.pages.page("share"), window.pages.page("clients")
    assert isinstance(share, PlainPage)
    assert isinstance(clients, PlainPage)
    assert (share.reads, share.opened, shown_page(window).key, rest.isActive()) == (0, [], "today", False)
    window.go(Target("share"))
    assert (shown_page(window), share.reads) == (share, 1)
    window.pages.rebuild()
    assert rest.isActive()
