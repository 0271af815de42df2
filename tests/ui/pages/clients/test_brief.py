"""The 30-second brief: one key from the portrait, everything that matters, nothing that is private."""

import pytest
from PySide6.QtCore import Qt

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.flows.paper import read_brief
from tests.helpers.book import CHEN, NOW, WANG, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import BAD, at, dialog
from tests.ui.pages.conftest import Open
from ui.kit.paper_dialog import PaperDialog
from ui.pages.clients.brief_paper import brief_html
from ui.pages.clients.page import ClientsPage


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def test_one_key_opens_the_brief_with_promise_coupon_sizes_dates_and_a_suggestion(shown: Shown, desk: Desk) -> None:
    desk.followup_deeds.promise(CHEN, "周五前回电", NOW + DAY_MS, actor())
    desk.client_deeds.note(CHEN, "喜欢软底", actor())
    desk.client_deeds.note(CHEN, "只给我自己看", actor(), private=True)
    page = at(shown, CHEN)
    page.list.setFocus()
    shown.press(Qt.Key.Key_P, control=True)
    shown.settle()
    made = dialog(page, PaperDialog)
    assert isinstance(made, PaperDialog)
    words = made.sheet.toPlainText()
    for said in (
        "陈雅婷", "138****5678", "周五前回电", "满400减80", "软底乐福鞋", "鞋码 37", "1991-03-08", "喜欢软底",
        "这次做一件事", "用完请销毁",
    ):  # fmt: skip
        assert said in words
    assert "只给我自己看" not in words
    assert "13800005678" not in words
    made.left.emit("print")
    shown.settle()
    (access,) = desk.privacy.accesses(0)
    assert (access.deed, access.client_id, access.records) == ("print_list", CHEN, 1)


def test_what_was_written_about_her_is_text_and_never_markup(desk: Desk, qapp: object) -> None:
    del qapp
    desk.client_deeds.edit(CHEN, {"name": BAD, "remark": BAD}, actor())
    desk.client_deeds.note(CHEN, BAD, actor())
    html = brief_html(read_brief(desk, CHEN, WANG))
    assert BAD not in html
    assert html.count("&lt;b&gt;x") == 3
