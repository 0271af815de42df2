"""核销: a customer's words are pasted as they are, and the one code in them is the coupon."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from guide_app.flows.desk import Desk
from guide_app.protocol.coupon_code import show_code
from tests.helpers.book import COUPON_CODE, actor
from tests.ui.pages.conftest import Open
from ui.pages.counter.page import CounterPage

SHOWN = show_code(COUPON_CODE)
WIDE = "".join(chr(ord(c) + 0xFEE0) for c in COUPON_CODE.lower())


def test_a_whole_message_is_pasted_and_wide_letters_are_typed(open_pages: Open, desk: Desk) -> None:
    shown = open_pages(counter=lambda context: CounterPage(context, desk, actor))
    page = shown.page(CounterPage)
    page.setFocus()
    QGuiApplication.clipboard().setText(
        f"【红枫叶】陈女士, 您的券\n{SHOWN} (满400减80)\nhttps://s.redmaple.example/s/x"
    )
    shown.press(Qt.Key.Key_V, control=True)
    shown.settle()
    assert (page.code.text(), page.verdict.title.text()) == (SHOWN, "满400减80 · 可用")
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    shown.type(WIDE)
    shown.settle()
    assert page.verdict.title.text() == "满400减80 · 可用"
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    shown.type("500")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    (used,) = desk.coupons.redemptions()
    assert (used.code, used.discount_fen) == (COUPON_CODE, 8_000)
