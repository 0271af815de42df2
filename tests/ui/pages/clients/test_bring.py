"""Clients from a file in the window: columns chosen, tried, brought in, the refused corrected."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from guide_app.flows.desk import Desk
from tests.helpers.book import actor
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import listed
from tests.ui.pages.conftest import Open
from ui.pages.clients.bring_dialog import BringDialog, ask_about
from ui.pages.clients.page import ClientsPage

LIST = "称谓,联系号,鞋号\n赵敏,13700001111,37\n陈雅婷,13800005678,\n坏,12,\n"


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def asked(shown: Shown, path: Path) -> BringDialog:
    page = shown.page(ClientsPage)
    ask_about(page, path)
    shown.settle()
    made = page.findChildren(BringDialog)[-1]
    assert isinstance(made, BringDialog)
    return made


def choose(made: BringDialog, title: str, field: str) -> None:
    box = made.choice.boxes[title]
    box.setCurrentIndex(box.findData(field))


def test_what_stays_out_without_a_consent_is_told_before_and_after(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,手机号,备注\n赵敏,13700001111,花粉过敏\n", encoding="utf-8")
    made = asked(shown, path)
    for deed in (made.trial, made.go):
        deed.click()
        shown.settle()
        assert "不能导入 0" in made.told.text()
        assert "有 1 处须先取得同意, 没有导入" in made.told.text()
        told = made.rejects.item(0).text()
        assert made.rejects.count() == 1
        assert told.startswith("第 2 行 备注: 这句话里有医疗健康 (「过敏」), 须先取得客户的单独同意")
        assert "个人信息保护法第 28、29 条" in told
    (row,) = desk.clients.search("13700001111")
    assert desk.clients.portrait(row.id).fields["remark"] == ""


def test_a_list_with_foreign_titles_is_tried_brought_and_corrected(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(LIST, encoding="utf-8")
    made = asked(shown, path)
    assert not made.go.isEnabled()
    choose(made, "称谓", "name")
    choose(made, "联系号", "phone")
    made.trial.click()
    shown.settle()
    assert "3 行: 新增 1 · 已有客户补充资料 0 · 与已有客户相同 1 · 不能导入 1" in made.told.text()
    assert "赵敏" not in listed(shown.page(ClientsPage))
    assert not (tmp_path / "名单-未导入.csv").exists()
    assert made.rejects.count() == 1
    made.go.click()
    shown.settle()
    assert "赵敏" in listed(shown.page(ClientsPage))
    refused = tmp_path / "名单-未导入.csv"
    assert "坏" in refused.read_text(encoding="utf-8-sig")
    refused.write_text(refused.read_text(encoding="utf-8-sig").replace(",12,", ",13700002222,"), encoding="utf-8-sig")
    made.again.click()
    shown.settle()
    again = shown.page(ClientsPage).findChildren(BringDialog)[-1]
    choose(again, "称谓", "name")
    choose(again, "联系号", "phone")
    again.trial.click()
    shown.settle()
    again.go.click()
    shown.settle()
    assert "坏" in listed(shown.page(ClientsPage))
    again.reject()


def test_what_is_missing_is_named_in_the_words_of_the_screen(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(LIST, encoding="utf-8")
    made = asked(shown, path)
    for chosen, told in (
        ({"称谓": "name"}, "缺少列「手机号」或「微信」。"),
        ({"称谓": "phone", "联系号": "phone"}, "有两列都指定为「手机号」。 请只留一列。"),
    ):
        for title, field in chosen.items():
            choose(made, title, field)
        made.trial.click()
        shown.settle()
        assert told in made.told.text()
        assert "--map" not in made.told.text()
        assert "phone" not in made.told.text()


def test_another_choice_of_columns_needs_another_trial(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,手机号,说\n赵敏,13700001111,37\n", encoding="utf-8")
    made = asked(shown, path)
    assert made.choice.boxes["手机号"].currentData() == "phone"
    made.trial.click()
    shown.settle()
    assert made.go.isEnabled()
    choose(made, "说", "shoe_size")
    assert not made.go.isEnabled()
    made.reject()


def test_a_cancelled_import_leaves_nothing(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = "".join(f"客户{n},137{n:08d}\n" for n in range(3_000))
    path.write_text("姓名,手机号\n" + rows, encoding="utf-8")
    made = asked(shown, path)
    made.trial.click()
    shown.settle()
    before = listed(shown.page(ClientsPage))
    made.go.click()
    made.stop.click()
    shown.settle()
    assert made.told.text() == "已取消, 没有写入任何资料。"
    assert listed(shown.page(ClientsPage)) == before
    made.reject()


def test_the_button_asks_for_a_file(shown: Shown, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("姓名,手机号\n赵敏,13700001111\n", encoding="utf-8")
    page = shown.page(ClientsPage)
    page.bring.click()
    chooser = page.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(path))
    chooser.close()
    shown.settle()
    made = page.findChild(BringDialog)
    assert isinstance(made, BringDialog)
    assert list(made.choice.boxes) == ["姓名", "手机号"]
    made.reject()


def key(made: BringDialog, *keys: Qt.Key) -> None:
    for one in keys:
        focused = made.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, one)


def test_who_is_known_is_named_and_each_field_is_chosen_by_keyboard(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    twice = "新客,13700001111,37\n旧客,13700001111,37\n"
    path.write_text(f"姓名,手机号,鞋码\n陈小姐,13800005678,39\n{twice}", encoding="utf-8")
    made = asked(shown, path)
    assert made.focusWidget() is made.trial
    key(made, Qt.Key.Key_Space)
    shown.settle()
    (client_id,) = {row.id for row in desk.clients.search("13800005678")}
    before = desk.clients.portrait(client_id).fields
    assert "1 位客户已在本里" in made.known.title.text()
    assert made.rejects.item(0).text() == "第 4 行与第 3 行是同一位客户 (新客), 以第 3 行为准 · 姓名: 新客 / 旧客"
    assert set(made.known.boxes) == {(2, "name"), (2, "shoe_size")}
    size = made.known.boxes[2, "shoe_size"]
    assert size.accessibleName() == "陈雅婷 鞋码"
    size.setFocus()
    key(made, Qt.Key.Key_Down)
    assert size.currentData() == "theirs"
    made.go.setFocus()
    key(made, Qt.Key.Key_Space)
    shown.settle()
    after = desk.clients.portrait(client_id).fields
    assert (after["name"], after["shoe_size"]) == (before["name"], "39")
    made.reject()


def test_a_sheet_an_encoding_and_a_separator_are_chosen(shown: Shown, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("说明", 0).append(["会员名单见下一张"])
    book.remove(book["Sheet"])
    sheet = book.create_sheet("会员")
    for cells in (["姓名", "手机号"], ["赵敏", 13700001111]):
        sheet.append(cells)
    book.save(tmp_path / "two.xlsx")
    made = asked(shown, tmp_path / "two.xlsx")
    assert [made.how.sheet.itemText(n) for n in range(made.how.sheet.count())] == ["说明", "会员"]
    made.how.sheet.setCurrentIndex(1)
    shown.settle()
    assert list(made.choice.boxes) == ["姓名", "手机号"]
    made.reject()
    odd = tmp_path / "odd.csv"
    odd.write_text("姓名|手機|備註\n趙敏|13700001111|尺碼齊全, 喜歡樂福鞋; 請週末聯繫\n", encoding="big5")
    made = asked(shown, odd)
    assert "编码" in made.told.text()
    assert not made.trial.isEnabled()
    made.how.encoding.setCurrentIndex(made.how.encoding.findData("big5"))
    shown.settle()
    assert list(made.choice.boxes) == ["姓名", "手機", "備註"]
    made.how.separator.setCurrentIndex(made.how.separator.findData(","))
    shown.settle()
    assert list(made.choice.boxes) == ["姓名|手機|備註"]
    made.reject()


def test_receipts_come_in_by_the_window_and_the_refused_go_where_she_says(
    shown: Shown, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "receipts.csv"
    path.write_text(
        "单号,时间,手机号,品名,数量,金额\nR1,2026-10-01 12:00,13800005678,鞋,1,599\n"
        "R2,2026-10-02 12:00,13999999999,鞋,1,5\n",
        encoding="utf-8",
    )
    made = asked(shown, path)
    made.how.what.setCurrentIndex(made.how.what.findData("purchases"))
    shown.settle()
    place = tmp_path / "elsewhere.csv"
    made.errors.setText(str(place))
    made.trial.click()
    shown.settle()
    assert "2 行: 新增 1 · 已有 0 · 不能导入 1 · 记为未核实" in made.told.text()
    made.go.click()
    shown.settle()
    (client_id,) = {row.id for row in desk.clients.search("13800005678")}
    assert "R1" in {bought.order_no for bought in desk.clients.purchases(client_id)}
    assert "R2" in place.read_text(encoding="utf-8-sig")
    made.reject()
