"""Segments in the window: lists with live counts."""

import pytest
from PySide6.QtCore import Qt

from guide_app.flows.desk import Desk
from guide_app.segments.model import All, Bought, Consented, Event, Field, Figure, Flag, Listed, Not, Some, Tagged
from tests.helpers.book import CHEN, LIN, WANG, ZHOU, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_card import words
from tests.ui.pages.clients.test_clients import dialog, listed
from tests.ui.pages.conftest import Open
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.segment_builder import SegmentDialog
from ui.pages.clients.segment_rows import ConditionRow
from ui.pages.clients.segment_task import TaskDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on the offscreen platform


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def test_a_kept_segment_is_listed_with_its_count_and_follows_the_book(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    kept = desk.segment_deeds.keep("男客", Field("sex", ("male",)), actor())
    shown.settle()
    assert "男客\n1" in words(page.side.lists)
    page.side.lists.choose(f"kept:{kept}")
    shown.settle()
    assert listed(page) == ["周建国"]
    desk.client_deeds.edit(LIN, {"sex": "male"}, actor())
    shown.settle()
    assert "男客\n2" in words(page.side.lists)
    assert sorted(listed(page)) == ["周建国", "林小满"]


@pytest.mark.parametrize(("key", "names"), [
    ("stage:known", ["周建国", "林小满"]), ("stage:active", ["陈雅婷"]), ("stage:lost", []), ("cell:r3v3", ["陈雅婷"]),
    ("cell:r1v1", []),
])  # fmt: skip
def test_stages_and_cells_list_whom_they_count(shown: Shown, key: str, names: list[str]) -> None:
    page = shown.page(ClientsPage)
    page.side.lists.choose(key)
    shown.settle()
    assert sorted(listed(page)) == sorted(names)
    choice = page.side.lists.choice
    assert choice is not None
    counts = page.desk.segments.stages(WANG) | page.desk.segments.grid(WANG)
    assert counts[key.split(":")[1]] == len(names)


def test_a_list_of_nobody_shows_nobody(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    shown.go("clients", CHEN)
    page.side.lists.choose("stage:lost")
    shown.settle()
    assert (listed(page), page.in_hand["client"], page.portrait.isVisible()) == ([], "", False)
    assert (page.results.nobody.isVisible(), page.results.nobody.action.isVisible()) == (True, False)
    shown.go("clients", CHEN)
    desk.client_deeds.edit(LIN, {"remark": "脚背高"}, actor())
    shown.settle()
    assert (page.in_hand["client"], page.portrait.isVisible()) == (CHEN, True), "whom she opened meanwhile stays"
    page.side.choose_all()
    shown.settle()
    assert page.list.isVisible()


def test_an_ended_segment_leaves_the_whole_book(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    kept = desk.segment_deeds.keep("男客", Field("sex", ("male",)), actor())
    shown.settle()
    page.side.lists.choose(f"kept:{kept}")
    shown.settle()
    desk.segment_deeds.end(kept, actor())
    shown.settle()
    assert len(listed(page)) == 3
    assert "男客" not in words(page.side.lists)


def builder(page: ClientsPage, shown: Shown) -> SegmentDialog:
    shown.settle()
    made = dialog(page, SegmentDialog)
    assert isinstance(made, SegmentDialog)
    return made


def counted(made: SegmentDialog, shown: Shown) -> str:
    """What stands there once the pause after typing is over."""
    shown.bot.waitUntil(lambda: not made._later.isActive())
    shown.settle()
    return made.said.text()


def test_a_segment_is_built_by_keyboard_and_counted_while_it_is_written(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    page.side.lists.new.setFocus()
    shown.press(Qt.Key.Key_Space)
    made = builder(page, shown)
    shown.type("买过乐福鞋")
    (row,) = made.root.parts
    assert isinstance(row, ConditionRow)
    assert not made.go.isEnabled()
    assert "还有条件没有写好" in counted(made, shown)
    row.what.setFocus()
    shown.press(Qt.Key.Key_Down)
    shown.settle()
    shown.press(Qt.Key.Key_Tab)
    shown.type("女鞋")
    assert counted(made, shown) == "符合 1 位 · 可联系 1 位"
    made.go.setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    (kept,) = desk.segments.kept(WANG)
    assert (kept.name, kept.rule) == ("买过乐福鞋", All((Bought(category="女鞋"),)))
    assert "买过乐福鞋\n1" in words(page.side.lists)
    shown.context.undo.undo()
    shown.settle()
    assert desk.segments.kept(WANG) == ()


def test_a_fault_is_told_at_its_row(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    page.side.lists.new.click()
    made = builder(page, shown)
    made.name.setText("错的")
    made.root.add_row()
    first, second = made.root.parts
    assert isinstance(first, ConditionRow)
    assert isinstance(second, ConditionRow)
    first.type("tag", "金卡")
    second.what.setCurrentIndex(second.what.findData("figure:orders"))
    second.type("at_least", "许多")
    counted(made, shown)
    assert (first.fault.isHidden(), second.fault.isHidden()) == (True, False)
    assert second.fault.text() == "「至少」要填整数。", "she knows no name of the grammar"
    assert not made.go.isEnabled()
    second.type("at_least", "9")
    second.type("at_most", "3")
    counted(made, shown)
    assert second.fault.text() == "「至多」比「至少」小。"
    second.type("at_most", "")
    second.type("at_least", "2")
    assert counted(made, shown) == "符合 1 位 · 可联系 1 位"


NESTED = All((
    Some((Field("sex", ("female", "male")), Not(Tagged("金卡")))), Not(Some((Flag("starred"), Event("call", 30)))),
    Figure("total_fen", at_least=100_000), Consented("marketing"), Bought(size="37", within_days=300),
    Listed(ident(77)), Figure("total_fen", at_most=99), Not(All((Some(()), Flag("has_phone")))),
))  # fmt: skip


def test_a_nested_rule_opens_as_it_was_kept(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    kept = desk.segment_deeds.keep("套起来", NESTED, actor())
    shown.settle()
    page.side.lists.choose(f"kept:{kept}")
    shown.settle()
    page.segments.change.click()
    made = builder(page, shown)
    assert made.rule() == NESTED
    made.name.setText("改过")
    made.root.joined.setCurrentIndex(made.root.joined.findData("any"))
    made.shared.setChecked(True)
    made.accept()
    shown.settle()
    now = desk.segments.one(kept, WANG)
    assert (now.name, now.rule, now.shared) == ("改过", Some(NESTED.parts), True)
    page.segments.end.click()
    shown.settle()
    assert desk.segments.kept(WANG) == ()


def test_a_task_for_everybody_who_may_be_addressed_in_three_clicks(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    kept = desk.segment_deeds.keep("大家", All(()), actor())
    shown.settle()
    page.side.lists.choose(f"kept:{kept}")
    shown.settle()
    page.segments.give.click()
    shown.settle()
    made = dialog(page, TaskDialog)
    assert isinstance(made, TaskDialog)
    assert "不联系: 没有同意 2" in words(made)
    assert made.go.text() == "派给 1 位"
    made.go.click()
    shown.settle()
    (task,) = desk.followup.of_client(CHEN)
    assert task.title == "联系「大家」"
    assert not desk.followup.of_client(ZHOU)
    shown.context.undo.undo()
    shown.settle()
    assert [task for task in desk.followup.of_client(CHEN) if task.status == "open"] == []
