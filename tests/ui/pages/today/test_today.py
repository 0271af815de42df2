"""今日: a reason on every line, and one button that does it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, NOW, STORE, WANG, ZHOU, Frames, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.page import Page, Target
from ui.pages.today.page import TodayPage
from ui.pages.today.rows import SuggestionLine, TaskLine

BAD = "<b>x</b><img src=x onerror=1>"


class Elsewhere(Page):
    """Where the page sends us."""

    def open(self, target: Target) -> None:
        self.target = target


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(today=lambda context: TodayPage(context, desk, actor), clients=Elsewhere, share=Elsewhere)


def lines(page: TodayPage) -> dict[str, SuggestionLine]:
    found = [w for w in page.contact_lines.findChildren(SuggestionLine) if not w.isHidden()]
    return {line.suggestion.name: line for line in found}


def tasks(page: TodayPage) -> list[TaskLine]:
    return [w for w in page.task_lines.findChildren(TaskLine) if not w.isHidden()]


def texts(widget: SuggestionLine | TodayPage) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def press(widget: SuggestionLine, name: str) -> None:
    next(b for b in widget.findChildren(QPushButton) if b.accessibleName().startswith(name)).click()


def test_each_client_comes_with_her_reason(shown: Shown) -> None:
    page = shown.page(TodayPage)
    found = lines(page)
    assert found
    for name, line in found.items():
        (reasons,) = [label.text() for label in line.findChildren(QLabel) if label.property("role") == "muted"]
        assert reasons, name
    assert "农历" in " ".join(texts(found["周建国"]))  # his birthday is tomorrow, by the lunar calendar
    assert "11 月 21 日 星期六 · " in shown.window.header.subtitle.text()


def test_a_kept_promise_leaves_the_list(shown: Shown, desk: Desk) -> None:
    desk.followup_deeds.promise(CHEN, "留 38 码黑色乐福鞋", NOW + DAY_MS // 4, actor())
    shown.settle()
    page = shown.page(TodayPage)
    line = lines(page)["陈雅婷"]
    assert any("留 38 码黑色乐福鞋" in text for text in texts(line))
    assert [task.row.title for task in tasks(page)] == ["留 38 码黑色乐福鞋"]
    press(line, "兑现了")
    shown.settle()
    assert not any("留 38 码" in text for text in texts(lines(page).get("陈雅婷", page)) if "答应" in text)
    assert [(task.row.title, task.row.status) for task in tasks(page)] == [("留 38 码黑色乐福鞋", "done")]


def test_a_task_is_ticked_by_keyboard(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 500
    row = frame("task", ident(90), store=STORE, guide_id=WANG, title=BAD, origin="hq", kind="task", due_at=NOW - DAY_MS,
                created_at=NOW)  # fmt: skip
    desk.db.apply(lambda applier: applier.apply([row]))
    shown.settle()
    page = shown.page(TodayPage)
    (task,) = tasks(page)
    assert any("已过期 1 天" in label.text() for label in task.findChildren(QLabel))
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text(), label.text()
    task.findChildren(QCheckBox)[0].setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    assert [task.row.status for task in tasks(page)] == ["done"]


def test_the_first_button_leads_to_the_share_and_the_name_to_the_client(shown: Shown) -> None:
    page = shown.page(TodayPage)
    line = lines(page)["周建国"]
    press(line, "发祝福")
    assert shown.page(Elsewhere).target == Target("share", args={"client": ZHOU})
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    press(lines(page)["周建国"], "周建国")
    assert shown.page(Elsewhere).target == Target("clients", ZHOU)


def test_figures_can_be_heard(shown: Shown) -> None:
    page = shown.page(TodayPage)
    names = [tile.accessibleName() for tile in page.strip.tiles]
    assert names[0].startswith("本月业绩 ¥0")
    assert any(name.startswith("扫码 / 领券 / 核销 0 / 0 / 0") for name in names)
