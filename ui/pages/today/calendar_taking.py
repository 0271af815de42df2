"""What the calendar button of 今日 does: ask, write the file, say where it is."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from guide_app.flows.take_calendar import CalendarTaken, calendar_outlook, take_calendar
from guide_app.flows.take_control import approve
from ui.kit.desk_page import DeskPage
from ui.kit.toast import Notice
from ui.kit.work import Job
from ui.pages.today.calendar_dialog import CalendarDialog


def ask_calendar(page: DeskPage) -> None:
    """Open the dialog; accepted, ask for the file and write it."""
    dialog = CalendarDialog(page)

    def asked() -> None:
        file = dialog.file()
        if file is not None:
            _take(page, file, dialog)

    dialog.accepted.connect(asked)
    dialog.open()
    desk, actor = page.desk, page.actor
    page.work.query(
        lambda _job: desk.db.query(lambda conn: calendar_outlook(conn, actor, desk.clock.now_ms())),
        owner=dialog, slot="outlook", done=dialog.show_outlook,
    )  # fmt: skip


def _take(page: DeskPage, file: Path, dialog: CalendarDialog) -> None:
    desk, actor = page.desk, page.actor
    reason, names = dialog.reason.text(), dialog.names.isChecked()
    number, pin = dialog.number.text().strip(), dialog.pin.text()

    def take(_job: Job) -> CalendarTaken:
        approval = approve(desk.roster, actor, number, pin) if number else None
        return take_calendar(desk.db, desk.clock, actor, file, reason=reason, names=names, approval=approval)

    def said(taken: CalendarTaken) -> None:
        text = QCoreApplication.translate("CalendarDialog", "已写到 {file}: {count} 个日程。用完请删除")
        page.notice.emit(Notice(text.format(file=taken.file.name, count=taken.events)))

    page.work.change(take, owner=page, done=said, title=QCoreApplication.translate("CalendarDialog", "导出日历"))
