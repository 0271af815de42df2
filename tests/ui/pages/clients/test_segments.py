"""Segments in the window: lists with live counts."""

import pytest

from guide_app.flows.desk import Desk
from guide_app.segments.model import Field
from tests.helpers.book import LIN, WANG, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_card import words
from tests.ui.pages.clients.test_clients import listed
from tests.ui.pages.conftest import Open
from ui.pages.clients.page import ClientsPage


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
