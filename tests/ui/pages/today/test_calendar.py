"""导出日历 by keyboard: a reason, the file, and what is said afterwards."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from guide_app.flows.desk import Desk
from guide_app.flows.take_control import Outlook
from tests.helpers.book import actor
from tests.helpers.window import Shown
from tests.ui.pages.conftest import Open
from ui.pages.today.calendar_dialog import CalendarDialog
from ui.pages.today.page import TodayPage


@pytest.fixture
def shown(open_pages: Open, desk: Desk) -> Shown:
    return open_pages(today=lambda context: TodayPage(context, desk, actor))


def test_her_calendar_is_written_with_masked_names(
    shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "her.ics"
    monkeypatch.setattr(CalendarDialog, "file", lambda _self: file)
    page = shown.page(TodayPage)
    page.calendar.setFocus()
    shown.press(Qt.Key.Key_Space)
    (dialog,) = [d for d in page.findChildren(CalendarDialog) if d.isVisible()]
    shown.settle()
    assert dialog.outlook.text() == "将导出自己的 2 位客户。"
    assert dialog.reason.hasFocus()
    assert not dialog.pin.isVisible()
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.reason, "birthdays")
    dialog.go.setFocus()
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    shown.settle()
    text = file.read_text("utf-8")
    assert text.startswith("BEGIN:VCALENDAR")
    assert "陈**" in text
    assert "陈雅婷" not in text
    assert "her.ics" in shown.window.toast.text


def test_the_second_person_is_asked_for_before_anything_is_typed(shown: Shown) -> None:
    dialog = CalendarDialog(shown.page(TodayPage))
    dialog.show_outlook(Outlook(rows=31, taken=180, limit=200))
    told = "将导出自己的 31 位客户。24 小时内已导出 180 行。超过 200 行, 须由另一位店长批准。"
    assert (dialog.outlook.text(), dialog.outlook.property("role")) == (told, "warn")
    assert not dialog.number.isHidden()
    assert not dialog.pin.isHidden()
    dialog.reject()
