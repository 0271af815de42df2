"""本店任务, by keyboard: the manager sees who is behind and hands tasks on; a guide has no such thing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableWidget

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LI, NOW, WANG, actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.today.page import TodayPage
from ui.pages.today.rows import TaskLine
from ui.pages.today.team_dialog import TeamDialog

MANAGER = replace(actor(), guide_id=LI, guide_no=2, number="0300", name="李娜", role="store_manager")


@pytest.fixture
def tasks(desk: Desk) -> list[str]:
    return [desk.followup_deeds.task(f"任务{n}", NOW + n * DAY_MS, actor(), CHEN) for n in (-1, 1, 2)]


def opened(shown: Shown) -> TeamDialog:
    shown.page(TodayPage).whole_store.setFocus()
    shown.press(Qt.Key.Key_T, control=True)
    shown.settle()
    (dialog,) = [d for d in shown.page(TodayPage).findChildren(TeamDialog) if d.isVisible()]
    return dialog


def table(dialog: TeamDialog) -> list[list[str]]:
    return texts(dialog.guides)


def texts(of: QTableWidget) -> list[list[str]]:
    model = of.model()
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


@pytest.mark.usefixtures("tasks")
def test_a_manager_hands_a_task_on_by_keyboard(open_pages: Open, desk: Desk) -> None:
    shown = open_pages(today=lambda context: TodayPage(context, desk, lambda: MANAGER))
    assert shown.page(TodayPage).whole_store.isVisible()
    dialog = opened(shown)
    assert table(dialog) == [["王敏 0231", "3", "1", "0", "0% (0/1)"], ["李娜 0300", "0", "0", "0", "—"]]
    assert [row[0] for row in texts(dialog.tasks)] == ["任务-1", "任务1", "任务2"]
    dialog.tasks.setFocus()
    QTest.keyClick(dialog.tasks, Qt.Key.Key_Down)
    QTest.keyClick(dialog.tasks, Qt.Key.Key_Down)
    dialog.move_some.setFocus()
    QTest.keyClick(dialog.move_some, Qt.Key.Key_Space)
    shown.settle()
    moved = dialog.tasks.rowCount()
    assert [t.title for t in desk.followup.tasks(LI, done_since=0)] != []
    assert moved == 2
    assert [row[:3] for row in table(dialog)][1][1] == "1"
    shown.press(Qt.Key.Key_Escape)
    assert shown.context.undo.undo()
    shown.settle()
    assert desk.followup.tasks(LI, done_since=0) == []


def test_all_of_somebodys_tasks_go_at_once(open_pages: Open, desk: Desk, tasks: list[str]) -> None:
    shown = open_pages(today=lambda context: TodayPage(context, desk, lambda: MANAGER))
    dialog = opened(shown)
    dialog.move_all.setFocus()
    QTest.keyClick(dialog.move_all, Qt.Key.Key_Space)
    shown.settle()
    assert {t.id for t in desk.followup.tasks(LI, done_since=0)} == set(tasks)
    assert not dialog.move_all.isEnabled()
    dialog.guides.setFocus()
    QTest.keyClick(dialog.guides, Qt.Key.Key_Down)
    shown.settle()
    assert dialog.tasks.rowCount() == 3
    assert dialog.to.currentData() == WANG


def test_a_guide_does_not_see_it(open_pages: Open, desk: Desk, tasks: list[str]) -> None:
    shown = open_pages(today=lambda context: TodayPage(context, desk, actor))
    page = shown.page(TodayPage)
    assert page.whole_store.isHidden()
    page.task_lines.findChildren(TaskLine)[0].setFocus()
    shown.press(Qt.Key.Key_T, control=True)
    shown.settle()
    assert page.findChildren(TeamDialog) == []
    assert len(tasks) == len(desk.followup.tasks(WANG, done_since=0))
