"""客户, searched: who stands at the right belongs to what was found at the left."""

import pytest

from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, ZHOU, actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
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
