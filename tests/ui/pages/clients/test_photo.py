"""Photos in the window: in fields of head office's, and of receipts noted by hand; chosen, pasted, seen, taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from guide_app.flows.desk import Desk
from guide_app.flows.note_sale import NotedLine, NotedSale, find_variants, note_sale
from guide_app.flows.receipt_photo import receipt_photo
from guide_app.protocol.messages import RecordFrame
from guide_app.protocol.scopes import store_scope
from tests.helpers.book import CHEN, NOW, STORE, Frames, actor, ident
from tests.helpers.photos import from_a_camera
from tests.helpers.window import Shown
from tests.ui.pages.clients.test_clients import at
from tests.ui.pages.conftest import Open
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.photo_dialog import PhotoButton, PhotoDialog
from ui.pages.clients.sale_dialog import SaleDialog

FEET = ident(205)


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    frame = Frames()
    frame._seq = 400
    field = frame("custom_field", FEET, name="足型照片", type="image", purpose="配鞋垫", rank=1)
    desk.db.apply(lambda applier: applier.apply([field]))
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


@pytest.fixture
def camera(tmp_path: Path) -> Path:
    (tmp_path / "IMG_0001.jpg").write_bytes(from_a_camera((400, 300)))
    return tmp_path / "IMG_0001.jpg"


def photo_of(desk: Desk) -> bytes:
    (answer,) = [one for one in desk.card.card(CHEN, actor().guide_id).answers if one.field.id == FEET]
    return answer.photo


def the_button(page: ClientsPage) -> PhotoButton:
    made = page.portrait.tabs.file.answers.inputs[FEET]
    assert isinstance(made, PhotoButton)
    return made


def opened(part: QWidget) -> PhotoDialog:
    return part.findChildren(PhotoDialog)[-1]


def choose(shown: Shown, made: PhotoDialog, path: Path) -> None:
    """Choose a file by keyboard as far as it is ours."""
    QTest.keyClick(made.pick, Qt.Key.Key_Space)
    (picker,) = made.findChildren(QFileDialog)
    picker.fileSelected.emit(str(path))
    picker.reject()
    shown.settle()


def test_a_photo_answers_a_field_and_is_taken_back(shown: Shown, desk: Desk, camera: Path) -> None:
    page = at(shown, CHEN)
    button = the_button(page)
    assert button.accessibleName() == "足型照片: + 照片"
    QTest.keyClick(button, Qt.Key.Key_Space)
    made = opened(page)
    assert (made.go.isEnabled(), made.drop.isEnabled()) == (False, False)
    choose(shown, made, camera)
    assert made.go.hasFocus() or made.focusWidget() is made.go
    made.go.click()
    shown.settle()
    body = photo_of(desk)
    assert body.startswith(b"\xff\xd8")
    assert b"CANARY" not in body
    assert button.accessibleName() == "足型照片: 看大图"
    assert not button.icon().isNull()

    QTest.keyClick(button, Qt.Key.Key_Return)
    again = opened(page)
    assert again.view.pixmap().width() == 400
    again.drop.click()
    again.go.click()
    shown.settle()
    assert photo_of(desk) == b""
    shown.context.undo.undo()
    shown.settle()
    assert photo_of(desk) == body


def test_a_photo_that_has_not_come_can_be_taken_away(shown: Shown, desk: Desk) -> None:
    elsewhere = {"client_id": CHEN, "field_id": FEET, "value": "a" * 64, "guide_id": actor().guide_id, "at": NOW}
    frame = RecordFrame(store_scope(STORE), "custom_value", ident(990), 9_000, elsewhere)
    desk.db.apply(lambda applier: applier.apply([frame]))
    shown.settle()
    page = at(shown, CHEN)
    assert the_button(page).accessibleName() == "足型照片: 照片还没同步到"
    the_button(page).click()
    made = opened(page)
    assert "不能撤销" in made.said.text()
    assert (made.view.accessibleName(), made.go.isEnabled()) == ("照片", False)
    made.drop.click()
    assert (made.view.text(), made.go.isEnabled(), made.drop.isEnabled()) == ("没有照片", True, False)
    made.go.click()
    shown.settle()
    assert the_button(page).accessibleName() == "足型照片: + 照片"
    assert shown.window.toast.text == "已修改照片"
    assert shown.window.toast.action.isHidden()


def test_a_photo_is_pasted_and_what_is_none_is_said(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    page = at(shown, CHEN)
    the_button(page).click()
    made = opened(page)
    QGuiApplication.clipboard().setText("没有图片")
    made.paste.click()
    assert "剪贴板里没有图片" in made.said.text()
    (tmp_path / "page.jpg").write_bytes(b"<html>")
    choose(shown, made, tmp_path / "page.jpg")
    assert "无法使用" in made.said.text()
    image = QImage(120, 90, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(image)
    QTest.keyClick(made, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    shown.settle()
    made.accept()
    shown.settle()
    assert photo_of(desk)
    QGuiApplication.clipboard().clear()


def test_a_photo_is_added_later_to_a_noted_sale_without_one(shown: Shown, desk: Desk, camera: Path) -> None:
    (code,) = desk.db.query(lambda c: c.exec_driver_sql("SELECT code FROM sku WHERE code <> '' LIMIT 1").one())
    variant = next(one for one in find_variants(desk.db, code) if one.code == code)
    noted = note_sale(desk.db, actor(), CHEN, NotedSale("T-0010", NOW, (NotedLine(variant, 1, 100),)))
    page = at(shown, CHEN)

    def offered() -> list[str]:
        made = page.portrait.tabs.purchases.findChildren(QPushButton)
        return [one.accessibleName() for one in made if "照片" in one.accessibleName()]

    assert offered() == ["加小票照片: T-0010"], "none beside the receipts of the till"
    next(b for b in page.findChildren(QPushButton) if b.accessibleName() == offered()[0]).click()
    shown.settle()
    large = opened(page)
    assert (large.view.text(), large.drop.isEnabled()) == ("没有照片", False)
    choose(shown, large, camera)
    QTest.keyClick(large.go, Qt.Key.Key_Space)
    shown.settle()
    assert receipt_photo(desk.db, noted)
    assert offered() == ["看小票照片: T-0010"]
    shown.context.undo.undo()
    shown.settle()
    assert (receipt_photo(desk.db, noted), offered()) == (b"", ["加小票照片: T-0010"])


def test_a_noted_sale_keeps_a_photo_of_its_receipt(shown: Shown, desk: Desk, camera: Path) -> None:
    page = at(shown, CHEN)
    (action,) = [one for one in page.portrait.menu.actions() if one.text().startswith("补录")]
    action.trigger()
    (made,) = page.findChildren(SaleDialog)
    made.number.setText("T-0009")
    (code,) = desk.db.query(lambda c: c.exec_driver_sql("SELECT code FROM sku WHERE code <> '' LIMIT 1").one())
    made.show_hits([one for one in find_variants(desk.db, code) if one.code == code])
    QTest.keyClick(made.photo, Qt.Key.Key_Space)
    large = opened(made)
    choose(shown, large, camera)
    large.go.click()
    assert made.photo.accessibleName() == "小票照片: 看大图"
    made.go.click()
    shown.settle()
    bought = next(one for one in desk.clients.purchases(CHEN) if one.order_no == "T-0009")
    assert bought.photo
    seen = next(
        b for b in page.portrait.tabs.purchases.findChildren(QPushButton)
        if b.accessibleName() == "看小票照片: T-0009"
    )  # fmt: skip
    seen.click()
    shown.settle()
    large = opened(page)
    assert large.view.pixmap().width() == 400
    kept = receipt_photo(desk.db, bought.purchase_id)
    QTest.keyClick(large.drop, Qt.Key.Key_Space)
    QTest.keyClick(large.go, Qt.Key.Key_Space)
    shown.settle()
    assert receipt_photo(desk.db, bought.purchase_id) == b""
    assert shown.window.toast.text == "已去掉小票照片"
    shown.press(Qt.Key.Key_Z, control=True)
    shown.settle()
    assert receipt_photo(desk.db, bought.purchase_id) == kept
