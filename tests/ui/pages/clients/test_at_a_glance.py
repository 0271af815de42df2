"""The client page at a glance: order, sizes, closet, kinds of notes, authors, why she was found; all by keyboard."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.flows.timeline import timeline
from tests.helpers.book import CHEN, LI, LOAFER, WANG, actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at
from tests.ui.pages.conftest import Open
from ui.kit.page import Page, Target
from ui.pages.clients.book_list import describe
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.size_dialog import SizeDialog

LI_NA = replace(actor(), guide_id=LI, name="李娜")
_INPUTS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


class Elsewhere(Page):
    """Where the page sends us."""

    def open(self, target: Target) -> None:
        self.target = target


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor), products=Elsewhere)


def top(part: QWidget, page: QWidget) -> int:
    """How far down the page a part begins, px."""
    return part.mapTo(page, part.rect().topLeft()).y()


def test_promises_come_before_the_suggestion_and_that_before_what_is_known(shown: Shown, desk: Desk) -> None:
    desk.followup_deeds.promise(CHEN, "到货就告诉她", desk.clock.now_ms() + 9 * DAY_MS, actor())
    page = at(shown, CHEN)
    pane = page.portrait
    kept = next(b for b in pane.findChildren(QPushButton) if b.text() == "兑现了")
    order = [pane.name, pane.new_tag, kept, pane.next, pane.facts, pane.note, pane.tabs]
    places = [top(part, page) for part in order]
    assert places == sorted(places)
    assert top(pane.tabs.timeline, page) < page.height()  # the timeline begins on the first screen at 1280 x 800
    assert pane.name.font().bold()


def test_one_suggestion_stands_there_with_its_reasons(shown: Shown) -> None:
    page = at(shown, CHEN)
    shown.bot.waitUntil(lambda: page.portrait.next.why.text() == "建议: 惯常 45 天买一次, 已 52 天未到店")
    assert not page.portrait.next.why.isHidden()


def test_how_often_the_company_contacted_her_is_told(shown: Shown, desk: Desk) -> None:
    for n in range(3):
        desk.client_deeds.note(CHEN, f"第{n}次", actor(), "message" if n else "call")
    page = at(shown, CHEN)
    said = next(fact for fact in page.portrait.facts.facts if fact.caption == "联系")
    assert "7 天内全公司已联系 3 次, 上限 3 次" in said.words
    assert "起可以再联系" in said.words
    assert said.role == "warn"


def test_at_the_limit_the_card_says_until_when_and_offers_what_is_allowed(shown: Shown, desk: Desk) -> None:
    for n in range(3):
        desk.client_deeds.note(CHEN, f"第{n}次", actor(), "message" if n else "call")
    page = at(shown, CHEN)
    card = page.portrait.next
    assert "7 天内已联系 3 次, 2026-11-28 起可以再发" in card.limit.text()
    assert not card.limit.isHidden()
    assert [made.isEnabled() for made in (card.share, card.words, card.coupon, card.promise)] == [
        False, False, True, True,
    ]  # fmt: skip
    desk.followup_deeds.promise(CHEN, "留 38 码", desk.clock.now_ms() + DAY_MS, actor())
    shown.settle()
    assert card.limit.isHidden()
    assert card.share.isEnabled()
    assert card.words.isEnabled()


def test_a_size_typed_in_place_gets_its_day_and_comes_back_by_undo(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    page.portrait.inputs["shoe_size"].setFocus()
    page.portrait.inputs["shoe_size"].selectAll()
    shown.type("38")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert "说过: 鞋 38 (2026-11-21 说的)" in page.portrait.facts.text()
    assert "常买: 鞋 37 (4/4 件, 最近 2026-09-30)" in page.portrait.facts.text()
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    assert [said.size for said in desk.card.card(CHEN, WANG).stated] == ["37"]


def test_a_brands_own_size_is_written_by_keyboard(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    page.portrait.add_size.setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    made = page.findChildren(SizeDialog)[-1]
    made.brand.setFocus()
    shown.type("Nike")
    made.worn.setFocus()
    shown.type("38.5")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert [(s.brand, s.size) for s in desk.card.card(CHEN, WANG).stated] == [("", "37"), ("Nike", "38.5")]
    assert "鞋 Nike 38.5 (2026-11-21 说的)" in page.portrait.facts.text()


def test_a_call_is_written_by_one_key_and_found_by_its_author(shown: Shown, desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "李娜写的", LI_NA)
    page = at(shown, CHEN)
    page.portrait.note.setFocus()
    shown.press(Qt.Key.Key_Down)
    shown.type("说脚背高")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert "电话: 说脚背高" in [str(entry.title) for entry in timeline(desk.db, CHEN)]
    assert page.portrait.writing.kind == "note"  # the next line is a plain one again
    authors = page.portrait.tabs.timeline.authors
    names = [authors.itemData(n) for n in range(1, authors.count())]
    assert names == ["李娜", "王敏"]
    authors.setFocus()
    shown.press(Qt.Key.Key_Down)
    shown.settle()
    assert {entry.author for entry in page.portrait.view.timeline} == {"李娜"}  # type: ignore[union-attr]  # shown
    assert authors.currentData() == "李娜"


def test_arrows_go_round_the_kinds(shown: Shown) -> None:
    page = at(shown, CHEN)
    page.portrait.note.setFocus()
    seen = []
    for _ in range(5):
        seen.append(page.portrait.writing.kind)
        shown.press(Qt.Key.Key_Down)
    assert seen == ["note", "call", "visit", "message", "note"]
    shown.press(Qt.Key.Key_Up)
    assert page.portrait.writing.kind == "note"


def test_her_closet_is_searched_and_leads_to_the_product(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    page.portrait.tabs.setCurrentWidget(page.portrait.tabs.purchases)
    closet = page.portrait.tabs.purchases.closet
    held = desk.card.card(CHEN, WANG).closet
    assert [tile.accessibleName() for tile in closet.shown()] != []
    assert len(closet.shown()) == len(held)
    shown.settle()
    assert closet.tiles.height() >= closet.shown()[0].height()  # no picture is cut off
    closet.search.setFocus()
    shown.type("没有这样的")
    assert closet.shown() == []
    assert not closet.hint.isHidden()
    closet.search.clear()
    shown.type(held[0].colour)
    shown.settle()
    tile = closet.shown()[0]
    tile.setFocus()
    assert QApplication.focusWidget() is tile
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    assert shown.page(Elsewhere).target == Target("products", LOAFER)


def test_a_search_says_which_field_matched(shown: Shown, desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "说脚背高", actor())
    page = shown.page(ClientsPage)
    page.search.setFocus()
    shown.type("脚背")
    shown.settle()
    row = page.list.row_at(0)
    assert row.id == CHEN
    assert "记录 说脚背高" in describe(row)
    assert "脚背" not in describe(desk.clients.rows([CHEN])[0])


# -- whoever uses no mouse, and whoever does not see ------------------------------------------------------------------


def nameless(root: QWidget) -> list[str]:
    """What takes the keyboard and has nothing that a screen reader could say."""
    return [f"{type(one).__name__} in {type(one.parent()).__name__}" for one in focusable(root) if not said(one)]


def focusable(root: QWidget) -> Iterator[QWidget]:
    """What is on screen and wants the keyboard; Qt's own inner parts belong to what they are in."""
    for one in root.findChildren(QWidget):
        inner = isinstance(one.parent(), (QAbstractSpinBox, QComboBox, QLineEdit)) or one.objectName().startswith("qt_")
        if isinstance(one, _INPUTS) and one.isVisibleTo(root) and one.isEnabled() and not inner:
            yield one


