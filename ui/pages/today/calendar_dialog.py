"""导出日历: why, with or without full names, and who approves if it is more than one may take out alone."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from guide_app.flows.take_control import Outlook
from ui.kit.form import form_of
from ui.kit.outlook import show_outlook
from ui.kit.text import label

_FILE = "guide-desk.ics"


class CalendarDialog(QDialog):
    """`reason`, `names`, and the approver's `number` and `pin`; `file` asks where to."""

    def __init__(self, parent: QWidget) -> None:
        """Start with masked names."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("CalendarDialog", "导出日历"))
        self.setMinimumWidth(440)
        self._form = form = form_of(self)
        self.outlook = label("", "hint", wrap=True)
        form.addRow(self.outlook)
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setPlaceholderText(self.tr("如 手机日历提醒生日"))
        self.names = QCheckBox(self.tr("写全名 (不勾选则只留姓)"))
        self.number = QLineEdit()
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        for text, field in ((self.tr("原因"), self.reason), ("", self.names)):
            field.setAccessibleName(text or self.names.text())
            form.addRow(text, field)
        told = self.tr("只有自己的客户: 生日、日子、答应过的事和任务, 没有电话。会记入日志; 超过上限时要店长批准。")
        form.addRow(label(told, "hint", wrap=True))
        for text, field in ((self.tr("批准店长工号"), self.number), (self.tr("店长 PIN"), self.pin)):
            field.setAccessibleName(text)
            form.addRow(text, field)
            form.setRowVisible(field, False)
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(self.tr("选择文件…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("kind", "primary")
        self.buttons.addButton(self.tr("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form.addRow(self.buttons)
        self.reason.textChanged.connect(self._ready)
        self._ready()
        self.reason.setFocus()

    def show_outlook(self, outlook: Outlook) -> None:
        """Say how many clients leave; ask for the second person if one is needed."""
        show_outlook(self.outlook, outlook)
        for field in (self.number, self.pin):
            self._form.setRowVisible(field, outlook.needs_another)

    def file(self) -> Path | None:
        """Where to, asked of the user; None if she thinks better of it."""
        name, _ = QFileDialog.getSaveFileName(
            self.parentWidget(), self.windowTitle(), str(Path.home() / _FILE), "iCalendar (*.ics)"
        )
        return Path(name) if name else None

    def _ready(self) -> None:
        self.go.setEnabled(bool(self.reason.text().strip()))
