"""Two records of one person: said quietly, seen side by side, joined by the deed there is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton

from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LIN, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at, dialog, field
from tests.ui.pages.conftest import Open
from ui.pages.clients.doubles_dialog import DoublesDialog
from ui.pages.clients.hand_over_dialogs import MergeDialog, UnmergeDialog
from ui.pages.clients.page import ClientsPage

BORN = {"birth_calendar": "solar", "birth_month": 3, "birth_day": 8}


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def twin(desk: Desk, **fields: object) -> str:
    return desk.client_deeds.add({"name": "陈雅婷", "wechat": "yating91", **BORN, **fields}, actor())


def asked(shown: Shown, page: ClientsPage) -> DoublesDialog:
    page.twins.hint.click()
    shown.settle()
    made = dialog(page, DoublesDialog)
    assert isinstance(made, DoublesDialog)
    return made


def test_nothing_is_said_where_all_are_different(shown: Shown) -> None:
    page = at(shown, CHEN)
    assert page.twins.hint.isHidden()


def test_a_pair_is_seen_field_by_field_and_joined(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    double = twin(desk)
    shown.settle()
    assert page.twins.hint.text() == "1 对可能是同一个人"
    assert not page.twins.hint.isHidden()
    made = asked(shown, page)
    said = {name: (gone, stays) for name, gone, stays in made.lines()}
    assert said["姓名"] == ("陈雅婷", "陈雅婷")
    assert said["微信"] == ("yating91", "")
    assert said["手机"] == ("", "138****5678")
    assert said["生日"] == ("3/8", "1991-03-08")
    assert "姓名和生日相同" in made.why.text()
    assert not made.skip.isEnabled()
    made.join.click()
    shown.settle()
    assert (field(desk, double, "merged_into"), page.portrait.name.text()) == (CHEN, "陈雅婷")
    assert page.twins.hint.isHidden()


def test_the_guide_says_which_record_stays(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    double = twin(desk)
    shown.settle()
    made = asked(shown, page)
    made.swap.click()
    assert [one.id for one in made.shown] == [CHEN, double]
    made.join.click()
    shown.settle()
    assert field(desk, CHEN, "merged_into") == double


def test_who_is_not_the_same_is_passed_over(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    first, second = twin(desk), twin(desk, wechat="other")
    shown.settle()
    made = asked(shown, page)
    before = made.shown[0].id
    made.skip.click()
    assert {before, made.shown[0].id} == {first, second}
    assert not made.skip.isEnabled()
    made.close_button.click()
    shown.settle()
    assert field(desk, first, "merged_into") is None


def test_the_guide_chooses_field_by_field_with_the_keyboard(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    desk.client_deeds.edit(CHEN, {"wechat": "chenyt", "shoe_size": "37", "remark": "脚背高"}, actor())
    double = twin(desk, shoe_size="38", remark="怕热")
    shown.settle()
    made = asked(shown, page)
    assert set(made.groups) >= {"wechat", "shoe_size", "remark", "birth"}
    assert all(box.accessibleName() for box in made.findChildren(QRadioButton))
    for group in made.groups.values():
        reached = [group.id(one) for one in group.buttons() if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert reached == [2], "Tab comes to the side that is chosen, not to the one that would be lost"
    made.groups["wechat"].button(2).setFocus()
    shown.press(Qt.Key.Key_Left)
    made.groups["remark"].button(2).setFocus()
    shown.press(Qt.Key.Key_Right)
    assert made.choice().take == ("wechat",)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert field(desk, double, "merged_into") == CHEN
    said = [field(desk, CHEN, name) for name in ("wechat", "shoe_size", "remark", "birth_year")]
    assert said == ["yating91", "37", "脚背高; 怕热", 1991]


def test_a_merge_is_taken_back_from_the_toast_and_from_the_portrait(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    double = twin(desk)
    shown.settle()
    asked(shown, page).join.click()
    shown.settle()
    assert shown.window.toast.text == "已并入 陈雅婷"
    assert shown.context.undo.undo()
    shown.settle()
    assert field(desk, double, "merged_into") is None
    page.handing_over.join(double, CHEN)
    shown.settle()
    page = at(shown, CHEN)
    next(action for action in page.portrait.menu.actions() if action.text() == "撤销合并…").trigger()
    shown.settle()
    made = dialog(page, UnmergeDialog)
    assert isinstance(made, UnmergeDialog)
    assert (made.chosen(), made.which.currentText().split(" · ")[0]) == (double, "陈雅婷")
    made.accept()
    shown.settle()
    assert (field(desk, double, "merged_into"), field(desk, double, "archived_at")) == (None, None)
    assert page.portrait.view is not None
    assert page.portrait.view.portrait.id == double


def test_who_is_merged_by_hand_can_be_compared_first(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    next(action for action in page.portrait.menu.actions() if action.text() == "合并到…").trigger()
    shown.settle()
    made = dialog(page, MergeDialog)
    assert isinstance(made, MergeDialog)
    shown.type("5678")
    shown.settle()
    made.compare.click()
    shown.settle()
    sheet = dialog(page, DoublesDialog)
    assert isinstance(sheet, DoublesDialog)
    sheet.groups["name"].button(1).click()
    sheet.join.click()
    shown.settle()
    assert (field(desk, LIN, "merged_into"), field(desk, CHEN, "name")) == (CHEN, "林小满")
