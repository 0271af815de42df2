"""What hangs on a client, in the window: dates, people, wishes, answers, services, the follow-up state."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QPushButton, QWidget

from guide_app.flows.desk import Desk
from guide_app.flows.timeline import timeline
from tests.helpers.book import CHEN, LI, LIN, LOAFER, WANG, Frames, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at, dialog, field
from tests.ui.pages.conftest import Open
from ui.kit.inline import InlineEdit
from ui.pages.clients.birthday_dialog import BirthdayDialog
from ui.pages.clients.card_dialogs import (
    DateDialog,
    FlagDialog,
    ForWhomDialog,
    RelationDialog,
    ServiceDialog,
    WishDialog,
)
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.words import birthday_text

WIDTH, FOOT, SECRET = (ident(n) for n in range(200, 203))


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if not label.isHidden())


def press(part: QWidget, name: str) -> None:
    """Press the button that a screen reader calls `name`, by keyboard."""
    found = next(b for b in part.findChildren(QPushButton) if b.accessibleName() == name and not b.isHidden())
    found.setFocus()
    found.click()


def test_next_birthdays_age_and_other_calendar_are_shown(shown: Shown) -> None:
    page = at(shown, CHEN)
    said = page.portrait.facts.text().splitlines()
    assert "常买: 鞋 37 (4/4 件, 最近 2026-09-30)" in said
    assert "生日: 35 岁 · 下次生日 2027-03-08 · 农历正月廿二" in said
    assert "2027-03-08 · 2028-03-08 · 2029-03-08" in words(page.portrait.tabs.people)


def test_who_keeps_her_lunar_birthday_is_not_shown_a_solar_day_that_does_not_follow(shown: Shown, desk: Desk) -> None:
    lunar = {"birth_calendar": "lunar", "birth_year": 1997, "birth_month": 10, "birth_day": 25, "birth_leap": False}
    desk.client_deeds.edit(CHEN, lunar, actor())
    said = at(shown, CHEN).portrait.facts.text().splitlines()
    assert "生日: 28 岁 · 下次农历生日 2026-12-03 · 公历 1997-11-24" in said


def test_a_leap_month_birthday_says_its_rule(shown: Shown, desk: Desk) -> None:
    birth = {"birth_calendar": "lunar", "birth_month": 6, "birth_day": 30, "birth_leap": True}
    desk.client_deeds.edit(LIN, birth, actor())
    page = at(shown, LIN)
    assert "2027-08-01 (这年没有这个闰月, 平月也只有 29 天, 过廿九)" in words(page.portrait.tabs.people)


def test_the_age_band_follows_from_the_year(shown: Shown, desk: Desk) -> None:
    page = at(shown, LIN)
    for year, band in ((1990, "35-44"), (None, "35-44"), (2000, "25-34")):
        page.portrait.birthday.click()
        made = page.findChildren(BirthdayDialog)[-1]
        made.year.setValue(year or made.year.minimum())
        made.accept()
        shown.settle()
        assert field(desk, LIN, "age_band") == band


def test_her_birthday_is_kept_in_the_other_calendar_too(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    press(page.portrait.tabs.people, "+ 日子")
    made = page.findChildren(DateDialog)[-1]
    made.kind.setCurrentIndex(made.kind.findData("birthday"))
    assert made.guardian.isHidden()
    made.calendar.setCurrentIndex(made.calendar.findData("lunar"))
    made.month.setValue(1)
    made.day.setValue(22)
    made.accept()
    shown.settle()
    (row,) = desk.card.card(CHEN, WANG).dates
    assert (row.kind, row.calendar, str(row.next[0].day)) == ("birthday", "lunar", "2027-02-27")
    said = words(page.portrait.tabs.people)
    assert "生日 · 1991-03-08" in said
    assert "另一历法的生日 · 农历正月廿二" in said


def test_a_childs_birthday_is_refused_until_the_guardian_agreed(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    for agreed in (False, True):
        press(page.portrait.tabs.people, "+ 日子")
        made = page.findChildren(DateDialog)[-1]
        assert not made.guardian.isHidden()
        made.title.setText("豆豆")
        made.year.setValue(2019)
        made.month.setValue(11)
        made.day.setValue(25)
        made.guardian.setChecked(agreed)
        assert made.go.isEnabled() is agreed, "what was typed must not be lost to an error"
        assert "第三十一条" in made.law.text()
        made.month.setValue(2)
        made.day.setValue(30)  # on the way to another day: no year has it
        assert not made.go.isEnabled()
        made.month.setValue(11)
        made.day.setValue(25)
        made.done(QDialog.DialogCode.Accepted if agreed else QDialog.DialogCode.Rejected)
        shown.settle()
    assert [row.title for row in desk.card.card(CHEN, WANG).dates] == ["豆豆"]
    assert "孩子生日 · 豆豆 · 公历 2019-11-25" in words(page.portrait.tabs.people)
    press(page.portrait.tabs.people, "不再记: 孩子生日 · 豆豆 · 公历 2019-11-25")
    shown.settle()
    assert "豆豆" not in words(page.portrait.tabs.people)
    shown.window.toast.action.click()
    shown.settle()
    assert "豆豆" in words(page.portrait.tabs.people)


def test_a_relation_in_the_book_is_found_and_opened(shown: Shown) -> None:
    page = at(shown, CHEN)
    press(page.portrait.tabs.people, "+ 关系")
    shown.settle()
    made = dialog(page, RelationDialog)
    assert isinstance(made, RelationDialog)
    made.name.setFocus()
    shown.type("林")
    shown.settle()
    assert [made.relative.itemText(n) for n in range(made.relative.count())][1:] == ["林小满 186****0921"]
    made.relative.setCurrentIndex(1)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    press(page.portrait.tabs.people, "打开 林小满")
    shown.settle()
    assert page.portrait.name.text() == "林小满"
    assert "父母 · 陈雅婷" in words(page.portrait.tabs.people)


def test_what_she_bought_for_a_child_leaves_her_sizes(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    press(page.portrait.tabs.purchases, "给别人买的: 软底乐福鞋 黑色 37")
    made = dialog(page, ForWhomDialog)
    assert isinstance(made, ForWhomDialog)
    assert not made.go.isEnabled()
    made.who.setText("妹妹")
    made.accept()
    shown.settle()
    assert "给妹妹" in words(page.portrait.tabs.purchases)
    assert "鞋 37 (3/3 件" in page.portrait.facts.text()
    press(page.portrait.tabs.purchases, "是她自己的: 软底乐福鞋 黑色 37")
    shown.settle()
    assert desk.card.card(CHEN, WANG).habits.sizes[0].pieces == 4


def test_habits_stand_over_the_purchases(shown: Shown) -> None:
    page = at(shown, CHEN)
    said = page.portrait.tabs.purchases.habits.text()
    assert "常买: 乐福鞋 4 件 ¥2,276" in said
    assert "客单 ¥569" in said
    assert "乐福鞋 一般每 45 天买一次" in said


def test_a_wish_is_written_and_fulfilled(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    press(page.portrait.tabs.people, "+ 心愿")
    shown.settle()
    made = dialog(page, WishDialog)
    assert isinstance(made, WishDialog)
    made.want.setFocus()
    shown.type("LF2601")
    shown.settle()
    made.product.setCurrentIndex(made.product.findData(LOAFER))
    made.accept()
    shown.settle()
    assert [wish.product_id for wish in desk.card.card(CHEN, WANG).wishes] == [LOAFER]
    press(page.portrait.tabs.people, "实现了: 软底乐福鞋 2026 秋")
    shown.settle()
    assert desk.card.card(CHEN, WANG).wishes == ()


def test_fields_of_head_office_are_answered_and_taken_back(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 300
    rows = [frame("custom_field", FOOT, name="脚长", type="number", rank=1),
            frame("custom_field", WIDTH, name="脚型", type="choice", choices=["偏瘦", "偏宽"], rank=2),
            frame("custom_field", SECRET, name="私下称呼", private=True, rank=3)]  # fmt: skip
    page = at(shown, CHEN)
    desk.db.apply(lambda applier: applier.apply(rows))
    shown.settle()
    inputs = page.portrait.tabs.file.answers.inputs
    page.portrait.tabs.setCurrentWidget(page.portrait.tabs.file)
    assert list(inputs) == [FOOT, WIDTH, SECRET]
    length, width = inputs[FOOT], inputs[WIDTH]
    assert isinstance(length, InlineEdit)
    assert isinstance(width, QComboBox)
    length.setFocus()
    shown.type("23.5")
    shown.press(Qt.Key.Key_Tab)
    shown.settle()
    width.setFocus()
    shown.press(Qt.Key.Key_Down)
    shown.settle()
    answers = {one.field.name: one.value for one in desk.card.card(CHEN, WANG).answers}
    assert answers == {"脚长": "23.5", "脚型": "偏瘦", "私下称呼": ""}
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    assert width.currentText() == "—"
    at(shown, LIN)  # she is another guide's
    assert list(page.portrait.tabs.file.answers.inputs) == [FOOT, WIDTH]


def test_an_answer_that_does_not_fit_is_told_and_not_kept(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 300
    desk.db.apply(lambda applier: applier.apply([frame("custom_field", FOOT, name="脚长", type="number")]))
    page = at(shown, CHEN)
    page.portrait.tabs.setCurrentWidget(page.portrait.tabs.file)
    length = page.portrait.tabs.file.answers.inputs[FOOT]
    length.setFocus()
    shown.type("很大")
    shown.press(Qt.Key.Key_Tab)
    shown.settle()
    (failure,) = shown.failures
    assert "脚长" in failure.sentence
    shown.failures.clear()
    assert desk.card.card(CHEN, WANG).answers[0].value == ""


def test_a_repair_is_taken_in_and_closed(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    press(page.portrait.tabs.file, "+ 售后")
    made = dialog(page, ServiceDialog)
    assert isinstance(made, ServiceDialog)
    made.title.setText("换鞋跟")
    made.line.setCurrentIndex(1)
    made.accept()
    shown.settle()
    assert "维修 · 换鞋跟" in words(page.portrait.tabs.file)
    assert "约好 2026-11-28" in words(page.portrait.tabs.file)
    press(page.portrait.tabs.file, "办好了: 换鞋跟")
    shown.settle()
    assert desk.card.card(CHEN, WANG).services[0].state == "done"


def test_a_running_warranty_says_its_last_day(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 300
    product = frame("product", LOAFER, no=7, spu="LF2601", name="软底乐福鞋", category="女鞋/乐福鞋", warranty_days=60)
    desk.db.apply(lambda applier: applier.apply([product]))
    page = at(shown, CHEN)
    assert "2026-09-30 购买, 保到 2026-11-29" in words(page.portrait.tabs.file)


def test_one_key_moves_the_follow_up_state_with_its_history(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    page.list.setFocus()
    for _ in range(2):
        shown.press(Qt.Key.Key_F9)
        shown.settle()
    assert field(desk, CHEN, "follow_state") == "跟进中"
    assert page.portrait.standing.state.text() == "跟进中"
    shown.press(Qt.Key.Key_F9, shift=True)
    shown.settle()
    assert field(desk, CHEN, "follow_state") == "待跟进"
    said = [str(entry.title) for entry in timeline(desk.db, CHEN, kinds=frozenset({"note"}))]
    assert len(said) == 3


def test_a_complaint_is_marked_with_its_reason(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    page.portrait.standing.flag.click()
    made = dialog(page, FlagDialog)
    assert isinstance(made, FlagDialog)
    assert not made.go.isEnabled()
    made.why.setText("鞋底开胶")
    made.accept()
    shown.settle()
    assert field(desk, CHEN, "flag") == "complaint"
    assert page.portrait.standing.flag.text() == "投诉中: 鞋底开胶"


def test_a_private_note_is_seen_by_its_author_only(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    page.portrait.private.setChecked(True)
    page.portrait.note.setFocus()
    shown.type("怕吵")
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert "怕吵" in words(page.portrait.tabs.timeline)
    assert not page.portrait.private.isChecked()
    assert all("怕吵" not in str(entry.title) for entry in timeline(desk.db, CHEN, guide_id=LI))


def test_the_timeline_is_narrowed_by_type(shown: Shown, desk: Desk) -> None:
    desk.client_deeds.note(CHEN, "喜欢软底", actor())
    page = at(shown, CHEN)
    tab = page.portrait.tabs.timeline
    assert "购买" in words(tab)
    tab.chips["note"].click()
    shown.settle()
    assert "喜欢软底" in words(tab)
    assert "购买" not in words(tab)
    tab.chips[""].click()
    shown.settle()
    assert "购买" in words(tab)


def test_sizes_of_every_kind_are_stated(shown: Shown, desk: Desk) -> None:
    page = at(shown, CHEN)
    page.portrait.inputs["ring_size"].setFocus()
    shown.type("13")
    shown.press(Qt.Key.Key_Tab)
    shown.type("M")  # the next field
    focus = QApplication.focusWidget()
    assert focus is not None
    shown.settle()
    assert field(desk, CHEN, "ring_size") == "13"


def test_a_birthday_of_which_only_the_month_is_known_keeps_its_calendar(qapp: QApplication) -> None:
    del qapp  # whose language the words are in
    known = {
        "birth_year": None, "birth_month": 8, "birth_day": None, "birth_calendar": "lunar", "birth_leap": False,
    }  # fmt: skip
    assert birthday_text(known) == "农历八月"
    assert birthday_text(known | {"birth_calendar": "solar"}) == "8 月"
    assert birthday_text(known | {"birth_calendar": "solar", "birth_year": 1991}) == "1991-08"
