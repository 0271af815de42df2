"""核销 by keyboard alone, with every reason why not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QLineEdit

from guide_app.base.clock import DAY_MS
from guide_app.base.errors import InvalidInputError
from guide_app.flows.desk import Desk
from guide_app.flows.till import Draft
from guide_app.performance.queries import AttributionRow
from guide_app.protocol.coupon_code import check_character, show_code
from guide_app.protocol.scopes import store_scope
from guide_app.sharing.qr import qr_matrix
from tests.guide_app.coupons import office
from tests.helpers.book import CHEN, COUPON_CODE, LI, NOW, OFFER, STORE, WANG, ZHOU, Frames, HandClock, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.counter.conflict import conflict_words
from ui.pages.counter.lines import describe
from ui.pages.counter.mixes import OptionLine
from ui.pages.counter.page import CounterPage
from ui.pages.counter.why import why

NAMES = {WANG: "王敏", LI: "李娜"}


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(counter=lambda context: CounterPage(context, desk, actor))


def scan(shown: Shown, code: str) -> CounterPage:
    """What a scanner does in the code field: the code, then Enter."""
    page = shown.page(CounterPage)
    page.setFocus()
    shown.type(code)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    return page


def test_a_coupon_is_redeemed_without_the_mouse_and_waits_for_head_office(shown: Shown, desk: Desk) -> None:
    page = scan(shown, COUPON_CODE.lower())
    assert "退货和业绩就对不上" in page.bill.order.placeholderText()
    assert page.verdict.title.text() == "满400减80 · 可用"
    assert page.verdict.value.text() == "¥80"
    assert page.verdict.who.text() == f"{show_code(COUPON_CODE)} · 陈雅婷 · 王敏 11/19 发出 · 12/12 前有效"
    assert "本机未核销过" in page.verdict.facts.text()
    assert not page.verdict.redeem.isEnabled()  # no amount yet
    assert page.bill.amount.hasFocus()
    shown.type("682.8")
    shown.settle()
    assert page.bill.payable.text() == "应付 ¥602.80"
    assert page.bill.saved.text() == "合计 ¥682.80 - ¥80"
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert "已核销, 等总部确认" in page.verdict.title.text()
    assert not page.verdict.redeem.isVisible()
    assert page.code.hasFocus()
    assert page.code.selectedText()  # the next scan replaces it
    (row,) = desk.coupons.redemptions()
    assert (row.status, row.amount_fen, row.discount_fen) == ("pending", 68280, 8000)
    assert page.redemptions.rows == (row,)
    shown.press(Qt.Key.Key_Return)  # a second Enter redeems nothing
    shown.settle()
    assert len(desk.coupons.redemptions()) == 1


def test_the_next_customers_coupon_stays_on_her_bill(shown: Shown, desk: Desk) -> None:
    code = "7KQ2M9RTX4HD4" + check_character("7KQ2M9RTX4HD4")
    frame = Frames()
    frame._seq = 500
    coupon = frame("coupon", ident(61), store=STORE, template_id=OFFER, code=code, client_id=ZHOU, guide_id=WANG,
                   claimed_at=NOW, valid_from=NOW, valid_until=NOW + DAY_MS)  # fmt: skip
    desk.db.apply(lambda a: a.apply([coupon]))
    for scanned, amount in ((COUPON_CODE, "500"), (code, "600")):
        page = scan(shown, scanned)
        page.bill.order.setText(f"NJ-{amount}")
        shown.type(amount)
        if scanned == COUPON_CODE:
            shown.settle()
            assert page.verdict.title.text() == "满400减80 · 可用"
        shown.press(Qt.Key.Key_Return)  # of the second bill before it is reckoned
        shown.settle()
    redeemed = sorted((row.order_no, row.amount_fen) for row in desk.coupons.redemptions())
    assert redeemed == [("NJ-500", 50000), ("NJ-600", 60000)]
    options = page.mixes.findChildren(OptionLine)
    assert len([line for line in options if not line.isHidden()]) == 1, "the first customer's is gone"


def test_what_failed_can_be_tried_again_and_what_was_given_up_does_not_come_back(
    shown: Shown, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = scan(shown, COUPON_CODE)
    shown.type("500")
    shown.settle()
    redeem_bill, refusals = desk.coupon_deeds.redeem_bill, [InvalidInputError("disk.full", "磁盘满了。", "腾出空间。")]

    def failing(*given: Any, **more: Any) -> Any:
        if refusals:
            raise refusals.pop()
        return redeem_bill(*given, **more)

    monkeypatch.setattr(desk.coupon_deeds, "redeem_bill", failing)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert [failure.code for failure in shown.failures] == ["disk.full"]
    shown.failures.clear()
    assert desk.coupons.redemptions() == ()
    page.bills.look_again()
    assert page.back()  # before the answer came
    shown.settle()
    assert (page.bills.seen, page.bills.empty, page.verdict.title.text()) == (None, True, "等待券码")
    page.bills.lay(COUPON_CODE)
    page.bills.change_goods(lambda draft: replace(draft, amount_fen=50000))
    assert page.bills.redeem("NJ-1")
    shown.settle()
    assert [(row.order_no, row.amount_fen) for row in desk.coupons.redemptions()] == [("NJ-1", 50000)]


def test_why_a_coupon_cannot_be_used(shown: Shown, hand_clock: HandClock) -> None:
    page = scan(shown, COUPON_CODE)
    shown.type("100")
    shown.settle()
    assert page.verdict.title.text() == "满400减80 · 不能用"
    assert page.verdict.facts.text() == "还差 ¥300 才到门槛"
    assert not page.verdict.redeem.isVisible()
    hand_clock.ms += 30 * DAY_MS
    page.refresh()
    shown.settle()
    assert "已过期" in page.verdict.facts.text()


def test_a_code_that_is_mistyped_or_unknown_says_what_to_do(shown: Shown) -> None:
    page = scan(shown, "7KQ2-M9RT-X4HD-32")
    assert "打错" in page.verdict.title.text()
    assert "重新扫码" in page.verdict.who.text()
    page.code.clear()
    assert page.verdict.title.text() == "等待券码"


def test_after_a_refusal_the_next_code_is_typed_at_once(shown: Shown, hand_clock: HandClock) -> None:
    hand_clock.ms += 400 * DAY_MS
    page = scan(shown, COUPON_CODE)
    assert "不能用" in page.verdict.title.text()
    for typed in ("7KQ2M9RTX4HD4" + check_character("7KQ2M9RTX4HD4"), "NOTHING", "7KQ2"):  # unknown, and no code at all
        shown.type(typed)
        assert page.code.text() == typed, "written behind what was refused"
        shown.press(Qt.Key.Key_Return)
        shown.settle()


def test_what_is_no_amount_is_told_beside_the_field(shown: Shown, desk: Desk) -> None:
    page = scan(shown, COUPON_CODE)
    shown.type("8.005")
    assert page.bill.hint.isVisible()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert "可用" in page.verdict.title.text()
    assert desk.coupons.redemptions() == ()


def test_escape_makes_room_for_the_next_customer(shown: Shown) -> None:
    page = scan(shown, COUPON_CODE)
    shown.press(Qt.Key.Key_Escape)
    assert (page.code.text(), page.verdict.title.text()) == ("", "等待券码")
    assert page.code.hasFocus()


def qr_picture(text: str) -> QImage:
    """A screenshot of a customer's coupon page."""
    matrix = qr_matrix(text)
    image = QImage(420, 420, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for x, y, length in matrix.runs():
        painter.fillRect(60 + 8 * x, 60 + 8 * y, 8 * length, 8, Qt.GlobalColor.black)
    painter.end()
    return image


def test_a_pasted_screenshot_is_read(shown: Shown) -> None:
    data = QMimeData()
    data.setImageData(qr_picture(COUPON_CODE))
    QGuiApplication.clipboard().setMimeData(data)
    page = shown.page(CounterPage)
    page.setFocus()
    shown.press(Qt.Key.Key_V, control=True)
    shown.settle()
    assert page.code.text() == show_code(COUPON_CODE)
    assert page.verdict.title.text() == "满400减80 · 可用"


def test_a_picture_without_a_coupon_says_so(shown: Shown) -> None:
    page = shown.page(CounterPage)
    for text, told in (("https://s.redmaple.example/s/x", "不是券码"), ("", "没有找到二维码")):
        image = qr_picture(text) if text else QImage(300, 300, QImage.Format.Format_RGB32)
        if not text:
            image.fill(Qt.GlobalColor.white)
        data = QMimeData()
        data.setImageData(image)
        QGuiApplication.clipboard().setMimeData(data)
        page.paste.click()
        shown.settle()
        assert told in page.verdict.title.text()


def test_goods_are_added_by_code_and_the_discount_is_shared(shown: Shown, desk: Desk) -> None:
    page = scan(shown, COUPON_CODE)
    for code in ("2000000000015", "SN2602", "2000000000015"):
        page.setFocus()
        page.code.selectAll()
        shown.type(code)
        shown.press(Qt.Key.Key_Return)
        shown.settle()
    assert [(line.title, line.qty, line.amount_fen) for line in page.bill.lines] == [
        ("软底乐福鞋 2026 秋 黑色 37", 2, 113_800), ("云感小白鞋", 1, 42_900),
    ]  # fmt: skip
    assert page.bill.payable.text() == "应付 ¥1,487"
    shares = [item.text() for n in range(2) if (item := page.bill.goods.item(n, 3)) is not None]
    assert shares == ["-¥58.10", "-¥21.90"]
    amount = page.bill.goods.cellWidget(1, 2)
    assert isinstance(amount, QLineEdit)
    assert amount.accessibleName() == "云感小白鞋 金额"
    amount.setFocus()
    amount.selectAll()
    shown.type("400")
    shown.settle()
    assert page.bill.payable.text() == "应付 ¥1,458"
    page.bill.order.setFocus()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    (row,) = desk.coupons.redemptions()
    assert (row.amount_fen, row.discount_fen) == (153_800, 8_000)
    assert page.bill.lines == ()


def test_a_line_of_no_pieces_leaves_the_bill(shown: Shown) -> None:
    page = shown.page(CounterPage)
    for code in ("2000000000015", "SN2602"):
        page.code.setText(code)
        page.setFocus()
        shown.press(Qt.Key.Key_Return)
        shown.settle()
    pieces = page.bill.goods.cellWidget(0, 1)
    assert isinstance(pieces, QLineEdit)
    pieces.setFocus()
    pieces.selectAll()
    shown.type("0")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert [line.title for line in page.bill.lines] == ["云感小白鞋"]
    left = page.bill.goods.cellWidget(0, 2)
    assert left is not None
    left.setFocus()
    shown.press(Qt.Key.Key_Delete, control=True)
    assert page.bill.lines == ()


def test_enter_takes_the_product_whose_name_was_typed_not_who_speaks_of_it(shown: Shown, desk: Desk) -> None:
    desk.client_deeds.edit(CHEN, {"remark": "喜欢云感小白鞋"}, actor())
    page = scan(shown, "云感小白鞋")
    rows = [page.entry.hits.item(n).text() for n in range(page.entry.hits.count())]
    assert [row.split(" · ")[0] for row in rows] == ["云感小白鞋", "陈雅婷"]
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert [line.title for line in page.bill.lines] == ["云感小白鞋"]
    assert page.bills.draft.client_id is None


def test_a_clients_coupons_are_offered_and_one_key_takes_the_best(shown: Shown, desk: Desk) -> None:
    office.set_up(desk)
    desk.coupon_deeds.issue("满300减50", CHEN, actor())
    page = shown.page(CounterPage)
    page.setFocus()
    shown.type("13800005678")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert page.entry.client.text().startswith("陈雅婷")
    page.bill.amount.setText("682.80")
    shown.settle()
    options = [line.accessibleName() for line in page.mixes.lines.findChildren(OptionLine)]
    assert options == ["满400减80 可以同用 -¥80", "满300减50 可以同用 -¥50"]
    assert page.mixes.better.text() == "F8 改用这个组合, 多省 ¥130"
    shown.press(Qt.Key.Key_F8)
    shown.settle()
    assert page.verdict.value.text() == "¥130"
    assert page.verdict.facts.text().startswith("签名有效") is False  # one of them is from before coupons were signed
    assert page.bill.payable.text() == "应付 ¥552.80"
    assert [o.laid for o in page.bills.seen.options] == [True, True]  # type: ignore[union-attr]
    for amount, named, wrong in (("350", "满400减80", 1), ("100", "满400减80 + 满300减50", 2)):
        page.bill.amount.setText(amount)
        shown.settle()
        assert page.verdict.title.text() == f"{named} · 不能用"
        assert page.verdict.who.text().startswith(f"单上 2 张券里有 {wrong} 张不能用")
        assert len(page.verdict.facts.text().splitlines()) == wrong
    page.bill.amount.setText("682.80")
    shown.settle()
    first = page.mixes.lines.findChildren(OptionLine)[0]
    first.setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    assert page.verdict.value.text() == "¥50"
    assert page.verdict.facts.text() == (
        "签名有效 · 本机未核销过 · 作废名单更新于 刚刚 · 离线核销额度剩 200 张 / ¥20,000"
    )


def test_of_two_coupons_used_together_the_verdict_names_both(shown: Shown, desk: Desk) -> None:
    office.set_up(desk)
    other = desk.coupon_deeds.issue("满300减50", CHEN, actor())
    page = scan(shown, COUPON_CODE)
    page.bills.lay(other.code)
    page.bill.amount.setText("682.80")
    shown.settle()
    assert page.verdict.title.text() == "满400减80 + 满300减50 · 可用"
    page.redeem()
    shown.settle()
    for code, named in ((other.code, "满300减50 + 满400减80"), (COUPON_CODE, "满400减80 + 满300减50")):
        page.bills.show_again(code)
        shown.settle()
        assert page.verdict.title.text() == f"{named} · 已核销, 等总部确认"
        assert (page.verdict.value.text(), page.verdict.who.text()) == ("¥130", "2 张券同用")
        assert "优惠 ¥130" in page.verdict.facts.text()


def held(desk: Desk) -> list[str]:
    return list(desk.db.query(lambda c: c.exec_driver_sql("SELECT coupon_id FROM coupon_hold").scalars().all()))


def test_a_coupon_is_held_for_its_bill_and_free_when_the_bill_is_given_up(shown: Shown, desk: Desk) -> None:
    page = scan(shown, COUPON_CODE)
    assert held(desk) == [ident(60)]
    other = desk.till.reckon(Draft("another", (COUPON_CODE,)), WANG)
    assert other.laid[0].verdict.codes == ("coupon.held",)
    page.setFocus()
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    assert held(desk) == []
    scan(shown, COUPON_CODE)
    shown.type("682.8")
    shown.settle()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert held(desk) == []
    assert desk.coupons.redemptions()


def test_a_voucher_scanned_is_good_by_its_signature(shown: Shown, desk: Desk) -> None:
    office.set_up(desk)
    page = shown.page(CounterPage)
    shown.go("counter", office.by_office())
    assert page.verdict.title.text() == "满300减50 · 可用"
    assert page.verdict.facts.text().startswith("签名有效 · 本机未核销过")
    assert page.bill.amount.hasFocus()


def test_several_codes_in_one_dropped_picture(shown: Shown) -> None:
    page = shown.page(CounterPage)
    both = QImage(900, 420, QImage.Format.Format_RGB32)
    both.fill(Qt.GlobalColor.white)
    painter = QPainter(both)
    painter.drawImage(0, 0, qr_picture(COUPON_CODE))
    painter.drawImage(450, 0, qr_picture("https://id.example/01/02000000000015"))
    painter.end()
    data = QMimeData()
    data.setImageData(both)
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(drop)
    shown.settle()
    assert page.bill.payable.text() == "应付 ¥489"


def test_a_picture_file_is_read(shown: Shown, tmp_path: Path) -> None:
    page = shown.page(CounterPage)
    file = tmp_path / "券.png"
    assert qr_picture(COUPON_CODE).save(str(file))
    page.read_file(str(file))
    shown.settle()
    assert page.verdict.title.text() == "满400减80 · 可用"


def test_a_conflict_says_who_bears_it(shown: Shown, desk: Desk) -> None:
    told = {"coupon_id": ident(60), "coupon_code": COUPON_CODE, "guide_id": WANG, "order_no": "NJ-7",
            "amount_fen": 50_000, "discount_fen": 8_000, "at": NOW, "status": "conflict", "borne_by": "brand",
            "rule": "twice.offline"}  # fmt: skip
    office.publish(desk, (store_scope(STORE), "redemption", ident(991), told), seq=7_000)
    shown.settle()
    page = shown.page(CounterPage)
    assert describe(page.redemptions.rows[0]).endswith("未被接受 优惠由品牌承担 · 两个柜台当时都不可能互相知道")


def test_a_refund_says_how_much_and_which_coupon_came_back(shown: Shown, desk: Desk) -> None:
    one = {"coupon_id": ident(60), "coupon_code": COUPON_CODE, "guide_id": WANG, "order_no": "NJ-7", "at": NOW,
           "amount_fen": 50_000, "discount_fen": 8_000, "status": "confirmed", "refunded_fen": 17_501}  # fmt: skip
    back = one | {"at": NOW + 1, "discount_fen": 2_000, "returned_at": NOW + DAY_MS}
    for n, told in enumerate((one, back)):
        office.publish(desk, (store_scope(STORE), "redemption", ident(991 + n), told), seq=7_000 + n)
    shown.settle()
    said = [describe(row) for row in shown.page(CounterPage).redemptions.rows]
    assert [line.rpartition("¥20 ")[2] for line in said[:1]] == ["券已退回 本单已退款 ¥175.01"]
    assert [line.rpartition("¥80 ")[2] for line in said[1:]] == ["已确认"], "said once of a receipt"


@pytest.mark.parametrize(
    "rule",
    [
        "twice.offline", "twice.known", "twice.same_store", "serial.copied", "beyond.limit", "recalled.offline",
        "recalled.known", "allotment.over",
    ],
)  # fmt: skip
def test_every_rule_of_the_book_has_its_words(rule: str) -> None:
    assert " · " in conflict_words(rule, "store")


def test_whose_the_sale_will_be_is_told_before_it_is_made(shown: Shown) -> None:
    page = scan(shown, COUPON_CODE)
    assert page.whose.whose.text() == "王敏 100%"
    assert page.whose.rule.text() == "规则「券 > 链接 > 专属导购 > 接待」: 核销的券由王敏发出 (11/19)"


def test_typed_words_are_chosen_from_a_list(shown: Shown) -> None:
    page = shown.page(CounterPage)
    page.setFocus()
    shown.type("LF2601")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert page.entry.hits.hasFocus()
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert [line.title for line in page.bill.lines] == ["软底乐福鞋 2026 秋 黑色 38"]
    assert page.code.hasFocus()


def evidence(**more: Any) -> dict[str, Any]:
    winner = {"rule": "coupon", "guide_id": WANG, "ref": ident(60), "at": NOW - 2 * DAY_MS, "what": "coupon"}
    late = {"rule": "link", "guide_id": LI, "ref": ident(61), "at": NOW - 20 * DAY_MS, "what": "scan", "counted": False}
    return {"link_days": 14, "winner": winner, "touches": [{**winner, "counted": True}, late], **more}


def test_a_sale_says_whose_it_is_and_why(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 500
    row = frame("attribution", ident(70), store=STORE, purchase_id=ident(40), client_id=CHEN, guide_id=WANG,
                amount_fen=56900, rule="coupon", evidence=evidence(), at=NOW)  # fmt: skip
    desk.db.apply(lambda applier: applier.apply([row]))
    shown.settle()
    page = shown.page(CounterPage)
    said = [label.text() for label in page.lines.findChildren(QLabel)]
    assert "核销的券由王敏发出 (11/19)" in said
    assert "另有: 李娜的链接 11/1 (已过 14 天)" in said
    page.order.setText("NJ-999")
    shown.settle()
    assert any("没有这张小票" in label.text() for label in page.lines.findChildren(QLabel) if label.isVisibleTo(page))


def attribution(rule: str, amount: int, facts: str) -> AttributionRow:
    return AttributionRow("NJ-1", NOW, "陈雅婷", WANG, "王敏", amount, rule, facts)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (attribution("bound", 100, json.dumps({"winner": {"rule": "bound", "guide_id": WANG, "at": 0}})),
         "王敏是这位客户的专属导购"),
        (attribution("link", 100, '{"link_days": 7, "winner": {"guide_id": "x"}}'), "7 天内最后打开的是一位导购的链接"),
        (attribution("none", 100, "not json"), "没有券、链接、专属导购或接待记录"),
        (attribution("bound", -100, '{"origin_order_no": "NJ-0"}'), "退货: 从原单 NJ-0 的归属里冲回"),
        (attribution("a rule of next year", 100, '{"touches": [1, {"rule": "star"}], "winner": 3}'), ""),
    ],
)  # fmt: skip
def test_every_kind_of_evidence_becomes_a_sentence_or_nothing(row: AttributionRow, rule: str) -> None:
    told = why(row, NAMES)
    assert (told.rule, told.others) == (rule, ())


def test_the_list_is_a_model_that_qt_accepts(shown: Shown) -> None:
    page = shown.page(CounterPage)
    tester = QAbstractItemModelTester(page.redemptions, QAbstractItemModelTester.FailureReportingMode.Fatal)
    scan(shown, COUPON_CODE)
    shown.type("500")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    del tester
    assert page.list.visualRect(page.redemptions.index(0, 0)).contains(QPoint(20, 20))
