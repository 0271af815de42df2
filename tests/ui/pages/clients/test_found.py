"""客户, searched: who stands at the right belongs to what was found at the left."""

import pytest
from PySide6.QtCore import Qt

from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, ZHOU, actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.clients.dialogs import NewClientDialog
from ui.pages.clients.page import ClientsPage


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def test_beside_a_search_that_finds_nobody_stands_nobody(shown: Shown) -> None:
    shown.go("clients", CHEN)
    page = shown.page(ClientsPage)
    page.search.setText("欧阳")
    shown.settle()
    assert page.portrait.isHidden(), "CHEN would look as if she were the one who was looked for"
    assert (page.in_hand, page.portrait.view) == ({"client": ""}, None), "a key would be about CHEN"
    page.search.setText("cyt")
    shown.settle()
    assert page.portrait.isVisible()
    assert page.in_hand == {"client": CHEN}


def test_who_was_chosen_among_those_found_stays_when_the_book_changes(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    page.search.setText("1")
    shown.settle()
    assert page.found.rowCount() > 1
    page.list.setCurrentIndex(page.found.index(1, 0))
    shown.settle()
    second = page.in_hand
    desk.client_deeds.note(ZHOU, "来过电话", actor())
    shown.settle()
    assert page.in_hand == second
    assert page.list.row_at(page.list.currentIndex().row()).id == second["client"]


def test_ctrl_z_takes_back_the_last_deed_and_not_the_words_that_led_to_her(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    page.search.setFocus()
    shown.type("cyt")
    shown.settle()
    before = desk.clients.portrait(CHEN).fields["follow_state"]
    shown.press(Qt.Key.Key_F9)
    shown.settle()
    assert desk.clients.portrait(CHEN).fields["follow_state"] != before
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    assert (desk.clients.portrait(CHEN).fields["follow_state"], page.search.text()) == (before, "cyt")
    shown.type("x")
    shown.press(Qt.Key.Key_Z, control=True)
    assert page.search.text() != "cytx", "what was typed since is taken back first"


def test_a_new_client_is_asked_for_by_one_key_and_who_is_known_fits_the_line(shown: Shown, desk: Desk) -> None:
    name = "欧阳娜娜与她在徐家汇的姐姐"
    desk.client_deeds.add({"name": name, "phone": "13900012399"}, actor())
    page = shown.page(ClientsPage)
    page.search.setFocus()
    shown.press(Qt.Key.Key_N, control=True)
    shown.settle()
    made = page.findChild(NewClientDialog)
    assert made is not None
    made.phone.setFocus()
    shown.type("１３９００012399")
    shown.settle()
    assert "欧阳娜娜与她在徐… · 139****2399 — 打开她" in made.same.text()
    assert made.same.sizeHint().width() <= made.same.width(), "the way to her would be cut off"
    assert made.same.toolTip() == name


@pytest.mark.parametrize(("typed", "name", "phone"), [
    ("李梅 139 1234 5678", "李梅", "139 1234 5678"), ("+8613912345678", "", "+8613912345678"), ("5678", "", "5678"),
    ("李梅３９码", "李梅３９码", ""), ("１３９１２３４５６７８李梅", "李梅", "１３９１２３４５６７８"),
])  # fmt: skip
def test_what_was_looked_for_in_vain_is_her_name_and_number(shown: Shown, typed: str, name: str, phone: str) -> None:
    made = NewClientDialog(shown.page(ClientsPage))
    made.propose(typed)
    assert (made.name.text(), made.phone.text()) == (name, phone)
