"""What a list leads to: coupons, posters, a table, a fixed list, an overlap; all of it by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from guide_app.flows.desk import Desk
from guide_app.segments.model import All, Bought, Figure, Tagged
from tests.helpers.book import CHEN, LIN, LOAFER, WANG, ZHOU, actor
from tests.helpers.buyers import buyers
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_card import words
from tests.ui.pages.clients.test_clients import dialog
from tests.ui.pages.conftest import Open
from ui.pages.clients.dialogs import coupon_chooser
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.segment_builder import SegmentDialog
from ui.pages.clients.segment_give import CouponsDialog, PostersDialog, RefusedDialog
from ui.pages.clients.segment_overlap import OverlapDialog
from ui.pages.clients.segment_rows import ConditionRow
from ui.pages.clients.segment_table import TableDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups, on the offscreen platform


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def choose(shown: Shown, key: str) -> ClientsPage:
    page = shown.page(ClientsPage)
    page.side.lists.choose(key)
    shown.settle()
    return page


def everybody(shown: Shown, desk: Desk) -> ClientsPage:
    for client in (ZHOU, LIN):
        desk.privacy_deeds.grant(client, "marketing", actor(), version="2026-1", way="paper", proof="告知书 0231")
    kept = desk.segment_deeds.keep("大家", All(()), actor())
    shown.settle()
    return choose(shown, f"kept:{kept}")


def press(shown: Shown, button: object) -> None:
    """Space on a button, as a hand at the keyboard does."""
    button.setFocus()  # type: ignore[attr-defined]
    shown.press(Qt.Key.Key_Space)
    shown.settle()


def test_a_coupon_for_everybody_who_may_be_addressed_in_three_clicks(shown: Shown, desk: Desk) -> None:
    page = everybody(shown, desk)
    desk.client_deeds.edit(LIN, {"contact_state": "refused"}, actor())
    press(shown, page.segments.sending.coupons)
    made = dialog(page, CouponsDialog)
    assert isinstance(made, CouponsDialog)
    assert "不联系: 拒绝联系 1" in words(made)
    assert made.go.hasFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    assert len(desk.coupons.of_client(ZHOU)) == 1
    assert not desk.coupons.of_client(LIN)
    # 陈雅婷 holds one already, and the offer gives one each.
    told = dialog(page, RefusedDialog)
    assert isinstance(told, RefusedDialog)
    assert [told.list.item(n).text() for n in range(told.list.count())] == ["陈雅婷: 这位客户已领过「满400减80」。"]
    assert "已给 1 位客户发券" in words(told)


def test_a_coupon_is_chosen_by_name_and_worth_and_known_by_its_id(qtbot: QtBot, desk: Desk) -> None:
    (offer,) = desk.sharing.offers()
    for without, first in (("", []), ("不带券", [("不带券", "")])):
        chooser = coupon_chooser([offer], without)
        qtbot.addWidget(chooser)
        listed = [(chooser.itemText(n), chooser.itemData(n)) for n in range(chooser.count())]
        assert listed == [*first, ("满400减80 · 满 ¥400 减 ¥80", offer.id)]
        assert chooser.accessibleName() == "券"


def test_a_poster_for_each_with_her_own_link(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    page = everybody(shown, desk)
    press(shown, page.segments.sending.posters)
    made = dialog(page, PostersDialog)
    assert isinstance(made, PostersDialog)
    assert made.go.text() == "做 3 张"
    made.folder.setText(str(tmp_path / "posters"))
    press(shown, made.go)
    files = sorted(path.name for path in (tmp_path / "posters").iterdir())
    assert len(files) == 3
    assert any("陈雅婷" in name for name in files)
    shares = desk.db.query(lambda c: c.exec_driver_sql("SELECT client_id, code FROM share").all())
    assert {client for client, _ in shares} == {CHEN, ZHOU, LIN}
    assert len({code for _, code in shares}) == 3


def test_one_poster_for_all(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    page = everybody(shown, desk)
    press(shown, page.segments.sending.posters)
    made = dialog(page, PostersDialog)
    assert isinstance(made, PostersDialog)
    made.each.setFocus()
    shown.press(Qt.Key.Key_Down)
    made.folder.setText(str(tmp_path / "posters"))
    assert made.go.text() == "做 1 张"
    press(shown, made.go)
    assert len([*(tmp_path / "posters").iterdir()]) == 1
    (share,) = desk.db.query(lambda c: c.exec_driver_sql("SELECT client_id FROM share").all())
    assert share[0] is None


def table(page: ClientsPage, shown: Shown) -> TableDialog:
    press(shown, page.segments.table)
    made = dialog(page, TableDialog)
    assert isinstance(made, TableDialog)
    return made


def names(made: TableDialog) -> list[str]:
    return [str(made.model.index(row, 0).data()) for row in range(made.model.rowCount())]


def test_the_table_shows_days_and_reasons_and_sorts_by_keyboard(shown: Shown, desk: Desk) -> None:
    desk.client_deeds.note(LIN, "问好", actor(), "call")
    kept = desk.segment_deeds.keep("大家", All(()), actor())
    shown.settle()
    made = table(choose(shown, f"kept:{kept}"), shown)
    cells = {
        str(made.model.index(row, 0).data()): [str(made.model.index(row, k).data()) for k in range(1, 7)]
        for row in range(3)
    }
    assert cells["陈雅婷"][:3] == ["52", "从未", "115%"]
    assert cells["林小满"] == ["—", "0", "—", "—", "—", "没有同意"]
    shown.press(Qt.Key.Key_3, control=True)  # days since contact, the longest first: never comes before today
    assert names(made)[-1] == "林小满"
    shown.press(Qt.Key.Key_3, control=True)
    assert names(made)[0] == "林小满"
    assert "可联系 1 位 · 不联系: 没有同意 2" in words(made)


def test_marked_rows_become_a_fixed_list(shown: Shown, desk: Desk) -> None:
    page = everybody(shown, desk)
    made = table(page, shown)
    shown.press(Qt.Key.Key_1, control=True)
    first = names(made)[made.table.currentIndex().row()]
    shown.press(Qt.Key.Key_Space)
    assert "已选 1 位" in words(made)
    made.name.setFocus()
    shown.type("要回访")
    press(shown, made.keep)
    kept = next(one for one in desk.segments.kept(WANG) if one.name == "要回访")
    assert kept.mode == "static"
    (member,) = desk.segments.members(kept.rule, WANG)
    assert member.name == first
    shown.context.undo.undo()
    shown.settle()
    assert [one.name for one in desk.segments.kept(WANG)] == ["大家"]


def test_keep_in_touch_leads_to_a_task_in_one_click(shown: Shown, desk: Desk) -> None:
    page = choose(shown, "overdue")
    assert "保持联系 · 过了惯常间隔\n1" in words(page.side.lists)
    made = table(page, shown)
    assert names(made) == ["陈雅婷"]
    press(shown, made.go)
    (task,) = desk.followup.of_client(CHEN)
    assert "保持联系" in task.title
    shown.context.undo.undo()
    shown.settle()
    assert [task for task in desk.followup.of_client(CHEN) if task.status == "open"] == []


def test_the_overlap_is_seen_before_sending(shown: Shown, desk: Desk) -> None:
    gold = desk.segment_deeds.keep("金卡", Tagged("金卡"), actor())
    desk.segment_deeds.keep("买过的", Figure("orders", at_least=1), actor())
    shown.settle()
    page = choose(shown, f"kept:{gold}")
    press(shown, page.segments.overlap)
    made = dialog(page, OverlapDialog)
    assert isinstance(made, OverlapDialog)
    assert made.first.currentText() == "金卡"
    made.second.setFocus()
    for _ in range(made.second.findText("买过的") - made.second.currentIndex()):
        shown.press(Qt.Key.Key_Down)
    for _ in range(made.second.currentIndex() - made.second.findText("买过的")):
        shown.press(Qt.Key.Key_Up)
    shown.settle()
    assert "合起来 1 位, 其中 100% 两份都在" in words(made)
    assert [one.text() for one in made.buttons.buttons() if one.isVisible()] == ["关闭"], "there is nothing to call off"


def test_a_product_is_found_by_a_part_of_its_name(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    press(shown, page.side.lists.new)
    made = dialog(page, SegmentDialog)
    assert isinstance(made, SegmentDialog)
    shown.type("买过乐福鞋")
    (row,) = made.root.parts
    assert isinstance(row, ConditionRow)
    row.what.setCurrentIndex(row.what.findData("bought"))
    row.type("product_id", "软底乐福鞋 2026 秋 · LF2601")
    assert made.rule() == All((Bought(product_id=LOAFER),))
    row.type("product_id", "没有这种鞋")
    shown.settle()
    made.count()
    assert made.said.text() == "还有条件没有写好。"
    assert "没有商品「没有这种鞋」" in row.fault.text()
    made.reject()


def test_the_portrait_tells_the_stage_and_its_rule(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    shown.go("clients", CHEN)
    assert page.portrait.outlook.text() == "活跃 · 180 天内\n惯常 45 天一次, 已 52 天没买"
    shown.go("clients", ZHOU)
    assert page.portrait.outlook.text() == "新客 · 没买过"


def test_the_portrait_judges_nobody_who_wants_no_profiling(shown: Shown, desk: Desk) -> None:
    desk.client_deeds.edit(CHEN, {"no_profiling": True}, actor())
    shown.settle()
    shown.go("clients", CHEN)
    pane = shown.page(ClientsPage).portrait
    assert pane.outlook.text() == "不做画像: 不推算她是否离开"
    assert not pane.outlook.toolTip()
    assert not [words for words in pane.findChildren(QLabel) if "天一次" in words.text() or "下次约" in words.text()]
    assert pane.tabs.purchases.findChildren(QLabel)


def test_the_portrait_tells_how_likely_she_has_left(shown: Shown, desk: Desk) -> None:
    frames, _ = buyers(300)
    desk.db.apply(lambda a: a.apply(frames))
    assert desk.rhythm.learn(actor()) is not None
    shown.settle()
    shown.go("clients", CHEN)
    told = desk.rhythm.outlook(CHEN)
    assert told is not None
    said = shown.page(ClientsPage).portrait.outlook.text()
    assert f"可能已离开 {told.left}% ({told.left_low}-{told.left_high})" in said
    assert "买过 4 次, 惯常 45 天一次, 已 52 天没买" in said
