"""A coupon of another system in the real window, by keyboard alone: told apart, redeemed with network, asked again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from guide_app.coupons.model import RedemptionRow, told_once
from guide_app.flows.desk import Desk
from tests.helpers.book import COUPON_CODE, actor
from tests.helpers.external_office import CODE, FIFTY, ExternalOffice, with_office
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.counter.lines import refund_words
from ui.pages.counter.page import CounterPage

SAME = {**FIFTY, "name": "微信满200减20", "stock_id": "1280000000000003"}


@pytest.fixture
def office() -> ExternalOffice:
    return ExternalOffice()


@pytest.fixture
def shown(open_pages: Open, desk: Desk, office: ExternalOffice) -> Shown:
    joined = with_office(desk, office, FIFTY, SAME)
    return open_pages(counter=lambda context: CounterPage(context, joined, actor))


def _enter(shown: Shown, text: str = "") -> CounterPage:
    page = shown.page(CounterPage)
    if text:
        page.code.setFocus()
        shown.type(text)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    return page


def test_a_coupon_of_wechats_is_told_apart_redeemed_and_asked_about_again(shown: Shown, office: ExternalOffice) -> None:
    page = _enter(shown, CODE)
    card = page.external_card
    assert (card.title.text(), card.value.text()) == ("微信满300减50 · 要联网核销", "")
    assert card.who.text() == f"微信支付商家券 · {CODE}"
    assert "满 ¥300 可用" in card.facts.text()
    assert not page.verdict.isVisible()
    assert page.bill.amount.hasFocus()
    assert not card.redeem.isEnabled()  # no amount yet
    shown.type("299")
    shown.bot.waitUntil(lambda: "还没有到" in card.facts.text())
    page.bill.amount.selectAll()
    shown.type("420")
    shown.bot.waitUntil(lambda: card.ready)
    assert (card.value.text(), card.batches.isVisible()) == ("¥50", True)
    card.batches.setFocus()
    shown.press(Qt.Key.Key_Down)
    shown.settle()
    assert card.title.text() == "微信满200减20 · 要联网核销"
    shown.press(Qt.Key.Key_Up)
    shown.settle()

    office.lose = 1
    page.bill.amount.setFocus()
    _enter(shown)
    assert card.title.text() == "微信满300减50 · 还不知道结果"
    assert "先不要优惠" in card.facts.text()
    _enter(shown)
    assert (card.title.text(), card.facts.text()) == ("微信满300减50 · 已核销", "减 ¥50, 应付 ¥370")
    assert (len(office.asked), len(set(office.asked))) == (2, 1)

    assert (page.bill.amount.text(), page.code.hasFocus()) == ("", True)  # the next customer's is another bill

    office.cut = True
    _enter(shown, CODE)
    assert "没有联网就不能核销" in card.facts.text()
    shown.type("420")
    office.cut = False
    _enter(shown)  # the network is back
    assert card.title.text() == "微信满300减50 · 要联网核销"
    office.cut = True
    _enter(shown, COUPON_CODE)
    assert (card.isVisible(), page.verdict.isVisible()) == (False, True)
    office.cut = False
    page.code.clear()
    _enter(shown, CODE)
    shown.bot.waitUntil(lambda: card.ready)
    page.bill.amount.setFocus()
    _enter(shown)
    assert "不和本品牌的券同用" in card.facts.text()
    page.setFocus()
    shown.press(Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert shown.failures == []


def test_what_is_being_redeemed_is_asked_nothing_else_and_told_even_after_its_card_has_gone(
    shown: Shown, office: ExternalOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = _enter(shown, CODE)
    shown.type("420")
    shown.bot.waitUntil(lambda: page.external_card.ready)
    page.external.lie_beside(1, 2_000)  # a coupon of ours comes off first
    assert page.external.amount_fen == 40_000
    page.external.lie_beside(0, 0)
    page.external.bill_changed()
    shown.press(Qt.Key.Key_Return)  # what was shown is of another amount: this asks
    shown.settle()
    assert (page.external_card.ready, office.asked) == (True, [])
    office.open.clear()
    shown.press(Qt.Key.Key_Return)
    checks: list[object] = []
    monkeypatch.setattr(office, "check_external", checks.append)
    page.external.check()
    assert not page.external_card.ready
    page.setFocus()
    shown.press(Qt.Key.Key_Escape)
    assert not page.external_card.isVisible()
    page.bill.amount.setFocus()
    page.bill.amount.selectAll()
    shown.type("88")  # the next customer's
    office.open.set()
    shown.settle()
    assert checks == []
    assert page.bill.amount.text() == "88"
    assert shown.window.toast.text == "微信满300减50 · 已核销"
    assert shown.failures == []


def test_a_receipt_that_was_paid_back_tells_that_the_others_coupon_waits_to_be_given_back() -> None:
    ours = RedemptionRow("1", "C", "满减", "", "", "A1", 42_000, 5_000, "confirmed", 9, refunded_fen=17_500)
    theirs = replace(ours, coupon_id="", coupon_name="微信券", at=8)
    said = [refund_words(row) for row in told_once((ours, theirs, replace(ours, coupon_id="2")))]
    assert said == ["本单已退款 ¥175", "本单已退款 ¥175，这张别家的券要请总部退", ""]
    assert refund_words(replace(theirs, returned_at=10)) == "本单已退款 ¥175"
