"""商品: find, look, and never a figure without its age."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from guide_app.base.clock import DAY_MS
from guide_app.catalogue.requests import Request
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from tests.helpers.book import CHEN, LOAFER, NOW, OTHER_STORE, SNEAKER, STORE, WANG, Frames, HandClock, actor, ident
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.page import Page, PageContext, Target
from ui.kit.rows import ROW_ROLE
from ui.kit.theme import Theme
from ui.kit.thumbs import square
from ui.pages.catalogue.keep_dialog import KeepDialog
from ui.pages.catalogue.missing_dialog import MissingDialog
from ui.pages.catalogue.page import ProductsPage
from ui.pages.catalogue.requests_dialog import RequestsDialog
from ui.pages.catalogue.wish_dialog import WishForDialog

IMAGE = "a" * 64
BAD_NAME = "<b>x</b><img src=x>"


@pytest.fixture
def pictures(tmp_path: Path) -> PictureFolder:
    return PictureFolder(tmp_path / "pictures")


class Elsewhere(Page):
    """Where the page sends us."""

    def open(self, target: Target) -> None:
        self.target = target


@pytest.fixture
def shown(open_pages: Open, desk: Desk, pictures: PictureFolder) -> Shown:
    def make(context: PageContext) -> Page:
        return ProductsPage(context, desk, actor, pictures.path)

    return open_pages(products=make, share=Elsewhere)


def send(desk: Desk, *rows: RecordFrame) -> None:
    desk.db.apply(lambda applier: applier.apply(list(rows)))


def frames() -> Frames:
    frame = Frames()
    frame._seq = 500
    return frame


def nearby(page: ProductsPage) -> list[str]:
    return [w.text() for w in page.detail.variant.findChildren(QLabel) if w.isVisibleTo(page)]


def test_a_product_is_found_and_read_by_keyboard(shown: Shown) -> None:
    page = shown.page(ProductsPage)
    page.setFocus()
    shown.type("xbx")
    shown.settle()
    assert [row.id for row in page.finder.model.rows] == [SNEAKER]
    assert page.detail.name.text() == "云感小白鞋"
    assert page.detail.stock_hint.text() == "本店没有报过这件商品的库存"
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    shown.press(Qt.Key.Key_Home)
    assert len(page.finder.model.rows) == 2


@pytest.mark.parametrize("typed", ["黑色", "2000000000015", "LF2601-BK", "乐福", "ruandi"])
def test_colour_barcode_code_name_and_pinyin_find_it(shown: Shown, typed: str) -> None:
    page = shown.page(ProductsPage)
    page.finder.search.setText(typed)
    shown.settle()
    assert [row.id for row in page.finder.model.rows] == [LOAFER]


def test_every_figure_has_its_age(shown: Shown, desk: Desk) -> None:
    page = shown.page(ProductsPage)
    shown.go("products", LOAFER)
    assert page.finder.model.index(0, 0).data() == "软底乐福鞋 2026 秋 LF2601 ¥569 本店 2 · 12 分钟前"
    assert "12 分钟前" in page.detail.stock_hint.text()
    assert nearby(page) == [
        "黑色 37 · LF2601-BK-37 · 2000000000015",
        "本店可售 2 · 在库 3 · 预占 1 · 在途 0 · 12 分钟前",
        "现在还有货的把握约 99% (近 28 天卖出 0 件)",
        "徐家汇店 余 6 · 1 小时前",
    ]
    page.detail.matrix.setFocus()
    shown.press(Qt.Key.Key_Right)
    shown.settle()
    assert nearby(page)[1:] == ["本店没有报过这个尺码的库存", "附近门店没有报这个尺码的库存"]
    assert page.detail.tag_price.text() == "吊牌价 ¥699"
    frame = frames()
    send(desk, frame("stock_nearby", ident(11), store=STORE, stores=[[OTHER_STORE, 6, NOW - 3_600_000, 9, 3, 2]]))
    send(desk, frame("product", LOAFER, no=7, spu="LF2601", name="乐福鞋", price_fen=56900, private_price_fen=49900))
    shown.settle()
    assert nearby(page)[2:] == ["徐家汇店可售 6 · 在库 9 · 预占 3 · 在途 2 · 1 小时前"]
    assert (page.detail.price.text(), page.detail.tag_price.text()) == ("¥569", "私域专享价 ¥499")


def test_figures_follow_the_sync_and_grow_old(shown: Shown, desk: Desk, hand_clock: HandClock) -> None:
    page = shown.page(ProductsPage)
    shown.go("products", LOAFER)
    frame = frames()
    send(desk, frame("stock", ident(11), store=STORE, on_hand=0, available=0, reserved=0, as_of=NOW))
    shown.settle()
    assert page.detail.matrix.stock.index(0, 1).data() == "0"
    hand_clock.ms += 3 * DAY_MS
    page.refresh()
    shown.settle()
    assert nearby(page)[-1] == "徐家汇店 余 6 · 3 天前"
    warned = [w for w in page.detail.variant.findChildren(QLabel) if w.property("role") == "warn"]
    assert [w.text() for w in warned] == [nearby(page)[-1]]


@pytest.mark.parametrize(("status", "sensitive", "why"), [("stopped", False, "停售"), ("on_sale", True, "敏感商品")])
def test_stopped_and_sensitive_products_are_marked_and_not_shared(
    shown: Shown, desk: Desk, *, status: str, sensitive: bool, why: str
) -> None:
    send(desk, frames()("product", SNEAKER, no=8, spu="SN2602", name="云感小白鞋", price_fen=42900, status=status,
                        sensitive=sensitive))  # fmt: skip
    shown.go("products", SNEAKER)
    page = shown.page(ProductsPage)
    assert not page.detail.share.isEnabled()
    assert page.detail.mark.text() == why
    assert why in page.detail.why_not.text()
    row = next(row for row in page.finder.model.rows if row.id == SNEAKER)
    assert why in page.finder.model.data(page.finder.model.index(page.finder.model.rows.index(row), 0))
    asked = QSignalSpy(page.navigate)
    page.finder.list.setFocus()
    shown.press(Qt.Key.Key_Return)
    assert asked.count() == 0


def test_enter_shares_and_the_button_copies_the_code(shown: Shown) -> None:
    shown.go("products", LOAFER)
    page = shown.page(ProductsPage)
    page.detail.copy.click()
    assert QGuiApplication.clipboard().text() == "LF2601"
    page.setFocus()
    shown.press(Qt.Key.Key_Return)
    assert shown.page(Elsewhere).target == Target("share", args={"product": LOAFER})


def test_photos_come_later(shown: Shown, pictures: PictureFolder) -> None:
    shown.go("products", LOAFER)
    page = shown.page(ProductsPage)
    page.grab()
    shown.settle()
    assert page.thumbs.get(IMAGE, 46) is None
    pictures.bring(IMAGE)
    page.pictures_arrived()
    page.grab()
    shown.settle()
    thumb = page.thumbs.get(IMAGE, 46)
    assert thumb is not None
    assert thumb.width() == 46
    assert page.thumbs.get(IMAGE, 232, radius=8) is not None


def test_a_file_that_is_no_picture_is_as_good_as_none(shown: Shown, pictures: PictureFolder) -> None:
    pictures.spoil(IMAGE)
    shown.go("products", LOAFER)
    page = shown.page(ProductsPage)
    page.grab()
    shown.settle()
    assert page.thumbs.get(IMAGE, 46) is None
    place = pictures.path(IMAGE)
    assert place is not None
    assert square(place, 40, 4) is None
    place.unlink()
    assert square(place, 40, 4) is None


def test_names_are_shown_as_they_are(shown: Shown, desk: Desk) -> None:
    send(desk, frames()("product", SNEAKER, no=8, spu=BAD_NAME, name=BAD_NAME, price_fen=42900, points=[BAD_NAME]))
    shown.go("products", SNEAKER)
    page = shown.page(ProductsPage)
    assert page.detail.name.text() == BAD_NAME
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text(), label.text()


def test_nothing_found_says_what_to_do_next(shown: Shown) -> None:
    page = shown.page(ProductsPage)
    page.finder.search.setText("没有这样的鞋")
    shown.settle()
    assert page._empty.isVisible()
    page._empty.action.click()
    shown.settle()
    assert page.detail.isVisible()


def test_the_models_are_models_that_qt_accepts(shown: Shown) -> None:
    page = shown.page(ProductsPage)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in (page.finder.model, page.detail.matrix.stock)]
    for product in (LOAFER, SNEAKER, LOAFER):
        shown.go("products", product)
    del testers


def test_a_product_is_put_on_a_clients_wishes_by_keyboard(shown: Shown, desk: Desk) -> None:
    page = shown.page(ProductsPage)
    page.finder.search.setFocus()
    shown.type("乐福")
    shown.settle()
    shown.press(Qt.Key.Key_F7)
    shown.settle()
    dialog = page.findChildren(WishForDialog)[-1]
    assert not dialog.go.isEnabled()  # whose wish it is has not been said
    dialog.search.setFocus()
    shown.type("cyt")
    shown.settle()
    assert dialog.client_id() == CHEN
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    (wish,) = desk.card.card(CHEN, WANG).wishes
    assert (wish.product_id, wish.tell) == (LOAFER, True)
    shown.window.toast.action.click()
    shown.settle()
    assert desk.card.card(CHEN, WANG).wishes == ()


def test_the_variant_that_was_looked_at_is_wished_for(shown: Shown) -> None:
    page = shown.page(ProductsPage)
    page.open(Target("products", LOAFER))
    shown.settle()
    sku = page.detail.sku
    assert sku is not None
    page.detail.wish.click()
    dialog = page.findChildren(WishForDialog)[-1]
    assert (dialog.colour.text(), dialog.worn.text()) == (sku.colour, sku.size)
    assert dialog.wish(LOAFER).sku_id == sku.sku_id
    dialog.worn.setText("43")
    assert dialog.wish(LOAFER).sku_id is None  # another size is another variant
    dialog.reject()


def test_a_missing_size_is_registered_by_one_key_and_taken_back(shown: Shown, desk: Desk) -> None:
    page = shown.page(ProductsPage)
    page.setFocus()
    shown.type("LF2601")
    shown.settle()
    shown.press(Qt.Key.Key_F8)
    shown.settle()
    (row,) = desk.missing.listed()
    assert (row.name, row.colour, row.size, row.times) == ("软底乐福鞋 2026 秋", "黑色", "37", 1)
    shown.window.toast.action.click()
    shown.settle()
    assert desk.missing.listed() == ()


def test_what_was_missed_is_listed_and_leads_to_the_product(shown: Shown, desk: Desk) -> None:
    desk.missing.register(ident(10), actor())
    desk.missing.register(ident(10), actor())
    page = shown.page(ProductsPage)
    shown.go("products", SNEAKER)
    page.finder.search.setFocus()
    shown.press(Qt.Key.Key_F8, shift=True)
    shown.settle()
    dialog = page.findChildren(MissingDialog)[-1]
    assert dialog.list.item(0).text() == "软底乐福鞋 2026 秋 黑色 37\n要过 2 次, 最近 刚刚 · 现有 2 件, 12 分钟前"
    dialog.list.setFocus()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert page.detail.name.text() == "软底乐福鞋 2026 秋"


def test_a_wish_for_what_is_not_here_counts_as_missing(shown: Shown, desk: Desk) -> None:
    send(desk, frames()("stock", ident(10), store=STORE, available=0, as_of=NOW))
    shown.go("products", LOAFER)
    page = shown.page(ProductsPage)
    shown.press(Qt.Key.Key_F7)
    shown.settle()
    dialog = page.findChildren(WishForDialog)[-1]
    dialog.search.setFocus()
    shown.type("cyt")
    shown.settle()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    (row,) = desk.missing.listed()
    assert (row.times, row.waiting) == (1, 1)


def test_what_is_not_here_has_something_to_show_instead(shown: Shown, desk: Desk) -> None:
    frame = frames()
    send(
        desk,
        frame("product", SNEAKER, no=8, spu="SN2602", name="方头乐福鞋", category="女鞋/乐福鞋", price_fen=52900),
        frame("sku", ident(90), product_id=SNEAKER, code="SN-37", colour="白色", size="37"),
        frame("stock", ident(90), store=STORE, available=3, as_of=NOW - 60_000),
        frame("stock", ident(10), store=STORE, available=0, as_of=NOW),
    )
    shown.go("products", LOAFER)
    page = shown.page(ProductsPage)
    (button,) = page.detail.instead.findChildren(QPushButton)
    assert button.text() == "方头乐福鞋 · ¥529 · 本店 3 · 1 分钟前"
    button.click()
    shown.settle()
    assert page.detail.name.text() == "方头乐福鞋"
    assert not page.detail.instead.isVisible()


def test_the_page_says_what_is_asked_and_what_must_not_be_claimed(shown: Shown, desk: Desk) -> None:
    send(desk, frames()("product", SNEAKER, no=8, spu="SN2602", name="小白鞋", price_fen=1, channels=["store"],
                        faq=[{"question": "能水洗吗?", "answer": "不能"}], forbidden=["防水"]))  # fmt: skip
    shown.go("products", SNEAKER)
    page = shown.page(ProductsPage)
    said = {w.text(): w.property("role") for w in page.detail.findChildren(QLabel) if w.isVisibleTo(page)}
    assert "能水洗吗?\n不能" in said
    assert said["防水"] == "warn"
    assert page.detail.mark.text() == "不在私域卖"
    assert not page.detail.share.isEnabled()


def test_a_piece_is_kept_by_keyboard_and_counts_as_reserved(shown: Shown) -> None:
    page = shown.page(ProductsPage)
    shown.go("products", LOAFER)
    page.finder.search.setFocus()
    shown.press(Qt.Key.Key_F9)
    shown.settle()
    dialog = page.findChildren(KeepDialog)[-1]
    assert dialog.source.itemText(0) == "本店留货 · 可售 2 · 12 分钟前"
    dialog.source.setFocus()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert nearby(page)[1] == "本店可售 1 · 在库 3 · 预占 2 · 在途 0 · 12 分钟前"
    shown.window.toast.action.click()
    shown.settle()
    assert nearby(page)[1] == "本店可售 2 · 在库 3 · 预占 1 · 在途 0 · 12 分钟前"


def test_another_store_is_asked_without_network_and_it_waits(shown: Shown, desk: Desk) -> None:
    page = shown.page(ProductsPage)
    shown.go("products", LOAFER)
    page.finder.search.setFocus()
    shown.press(Qt.Key.Key_F9)
    shown.settle()
    dialog = page.findChildren(KeepDialog)[-1]
    assert dialog.source.itemText(1) == "从徐家汇店调来 · 余 6 · 1 小时前"
    dialog.source.setFocus()
    shown.press(Qt.Key.Key_Down)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert [(row.kind, row.from_name, row.state) for row in desk.stock_requests.listed()] == [
        ("transfer", "徐家汇店", "open")
    ]


def test_requests_are_listed_and_answered_by_keyboard(shown: Shown, desk: Desk) -> None:
    desk.stock_requests.ask("transfer", ident(10), 1, DAY_MS, actor(), OTHER_STORE)
    page = shown.page(ProductsPage)
    shown.go("products", LOAFER)
    page.finder.search.setFocus()
    shown.press(Qt.Key.Key_F9, shift=True)
    shown.settle()
    listed = page.findChildren(RequestsDialog)[-1]
    assert listed.list.item(0).text() == "软底乐福鞋 2026 秋 黑色 37 × 1\n徐家汇店 → 南京西路店 · 等上传 · 刚刚"
    assert [answer for answer, made in listed.deeds.items() if made.isVisible()] == ["cancelled"]
    listed.deeds["cancelled"].setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    assert [row.state for row in desk.stock_requests.listed()] == ["cancelled"]


def test_goods_that_are_late_are_marked_so_and_others_are_not(qtbot: QtBot, theme: Theme) -> None:
    agreed = Request(
        id=ident(700), kind="transfer", sku_id="", product_id=LOAFER, name="软底乐福鞋", colour="", size="37", qty=1,
        from_store=OTHER_STORE, from_name="徐家汇店", to_store=STORE, to_name="南京西路店", at=NOW - 3 * DAY_MS,
        until=NOW + DAY_MS, state="accepted", answer="", waiting=False, gives=False, asks=True,
    )  # fmt: skip
    rows = [replace(agreed, id=ident(701), until=NOW - DAY_MS), agreed]
    page = QWidget()
    qtbot.addWidget(page)
    dialog = RequestsDialog(page, theme, rows, NOW, manager=True)
    lines = [dialog.list.item(n).data(ROW_ROLE) for n in range(2)]
    assert [(line.state, line.tone) for line in lines] == [
        ("已同意, 过了约定的时间还没收到", "red"),
        ("已同意", "accent"),
    ]
    dialog.grab()


def test_the_keys_of_the_page_answer_at_once_after_a_dialog_was_closed(shown: Shown) -> None:
    page = shown.page(ProductsPage)
    shown.go("products", LOAFER)
    page.finder.search.setFocus()
    shown.press(Qt.Key.Key_F9)
    shown.settle()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert QApplication.focusWidget() is page.finder.search
    shown.press(Qt.Key.Key_F9, shift=True)
    shown.settle()
    (listed,) = page.findChildren(RequestsDialog)
    assert listed.list.count() == 1


def test_what_goes_with_it_is_shown_with_its_reason_and_becomes_a_look(shown: Shown, desk: Desk) -> None:
    frame, bag = frames(), ident(300)
    send(
        desk,
        frame("product", bag, no=9, spu="BG1", name="托特包", category="女包/托特", price_fen=80000),
        frame("sku", ident(301), product_id=bag, code="BG1-1"),
        frame("stock", ident(301), store=STORE, available=2, on_hand=2, as_of=NOW),
        *(
            frame("purchase", ident(500 + n), store=STORE, order_no=f"N{n}", at=NOW - DAY_MS)
            for n in range(9)
        ),
        *(
            frame("purchase_line", ident(600 + 10 * n + i), store=STORE, purchase_id=ident(500 + n), product_id=one)
            for n in range(3)
            for i, one in enumerate((LOAFER, bag))
        ),
    )  # fmt: skip
    page = shown.page(ProductsPage)
    shown.go("products", LOAFER)
    card = page.detail.matches
    assert [one.text() for one in card.findChildren(QPushButton) if one.isVisibleTo(page)] == [
        "托特包 · ¥800 · 本店 2 · 刚刚", "做成一套",
    ]  # fmt: skip
    assert "买它的 7 张小票里 3 张也有" in [one.text() for one in card.findChildren(QLabel) if one.isVisibleTo(page)]
    look = next(one for one in card.findChildren(QPushButton) if one.accessibleName() == "和托特包做成一套搭配")
    look.setFocus()
    shown.press(Qt.Key.Key_Space)
    assert shown.page(Elsewhere).target.args == {"product": LOAFER, "with": bag}
    shown.go("products", SNEAKER)
    assert not card.isVisibleTo(page)
