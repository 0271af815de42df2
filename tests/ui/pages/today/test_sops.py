"""跟进流程 by keyboard: begun, seen, put off, stopped, from 今日."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.followup.sops import StepRow
from tests.helpers.book import CHEN, Frames, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.sop_dialog import SopDialog, _step_text
from ui.pages.today.page import TodayPage
from ui.pages.today.rows import SuggestionLine


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    frame = Frames()
    frame._seq = 500
    steps = [{"title": "问候"}, {"day": 3, "title": "问合脚"}]
    row = frame("sop", ident(90), name="回访两步", occasion="manual", steps=steps)
    desk.db.apply(lambda applier: applier.apply([row]))
    return open_pages(today=lambda context: TodayPage(context, desk, actor))


def press(button: QPushButton) -> None:
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)


def opened(shown: Shown) -> SopDialog:
    page = shown.page(TodayPage)
    lines = [w for w in page.contact_lines.findChildren(SuggestionLine) if not w.isHidden()]
    line = next(w for w in lines if w.suggestion.client_id == CHEN)
    line.findChildren(QPushButton)[0].setFocus()
    shown.press(Qt.Key.Key_F8)
    shown.settle()
    (dialog,) = [d for d in page.findChildren(SopDialog) if d.isVisible()]
    return dialog


def said(dialog: SopDialog) -> tuple[list[str], list[str]]:
    runs = [dialog.runs.item(n).text() for n in range(dialog.runs.count())]
    return runs, [dialog.steps.item(n).text() for n in range(dialog.steps.count())]


def test_a_done_step_names_no_day(qapp: QApplication) -> None:
    del qapp  # whose language the words are in
    step = StepRow(1, "问候", "", None, dt.date(2026, 11, 25), "done", "sop:a:1")
    assert _step_text(step, "running", "") == "1. 问候 · 已做", "it was done before the rest was put off to then"


def test_a_sequence_is_begun_put_off_and_stopped_by_keyboard(shown: Shown, desk: Desk) -> None:
    dialog = opened(shown)
    assert said(dialog) == ([], [])
    assert not dialog.stop.isEnabled()
    press(dialog.start)
    shown.settle()
    assert said(dialog) == (
        ["回访两步 · 进行中 · 完成 0/2 步"],
        ["1. 问候 · 11/21 · 该做了", "2. 问合脚 · 11/24 · 未到"],
    )
    assert not dialog.start.isEnabled()  # it goes on already
    dialog.days.setFocus()
    QTest.keyClick(dialog.days, Qt.Key.Key_Up)
    press(dialog.postpone)
    shown.settle()
    assert said(dialog)[1] == ["1. 问候 · 11/25 · 未到", "2. 问合脚 · 11/28 · 未到"]
    press(dialog.stop)
    shown.settle()
    assert said(dialog) == (
        ["回访两步 · 已停下 · 完成 0/2 步"],
        ["1. 问候 · 11/25 · 已停下", "2. 问合脚 · 11/28 · 已停下"],
    )
    assert [run.state for run in desk.sops.of_client(CHEN)] == ["stopped"]
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not [d for d in shown.page(TodayPage).findChildren(SopDialog) if d.isVisible()]


def test_a_sequence_of_a_client_who_refuses_is_told_to_rest(shown: Shown, desk: Desk) -> None:
    dialog = opened(shown)
    press(dialog.start)
    shown.settle()
    desk.privacy_deeds.withdraw(CHEN, "service", actor(), proof="别再发了")
    shown.settle()
    assert said(dialog) == (
        ["回访两步 · 已歇下: 她拒绝联系 · 完成 0/2 步"],
        ["1. 问候 · 11/21 · 已歇下", "2. 问合脚 · 11/24 · 已歇下"],
    )
    assert "拒绝联系" in dialog.hint.text()
    press(dialog.stop)  # to end it for good stays open
    shown.settle()
    assert not dialog.start.isEnabled(), "none is begun for who refused"
    (run,) = desk.sops.of_client(CHEN)
    assert run.state == "stopped"
    with pytest.raises(InvalidInputError) as refusal:
        desk.sop_deeds.start(ident(90), CHEN, actor())
    assert refusal.value.code == "sop.refused"
