"""Each state the page can be in, and each deed of it by the keyboard alone."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QWidget

from guide_app.base.errors import GuideError
from guide_app.protocol.scopes import store_scope
from guide_app.protocol.ways_out import WAYS_OUT
from guide_app.store.apply import Applier
from guide_app.sync.health import note_former
from guide_app.sync.pictures import PictureState
from guide_app.sync.report import Progress, SyncReport
from guide_app.sync.watch import SyncStatus
from tests.helpers.book import CHEN, OTHER_STORE, STORE, actor
from tests.ui.pages.sync.conftest import Shop
from tests.ui.pages.sync.test_sync_page import choose_file, lines, overtake, refuse_a_coupon, tiles
from ui.kit.confirm import ConfirmDialog
from ui.kit.i18n import Language, Tongue
from ui.kit.painted import StatusDot
from ui.kit.resources import resource
from ui.pages.sync.dialog import ParkedDialog
from ui.pages.sync.needs import Do
from ui.pages.sync.odd_dialog import OddDialog
from ui.pages.sync.page import SyncPage
from ui.pages.sync.rejoin import RejoinDialog

HOUR_MS = 3_600_000


def hold_a_removal(shop: Shop, removed: int = 1204, held: int = 3900) -> None:
    def work(applier: Applier) -> None:
        applier.conn.exec_driver_sql(
            "INSERT INTO held_removal (scope, removed, held, at, epoch, seq) VALUES (?, ?, ?, ?, 'e', 1)",
            (store_scope(STORE), removed, held, shop.clock.ms),
        )

    shop.here.desk.db.apply(work)
    shop.reread()


def keep_odd_records(shop: Shop) -> None:
    def work(applier: Applier) -> None:
        applier.conn.exec_driver_sql(
            "INSERT INTO unknown_record (scope, kind, id, seq, data, reason, detail, at) VALUES"
            """ (?, 'client', 'x', 77, '{"name":"赵宁","birth_month":13}', 'invalid',"""
            " 'Expected `int` <= 12 - at `$.birth_month`', 1), ('brand', 'lookbook', 'y', 78, '{}', 'kind', '', 1)",
            (store_scope(STORE),),
        )

    shop.here.desk.db.apply(work)
    shop.reread()


def tell_of_pcs(shop: Shop) -> None:
    def work(applier: Applier) -> None:
        mine = applier.conn.exec_driver_sql("SELECT device_id FROM device").scalar()
        applier.conn.exec_driver_sql("DELETE FROM store_pc")
        now = shop.clock.ms
        for row in (
            (mine, "收银台 1", now, 0, 0),
            ("b", "收银台 2", now - 60_000, 0, 0),
            ("c", "仓库", now - 17 * HOUR_MS, 3, 0),
            ("d", "旧电脑", now - 90 * 24 * HOUR_MS, 0, 1),
        ):
            applier.conn.exec_driver_sql(
                "INSERT INTO store_pc (id, name, store_id, last_contact_ms, waiting, revoked)"
                f" VALUES (?, ?, '{STORE}', ?, ?, ?)",
                row,
            )

    shop.here.desk.db.apply(work)
    shop.reread()


def tab_to(shop: Shop, wanted: Callable[[QWidget], bool]) -> QWidget:
    """Press Tab until the keyboard is where `wanted` says."""
    if QApplication.activeWindow() is None:  # offscreen there is no window manager that gives it to the next window
        over = [one for one in shop.page.findChildren(QDialog) if one.isVisible()]
        (over[-1] if over else shop.shown.window).activateWindow()
        shop.shown.settle()
    for _ in range(60):
        focus = QApplication.focusWidget()
        if focus is not None and wanted(focus):
            return focus
        shop.shown.press(Qt.Key.Key_Tab)
    raise AssertionError("the keyboard cannot reach it")


def press_button(shop: Shop, words: str) -> None:
    tab_to(shop, lambda widget: isinstance(widget, QPushButton) and widget.text() == words)
    shop.shown.press(Qt.Key.Key_Space)
    shop.shown.settle()


# -- refused changes ---------------------------------------------------------------------------------------------------


def test_by_keyboard_a_refused_change_is_corrected_and_checked_before_it_is_handed_in(shop: Shop) -> None:
    deeds = shop.here.desk.client_deeds
    client = deeds.add({"name": "何俊", "phone": "13911112222", "shoe_size": "42"}, actor())

    def refuse(applier: Applier) -> None:
        applier.conn.exec_driver_sql("UPDATE outbox SET state = 'parked'")
        applier.conn.exec_driver_sql(
            "INSERT INTO result (mid, status, code, detail, at) SELECT mid, 'rejected', 'record.invalid', 'phone', 1"
            " FROM outbox"
        )
        applier.conn.exec_driver_sql("DELETE FROM client WHERE id = ?", (client,))

    shop.here.desk.db.apply(refuse)
    shop.reread()
    press_button(shop, "查看处理办法")
    (dialog,) = shop.page.findChildren(ParkedDialog)
    field = tab_to(shop, lambda widget: widget.accessibleName() == "手机")
    assert isinstance(field, QLineEdit)
    field.selectAll()
    shop.shown.type("12")
    press_button(shop, "修改后重交")
    assert dialog.isVisible()
    assert dialog.wrong.text() == "「手机」填得不对，请改正后重交。"
    assert QApplication.focusWidget() is field
    field.selectAll()
    shop.shown.type("139 1111 3333")
    press_button(shop, "修改后重交")
    assert shop.page.findChildren(ParkedDialog) == []
    assert shop.shown.window.toast.text == "已重新排队上传"
    assert tiles(shop)[0].startswith("待上传 1 条")
    assert shop.here.desk.clients.phone(client) == "13911113333"


def test_by_keyboard_a_refused_change_is_exported_as_a_table(shop: Shop, tmp_path: Path) -> None:
    refuse_a_coupon(shop)
    press_button(shop, "导出")
    choose_file(shop, tmp_path / "refused.csv")
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["类型"], row["代码"]) == ("coupon.redeem", "coupon.redeemed")


def test_by_keyboard_a_lost_value_is_put_back_and_the_keyboard_stays_among_the_lines(shop: Shop) -> None:
    overtake(shop, shoe_size="36")
    hold_a_removal(shop)
    press_button(shop, "恢复为 36")
    assert shop.here.desk.clients.portrait(CHEN).fields["shoe_size"] == "36"
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.parent() is lines(shop, "held")[0]


def test_what_was_read_again_unchanged_leaves_the_keyboard_alone(shop: Shop) -> None:
    overtake(shop, shoe_size="36")
    focus = tab_to(shop, lambda widget: isinstance(widget, QPushButton) and widget.text() == "知道了")
    shop.reread()
    assert QApplication.focusWidget() is focus


# -- many records that would go ----------------------------------------------------------------------------------------


def test_a_mass_removal_waits_and_goes_only_after_a_second_question(shop: Shop) -> None:
    hold_a_removal(shop)
    (line,) = lines(shop, "held")
    assert line.title.text() == "总部要从本机删除 1,204 条门店资料（占 31%）"
    assert tiles(shop)[1] == "需要处理 1 条 大批删除 1"
    press_button(shop, "允许…")
    assert len(shop.page.findChildren(ConfirmDialog)) == 1
    shop.shown.press(Qt.Key.Key_Return)  # refuses
    shop.shown.settle()
    assert shop.page.findChildren(ConfirmDialog) == []
    assert lines(shop, "held") == [line]
    press_button(shop, "允许…")
    press_button(shop, "允许删除")
    (line,) = lines(shop, "held")
    assert line.detail.text() == "已允许，下次同步时删除。"
    assert line.buttons == {}
    assert shop.asked


def test_a_mass_removal_can_be_put_off_and_still_be_allowed(shop: Shop) -> None:
    hold_a_removal(shop)
    press_button(shop, "先不删")
    (line,) = lines(shop, "held")
    assert line.detail.text() == "已选择先不删，这些记录仍在本机。"
    assert list(line.buttons) == [Do.ALLOW]
    assert tiles(shop)[1].startswith("需要处理 0 条")


# -- what came and could not be taken in -------------------------------------------------------------------------------


def test_odd_records_are_named_with_their_reasons_and_exported(shop: Shop, tmp_path: Path) -> None:
    keep_odd_records(shop)
    assert tiles(shop)[1] == "需要处理 1 条 放不进来 1", "a kind that only a newer program knows is no fault"
    press_button(shop, "查看")
    (dialog,) = shop.page.findChildren(OddDialog)
    said = [label.text() for label in dialog.lines.findChildren(QWidget) if hasattr(label, "text")]
    assert said == ["客户 · 赵宁", "「生日」的内容不合规则 · 门店资料 seq 77"]
    press_button(shop, "导出…")
    choose_file(shop, tmp_path / "odd.json")
    assert '"birth_month": 13' in (tmp_path / "odd.json").read_text("utf-8")
    press_button(shop, "知道了")
    assert shop.page.findChildren(OddDialog) == []


# -- what stops sync altogether ----------------------------------------------------------------------------------------


def test_a_copied_disk_is_told_and_joined_again_by_keyboard(shop: Shop) -> None:
    shop.here.desk.client_deeds.note(CHEN, "还没上交", actor())
    shop.monitor.hear_status(SyncStatus("attention", 1, last_error="x", error_code="device.forked"))
    shop.reread()
    (line,) = lines(shop, "trouble")
    assert line.title.text() == "这台电脑的数据曾被复制或从备份恢复，总部已有这里没有的修改。"
    assert shop.page.progress.isHidden()
    press_button(shop, "重新接入…")
    (dialog,) = shop.page.findChildren(RejoinDialog)
    assert not dialog.go.isEnabled()
    shop.refusal = GuideError("enrol.code_invalid", "登记码不对。")
    shop.shown.type("WRONG")
    shop.shown.press(Qt.Key.Key_Return)
    shop.shown.settle()
    assert dialog.wrong.text() == f"登记码不对。{WAYS_OUT['enrol.code_invalid']}"
    assert dialog.go.isEnabled(), "she may try another"
    shop.refusal = None
    dialog.code.selectAll()
    shop.shown.type("CODE-3")
    shop.shown.press(Qt.Key.Key_Return)
    shop.shown.settle()
    assert shop.page.findChildren(RejoinDialog) == []
    assert shop.codes == ["WRONG", "CODE-3"]
    assert shop.shown.window.toast.text == "已重新接入总部，未上交的修改都还在"


@pytest.mark.parametrize(
    ("code", "title", "deed"),
    [
        ("device.revoked", "总部已停用这台电脑，本机的客户资料会被清除。", Do.REJOIN),
        ("auth.invalid", "总部不再认得这台电脑的凭证。", Do.REJOIN),
        ("office.clock", "电脑时间不对，无法安全连接总部。", Do.SYNC),
        ("schema.unsupported", "这台电脑的程序与总部的版本相差太大。", Do.SYNC),
        ("mutation.gap", "总部缺少的修改，本机也不再保留。", Do.SYNC),
    ],
)
def test_what_waiting_does_not_cure_stands_first_with_its_way_out(shop: Shop, code: str, title: str, deed: Do) -> None:
    refuse_a_coupon(shop)
    shop.monitor.hear_status(SyncStatus("attention", last_error="x", error_code=code))
    shop.reread()
    line = lines(shop)[0]
    assert (line.title.text(), list(line.buttons)) == (title, [deed])
    assert line.detail.text()
    assert shop.page.progress.trouble.isHidden()


def test_a_clock_that_is_off_is_told_though_sync_works(shop: Shop) -> None:
    shop.here.desk.db.apply(lambda applier: applier.conn.exec_driver_sql("UPDATE device SET offset_ms = 11520000"))
    shop.reread()
    (line,) = lines(shop, "clock")
    assert line.title.text() == "这台电脑的时间慢了 3 小时 12 分"
    line.buttons[Do.SYNC].click()
    assert shop.asked == [1]


# -- what is under way -------------------------------------------------------------------------------------------------


def test_a_long_load_is_counted_broken_off_and_goes_on(shop: Shop) -> None:
    shop.monitor.hear_status(SyncStatus("syncing", progress=Progress("pull", 12_300, 40_925)))
    shop.shown.settle()
    assert shop.page.progress.round.count.text() == "12,300 / 40,925"
    press_button(shop, "取消")
    assert shop.stops == [1]
    shop.monitor.hear_status(SyncStatus("synced", broken_off=True))
    shop.shown.settle()
    assert shop.page.progress.round.title.text() == "接收已停下"
    press_button(shop, "继续")
    assert shop.asked == [1]


def test_a_short_round_offers_nothing_to_break_off(shop: Shop) -> None:
    shop.monitor.hear_status(SyncStatus("syncing", progress=Progress("pull", 10, 40)))
    shop.shown.settle()
    assert shop.page.progress.stop.isHidden()


def test_a_full_disk_is_told_in_words(shop: Shop) -> None:
    shop.monitor.hear_pictures(PictureState(trouble="x", trouble_code="pictures.no_room"))
    shop.shown.settle()
    assert shop.page.progress.trouble.text() == "磁盘空间不足，商品图片暂停接收；资料照常同步。请腾出磁盘空间。"


def test_a_repair_and_the_last_round_stand_in_the_figures(shop: Shop) -> None:
    report = SyncReport(12, 36, 0, 0, 0.4, (), (store_scope(STORE),))
    shop.monitor.hear_status(SyncStatus("synced", report=report))
    shop.reread()
    assert tiles(shop)[2].endswith("用时 0.4 秒 · 收 36 条 发 12 条")
    assert tiles(shop)[3].startswith("数据校验 一致 刚修复了门店资料 · 品牌 seq 10")


def test_where_a_pc_serves_several_stores_each_is_called_by_name(shop: Shop) -> None:
    def grant(applier: Applier) -> None:
        applier.conn.exec_driver_sql(
            "INSERT INTO cursor (scope, epoch, seq, office_digest, held_digest) VALUES (?, 'e', 7, 'a', 'a')",
            (store_scope(OTHER_STORE),),
        )
        applier.conn.exec_driver_sql("INSERT OR REPLACE INTO store (id, name) VALUES (?, '徐家汇店')", (OTHER_STORE,))

    shop.here.desk.db.apply(grant)
    hold_a_removal(shop)
    assert "徐家汇店 seq 7" in tiles(shop)[3]
    assert "南京西路店 seq" in tiles(shop)[3]
    assert lines(shop, "held")[0].title.text() == "总部要从本机删除 1,204 条南京西路店资料（占 31%）"


def test_a_difference_is_told(shop: Shop) -> None:
    shop.here.desk.db.apply(lambda applier: applier.conn.exec_driver_sql("UPDATE cursor SET office_digest = 'ff'"))
    shop.reread()
    assert tiles(shop)[3].startswith("数据校验 不一致")


def test_before_the_first_digest_it_says_so(shop: Shop) -> None:
    shop.here.desk.db.apply(lambda applier: applier.conn.exec_driver_sql("UPDATE cursor SET office_digest = ''"))
    shop.reread()
    assert tiles(shop)[3].startswith("数据校验 尚未比对")
    shop.monitor.hear_status(SyncStatus("syncing"))
    shop.reread()
    assert tiles(shop)[3].startswith("数据校验 校验中")


# -- the PCs of the store ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("alive", "said"), [(False, "若没有别的电脑在用, 请总部停用"), (True, "14:31 · 待传 0")])
def test_what_this_pc_was_enrolled_as_is_told_until_another_pc_goes_by_that_name(
    shop: Shop, alive: bool, said: str
) -> None:
    tell_of_pcs(shop)

    def left(applier: Applier) -> None:
        (other, seen) = applier.conn.exec_driver_sql(
            "SELECT id, last_contact_ms FROM store_pc WHERE name = '收银台 2'"
        ).one()
        note_former(applier.conn, other, seen - alive)

    shop.here.desk.db.apply(left)
    shop.reread()
    rows = [row for row in shop.page.team.lines.findChildren(QWidget) if row.findChildren(StatusDot)]
    shown = {row.accessibleName(): row.findChildren(StatusDot)[0].ink for row in rows if row.accessibleName()}
    name = "收银台 2" if alive else "收银台 2（本机以前的登记）"
    assert shown[f"{name} {said}"] == ("dot_ok" if alive else "dot_idle")


def test_the_pcs_of_the_store_are_shown_with_what_each_has_waiting(shop: Shop) -> None:
    tell_of_pcs(shop)
    shop.here.desk.client_deeds.note(CHEN, "还没上交", actor())
    shop.shown.settle()
    rows = [row for row in shop.page.team.lines.findChildren(QWidget) if row.findChildren(StatusDot)]
    shown = {row.accessibleName(): row.findChildren(StatusDot)[0].ink for row in rows if row.accessibleName()}
    assert shown == {
        "收银台 1（本机） 刚刚 · 待传 1": "dot_wait",
        "收银台 2 14:31 · 待传 0": "dot_ok",
        "仓库 11/20 21:32 · 待传 3": "dot_wait",
        "旧电脑 已停用": "dot_alarm",
    }


# -- for everybody -----------------------------------------------------------------------------------------------------


def test_every_button_has_a_name_that_says_what_it_is_about(shop: Shop) -> None:
    refuse_a_coupon(shop)
    hold_a_removal(shop)
    keep_odd_records(shop)
    names = [button.accessibleName() for line in lines(shop) for button in line.buttons.values()]
    assert len(names) == len(set(names)) == 6
    for line in lines(shop):
        for button in line.buttons.values():
            interface = QAccessible.queryAccessibleInterface(button)
            assert line.title.text() in interface.text(QAccessible.Text.Name)


def test_the_english_page_is_english_all_over(shop: Shop) -> None:
    overtake(shop, shoe_size="36")
    refuse_a_coupon(shop)
    hold_a_removal(shop)
    keep_odd_records(shop)
    shop.here.desk.client_deeds.note(CHEN, "x", actor())
    language = Language(resource("i18n"))
    language.use(Tongue.EN)
    try:
        shop.shown.settle()
        shop.page = shop.shown.page(SyncPage)  # made anew in the other language
        shop.monitor.hear_status(SyncStatus("attention", last_error="电脑时间不对。", error_code="office.clock"))
        shop.monitor.hear_pictures(PictureState(paused=True, trouble="磁盘满", trouble_code="pictures.no_room"))
        shop.reread()
        said = [*tiles(shop), shop.page.progress.trouble.text()]
        for line in lines(shop):
            said += [line.title.text(), line.detail.text(), *(button.text() for button in line.buttons.values())]
    finally:
        language.use(Tongue.ZH)
    people = str.maketrans("", "", "陈雅婷王敏")
    assert [text for text in said if any("\u3400" <= letter <= "\u9fff" for letter in text.translate(people))] == []


def test_a_dialog_closes_by_escape_and_changes_nothing(shop: Shop) -> None:
    refuse_a_coupon(shop)
    press_button(shop, "查看处理办法")
    shop.shown.press(Qt.Key.Key_Escape)
    shop.shown.settle()
    assert not [one for one in shop.page.findChildren(QDialog) if one.isVisible()]
    assert len(lines(shop, "parked")) == 1
