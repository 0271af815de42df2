"""A new guide's day at a PC without a mouse: everything is reached by keys from where the last deed left her."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QMenu, QTabBar, QWidget

from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LOAFER, WANG, ZHOU, Frames, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.catalogue.page import ProductsPage
from ui.pages.clients.page import ClientsPage
from ui.pages.share.library import LibraryPage
from ui.pages.today.page import TodayPage

SCRIPT = ident(301)
_FARTHEST = 120


@pytest.fixture
def shown(open_pages: Open, desk: Desk, tmp_path: Path) -> Shown:
    frame = Frames()
    frame._seq = 700
    steps = [{"title": "问候"}, {"day": 3, "title": "问合脚"}]
    rows = [
        frame("script", SCRIPT, scene="上新", title="新款", body="{称呼}, 软底鞋到了", rank=1),
        frame("sop", ident(302), name="回访两步", occasion="manual", steps=steps),
    ]
    desk.db.apply(lambda a: a.apply(rows))
    return open_pages(
        today=lambda context: TodayPage(context, desk, actor),
        clients=lambda context: ClientsPage(context, desk, actor),
        products=lambda context: ProductsPage(context, desk, actor, lambda _sha: tmp_path / "none"),
        scripts=lambda context: LibraryPage(context, desk, actor, lambda _sha: tmp_path / "none"),
    )


def name_of(widget: QWidget) -> str:
    """As a screen reader calls it."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def tab_to(shown: Shown, name: str, *, back: bool = False) -> QWidget:
    """Press Tab until what is called `name` has the keyboard; fails where it cannot be reached."""
    passed: list[str] = []
    modal = QApplication.activeModalWidget()
    if modal is not None and not modal.isActiveWindow():  # offscreen no window manager gives it the keyboard
        modal.activateWindow()
        shown.bot.waitUntil(modal.isActiveWindow)
    for _ in range(_FARTHEST):
        focus = QApplication.focusWidget()
        assert focus is not None, f"the keyboard is nowhere after {passed}"
        if name_of(focus) == name:
            assert focus.isVisible()
            return focus
        passed.append(name_of(focus) or type(focus).__name__)
        shown.press(Qt.Key.Key_Tab, shift=back)
    raise AssertionError(f"{name} is not reached: {passed}")


def press_on(shown: Shown, name: str, *, back: bool = False) -> None:
    """Go to the button of that name and press it."""
    tab_to(shown, name, back=back)
    shown.press(Qt.Key.Key_Space)
    shown.settle()


def write(shown: Shown, name: str, text: str) -> None:
    """Go to the field of that name and type."""
    tab_to(shown, name)
    shown.type(text)


def enter(shown: Shown) -> None:
    shown.press(Qt.Key.Key_Return)
    shown.settle()


def open_chen(shown: Shown) -> ClientsPage:
    return open_client(shown, "cyt", "陈雅婷")


def open_client(shown: Shown, initials: str, name: str) -> ClientsPage:
    """客户 by its number, then her initials."""
    open_book(shown)
    shown.type(initials)  # the keyboard is where one finds
    shown.settle()
    page = shown.page(ClientsPage)
    assert page.portrait.name.text() == name
    return page


def tab_of(shown: Shown, number: int) -> None:
    """Choose one of the portrait's tabs by the arrows."""
    for _ in range(_FARTHEST):
        if isinstance(QApplication.focusWidget(), QTabBar):
            break
        shown.press(Qt.Key.Key_Tab)
    bar = QApplication.focusWidget()
    assert isinstance(bar, QTabBar)
    while bar.currentIndex() < number:
        shown.press(Qt.Key.Key_Right)
    shown.settle()


def choose(shown: Shown, name: str, wanted: str) -> None:
    """Go down in the box of that name until it says what is wanted."""
    box = tab_to(shown, name)
    assert isinstance(box, QComboBox)
    shown.press(Qt.Key.Key_Home)
    for _ in range(box.count()):
        if box.currentText() == wanted:
            return
        shown.press(Qt.Key.Key_Down)
    raise AssertionError(f"{name} has no {wanted}")


