"""Her own book out of the window: by keyboard, under a password, and with a second person for many."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.desk import Desk
from guide_app.flows.take_sealed import unseal
from tests.helpers.book import actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.clients.page import ClientsPage
from ui.pages.clients.take_dialog import TakeDialog

PASSWORD = "correct horse"


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(clients=lambda context: ClientsPage(context, desk, actor))


def asked(shown: Shown) -> TakeDialog:
    page = shown.page(ClientsPage)
    page.take.setFocus()
    QTest.keyClick(page.take, Qt.Key.Key_Space)
    made = page.findChildren(TakeDialog)[-1]
    assert isinstance(made, TakeDialog)
    return made


def press(made: TakeDialog, key: Qt.Key) -> QWidget:
    focused = made.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)
    return focused


def write(made: TakeDialog, text: str) -> None:
    focused = made.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def test_a_sealed_book_leaves_by_the_keyboard_alone(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    made = asked(shown)
    shown.settle()
    assert made.outlook.text() == "将导出自己的 2 位客户。"
    assert not made.form.isRowVisible(made.approver)
    assert not made.go.isEnabled()
    write(made, "double eleven")
    made.where.setText(str(tmp_path / "book.xlsx"))
    press(made, Qt.Key.Key_Tab)
    press(made, Qt.Key.Key_Down)
    assert made.form_of.currentData() == "csv"
    press(made, Qt.Key.Key_Tab)
    press(made, Qt.Key.Key_Space)  # the first column, a number that nobody else needs
    press(made, Qt.Key.Key_Tab)
    write(made, PASSWORD)
    assert not made.go.isEnabled()
    press(made, Qt.Key.Key_Tab)
    write(made, PASSWORD)
    path = Path(made.where.text())
    assert (path.parent, path.name) == (tmp_path, "我的客户.csv.age")
    press(made, Qt.Key.Key_Return)
    shown.settle()
    text = unseal(path.read_bytes(), PASSWORD).decode("utf-8-sig")
    assert text.startswith("姓名,手机号")
    assert "陈雅婷" in text
    (line,) = [one for one in desk.privacy.accesses(0) if one.deed == "export"]
    assert (line.reason, line.records) == ("double eleven", 2)


def test_many_need_a_second_person_in_the_same_dialog(shown: Shown, desk: Desk, tmp_path: Path) -> None:
    rows = "".join(f"客{n},{13_700_000_000 + n}\n" for n in range(201))
    (tmp_path / "list.csv").write_text("姓名,手机号\n" + rows, encoding="utf-8")
    bring_clients(desk.db, actor(), tmp_path / "list.csv")
    made = asked(shown)
    shown.settle()
    assert made.outlook.text() == "将导出自己的 203 位客户。超过 200 行, 须由另一位店长批准。"
    assert made.outlook.property("role") == "warn"
    assert made.form.isRowVisible(made.approver)
    write(made, "all")
    made.where.setText(str(tmp_path / "book.xlsx"))
    made.go.click()
    shown.settle()
    assert "另一位店长" in made.told.text()
    assert "--approver" not in made.told.text()
    assert made.told.property("role") == "warn"
    assert made.focusWidget() is made.approver
    write(made, "0231")
    press(made, Qt.Key.Key_Tab)
    write(made, "0000")
    made.go.click()
    shown.settle()
    assert made.isVisible()
    assert not (tmp_path / "book.xlsx").exists()
    assert made.pin.text() == ""
    made.reject()
