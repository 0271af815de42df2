"""转赠 by keyboard: from the portrait to a friend in the book, from the counter to one who is new in it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.protocol.scopes import BRAND
from tests.guide_app.coupons import office
from tests.helpers.book import CHEN, COUPON_CODE, LIN, NOW, OFFER, ZHOU, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at, dialog
from tests.ui.pages.conftest import Open
from ui.pages.clients.dialogs import NewClientDialog
from ui.pages.clients.gift import GiveDialog
from ui.pages.clients.page import ClientsPage
from ui.pages.counter.page import CounterPage


def offer(desk: Desk, **terms: Any) -> None:
    batch = {
        "no": 3, "name": "满400减80", "min_spend_fen": 40_000, "discount_fen": 8_000, "valid_from": NOW - DAY_MS,
        "valid_until": NOW + 21 * DAY_MS, "claim_limit": 0, **terms,
    }  # fmt: skip
    office.publish(desk, (BRAND, "coupon_template", OFFER, batch), seq=7_000)


def press_give(shown: Shown, page: ClientsPage) -> None:
    """Reach the deed by the keyboard alone."""
    page.portrait.tabs.setCurrentWidget(page.portrait.tabs.coupons)
    shown.settle()
    names = page.portrait.tabs.coupons.findChildren(QPushButton)
    give = next(one for one in names if one.accessibleName() == "转赠给朋友: 满400减80" and one.isVisible())
    give.setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()


def asked(page: ClientsPage) -> GiveDialog:
    found = dialog(page, GiveDialog)
    assert isinstance(found, GiveDialog)
    return found


def told(shown: Shown) -> str:
    """What was said of a refusal; Esc closes it."""
    (failure,) = shown.failures
    shown.failures.clear()
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    return failure.sentence


def test_a_guide_gives_coupons_on_without_the_mouse(open_pages: Open, desk: Desk) -> None:
    shown = open_pages(
        clients=lambda context: ClientsPage(context, desk, actor),
        counter=lambda context: CounterPage(context, desk, actor),
    )
    # A batch that is its holder's says so.
    offer(desk)
    page = at(shown, CHEN)
    press_give(shown, page)
    assert told(shown) == "券「满400减80」只限领券的客户本人用, 不能转赠。"
    # One that may be passed on goes to a friend who is found by a few digits.
    offer(desk, transferable=True)
    second = desk.coupon_deeds.issue(OFFER, LIN, actor())
    shown.settle()
    press_give(shown, page)
    assert not asked(page).go.isEnabled()
    shown.type("5678")
    shown.settle()
    assert asked(page).chosen() == ""  # she herself is not offered
    asked(page).search.clear()
    shown.type("7710")
    shown.settle()
    assert asked(page).chosen() == ZHOU
    asked(page).search.textChanged.emit("7710 小")  # typed on, and not yet looked for: he is not meant any more
    assert (asked(page).go.isEnabled(), asked(page).chosen()) == (False, "")
    shown.settle()
    asked(page).search.textChanged.emit("7710")
    shown.settle()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert desk.coupons.by_code(COUPON_CODE).client_id == ZHOU
    assert shown.window.toast.text == "「满400减80」已转给 周建国, 联网后由总部确认"
    assert page.portrait.view is not None
    assert page.portrait.view.coupons == ()
    # At the counter it is his alone, and was given once; another one goes to somebody who is new in the book.
    shown.go("counter", COUPON_CODE)
    counter = shown.page(CounterPage)
    shown.press(Qt.Key.Key_F9)
    shown.settle()
    assert told(shown) == "券「满400减80」已转赠过一次, 现在只限 周建国 本人用。"
    shown.go("counter", second.code)
    assert counter.verdict.give.isVisible()
    shown.press(Qt.Key.Key_F9)
    shown.settle()
    asked(page).newcomer.setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    new = dialog(page, NewClientDialog)
    assert isinstance(new, NewClientDialog)
    shown.type("王小明")  # the cursor stands in the name
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert desk.coupons.by_code(second.code).client_name == "王小明"
    waiting = desk.db.query(lambda conn: conn.exec_driver_sql("SELECT kind FROM outbox ORDER BY mid").scalars().all())
    assert waiting == ["coupon.issue", "coupon.give", "client", "coupon.give"]