def open_book(shown: Shown) -> None:
    """客户 by its number."""
    shown.press(Qt.Key.Key_2, control=True)
    shown.settle()


def notes(desk: Desk) -> list[tuple[str, str]]:
    """Kind and words of what was written of her."""
    rows = desk.db.query(lambda c: c.exec_driver_sql("SELECT kind, body FROM note WHERE client_id = ?", (CHEN,)).all())
    return [(row[0], row[1]) for row in rows]


def test_a_tag_is_hung_and_taken_back(shown: Shown) -> None:
    page = open_chen(shown)
    tab_to(shown, "添加标签")
    shown.type("宽脚")
    enter(shown)
    assert "宽脚" in [chip.tag.name for chip in page.portrait.tags.chips]
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    assert "宽脚" not in [chip.tag.name for chip in page.portrait.tags.chips]
    press_on(shown, "选标签")
    shown.type("宽脚")
    enter(shown)
    assert "宽脚" in [chip.tag.name for chip in page.portrait.tags.chips]
    press_on(shown, "去掉标签 宽脚", back=True)
    assert "宽脚" not in [chip.tag.name for chip in page.portrait.tags.chips]
    assert page.isAncestorOf(QApplication.focusWidget() or shown.window)


def test_a_call_and_a_promise_are_noted(shown: Shown, desk: Desk) -> None:
    open_chen(shown)
    tab_to(shown, "记一笔")
    shown.press(Qt.Key.Key_Down)
    shown.type("说周末来试")
    enter(shown)
    assert notes(desk) == [("call", "说周末来试")]
    assert name_of(QApplication.focusWidget() or shown.window) == "记一笔", "the next line can follow"
    press_on(shown, "答应一件事", back=True)
    shown.type("留 38 码")
    enter(shown)
    assert [task.title for task in desk.followup.of_client(CHEN)] == ["留 38 码"]
    press_on(shown, "兑现了 留 38 码", back=True)
    assert desk.followup.of_client(CHEN) == []


def test_a_wish_a_lunar_day_and_a_relation_are_noted(shown: Shown, desk: Desk) -> None:
    open_chen(shown)
    tab_of(shown, 3)
    press_on(shown, "+ 日子")
    shown.press(Qt.Key.Key_End)
    write(shown, "名称", "婆婆生日")
    tab_to(shown, "历法")
    shown.press(Qt.Key.Key_Down)
    enter(shown)
    press_on(shown, "+ 关系")
    write(shown, "姓名", "豆豆")
    enter(shown)
    press_on(shown, "+ 心愿")
    write(shown, "想要什么", "红色短靴")
    enter(shown)
    card = desk.card.card(CHEN, WANG)
    assert [(date.title, date.calendar) for date in card.dates] == [("婆婆生日", "lunar")]
    assert [relation.name for relation in card.relations] == ["豆豆"]
    assert [wish.title for wish in card.wishes] == ["红色短靴"]


def test_a_size_is_typed_and_a_brands_size_too(shown: Shown, desk: Desk) -> None:
    open_chen(shown)
    write(shown, "上装", "M")
    enter(shown)
    press_on(shown, "+ 按品牌记尺码", back=True)
    write(shown, "哪个品牌", "ECCO")
    write(shown, "她说的尺码", "38")
    enter(shown)
    assert desk.clients.portrait(CHEN).fields["top_size"] == "M"
    assert ("ECCO", "38") in [(said.brand, said.size) for said in desk.card.card(CHEN, WANG).stated]


def test_a_coupon_is_given(shown: Shown, desk: Desk) -> None:
    open_client(shown, "zjg", "周建国")
    press_on(shown, "发券")
    enter(shown)
    assert [held.terms.name for held in desk.coupons.of_client(ZHOU)] == ["满400减80"]


def test_a_script_is_filled_copied_and_answered(shown: Shown, desk: Desk) -> None:
    open_chen(shown)
    press_on(shown, "发话术")
    assert shown.page(LibraryPage).in_hand["client"] == CHEN
    tab_to(shown, "找话术")
    enter(shown)
    assert "软底鞋到了" in QGuiApplication.clipboard().text()
    shown.press(Qt.Key.Key_Y)
    shown.settle()
    assert [kind for kind, _text in notes(desk)] == ["message"]


