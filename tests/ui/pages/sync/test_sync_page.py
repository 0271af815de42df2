"""What the sync page says, and what its buttons do, over a real book and a real line."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit

from guide_app.flows.note_sale import NotedLine, NotedSale, Variant, note_sale
from guide_app.store.apply import Applier
from guide_app.store.photos import PhotoRef, mark_sent, unsent
from guide_app.sync.pictures import PictureState
from guide_app.sync.report import Progress
from guide_app.sync.watch import SyncStatus
from tests.helpers.book import CHEN, COUPON_CODE, actor
from tests.helpers.photos import photo
from tests.ui.pages.sync.conftest import Shop
from ui.kit.card import KpiTile
from ui.kit.confirm import ConfirmDialog
from ui.pages.sync.dialog import ParkedDialog
from ui.pages.sync.needs import Do
from ui.pages.sync.rows import NeedLine, waiting_detail
from ui.pages.sync.words import change_words


def tiles(shop: Shop) -> list[str]:
    return [tile.accessibleName() for tile in shop.page.strip.findChildren(KpiTile)]


def lines(shop: Shop, about: str = "") -> list[NeedLine]:
    """The lines that need a decision, of one sort: parked, lost, held, odd, trouble, clock."""
    return [
        line
        for line in shop.page.needs.findChildren(NeedLine)
        if not line.isHidden() and line.need.key.startswith(about)
    ]


def choose_file(shop: Shop, path: Path) -> None:
    """What a person does in the file dialog."""
    (dialog,) = shop.page.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    shop.shown.settle()


def overtake(shop: Shop, **fields: str) -> None:
    """PC 1 writes first, PC 2 later; PC 2 reaches the office first: PC 1's value loses."""
    shop.here.desk.client_deeds.edit(CHEN, fields, actor())
    shop.clock.ms += 60_000
    shop.other.desk.client_deeds.edit(CHEN, dict.fromkeys(fields, "37.5"), actor())
    shop.other.sync()
    shop.round()


def refuse_a_coupon(shop: Shop) -> None:
    shop.here.desk.coupon_deeds.redeem(COUPON_CODE, actor(), order_no="NJ-9", amount_fen=56900)
    shop.round()


def test_in_step_it_says_so_and_asks_for_nothing(shop: Shop) -> None:
    waiting, needs, contact, verdict = tiles(shop)
    assert waiting == "待上传 0 条 没有要上传的改动"
    assert needs == "需要处理 0 条 未能上交 0 · 被覆盖 0"
    assert contact.startswith("上次联系总部 14:32")
    assert verdict.startswith("数据校验 一致 品牌 seq 10 · 门店 seq ")
    assert shop.page.needs_card.isHidden()
    assert shop.page.all_done.isVisible()
    assert shop.page.progress.isHidden()


def test_every_change_queues_where_it_can_be_seen(shop: Shop) -> None:
    deeds = shop.here.desk.client_deeds
    deeds.add({"name": "何俊", "phone": "13911112222"}, actor())
    deeds.note(CHEN, "鞋跟略紧", actor())
    deeds.edit(CHEN, {"shoe_size": "37.5", "remark": "宽脚"}, actor())
    shop.shown.settle()
    rows = shop.page.waiting_model.rows
    assert [change_words(row).title for row in rows] == ["新客户 何俊", "跟进记录 陈雅婷 · 鞋跟略紧", "客户资料 陈雅婷"]
    assert waiting_detail(rows[2], shop.clock.ms) == "鞋码、备注 · 14:32"
    assert tiles(shop)[0] == "待上传 3 条 最早 14:32 · 共 319 B"
    shop.round()
    assert shop.page.waiting_model.rows == ()
    assert shop.page.all_done.isVisible()


def test_a_value_that_lost_can_be_put_back(shop: Shop) -> None:
    overtake(shop, shoe_size="36")
    (line,) = lines(shop, "lost")
    assert line.title.text() == "陈雅婷 的鞋码 被较新的修改覆盖"
    assert line.detail.text() == "36 → 37.5 · 后改的为准 · 王敏 14:32 修改"
    assert line.buttons[Do.RESTORE].text() == "恢复为 36"
    assert tiles(shop)[1] == "需要处理 1 条 未能上交 0 · 被覆盖 1"
    line.buttons[Do.RESTORE].click()
    shop.shown.settle()
    assert lines(shop) == []
    assert shop.here.desk.clients.portrait(CHEN).fields["shoe_size"] == "36"
    assert [change_words(row).title for row in shop.page.waiting_model.rows] == ["客户资料 陈雅婷"]
    assert shop.asked, "the status bar's count must follow"


def test_a_value_may_stay_lost_and_all_fields_of_a_change_are_one_line(shop: Shop) -> None:
    overtake(shop, shoe_size="36", remark="宽脚")
    (line,) = lines(shop, "lost")
    assert line.buttons[Do.RESTORE].text() == "恢复这 2 项"
    line.buttons[Do.ACCEPT].click()
    shop.shown.settle()
    assert shop.page.needs_card.isHidden()
    assert shop.here.desk.clients.portrait(CHEN).fields["shoe_size"] == "37.5"