def said(one: QWidget) -> str:
    return one.accessibleName() or (one.text() if isinstance(one, QAbstractButton) else "")


def unreachable(window: QWidget) -> list[str]:
    """What Tab never comes to, of what wants the keyboard."""
    return [
        said(one)
        for one in focusable(window)
        if not one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None and not _in_list(one)
    ]


def _in_list(one: QWidget) -> bool:
    return isinstance(one.parent(), (QTabBar, QDialogButtonBox, QMenu)) or isinstance(one, QAbstractItemView)


def test_everything_on_the_page_has_a_name_and_is_reached_by_tab(shown: Shown) -> None:
    page = at(shown, CHEN)
    for number in range(page.portrait.tabs.count()):
        page.portrait.tabs.setCurrentIndex(number)
        shown.settle()
        assert nameless(page) == []
        assert unreachable(page) == []


def test_every_dialog_has_names_and_is_left_by_escape(shown: Shown) -> None:
    page = at(shown, CHEN)
    pane = page.portrait
    openers = [page.add, pane.contact, pane.phone, pane.birthday, pane.promise, pane.coupon, pane.standing.flag,
               pane.add_size, pane.tabs.people.dates.add, pane.tabs.people.people.add, pane.tabs.people.wishes.add,
               pane.tabs.file.services.add]  # fmt: skip
    for opener in openers:
        opener.click()
        shown.settle()
        (dialog,) = [one for one in page.findChildren(QDialog) if one.isVisible()]
        assert nameless(dialog) == [], dialog
        assert unreachable(dialog) == [], dialog
        focus = QApplication.focusWidget()
        assert focus is not None
        assert dialog.isAncestorOf(focus) or focus is dialog
        shown.press(Qt.Key.Key_Escape)
        shown.settle()
        assert [one for one in page.findChildren(QDialog) if one.isVisible()] == []


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_whole_page_is_walked_by_tab(shown: Shown) -> None:
    page = at(shown, CHEN)
    page.search.setFocus()
    seen: set[str] = set()
    for _ in range(200):
        shown.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.add(said(focus))
        if focus is page.search:
            break
    assert {"姓名", "做海报发给客户", "发券", "答应一件事", "记一笔", "添加标签", "鞋码", "备注"} <= seen


def test_the_tabs_are_as_high_as_the_one_in_sight(shown: Shown, desk: Desk) -> None:
    for number in range(30):
        desk.client_deeds.note(CHEN, f"来店第 {number} 次", actor(), "visit")
    shown.go("clients", CHEN)
    shown.settle()
    tabs = shown.page(ClientsPage).portrait.tabs
    long = tabs.sizeHint().height()
    tabs.setCurrentWidget(tabs.file)
    shown.settle()
    assert tabs.sizeHint().height() < long / 2


def test_the_pictures_of_her_closet_are_whole(shown: Shown) -> None:
    page = at(shown, CHEN)
    page.portrait.tabs.setCurrentWidget(page.portrait.tabs.purchases)
    shown.settle()
    closet = page.portrait.tabs.purchases.closet
    pieces = closet.shown()
    assert pieces
    assert all(closet.tiles.rect().contains(piece.geometry()) for piece in pieces)
    assert all(piece.size() == piece.maximumSize() for piece in pieces)