def test_doubles_are_merged_and_parted_again(shown: Shown, desk: Desk) -> None:
    birth = {"birth_calendar": "solar", "birth_month": 3, "birth_day": 8}
    double = desk.client_deeds.add({"name": "陈雅婷", "wechat": "yating91", **birth}, actor())
    open_chen(shown)
    press_on(shown, "1 对可能是同一个人", back=True)
    press_on(shown, "合并")
    assert desk.clients.portrait(double).fields["merged_into"] == CHEN
    press_on(shown, "更多")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in range(4):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    shown.settle()
    enter(shown)
    assert desk.clients.portrait(double).fields["merged_into"] is None


def test_what_is_kept_for_her_on_the_products_page(shown: Shown, desk: Desk) -> None:
    shown.press(Qt.Key.Key_3, control=True)
    shown.settle()
    shown.type("LF2601")
    shown.settle()
    shown.press(Qt.Key.Key_F9)
    shown.settle()
    enter(shown)
    assert [(row.name, row.qty) for row in desk.stock_requests.listed()] == [("软底乐福鞋 2026 秋", 1)]
    shown.press(Qt.Key.Key_F7)
    shown.settle()
    shown.type("cyt")
    shown.settle()
    enter(shown)
    assert [wish.product_id for wish in desk.card.card(CHEN, WANG).wishes] == [LOAFER]


def test_a_sequence_is_begun_and_put_off(shown: Shown, desk: Desk) -> None:
    page = open_chen(shown)
    shown.press(Qt.Key.Key_F8)
    shown.settle()
    choose(shown, "要开始的流程", "回访两步 (2 步)")
    press_on(shown, "开始")
    (run,) = desk.sops.of_client(CHEN)
    assert (run.state, [step.title for step in run.steps]) == ("running", ["问候", "问合脚"])
    press_on(shown, "其余推迟")
    (later,) = desk.sops.of_client(CHEN)
    assert [step.due - before.due for step, before in zip(later.steps, run.steps, strict=True)] == [timedelta(3)] * 2
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    assert page.isAncestorOf(QApplication.focusWidget() or shown.window), "and she is back where she was"


def test_her_book_is_taken_out(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    open_book(shown)
    press_on(shown, "导出")
    write(shown, "原因", "回访名单")
    choose(shown, "格式", "CSV")
    tab_to(shown, "文件")
    shown.press(Qt.Key.Key_A, control=True)
    shown.type(str(tmp_path / "book.csv"))
    press_on(shown, "导出 (会记录)")
    assert "陈雅婷" in (tmp_path / "book.csv").read_text("utf-8-sig")
    (line,) = [one for one in desk.privacy.accesses(0) if one.deed == "export"]
    assert line.reason == "回访名单"


def test_a_messy_list_is_brought_in_and_what_was_refused_is_mended(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    """A list as an old till gives it: GB18030, titles of its own, a row that is no client."""
    path = tmp_path / "old.csv"
    path.write_text("称谓,联系号,鞋号\n赵敏,137 0000 1111,37\n陈雅婷,13800005678,\n坏,12,\n", encoding="gb18030")
    open_book(shown)
    press_on(shown, "导入")
    shown.type(str(path))
    enter(shown)
    choose(shown, "称谓", "姓名")
    choose(shown, "联系号", "手机号")
    press_on(shown, "试运行")
    press_on(shown, "导入")
    assert [row.name for row in desk.clients.search("赵敏")] == ["赵敏"]
    refused = tmp_path / "old-未导入.csv"
    mended = refused.read_text("utf-8-sig").replace(",12,", ",13700002222,").replace("坏", "何俊")
    refused.write_text(mended, encoding="utf-8-sig")
    press_on(shown, "导入改好的文件")  # which keeps what the columns were said to be
    press_on(shown, "试运行")
    press_on(shown, "导入")
    assert [row.name for row in desk.clients.search("何俊")] == ["何俊"]
    press_on(shown, "关闭")
    assert shown.page(ClientsPage).isAncestorOf(QApplication.focusWidget() or shown.window)
