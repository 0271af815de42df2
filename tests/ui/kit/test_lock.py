"""The lock and the idle watch."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from guide_app.base.errors import LockedError
from tests.ui.kit.fakes import ManualExecutor
from ui.kit.lock import GuideFace, IdleWatch, LockOverlay, PinAnswer, PinPad
from ui.kit.theme import Theme
from ui.kit.work import Work

WANG, LI = GuideFace("g1", "王敏"), GuideFace("g2", "李娜")


def test_a_pin_is_typed_corrected_and_entered(qtbot: QtBot, theme: Theme) -> None:
    pad = PinPad(theme)
    qtbot.addWidget(pad)
    entered: list[str] = []
    pad.entered.connect(entered.append)
    QTest.keyClicks(pad, "123")
    QTest.keyClick(pad, Qt.Key.Key_Return)  # too short
    QTest.keyClicks(pad, "4x")
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    QTest.keyClicks(pad, "5")
    QTest.keyClick(pad, Qt.Key.Key_Return)
    QTest.keyClicks(pad, "987654")
    assert entered == ["1235", "987654"]
    QTest.keyClicks(pad, "11")
    QTest.keyClick(pad, Qt.Key.Key_Escape)
    pad.enter.click()
    assert len(entered) == 2


def test_the_pin_is_checked_off_the_gui_thread_and_refused_in_words(
    qtbot: QtBot, theme: Theme, work: Work, readers: ManualExecutor
) -> None:
    def verify(guide_id: str, pin: str) -> PinAnswer:
        if pin == "0000":
            raise LockedError("locked.tries", "PIN 连续输错。", "请 60 秒后再试。")
        return PinAnswer(guide_id == "g2" and pin == "4321")

    overlay = LockOverlay(theme, work, verify, [WANG])
    qtbot.addWidget(overlay)
    overlay.set_guides([WANG, LI], last="g2")
    overlay.show()
    faces: list[GuideFace] = []
    overlay.unlocked.connect(faces.append)
    for pin in ("0000", "1111", "4321"):
        QTest.keyClicks(overlay.pad, pin)
        QTest.keyClick(overlay.pad, Qt.Key.Key_Return)
        assert not overlay.pad.isEnabled()
        readers.run_all()
        QCoreApplication.processEvents()
        if pin == "0000":
            assert overlay.message.text() == "PIN 连续输错。 请 60 秒后再试。"
        if pin == "1111":
            assert overlay.message.text() == "PIN 不对，请再试。"
    assert faces == [LI]


def test_any_key_in_any_window_of_ours_keeps_the_desk_open(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    watch = IdleWatch(10)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    watch._timer.stop()  # as if time had nearly run out
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert watch._timer.isActive()
    assert watch._timer.interval() == 600_000
    with qtbot.waitSignal(watch.idle):
        watch._timer.setInterval(0)
    watch.set_minutes(0)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert not watch._timer.isActive()
    watch.stop()
