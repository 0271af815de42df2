"""The menu of a portrait: to a colleague, to another store, into another record; all by keyboard."""

import pytest
from PySide6.QtCore import Qt

from guide_app.base.actor import Actor
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LI, LIN, OTHER_STORE, STORE, WANG, ZHOU, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at, dialog, field, listed
from tests.ui.pages.conftest import Open
from ui.pages.clients.hand_over_dialogs import ColleagueDialog, MergeDialog, StoreDialog
from ui.pages.clients.page import ClientsPage


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def manager() -> Actor:
    return Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")


def waiting(desk: Desk) -> list[tuple[str, str]]:
    statement = "SELECT op, kind FROM outbox WHERE state = 'waiting' ORDER BY mid"
    return desk.db.query(lambda conn: [(row[0], row[1]) for row in conn.exec_driver_sql(statement)])


def choose(shown: Shown, page: ClientsPage, text: str) -> None:
    action = next(action for action in page.portrait.menu.actions() if action.text() == text)
    action.trigger()
    shown.settle()


def test_a_client_is_handed_to_a_colleague_and_back(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    choose(shown, page, "转给同事…")
    asked = dialog(page, ColleagueDialog)
    assert isinstance(asked, ColleagueDialog)
    assert [asked.guide.itemText(n) for n in range(asked.guide.count())] == ["李娜 · 0300"]
    asked.accept()
    shown.settle()
    assert field(desk, CHEN, "primary_guide_id") == LI
    shown.window.toast.action.click()
    shown.settle()
    assert field(desk, CHEN, "primary_guide_id") == WANG


def test_a_manager_moves_a_client_to_another_store(open_pages: Open, desk: Desk) -> None:
    shown = open_pages(clients=lambda context: ClientsPage(context, desk, manager))
    page = at(shown, CHEN)
    choose(shown, page, "转到别的门店…")
    asked = dialog(page, StoreDialog)
    assert isinstance(asked, StoreDialog)
    assert asked.store.currentData() == OTHER_STORE
    assert not asked.go.isEnabled()
    asked.reason.setFocus()
    shown.type("客户搬家")
    assert asked.go.isEnabled()
    asked.accept()
    shown.settle()
    assert waiting(desk) == [("command", "client.transfer")]
    assert field(desk, CHEN, "archived_at") is not None
    assert "陈雅婷" not in listed(page)


def test_a_guide_who_is_no_manager_is_told_so(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    choose(shown, page, "转到别的门店…")
    asked = dialog(page, StoreDialog)
    assert isinstance(asked, StoreDialog)
    asked.reason.setText("客户搬家")
    asked.accept()
    shown.settle()
    assert waiting(desk) == []
    assert [failure.sentence for failure in shown.failures] == ["转店由店长办理。"]
    shown.failures.clear()


def test_two_records_of_one_person_are_joined(shown: Shown, desk: Desk) -> None:
    page = at(shown, ZHOU)
    choose(shown, page, "合并到…")
    asked = dialog(page, MergeDialog)
    assert isinstance(asked, MergeDialog)
    assert not asked.go.isEnabled()
    shown.type("5678")
    shown.settle()
    assert asked.chosen() == CHEN
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert waiting(desk) == [("command", "client.merge")]
    assert (field(desk, ZHOU, "merged_into"), page.portrait.name.text()) == (CHEN, "陈雅婷")
    assert listed(page) == ["陈雅婷", "林小满"]


def test_she_herself_is_not_offered(shown: Shown) -> None:
    page = at(shown, LIN)
    choose(shown, page, "合并到…")
    asked = dialog(page, MergeDialog)
    assert isinstance(asked, MergeDialog)
    shown.type("0921")
    shown.settle()
    assert asked.chosen() == ""
    assert not asked.go.isEnabled()
