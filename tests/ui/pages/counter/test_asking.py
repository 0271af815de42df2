"""A coupon of another store by its 14 characters in the real window: head office is asked while the counter goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event

import pytest
from PySide6.QtCore import Qt

from guide_app.flows.asked_codes import AskedCodes
from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_code import make_code, show_code
from guide_app.protocol.problems import problem
from guide_app.sync.errors import refused, unreachable
from tests.guide_app.coupons import office
from tests.helpers.book import actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.counter.page import CounterPage

CODE, OTHER = make_code(), make_code()


class HeadOffice:
    """Knows one coupon by its code, until it is used; answers when `open`."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.open, self.cut, self.used = Event(), False, False
        self.open.set()

    def voucher_of(self, code: str) -> str:
        """The voucher of the one."""
        self.asked.append(code)
        self.open.wait()
        if self.cut:
            raise unreachable("office.unreachable", "连不上总部。")
        if code != CODE:
            raise refused(problem("coupon.unknown"))
        if self.used:
            raise refused(problem("coupon.redeemed"))
        return office.by_office()

    @contextmanager
    def door(self) -> Iterator[HeadOffice]:
        """A line to it."""
        yield self


@pytest.fixture
def head() -> Iterator[HeadOffice]:
    made = HeadOffice()
    yield made
    made.open.set()


@pytest.fixture
def shown(open_pages: Open, desk: Desk, head: HeadOffice) -> Shown:
    office.set_up(desk)
    joined = replace(desk, asked_codes=AskedCodes(desk.coupons, head.door))
    return open_pages(counter=lambda context: CounterPage(context, joined, actor))


def _typed(shown: Shown, code: str) -> CounterPage:
    page = shown.page(CounterPage)
    page.code.setFocus()
    page.code.clear()
    shown.type(code)
    return page


def test_a_code_read_out_by_phone_is_asked_about_and_redeemed_as_its_voucher(
    shown: Shown, head: HeadOffice, desk: Desk
) -> None:
    page = _typed(shown, OTHER)
    shown.settle()
    assert page.verdict.title.text() == "没有这张券, 请核对券码。"
    assert page.code.selectedText(), "the next code takes its place"

    head.cut = True
    _typed(shown, CODE)
    shown.settle()
    assert page.verdict.title.text() == f"本机还没有券 {CODE}。"
    assert "要联网由总部来认" in page.verdict.who.text()

    head.cut = False
    head.open.clear()
    shown.press(Qt.Key.Key_Return)  # the line is back: ask again
    shown.bot.waitUntil(lambda: len(head.asked) == 3)
    assert (page.verdict.title.text(), page.verdict.who.text()) == ("本机没有这张券, 正在问总部…", show_code(CODE))
    page.bill.amount.setFocus()
    shown.type("400")  # the counter goes on
    shown.bot.waitUntil(lambda: page.bills.seen is not None and page.bills.seen.bill.total_fen == 40_000)
    assert page.verdict.title.text() == "本机没有这张券, 正在问总部…"
    head.open.set()
    shown.bot.waitUntil(lambda: page.verdict.title.text() == "满300减50 · 可用")
    shown.settle()
    assert "签名有效" in page.verdict.facts.text()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    (used,) = desk.coupons.redemptions()
    assert (used.coupon_id, used.discount_fen, used.status) == (ident(80), 5_000, "pending")

    head.used = True
    _typed(shown, CODE)
    shown.settle()
    assert page.verdict.title.text() == "这张券之前已核销。"
    assert not page.verdict.redeem.isVisible()
    assert head.asked == [OTHER, CODE, CODE, CODE]
    assert shown.failures == []


def test_an_answer_that_nobody_waits_for_lays_nothing_on_the_bill(shown: Shown, head: HeadOffice) -> None:
    head.open.clear()
    page = _typed(shown, CODE)
    shown.bot.waitUntil(lambda: len(head.asked) == 1)
    shown.press(Qt.Key.Key_Escape)
    assert (page.asking.code, page.code.text()) == ("", "")
    head.open.set()
    shown.settle()
    assert (page.bills.empty, page.verdict.title.text()) == (True, "等待券码")
    assert shown.failures == []