def test_a_refused_change_says_why_and_can_be_handed_in_again(shop: Shop) -> None:
    refuse_a_coupon(shop)
    (line,) = lines(shop, "parked")
    assert line.title.text().startswith("核销 ")
    assert line.title.text().endswith("未被接受")
    assert line.detail.text() == "这张券之前已核销 · 14:32 在本机完成"
    line.buttons[Do.LOOK].click()
    (dialog,) = shop.page.findChildren(ParkedDialog)
    assert dialog.resubmit.text() == "修改后重交"
    order = dialog.editors["order_no"].widget
    assert isinstance(order, QLineEdit)
    order.setText("NJ-10")
    dialog.resubmit.click()
    shop.shown.settle()
    assert lines(shop) == []
    assert tiles(shop)[0].startswith("待上传 1 条")
    assert shop.asked


def _mark_sent(ref: PhotoRef, applier: Applier) -> None:
    mark_sent(applier.conn, ref)


def test_photos_that_wait_are_counted_beside_the_changes(shop: Shop) -> None:
    db = shop.here.desk.db
    boots = Variant("", None, "踝靴", "黑", "37", 100, "")
    for number in (1, 2):
        sale = NotedSale(f"T-{number}", shop.clock.ms, [NotedLine(boots, 1, 100)], photo(number))
        note_sale(db, actor(), CHEN, sale)
    shop.shown.settle()
    assert tiles(shop)[0].startswith("待上传 4 条 最早 14:32")
    assert tiles(shop)[0].endswith(" · 照片 2 张")
    shop.round()
    assert tiles(shop)[0] == "待上传 0 条 照片 2 张"
    assert shop.page.only_photos.isVisible()
    for ref in db.query(unsent):
        db.apply(partial(_mark_sent, ref))
    shop.monitor.hear_pictures(PictureState())
    shop.shown.bot.waitUntil(shop.page.all_done.isVisible)
    assert tiles(shop)[0] == "待上传 0 条 没有要上传的改动"


def test_giving_up_is_asked_twice_and_enter_refuses(shop: Shop) -> None:
    refuse_a_coupon(shop)
    (line,) = lines(shop, "parked")
    line.buttons[Do.LOOK].click()
    (dialog,) = shop.page.findChildren(ParkedDialog)
    dialog.give_up.click()
    (confirm,) = dialog.findChildren(ConfirmDialog)
    QTest.keyClick(confirm, Qt.Key.Key_Return)
    shop.shown.settle()
    assert lines(shop) == [line]
    dialog.give_up.click()
    next(one for one in dialog.findChildren(ConfirmDialog) if one.isVisible()).go.click()
    shop.shown.settle()
    assert lines(shop) == []
    assert shop.here.desk.coupons.by_code(COUPON_CODE).status == "claimed", "the base shows through"
    assert not [one for one in shop.page.findChildren(QDialog) if one.isVisible()]


def test_a_refused_change_is_exported_whole(shop: Shop, tmp_path: Path) -> None:
    refuse_a_coupon(shop)
    (line,) = lines(shop, "parked")
    line.buttons[Do.EXPORT].click()
    choose_file(shop, tmp_path / "refused.json")
    (told,) = json.loads((tmp_path / "refused.json").read_text("utf-8"))["parked"]
    assert told["code"] == "coupon.redeemed"
    assert told["data"]["order_no"] == "NJ-9"
    assert shop.shown.window.toast.text == "已导出 refused.json"


def test_offline_it_says_what_is_wrong_and_that_work_goes_on(shop: Shop) -> None:
    shop.monitor.hear_status(SyncStatus("offline", 0, last_error="连不上总部。", error_code="office.unreachable"))
    shop.shown.settle()
    assert shop.page.progress.trouble.text() == "连不上总部。所有工作都已保存在本机，会自动重试。"
    assert shop.page.progress.isVisible()
    assert not shop.page.progress.round.isVisible()
    assert lines(shop) == []


def test_a_running_round_shows_how_far_it_is(shop: Shop) -> None:
    shop.monitor.hear_status(SyncStatus("syncing", progress=Progress("pull", 1200, 5000)))
    shop.shown.settle()
    assert shop.page.progress.round.title.text() == "正在接收资料"
    assert shop.page.progress.round.count.text() == "1,200 / 5,000"
    shop.monitor.hear_status(SyncStatus("synced"))
    shop.shown.settle()
    assert shop.page.progress.isHidden()


def test_pictures_can_be_held_and_go_on(shop: Shop) -> None:
    shop.monitor.hear_pictures(PictureState(running=True, done=1204, total=10_000))
    shop.shown.settle()
    bar = shop.page.progress.pictures
    assert (bar.title.text(), bar.count.text()) == ("正在接收商品图片", "1,204 / 10,000 · 不影响使用")
    shop.page.progress.hold.click()
    shop.monitor.hear_pictures(PictureState(paused=True))
    shop.shown.settle()
    assert bar.title.text() == "商品图片已暂停"
    shop.page.progress.hold.click()
    assert shop.pauses == [True, False]
    shop.monitor.hear_pictures(PictureState())
    shop.shown.settle()
    assert shop.page.progress.isHidden()


def test_the_button_asks_for_a_round(shop: Shop) -> None:
    shop.page.now.click()
    assert shop.asked == [1]
