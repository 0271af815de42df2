"""话术 by keyboard: found, filled, copied by one key, sent or not; never with a hole, never a fourth."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog

from guide_app.base.actor import Actor
from guide_app.base.clock import DAY_MS
from guide_app.flows.desk import Desk
from guide_app.followup.scripts import LibraryScript
from tests.helpers.book import CHEN, LI, LOAFER, NOW, OFFER, STORE, Frames, actor, ident
from tests.helpers.pictures import PictureFolder
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.kit.page import Page, Target
from ui.kit.toast import Notice
from ui.pages.share.library import LibraryPage
from ui.pages.share.override_log import OverrideLogDialog
from ui.pages.share.own_script import OwnScriptDialog
from ui.pages.today.page import TodayPage
from ui.pages.today.rows import SuggestionLine

BIRTHDAY, NEW_A, NEW_B, FEAST, BARRED = (ident(n) for n in range(200, 205))


class Elsewhere(Page):
    """Where the page sends us."""

    target = Target("")

    def open(self, target: Target) -> None:
        self.target = target


@pytest.fixture
def pictures(tmp_path: Path) -> PictureFolder:
    return PictureFolder(tmp_path / "pictures")


@pytest.fixture
def scripts(desk: Desk) -> None:
    frame = Frames()
    frame._seq = 600
    rows = [
        frame("script", BIRTHDAY, scene="生日", title="生日祝福", body="{称呼}, 生日快乐! {门店}{导购}", rank=1),
        frame("script", NEW_A, scene="上新", title="新款", body="{称呼}, {商品}到了, 送您{券}", rank=2, variant="A",
              media=["b" * 64]),
        frame("script", NEW_B, scene="上新", title="新款", body="{称呼}, 来看{商品}", rank=3, variant="B",
              variant_of=NEW_A),
        frame("script", FEAST, scene="大促预热", title="预热", body="{称呼}, {节}有活动", rank=4),
        frame("script", BARRED, scene="大促预热", title="违规", body="全网最佳", rank=5),
    ]  # fmt: skip
    desk.db.apply(lambda applier: applier.apply(rows))


@pytest.fixture
def shown(open_pages: Open, desk: Desk, pictures: PictureFolder, scripts: None) -> Iterator[Shown]:
    del scripts
    yield open_pages(
        today=lambda context: TodayPage(context, desk, actor),
        scripts=lambda context: LibraryPage(context, desk, actor, pictures.path),
        share=Elsewhere,
        clients=Elsewhere,
    )
    QGuiApplication.clipboard().clear()


def start(shown: Shown, **args: str) -> LibraryPage:
    QGuiApplication.clipboard().setText("before")
    shown.go("scripts", **args)
    return shown.page(LibraryPage)


def titles(page: LibraryPage) -> list[str]:
    rows: tuple[LibraryScript, ...] = page.finder.model.rows
    return [" ".join(filter(None, (script.title, script.variant))) for script in rows]


def heard_by(page: LibraryPage) -> list[str]:
    heard: list[str] = []

    def hear(notice: Notice) -> None:
        heard.append(notice.text)

    page.notice.connect(hear)
    return heard


def clip() -> str:
    return QGuiApplication.clipboard().text()


def test_a_script_is_found_by_pinyin_filled_and_copied_by_enter_within_a_second(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN)
    shown.type("shengri")
    shown.settle()
    assert titles(page) == ["生日祝福"]
    began = process_time()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert process_time() - began < 1
    assert clip() == "陈女士, 生日快乐! 南京西路店王敏"
    shown.press(Qt.Key.Key_Y)
    shown.settle()
    sql = "SELECT client_id, kind, body, script_id FROM note WHERE kind = 'message'"
    assert [tuple(r) for r in desk.db.query(lambda c: c.exec_driver_sql(sql).all())] == [
        (CHEN, "message", "陈女士, 生日快乐! 南京西路店王敏", BIRTHDAY)
    ]


def test_a_hole_is_named_and_the_next_key_fills_it(shown: Shown) -> None:
    page = start(shown, client=CHEN, product=LOAFER, script=NEW_A)
    heard = heard_by(page)
    assert page.pane.words.text == "陈女士, 软底乐福鞋 2026 秋到了, 送您{券}"
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert clip() == "before"
    assert "{券}" in heard[-1]
    assert QApplication.focusWidget() is page.pane.offer
    shown.press(Qt.Key.Key_Down)
    shown.settle()
    assert page.pane.words.text.endswith("送您满400减80")
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert clip() == "陈女士, 软底乐福鞋 2026 秋到了, 送您满400减80"


def test_a_product_is_found_by_keyboard_and_a_name_of_ones_own_is_typed(shown: Shown) -> None:
    page = start(shown, client=CHEN, script=NEW_B)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert QApplication.focusWidget() is page.pane.product.field
    shown.type("LF26")
    shown.settle()
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert page.pane.words.text == "陈女士, 来看软底乐福鞋 2026 秋"
    page = start(shown, client=CHEN, script=FEAST)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert clip() == "before"
    shown.type("双十二")  # the hole {节} has the keyboard
    shown.settle()
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert clip() == "陈女士, 双十二有活动"


def test_words_that_the_law_bars_are_not_copied(shown: Shown) -> None:
    page = start(shown, script=BARRED)
    heard = heard_by(page)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    assert clip() == "before"
    assert "广告法 第九条第(三)项" in heard[-1]


def test_the_fourth_in_seven_days_is_refused_with_the_day(shown: Shown, desk: Desk) -> None:
    page = start(shown, client=CHEN, script=BIRTHDAY)
    heard = heard_by(page)
    for _ in range(3):
        shown.press(Qt.Key.Key_C, control=True)
        shown.settle()
        shown.press(Qt.Key.Key_Y)
        shown.settle()
    QGuiApplication.clipboard().setText("before")
    shown.press(Qt.Key.Key_C, control=True)
    shown.settle()
    assert clip() == "before"
    assert "11 月 28 日起可以再发" in heard[-1]
    assert desk.copies.unanswered(actor().guide_id) == []


def test_a_favourite_is_one_key(shown: Shown) -> None:
    page = start(shown, script=FEAST)
    shown.press(Qt.Key.Key_D, control=True)
    shown.settle()
    assert titles(page)[0] == "预热"
    shown.press(Qt.Key.Key_D, control=True)
    shown.settle()
    assert titles(page)[0] == "生日祝福"


def dialog(shown: Shown, kind: type[QDialog]) -> QDialog:
    shown.settle()
    return next(d for d in shown.window.findChildren(kind) if d.isVisible())


def close_by(shown: Shown, key: Qt.Key) -> None:
    """Close a dialog by Ctrl and a key; the desktop then gives the keyboard back to the window."""
    shown.press(key, control=True)
    shown.settle()
    shown.window.activateWindow()
    shown.settle()


def test_a_script_of_ones_own_is_made_changed_and_deleted_with_a_way_back(shown: Shown, desk: Desk) -> None:
    page = start(shown)
    shown.press(Qt.Key.Key_N, control=True)
    own = dialog(shown, OwnScriptDialog)
    assert isinstance(own, OwnScriptDialog)
    shown.type("雨天")
    own.body.setFocus()
    shown.type("{称呼}, 下雨慢点走")
    own.shared.setFocus()
    shown.press(Qt.Key.Key_Space)
    close_by(shown, Qt.Key.Key_Return)
    assert page.pane.script is not None
    assert (page.pane.script.title, page.pane.origin.text()) == ("雨天", "我的 · 本店可用")
    assert [s.title for s in desk.scripts.find(LI, "雨天")] == ["雨天"]
    shown.press(Qt.Key.Key_F2)
    own = dialog(shown, OwnScriptDialog)
    assert isinstance(own, OwnScriptDialog)
    own.title.setText("雨天提醒")
    close_by(shown, Qt.Key.Key_Return)
    assert titles(page)[0] == "雨天提醒"
    shown.press(Qt.Key.Key_Delete, control=True)
    shown.settle()
    assert "雨天提醒" not in titles(page)
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    assert "雨天提醒" in titles(page)


def test_the_picture_that_goes_with_it_is_copied(shown: Shown, pictures: PictureFolder) -> None:
    page = start(shown, script=NEW_A)
    heard = heard_by(page)
    shown.press(Qt.Key.Key_C, control=True, shift=True)
    shown.settle()
    assert "还没有下载" in heard[-1]
    pictures.bring("b" * 64)
    shown.press(Qt.Key.Key_C, control=True, shift=True)
    shown.settle()
    assert isinstance(QGuiApplication.clipboard().mimeData().imageData(), QImage)


def test_variants_are_shown_with_counts_and_not_ranked_while_few(shown: Shown, desk: Desk) -> None:
    frame = Frames()
    frame._seq = 700
    rows = [frame("note", ident(300 + n), store=STORE, client_id=CHEN, kind="message", body="…",
                  at=NOW - n * DAY_MS, script_id=NEW_A if n % 2 else NEW_B) for n in range(4)]  # fmt: skip
    desk.db.apply(lambda applier: applier.apply(rows))
    page = start(shown, script=NEW_B)
    text = page.pane.figures.text()
    assert "A: 发出 2 次, 有回复或购买 0 (0%, 95% 区间 0–66%)" in text
    assert "样本还少 (每种至少 20 次), 不排名。" in text


def test_a_row_of_today_takes_its_client_and_the_scripts_of_its_scene_along(shown: Shown) -> None:
    today = shown.page(TodayPage)
    line = next(w for w in today.findChildren(SuggestionLine) if w.suggestion.name == "周建国")
    button = next(b for b in line.findChildren(type(today.question.yes)) if b.accessibleName().startswith("话术"))
    button.setFocus()
    shown.press(Qt.Key.Key_Space)
    shown.settle()
    page = shown.page(LibraryPage)
    assert page.subject.client_id == line.suggestion.client_id
    assert page.finder.scene == "生日"
    assert page.pane.words.text.startswith("周先生, 生日快乐!")
    shown.press(Qt.Key.Key_Escape)
    shown.settle()
    assert isinstance(shown.window.pages.currentWidget(), TodayPage)


def test_the_question_waits_on_today_and_one_key_answers_it(shown: Shown, desk: Desk) -> None:
    start(shown, client=CHEN, script=BIRTHDAY)
    shown.press(Qt.Key.Key_Return)
    shown.settle()
    shown.window.pages.rebuild()
    shown.go("today")
    today = shown.page(TodayPage)
    assert today.question.isVisible()
    shown.press(Qt.Key.Key_N)
    shown.settle()
    assert today.question.isHidden()
    assert desk.followup.contact_room(CHEN).used == 0


def test_the_poster_page_goes_on_with_client_product_and_script(shown: Shown) -> None:
    start(shown, client=CHEN, product=LOAFER, offer=OFFER, script=NEW_A)
    shown.press(Qt.Key.Key_G, control=True)
    shown.settle()
    there = shown.page(Elsewhere)
    assert dict(there.target.args) == {"client": CHEN, "product": LOAFER, "offer": OFFER, "script": NEW_A}


def test_the_manager_reads_who_kept_which_word(open_pages: Open, desk: Desk, pictures: PictureFolder) -> None:
    desk.overrides.keep(["真皮"], "吊牌写明", actor(), CHEN)

    def manager() -> Actor:
        return Actor(LI, 2, "0300", "李娜", "store_manager", STORE, "南京西路店", "test")

    for who, sees in ((actor, False), (manager, True)):
        acting: Callable[[], Actor] = who
        shown = open_pages(scripts=lambda context, acting=acting: LibraryPage(context, desk, acting, pictures.path))
        shown.press(Qt.Key.Key_O, control=True)
        shown.settle()
        logs = [d for d in shown.window.findChildren(OverrideLogDialog) if d.isVisible()]
        assert bool(logs) is sees
        if sees:
            cells = [logs[0].table.item(0, column) for column in range(1, 5)]
            assert [cell.text() for cell in cells if cell] == ["王敏", "陈雅婷", "真皮", "吊牌写明"]
            logs[0].reject()
