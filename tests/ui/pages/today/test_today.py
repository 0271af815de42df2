"""今日: a reason on every line, and one button that does it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton

from guide_app.base.clock import DAY_MS, china_date
from guide_app.flows.desk import Desk
from guide_app.followup.results import Result
from tests.helpers.book import CHEN, LI, NOW, STORE, WANG, ZHOU, Frames, actor, ident
from tests.helpers.house_rules import set_rule
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.page import Page, Target
from ui.pages.today.page import TodayPage
from ui.pages.today.results import ResultDialog
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


def test_a_task_ends_by_one_key(shown: Shown, desk: Desk) -> None:
    desk.followup_deeds.task("约她试新款", NOW, actor(), CHEN)
    shown.settle()
    (task,) = tasks(shown.page(TodayPage))
    task.setFocus()
    shown.press(Qt.Key.Key_4)
    shown.settle()
    (task,) = tasks(shown.page(TodayPage))
    assert (task.row.status, task.row.result) == ("done", "sold")
    assert any("成交" in label.text() for label in task.findChildren(QLabel))


def asked(shown: Shown) -> ResultDialog:
    (dialog,) = [d for d in shown.page(TodayPage).findChildren(ResultDialog) if d.isVisible()]
    return dialog


def test_a_result_with_words_is_two_keys_and_the_words(shown: Shown, desk: Desk) -> None:
    desk.followup_deeds.task("约她试新款", NOW, actor(), CHEN)
    shown.settle()
    (task,) = tasks(shown.page(TodayPage))
    task.setFocus()
    shown.press(Qt.Key.Key_Return)
    dialog = asked(shown)
    dialog.note.setText("周六 3 点来")  # a 3 among the words is no result
    dialog.choices[Result.REACHED].setFocus()
    QTest.keyClick(dialog.choices[Result.REACHED], Qt.Key.Key_1)
    shown.settle()
    (task,) = tasks(shown.page(TodayPage))
    assert (task.row.status, task.row.result) == ("done", "reached")
    body = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT body, result FROM note").all())
    assert [tuple(row) for row in body] == [("周六 3 点来", "reached")]


def test_digits_typed_into_the_words_choose_nothing(shown: Shown, desk: Desk) -> None:
    desk.followup_deeds.task("约她试新款", NOW, actor(), CHEN)
    shown.settle()
    tasks(shown.page(TodayPage))[0].setFocus()
    shown.press(Qt.Key.Key_Return)
    dialog = asked(shown)
    QTest.keyClicks(dialog.note, "38")
    assert (dialog.note.text(), dialog.chosen, dialog.isVisible()) == ("38", None, True)
    dialog.reject()
    shown.settle()
    assert [task.row.status for task in tasks(shown.page(TodayPage))] == ["open"]


@pytest.mark.parametrize("key", [Qt.Key.Key_5, Qt.Key.Key_6])
def test_what_needs_a_day_or_cannot_be_undone_is_asked(shown: Shown, desk: Desk, key: Qt.Key) -> None:
    desk.followup_deeds.task("约她试新款", NOW, actor(), CHEN)
    shown.settle()
    tasks(shown.page(TodayPage))[0].setFocus()
    shown.press(key)
    shown.settle()
    dialog = asked(shown)
    QTest.keyClick(dialog.choices[Result.REACHED], key)
    shown.settle()
    (task,) = tasks(shown.page(TodayPage))
    if key == Qt.Key.Key_5:
        assert task.row.due_at is not None
        assert china_date(task.row.due_at) == china_date(NOW + DAY_MS)
    else:
        assert task.row.status == "done"
        assert desk.clients.portrait(CHEN).fields["contact_state"] == "refused"


def test_the_list_is_worked_through_by_keys_alone(shown: Shown, desk: Desk) -> None:
    page = shown.page(TodayPage)
    page.setFocus()  # as the window does that shows it
    names = list(lines(page))
    assert len(names) > 1
    for name in names:
        shown.press(Qt.Key.Key_Down)
        focus = QApplication.focusWidget()
        assert isinstance(focus, QPushButton)
        assert focus.text() == name
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_2)
    shown.settle()
    assert list(lines(page)) == names[:-1], "a digit on her line says how it ended"
    shown.press(Qt.Key.Key_2)
    shown.settle()
    assert list(lines(page)) == names[:-1], "and a second press says nothing of the next"
    shown.press(Qt.Key.Key_Down)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == names[-2]
    shown.press(Qt.Key.Key_6)
    asked(shown).reject()
    page.refresh()
    shown.settle()
    assert QApplication.focusWidget() is not page.contact_lines, "what stays keeps the keyboard"
    results = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT result FROM task").all())
    assert [row[0] for row in results] == ["no_answer"]


def test_an_answered_suggestion_leaves_the_list(shown: Shown, desk: Desk) -> None:
    page = shown.page(TodayPage)
    press(lines(page)["周建国"], "结果")
    QTest.keyClick(asked(shown), Qt.Key.Key_2)
    shown.settle()
    assert "周建国" not in lines(page)
    found = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT cause, result FROM task").all())
    assert [tuple(row) for row in found] == [(f"birthday:{ZHOU}:2026", "no_answer")]


def test_the_next_festivals_stand_beside_the_date(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 600
    rows = [frame("festival", ident(95), name="冬至节", calendar="term", term="冬至", days_before=40),
            frame("festival", ident(96), name="双12", month=12, day=12, days_before=3)]  # fmt: skip
    desk.db.apply(lambda applier: applier.apply(rows))
    shown.settle()
    said = shown.window.header.subtitle.text()
    assert said.endswith("农历十月十三 · 31 天后冬至节")


def test_a_manager_is_told_who_looks_at_many_numbers_and_why(open_pages: Open, desk: Desk) -> None:
    set_rule(desk, "reveal_limit", 2)
    desk.privacy_deeds.reveal_phone(CHEN, "电话回访", actor())
    manager = replace(actor(), guide_id=LI, number="0300", name="李娜", role="store_manager")
    acting = [manager]
    shown = open_pages(today=lambda context: TodayPage(context, desk, lambda: acting[0]))
    page = shown.page(TodayPage)
    assert not page.alarm.isVisible()
    desk.privacy_deeds.reveal_phone(ZHOU, "核对地址", actor())
    shown.settle()
    assert page.alarm.isVisible()
    assert "王敏 今天已查看 2 位客户的完整号码 (每天最多 2 位); 写的原因: 核对地址、电话回访" in page.alarm.words.text()
    acting[0] = actor()
    page.refresh()
    shown.settle()
    assert not page.alarm.isVisible()
