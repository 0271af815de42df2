"""Today's list on paper: opened by one key, masked, with boxes; who printed it is noted."""

import pytest
from PySide6.QtCore import Qt

from guide_app.flows.desk import Desk
from guide_app.followup.results import Result
from tests.helpers.book import actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.paper_dialog import PaperDialog
from ui.pages.today.page import TodayPage
from ui.pages.today.results import result_text


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(today=lambda context: TodayPage(context, desk, actor))


def test_the_list_is_printed_with_masked_phones_reasons_and_a_box_for_each_result(shown: Shown, desk: Desk) -> None:
    page = shown.page(TodayPage)
    shown.settle()
    shown.press(Qt.Key.Key_P, control=True)
    shown.settle()
    made = page.findChild(PaperDialog)
    assert isinstance(made, PaperDialog)
    words = made.sheet.toPlainText()
    listed = desk.followup.today(actor().guide_id)
    assert listed
    for one in listed:
        assert one.name in words
        assert str(one.reasons[0]) in words
    for place, result in enumerate(Result, 1):
        assert words.replace("\u00a0", " ").count(f"□ {place} {result_text(result)}") == len(listed)
    assert "****" in words
    assert "13800005678" not in words
    made.left.emit("save")
    shown.settle()
    (access,) = desk.privacy.accesses(0)
    assert (access.deed, access.records) == ("print_list", len(listed))
