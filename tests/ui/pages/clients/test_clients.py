"""客户: found by a few letters, edited without a save button, every deed taken back or told."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit

from guide_app.clients.model import ClientFilter
from guide_app.flows.desk import Desk
from tests.helpers.book import CHEN, LIN, NOW, STORE, WANG, ZHOU, Frames, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.page import Page, Target
from ui.kit.pill import PillButton
from ui.pages.clients.birthday_dialog import BirthdayDialog
from ui.pages.clients.book_list import ClientDelegate
from ui.pages.clients.dialogs import NewClientDialog, OfferDialog, PromiseDialog
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.reveal_dialog import RevealDialog

BAD = "<b>x</b><img src=x>"


class Elsewhere(Page):
    """Where the page sends us."""

    def open(self, target: Target) -> None:
        self.target = target


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor), share=Elsewhere)


def at(shown: Shown, client: str) -> ClientsPage:
    shown.go("clients", client)
    page = shown.page(ClientsPage)
    assert page.portrait.view is not None
    assert page.portrait.view.portrait.id == client
    return page


def field(desk: Desk, client: str, name: str) -> object:
    return desk.clients.portrait(client).fields[name]


def tags(page: ClientsPage) -> list[str]:
    return [b.text() for b in page.portrait.findChildren(PillButton) if not b.isHidden() and b.text().endswith("×")]


def dialog(page: ClientsPage, kind: type[QDialog]) -> QDialog:
    found = page.findChild(kind)
    assert found is not None
    return found


def listed(page: ClientsPage) -> list[str]:
    model = page.list.model()
    return [model.index(n, 0).data().split()[0] for n in range(model.rowCount())]


# -- finding -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"), [("cyt", "陈雅婷"), ("zhoujianguo", "周建国"), ("0921", "林小满"), ("金卡", "陈雅婷")]
)
def test_a_client_is_found_by_keyboard(shown: Shown, typed: str, name: str) -> None:
    page = shown.page(ClientsPage)
    page.search.setFocus()
    shown.type(typed)
    shown.settle()
    assert listed(page) == [name]
    assert page.portrait.name.text() == name
    assert "1 位" in page.count.text()
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    assert len(listed(page)) == 3


def test_the_list_is_walked_with_the_arrow_keys(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    page.list.setFocus()
    shown.press(Qt.Key.Key_Home)
    shown.settle()
    first = page.portrait.name.text()
    shown.press(Qt.Key.Key_Down)
    shown.settle()
    assert page.portrait.name.text() != first
    assert page.portrait.name.text() == listed(page)[1]


def test_the_row_that_looks_chosen_is_hers_who_is_shown(shown: Shown) -> None:
    page = at(shown, CHEN)

    def marked() -> str | None:
        row = page.list.row_at(page.list.currentIndex().row())
        return row.id if row is not None else None

    assert marked() == CHEN
    page.side._buttons["birthday"].click()
    shown.settle()
    assert listed(page) == ["周建国"]
    assert marked() is None, "the number of a row is no client"
    page.side._buttons["all"].click()
    shown.settle()
    assert marked() == CHEN


def test_no_sum_is_cut_short_in_a_narrow_window(shown: Shown) -> None:
    theme = shown.context.theme
    delegate, wide = ClientDelegate(theme, lambda: 0), QFontMetricsF(theme.font()).horizontalAdvance
    cells = delegate._cells(QRectF(0, 0, 340, 50))
    assert cells[3].width() >= wide("¥15,301.10")
    assert [cell.left() for cell in cells] == sorted(cell.left() for cell in cells)
    left, right = delegate._halves(QRectF(0, 0, 236, 50))  # of the narrowest window
    assert left.width() >= wide("欧阳娜娜 138****5678")
    assert right.width() >= max(wide("¥15,301.10"), wide("365 days ago"))
    assert left.right() < right.left()


def test_segments_and_tags_narrow_the_list(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    page.side._buttons["birthday"].click()
    shown.settle()
    assert listed(page) == ["周建国"]
    page.side._buttons["all"].click()
    shown.settle()
    next(chip for chip in page.side.narrowing.tag_buttons if chip.text() == "金卡").click()
    shown.settle()
    assert listed(page) == ["陈雅婷"]
    assert page.side.filter == ClientFilter("store", "all", ("金卡",))


def test_both_lists_are_models_that_qt_accepts(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in (page.book, page.found)]
    for text in ("陈", "没有", ""):
        page.search.setText(text)
        shown.settle()
    del testers


def test_who_is_not_found_is_said_and_made_from_what_was_typed(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    page.search.setFocus()
    for typed, name, phone in (("欧阳", "欧阳", ""), ("13912345678", "", "13912345678")):
        page.search.setText(typed)
        shown.settle()
        assert page.results.currentWidget() is page.results.nobody
        assert typed in page.results.nobody.action.text()
        shown.press(Qt.Key.Key_Return)
        shown.settle()
        (made,) = [one for one in page.findChildren(NewClientDialog) if one.isVisible()]
        assert (made.name.text(), made.phone.text()) == (name, phone)
        assert made.isAncestorOf(made.focusWidget())
        made.reject()
        page.search.setFocus()
    page.search.setText("cyt")
    shown.settle()
    assert page.results.currentWidget() is page.list
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert not [one for one in page.findChildren(NewClientDialog) if one.isVisible()], "she was found"


# -- changing ----------------------------------------------------------------------------------------------


def test_a_client_is_added_by_keyboard(shown: Shown, desk: Desk) -> None:
    page = shown.page(ClientsPage)
    page.add.click()
    shown.settle()
    made = dialog(page, NewClientDialog)
    assert isinstance(made, NewClientDialog)
    assert not made.go.isEnabled()
    shown.type("何俊")  # the cursor stands in the name
    shown.press(Qt.Key.Key_Tab)
    shown.type("13300002098")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    (row,) = desk.clients.search("hejun")
    assert (row.name, row.phone) == ("何俊", "133****2098")
    assert page.portrait.name.text() == "何俊"


def test_a_number_that_is_in_the_book_already_names_whose_it_is(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    page.add.click()
    made = dialog(page, NewClientDialog)
    assert isinstance(made, NewClientDialog)
    made.name.setText("另一位")
    made.phone.setText("13800005678")
    made.accept()
    shown.settle()
    (failure,) = shown.failures
    assert "陈雅婷" in failure.sentence
    shown.failures.clear()


def test_who_is_in_the_book_already_is_shown_before_saving(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    page.add.click()
    shown.settle()
    made = dialog(page, NewClientDialog)
    assert isinstance(made, NewClientDialog)
    assert made.same.isHidden()
    shown.type("另一位")
    shown.press(Qt.Key.Key_Tab)
    shown.type("138 0000 5678")
    shown.settle()
    assert not made.same.isHidden()
    assert "陈雅婷 · 138****5678" in made.same.text()
    made.same.click()
    shown.settle()
    assert page.portrait.name.text() == "陈雅婷"


def test_five_fields_and_a_consent_are_taken_down_within_ten_seconds_by_keyboard(shown: Shown, desk: Desk) -> None:
    """WeChat for a name, sex, age band, preference, consent with its proof; no mouse, no reach for a date."""
    sign = {"channel": "any", "version": "2026-1", "way": "paper", "proof": "告知书 0231"}
    desk.privacy_deeds.grant(CHEN, "service", actor(), **sign)  # type: ignore[arg-type]
    page = shown.page(ClientsPage)
    page.add.click()
    shown.settle()
    made = dialog(page, NewClientDialog)
    assert isinstance(made, NewClientDialog)
    keys: list[object] = [
        Qt.Key.Key_Tab, Qt.Key.Key_Tab, "xiaoyu_88", Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Tab,
        *[Qt.Key.Key_Down] * 3, Qt.Key.Key_Tab, "loafer", Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Return,
    ]  # fmt: skip
    for key in keys:
        if isinstance(key, str):
            shown.type(key)
        else:
            shown.press(key)  # type: ignore[arg-type]
    presses = sum(len(key) if isinstance(key, str) else 1 for key in keys)
    assert presses <= 40, "ten seconds at four keys a second, which anybody types"
    shown.settle()
    (row,) = desk.clients.same("", "xiaoyu_88")
    said = [field(desk, row.id, name) for name in ("name", "sex", "age_band", "preference", "contact_state")]
    assert said == ["xiaoyu_88", "female", "35-44", "loafer", "one_to_one"]
    (fact,) = desk.privacy.ledger(row.id).facts
    assert (fact.purpose, fact.granted, fact.version, fact.way, fact.proof, fact.guide_id, fact.at) == (
        "service", True, "2026-1", "spoken", "当面口头同意", WANG, NOW,
    )  # fmt: skip


def test_an_agreement_without_the_words_she_was_shown_is_not_saved(shown: Shown) -> None:
    page = shown.page(ClientsPage)
    page.add.click()
    shown.settle()
    made = dialog(page, NewClientDialog)
    assert isinstance(made, NewClientDialog)
    made.name.setText("何俊")
    assert made.go.isEnabled()
    assert made.version.isHidden()
    made.contact.setCurrentIndex(made.contact.findData("marketing"))
    assert not made.version.isHidden()
    assert not made.go.isEnabled()
    made.version.setText("2026-1")
    assert made.go.isEnabled()


def test_a_field_saves_itself_and_ctrl_z_brings_it_back(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    shoe = page.portrait.inputs["shoe_size"]
    shoe.setFocus()
    shoe.selectAll()
    shown.type("37.5")
    shown.press(Qt.Key.Key_Tab)
    shown.settle()
    assert field(desk, CHEN, "shoe_size") == "37.5"
    assert shown.window.toast.text == "已记下尺码"
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    assert field(desk, CHEN, "shoe_size") == "37"
    assert shoe.text() == "37"


def test_escape_brings_back_what_was_typed_over(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    shoe = page.portrait.inputs["shoe_size"]
    shoe.setFocus()
    shoe.selectAll()
    shown.type("44")
    shown.press(Qt.Key.Key_Escape)
    shown.press(Qt.Key.Key_Tab)
    shown.settle()
    assert field(desk, CHEN, "shoe_size") == "37"


def test_tags_come_and_go_and_can_be_taken_back(shown: Shown, desk: Desk) -> None:
    page = at(shown, ZHOU)
    page.portrait.new_tag.setFocus()
    shown.type("宽楦")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert tags(page) == ["宽楦 ×"]
    next(b for b in page.portrait.findChildren(PillButton) if b.text() == "宽楦 ×").click()
    shown.settle()
    assert tags(page) == []
    shown.window.toast.action.click()
    shown.settle()
    assert [tag.name for tag in desk.clients.portrait(ZHOU).tags] == ["宽楦"]


def test_a_note_stands_on_the_timeline(shown: Shown) -> None:
    page = at(shown, CHEN)
    page.portrait.note.setFocus()
    shown.type(BAD)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    said = [label.text() for label in page.portrait.tabs.findChildren(QLabel)]
    assert BAD in said
    assert page.portrait.note.text() == ""


def test_a_number_is_shown_only_after_the_look_is_logged(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    assert page.portrait.phone.text() == "138****5678"
    page.portrait.phone.click()
    shown.settle()
    asked = dialog(page, RevealDialog)
    assert isinstance(asked, RevealDialog)
    assert not asked.go.isEnabled()
    shown.type("电话回访")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    shown.bot.waitUntil(lambda: page.portrait.phone.text() == "13800005678")
    (look,) = desk.privacy.accesses(0)
    assert (look.client_id, look.guide, look.reason) == (CHEN, "王敏", "电话回访")
    at(shown, ZHOU)
    at(shown, CHEN)
    assert page.portrait.phone.text() == "138****5678"


def test_a_promise_is_given_and_kept(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    page.portrait.promise.click()
    shown.settle()
    made = dialog(page, PromiseDialog)
    assert isinstance(made, PromiseDialog)
    assert made.due.text() == "2026-11-22 18:00", "in China's time, wherever the PC is set to"
    shown.type("留 38 码")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    (task,) = desk.followup.of_client(CHEN)
    assert task.title == "留 38 码"
    page.portrait.promise_kept.emit(task.id)
    shown.settle()
    assert desk.followup.of_client(CHEN) == []


def test_a_lunar_birthday_is_kept_as_it_was_said(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    page.portrait.birthday.click()
    made = dialog(page, BirthdayDialog)
    assert isinstance(made, BirthdayDialog)
    made.calendar.setCurrentIndex(1)
    made.month.setValue(6)
    made.day.setValue(31)
    assert (made.told.text(), made.go.isEnabled()) == ("农历 6 月没有 31 日。", False)
    made.day.setValue(30)
    made.leap.setChecked(True)
    assert "2027-08-01 (这年没有这个闰月, 平月也只有 29 天, 过廿九)" in made.told.text()
    assert len(made.told.text().splitlines()) == 1 + 3
    made.accept()
    shown.settle()
    assert page.portrait.birthday.text() == "农历闰六月三十"
    assert (field(desk, LIN, "birth_month"), field(desk, LIN, "birth_year")) == (6, None)


def test_a_birthday_on_the_29th_of_february_is_kept_and_one_on_the_30th_is_refused(shown: Shown) -> None:
    page = at(shown, LIN)
    page.portrait.birthday.click()
    made = dialog(page, BirthdayDialog)
    assert isinstance(made, BirthdayDialog)
    made.month.setValue(2)
    made.day.setValue(30)
    assert (made.told.text(), made.go.isEnabled()) == ("2 月没有 30 日。", False)
    made.day.setValue(29)
    made.year.setValue(1995)
    assert (made.told.text(), made.go.isEnabled()) == ("1995 年 2 月没有 29 日。", False)
    made.year.setValue(1996)
    assert made.told.text().splitlines()[1:] == [
        "2027-02-28 (平年没有 2 月 29 日, 过 2 月 28 日)",
        "2028-02-29",
        "2029-02-28 (平年没有 2 月 29 日, 过 2 月 28 日)",
    ]
    made.accept()
    shown.settle()
    assert page.portrait.birthday.text() == "1996-02-29"


def test_a_coupon_is_given(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    page.portrait.coupon.click()
    shown.settle()
    made = dialog(page, OfferDialog)
    made.accept()
    shown.settle()
    (held,) = desk.coupons.of_client(LIN)
    assert held.terms.name == "满400减80"
    assert shown.window.toast.text == "已发「满400减80」"


def test_an_archived_client_comes_back_by_undo(shown: Shown) -> None:
    page = at(shown, LIN)
    page.portrait.archive.click()
    shown.settle()
    assert "林小满" not in listed(page)
    shown.window.toast.action.click()
    shown.settle()
    assert "林小满" in listed(page)


def test_share_leads_to_the_share_page_with_her(shown: Shown) -> None:
    page = at(shown, CHEN)
    page.portrait.share.click()
    assert shown.page(Elsewhere).target == Target("share", args={"client": CHEN})


# -- showing -----------------------------------------------------------------------------------------------


def test_names_and_tags_are_shown_as_they_are(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 500
    rows = [frame("client", ident(91), store=STORE, name=BAD, primary_guide_id=WANG, created_at=NOW, remark=BAD),
            frame("client_tag", ident(92), store=STORE, client_id=ident(91), name=BAD[:30]),
            frame("note", ident(93), store=STORE, client_id=ident(91), kind="note", body=BAD, at=NOW)]  # fmt: skip
    desk.db.apply(lambda applier: applier.apply(rows))
    page = at(shown, ident(91))
    assert page.portrait.name.text() == BAD
    for label in page.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or not label.text(), label.text()
    for widget in page.findChildren(QLineEdit):
        assert widget.accessibleName() or not widget.isVisibleTo(page), widget.placeholderText()


def test_what_another_pc_changes_appears_while_typing_stays(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    wechat = page.portrait.inputs["wechat"]
    wechat.setFocus()
    shown.type("yating")
    desk.client_deeds.edit(CHEN, {"preference": "乐福鞋", "wechat": "other"}, actor())
    shown.settle()
    assert page.portrait.inputs["preference"].text() == "乐福鞋"
    assert wechat.text() == "yating"
    focus = QApplication.focusWidget()
    assert focus is wechat


def test_a_note_of_her_health_is_warned_of_while_typed_and_not_lost_when_refused(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    writing = page.portrait.writing
    writing.private.setChecked(True)
    writing.field.setFocus()
    shown.type("对羊毛")
    assert not writing.warning.isVisible()
    writing.field.insert("过敏")
    assert writing.warning.isVisible()
    assert "单独同意" in writing.warning.text()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    (failure,) = shown.failures
    assert failure.code == "note.consent_needed"
    shown.failures.clear()
    assert (writing.field.text(), writing.private.isChecked()) == ("对羊毛过敏", True)
    desk.privacy_deeds.grant(CHEN, "sensitive", actor(), version="2026-1", way="spoken", proof="当面")
    QTest.keyClick(writing.field, Qt.Key.Key_Return)
    shown.settle()
    assert (writing.field.text(), writing.warning.isVisible()) == ("", False)
    assert "对羊毛过敏" in repr(desk.db.query(lambda c: c.exec_driver_sql("SELECT body FROM note").all()))
