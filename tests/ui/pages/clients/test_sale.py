"""A sale written down by keyboard, marked as unverified, and how new the till's receipts are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.flows.note_sale import NotedLine, NotedSale, Variant, find_variants, note_sale, order_age
from tests.helpers.book import CHEN, HandClock, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at
from tests.ui.pages.conftest import Open
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.sale_dialog import SaleDialog


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def first_variant(desk: Desk) -> Variant:
    (code,) = desk.db.query(lambda c: c.exec_driver_sql("SELECT code FROM sku WHERE code <> '' LIMIT 1").one())
    found = find_variants(desk.db, code)
    return next(one for one in found if one.code == code)


def focus(made: SaleDialog) -> QWidget:
    focused = made.focusWidget()
    assert focused is not None
    return focused


def test_a_sale_is_written_down_by_keyboard_and_marked(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    variant = first_variant(desk)
    (action,) = [one for one in page.portrait.menu.actions() if one.text().startswith("补录")]
    action.trigger()
    (made,) = page.findChildren(SaleDialog)
    assert made.at.text() == "2026-11-21 14:32", "in China's time, wherever the PC is set to"
    assert not made.go.isEnabled()
    QTest.keyClicks(focus(made), "T-0007")
    made.search.setFocus()
    QTest.keyClicks(focus(made), variant.code)
    QTest.keyClick(focus(made), Qt.Key.Key_Return)
    shown.settle()
    assert made.isVisible()
    assert made.lines.rowCount() == 1
    assert made.sale().total_fen == variant.price_fen
    paid = made.lines.cellWidget(0, 2)
    paid.setFocus()
    paid.selectAll()  # type: ignore[attr-defined]  # a spin box
    QTest.keyClicks(paid, "399.5")
    made.go.setFocus()
    QTest.keyClick(made.go, Qt.Key.Key_Space)
    shown.settle()
    (bought,) = [one for one in desk.clients.purchases(CHEN) if one.order_no == "T-0007"]
    assert (bought.amount_fen, bought.verified, bought.qty) == (39_950, False, 1)
    assert bought.title == variant.title


def test_the_same_receipt_is_not_written_down_twice_nor_one_that_the_till_sent(
    desk: Desk, hand_clock: HandClock
) -> None:
    now = hand_clock.now_ms()
    line = NotedLine(first_variant(desk), 1, 100)
    note_sale(desk.db, actor(), CHEN, NotedSale("T-1", now, [line]))
    held = desk.clients.purchases(CHEN)[-1].order_no
    for sale in (
        NotedSale("T-1", now, [line]), NotedSale(held, now, [line]), NotedSale(" ", now, [line]),
        NotedSale("T-2", now + 1, [line]), NotedSale("T-2", now - 366 * DAY_MS, [line]), NotedSale("T-2", now, []),
        NotedSale("T-2", now, [NotedLine(line.variant, 0, 1)]), NotedSale("T-2", now, [NotedLine(line.variant, 1, -1)]),
    ):  # fmt: skip
        with pytest.raises(InvalidInputError):
            note_sale(desk.db, actor(), CHEN, sale)
    assert len([one for one in desk.clients.purchases(CHEN) if not one.verified]) == 1


def test_articles_are_found_by_code_barcode_and_name(desk: Desk) -> None:
    variant = first_variant(desk)
    assert find_variants(desk.db, variant.code.lower())[0] == variant
    assert variant in find_variants(desk.db, variant.title)
    assert find_variants(desk.db, " ") == ()
    assert find_variants(desk.db, "没有这个") == ()


def test_how_new_the_order_data_are_is_said_and_old_ones_in_orange(
    shown: Shown, desk: Desk, hand_clock: HandClock
) -> None:
    newest = order_age(desk.db, CHEN, hand_clock.now_ms()).newest_at
    assert newest is not None
    note_sale(desk.db, actor(), CHEN, NotedSale("T-1", hand_clock.now_ms(), [NotedLine(first_variant(desk), 1, 1)]))
    assert order_age(desk.db, CHEN, hand_clock.now_ms()).newest_at == newest
    hour = 3_600_000
    assert not order_age(desk.db, CHEN, newest + 14 * hour).stale
    assert order_age(desk.db, CHEN, newest + 14 * hour + 1).stale
    page = at(shown, CHEN)
    shown.settle()
    age = page.portrait.tabs.purchases.age
    assert age.text().startswith("订单数据截至 ")
    assert age.property("role") == "warn"


def test_on_the_day_she_bought_nobody_counts_days_without_a_purchase(shown: Shown, desk: Desk) -> None:
    assert "已 52 天没买" in at(shown, CHEN).portrait.outlook.text()
    note_sale(desk.db, actor(), CHEN, NotedSale("T-1", desk.clock.now_ms(), [NotedLine(first_variant(desk), 1, 1)]))
    shown.settle()
    assert "今天刚买过" in shown.page(ClientsPage).portrait.outlook.text()
