"""Tags by keyboard: two strokes to hang one, its source at hand, a wrong one gone for good, all of it taken back."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QToolTip

from guide_app.base.clock import DAY_MS, day_start_ms
from guide_app.clients.tag_choice import TagChoice, offer, spoken
from guide_app.clients.tags import Hanging
from guide_app.flows.desk import Desk
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import BRAND
from tests.helpers.book import CHEN, LI, LIN, NOW, WANG, ZHOU, actor, ident
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.tag_chip import TagChip
from ui.pages.clients.tag_model import GroupLine, NewLine, TagLine, TagModel, lines
from ui.pages.clients.tag_picker import TagPicker
from ui.pages.clients.tag_sources import TagSources

TAGS = (
    ("来店", "常客", False), ("来店", "稀客", False), ("风格", "爱通勤", True), ("风格", "爱运动", True),
)  # fmt: skip


@pytest.fixture
def page(open_pages: Open, desk: Desk) -> tuple[Shown, ClientsPage]:
    frames = [
        RecordFrame(BRAND, "tag", ident(7_000 + n), 1_000 + n,
                    {"group": group, "name": name, "multi": multi, "rank": n})
        for n, (group, name, multi) in enumerate(TAGS)
    ]  # fmt: skip
    desk.db.apply(lambda applier: applier.apply(frames))
    desk.tag_deeds.hang(CHEN, Hanging("爱运动"), actor())
    shown = open_pages(clients=lambda context: ClientsPage(context, desk, actor))
    shown.go("clients", ZHOU)
    found = shown.page(ClientsPage)
    found.list.setFocus()
    return shown, found


def hung(desk: Desk, viewer: str = WANG) -> list[str]:
    return [tag.name for tag in desk.tags.of_client(ZHOU, viewer)]


def answered(shown: Shown) -> None:
    """The dialog is gone and the window has the keyboard again, as a window manager gives it back."""
    shown.settle()
    shown.window.activateWindow()
    shown.bot.waitUntil(shown.window.isActiveWindow)


def open_dialog(shown: Shown, page: ClientsPage, kind: type[QDialog], *, shift: bool = False) -> QDialog:
    shown.press(Qt.Key.Key_F7, shift=shift)
    shown.settle()
    dialog = page.findChild(kind)
    assert dialog is not None
    dialog.activateWindow()
    shown.bot.waitUntil(dialog.isActiveWindow)
    return dialog


def picker(shown: Shown, page: ClientsPage) -> TagPicker:
    dialog = open_dialog(shown, page, TagPicker)
    assert isinstance(dialog, TagPicker)
    assert QApplication.focusWidget() is dialog.typed
    return dialog


def test_a_usual_tag_hangs_with_two_strokes(page: tuple[Shown, ClientsPage], desk: Desk) -> None:
    shown, clients = page
    picker(shown, clients)
    shown.press(Qt.Key.Key_1)
    answered(shown)
    assert hung(desk) == ["爱运动"]
    assert shown.window.toast.text == "已打标签"
    assert clients.findChild(TagPicker) is None


def test_initials_and_enter_hang_a_tag_and_a_single_choice_comes_back(
    page: tuple[Shown, ClientsPage], desk: Desk
) -> None:
    shown, clients = page
    for typed, expected in (("ck", ["常客"]), ("atq", ["常客", "爱通勤"]), ("xike", ["爱通勤", "稀客"])):
        picker(shown, clients)
        shown.type(typed)
        shown.press(Qt.Key.Key_Return)
        answered(shown)
        assert sorted(hung(desk)) == sorted(expected)
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    assert sorted(hung(desk)) == sorted(["常客", "爱通勤"])


def test_the_arrows_walk_over_titles_and_enter_takes_a_ticked_tag_off(
    page: tuple[Shown, ClientsPage], desk: Desk
) -> None:
    shown, clients = page
    desk.tag_deeds.hang(ZHOU, Hanging("常客", until=NOW + DAY_MS), actor())
    dialog = picker(shown, clients)
    assert [row.text for row in dialog.model.rows if isinstance(row, GroupLine)] == [
        "常用 · 按数字键", "来店 · 单选", "等级", "风格",
    ]  # fmt: skip
    shown.press(Qt.Key.Key_Up)
    walked = []
    for _ in range(7):
        row = dialog.list.row_at(dialog.list.currentIndex().row())
        assert isinstance(row, TagLine)
        walked.append(row.tag.name)
        shown.press(Qt.Key.Key_Down)
    assert walked == ["常客", "爱运动", "常客", "稀客", "金卡", "爱通勤", "爱运动"]
    for _ in range(4):
        shown.press(Qt.Key.Key_Up)
    assert dialog.go.text() == "取下"
    shown.press(Qt.Key.Key_Return)
    answered(shown)
    assert hung(desk) == []
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    (back,) = desk.tags.of_client(ZHOU, WANG)
    assert (back.name, back.until) == ("常客", NOW + DAY_MS)


def test_a_word_of_her_own_hangs_for_her_eyes_until_a_day(page: tuple[Shown, ClientsPage], desk: Desk) -> None:
    shown, clients = page
    dialog = picker(shown, clients)
    shown.type("双十一意向")
    assert isinstance(dialog.list.row_at(dialog.list.currentIndex().row()), NewLine)
    for box in (dialog.private, dialog.ends):
        while QApplication.focusWidget() is not box:
            shown.press(Qt.Key.Key_Tab)
        shown.press(Qt.Key.Key_Space)
    shown.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not None
    assert dialog.until.hasFocus()
    dialog.until.setDate(QDate(2026, 11, 30))
    shown.press(Qt.Key.Key_Return)
    answered(shown)
    (tag,) = desk.tags.of_client(ZHOU, WANG)
    assert (tag.name, tag.private) == ("双十一意向", True)
    assert tag.until == day_start_ms(date(2026, 12, 1))
    assert hung(desk, LI) == []
    (chip,) = clients.portrait.findChildren(TagChip)
    assert "仅自己可见" in chip.toolTip()
    assert "到 2026-11-30 自动去掉" in chip.toolTip()


def test_escape_hangs_nothing(page: tuple[Shown, ClientsPage], desk: Desk) -> None:
    shown, clients = page
    picker(shown, clients)
    shown.type("atq")
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    assert hung(desk) == []


# -- sources -----------------------------------------------------------------------------------------------


def by_rule(desk: Desk) -> None:
    what = Hanging("爱通勤", rule_id=ident(8_000), why="一周内扫了三次通勤海报", until=NOW + 30 * DAY_MS)
    desk.tag_deeds.hang(ZHOU, what, actor())


def press_button(shown: Shown, dialog: QDialog, name: str) -> None:
    """Tab to the button of this name and press it."""
    (wanted,) = (b for b in dialog.findChildren(QPushButton) if b.accessibleName() == name)
    for _ in range(20):
        if QApplication.focusWidget() is wanted:
            break
        shown.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is wanted
    shown.press(Qt.Key.Key_Space)
    answered(shown)


@pytest.mark.qt_log_ignore("does not support", extend=True)  # tooltips raise themselves
def test_a_chip_says_its_source_when_pointed_at_and_when_reached_by_tab(
    page: tuple[Shown, ClientsPage], desk: Desk
) -> None:
    shown, clients = page
    by_rule(desk)
    shown.settle()
    (chip,) = clients.portrait.findChildren(TagChip)
    said = "风格 · 爱通勤\n总部规则自动打的 · 2026-11-21\n为什么: 一周内扫了三次通勤海报\n到 2026-12-21 自动去掉"
    assert chip.toolTip() == chip.accessibleDescription() == said
    point = QPoint(3, 3)
    QApplication.sendEvent(chip, QHelpEvent(QHelpEvent.Type.ToolTip, point, chip.mapToGlobal(point)))
    assert QToolTip.text() == said
    QToolTip.hideText()
    clients.portrait.star.setFocus()
    for _ in range(30):
        if QApplication.focusWidget() is chip:
            break
        shown.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is chip
    assert QToolTip.text() == said


def test_what_she_calls_wrong_never_comes_again_until_that_is_taken_back(
    page: tuple[Shown, ClientsPage], desk: Desk
) -> None:
    shown, clients = page
    by_rule(desk)
    shown.settle()
    dialog = open_dialog(shown, clients, TagSources, shift=True)
    press_button(shown, dialog, "标签 爱通勤 不对, 不再自动加")
    assert hung(desk) == []
    ((bar, name, _),) = desk.tags.barred(ZHOU)
    assert name == "爱通勤"
    dialog = open_dialog(shown, clients, TagSources, shift=True)
    press_button(shown, dialog, "收回: 标签 爱通勤 不对")
    assert desk.tags.barred(ZHOU) == ()
    assert bar


def test_calling_a_tag_wrong_is_taken_back_as_it_hung(page: tuple[Shown, ClientsPage], desk: Desk) -> None:
    shown, clients = page
    by_rule(desk)
    shown.settle()
    dialog = open_dialog(shown, clients, TagSources, shift=True)
    press_button(shown, dialog, "标签 爱通勤 不对, 不再自动加")
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    (tag,) = desk.tags.of_client(ZHOU, WANG)
    assert (tag.origin, tag.why, tag.until) == ("rule", "一周内扫了三次通勤海报", NOW + 30 * DAY_MS)
    assert desk.tags.barred(ZHOU) == ()


# -- lists -------------------------------------------------------------------------------------------------


def names(clients: ClientsPage) -> set[str]:
    model = clients.list.model()
    return {str(model.index(n, 0).data()).split()[0] for n in range(model.rowCount())}


def test_tags_of_a_group_widen_and_groups_and_states_narrow(page: tuple[Shown, ClientsPage], desk: Desk) -> None:
    shown, clients = page
    for client, name in ((ZHOU, "常客"), (LIN, "稀客"), (LIN, "爱通勤")):
        desk.tag_deeds.hang(client, Hanging(name), actor())
    desk.card_deeds.standing.follow(ZHOU, "跟进中", actor())
    shown.settle()

    def press(name: str) -> None:
        chip = next(chip for chip in clients.side.narrowing.tag_buttons if chip.text() == name)
        chip.setFocus()
        shown.press(Qt.Key.Key_Space)
        shown.settle()

    press("常客")
    assert names(clients) == {"周建国"}
    press("稀客")
    assert names(clients) == {"周建国", "林小满"}
    press("爱通勤")
    assert names(clients) == {"林小满"}
    press("爱通勤")
    clients.side.narrowing.state_buttons["跟进中"].setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    assert names(clients) == {"周建国"}


def test_a_guide_has_two_lists_and_sees_only_what_they_hold(page: tuple[Shown, ClientsPage]) -> None:
    shown, clients = page
    side = clients.side
    assert [b.isVisible() for b in (side.mine, side.store, side.everybody)] == [True, True, False]
    assert names(clients) == {"陈雅婷", "周建国", "林小满"}
    side.mine.setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    assert names(clients) == {"陈雅婷", "周建国"}
    shown.press(Qt.Key.Key_Right)
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    assert names(clients) == {"陈雅婷", "周建国", "林小满"}


def test_the_sixteenth_star_stays_dark_and_says_whom_to_take_off(page: tuple[Shown, ClientsPage], desk: Desk) -> None:
    shown, clients = page
    for n in range(15):
        desk.client_deeds.add({"name": f"密友{n}", "starred": True}, actor())
    shown.settle()
    clients.portrait.star.setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    (failure,) = shown.failures
    shown.failures.clear()
    assert "最多 15 位" in failure.sentence
    assert "密友0" in failure.way_out
    assert not clients.portrait.star.isChecked()


# -- the model ---------------------------------------------------------------------------------------------


def test_the_lines_are_a_model_that_qt_accepts_with_three_thousand_tags() -> None:
    tags = [TagChoice(f"标签{n}", f"组{n // 50}", times=n < 20, heard=spoken(f"标签{n}")) for n in range(3_000)]
    found, model = offer(tags), TagModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for typed, count in (("", 1 + 9 + 60 + 3_000), ("标签2999", 2), ("没有的", 2), ("bq17", 40)):
        model.set_rows(lines(found, typed, {"标签3"}))
        assert sum(1 for _ in model.places()) <= model.rowCount()
        if typed != "bq17":
            assert model.rowCount() == count
    assert all(not model.flags(model.index(n, 0)) for n, row in enumerate(model.rows) if isinstance(row, GroupLine))
    del tester


def test_a_tag_to_heed_stands_at_the_head_of_the_portrait(page: tuple[Shown, ClientsPage], desk: Desk) -> None:
    shown, clients = page
    assert not clients.portrait.caution.isVisible()
    heed = RecordFrame(BRAND, "tag", ident(7_100), 1_100, {"group": "提醒", "name": "皮革过敏", "blocks": True})
    desk.db.apply(lambda applier: applier.apply([heed]))
    desk.privacy_deeds.grant(ZHOU, "sensitive", actor(), version="2026-1", way="spoken", proof="当面")
    desk.tag_deeds.hang(ZHOU, Hanging("皮革过敏"), actor())
    shown.settle()
    assert clients.portrait.caution.isVisible()
    assert "皮革过敏" in clients.portrait.caution.text()
    shown.go("clients", CHEN)
    assert not clients.portrait.caution.isVisible()
