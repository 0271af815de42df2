"""Two records of one person: said quietly, seen side by side, joined by the deed there is."""

import pytest

from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LIN, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at, dialog, field
from tests.ui.pages.conftest import Open
from ui.pages.clients.doubles_dialog import DoublesDialog
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
