"""Her own book as a file: which columns, in which form, under which password, why, and who else answers for it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QListWidget, QListWidgetItem

from guide_app.base.errors import GuideError
from guide_app.base.phrase import Phrase
from guide_app.flows.take_book import BookChoice, BookTaken, Form, book_outlook, column_titles, file_name, take_book
from guide_app.flows.take_control import NEEDS_MANAGER, Outlook, approve
from guide_app.flows.take_sealed import LEAST_PASSWORD
from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure, present
from ui.kit.i18n import say
from ui.kit.outlook import show_outlook
from ui.kit.text import label, restyle
from ui.kit.toast import Notice
from ui.pages.clients.dialogs import FormDialog

_WIDTH, _COLUMNS_HEIGHT = 560, 150
_NEEDS_ANOTHER = (NEEDS_MANAGER, "export.approver")


class TakeDialog(FormDialog):
    """It stays until the file is there: what is refused is said in it, and asked for."""

    def __init__(self, page: DeskPage) -> None:
        """Start with all columns, as a spreadsheet, with a password to be chosen."""
        super().__init__(
            page,
            QCoreApplication.translate("TakeDialog", "导出我的客户"),
            QCoreApplication.translate("TakeDialog", "导出 (会记录)"),
        )
        self._page = page
        self.setMinimumWidth(_WIDTH)
        self.form_of, self.columns = QComboBox(), QListWidget()
        for text, value in (
            (self.tr("Excel (XLSX)"), "xlsx"), (self.tr("CSV"), "csv"), (self.tr("手机通讯录 (vCard 4.0)"), "vcard"),
            (self.tr("给程序读 (JSON)"), "json"),
        ):  # fmt: skip
            self.form_of.addItem(text, value)
        self.columns.setFixedHeight(_COLUMNS_HEIGHT)
        for title in column_titles():
            item = QListWidgetItem(say(Phrase(title)))
            item.setData(Qt.ItemDataRole.UserRole, title)
            item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked)
            self.columns.addItem(item)
        self.columns.setCurrentRow(0)
        self.password, self.again, self.pin = QLineEdit(), QLineEdit(), QLineEdit()
        for secret in (self.password, self.again, self.pin):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("至少 {count} 个字; 留空则不加密").format(count=LEAST_PASSWORD))
        self.why, self.where, self.approver = QLineEdit(), QLineEdit(), QLineEdit()
        self.why.setPlaceholderText(self.tr("如 双十一回访名单"))
        self.pick = button(self.tr("选择…"))
        self.outlook, self.told = label("", "hint", wrap=True), label("", "hint", wrap=True)
        self.form.addRow(self.outlook)
        place = row(self.where, self.pick, margins=(0, 0, 0, 0))
        for text, field, shown in (
            (self.tr("原因"), self.why, None), (self.tr("格式"), self.form_of, None),
            (self.tr("列"), self.columns, None), (self.tr("密码"), self.password, None),
            (self.tr("再输一次"), self.again, None), (self.tr("文件"), self.where, place),
            (self.tr("批准的店长 (工号)"), self.approver, None), (self.tr("店长 PIN"), self.pin, None),
        ):  # fmt: skip
            field.setAccessibleName(text)
            self.form.addRow(text, shown or field)
        self.form.addRow(self.told)
        self._second(shown=False)
        self.finish()
        self.buttons.accepted.disconnect(self.accept)
        self.buttons.accepted.connect(self._take)
        self.pick.clicked.connect(self._pick)
        self.form_of.currentIndexChanged.connect(self._named)
        for field in (self.password, self.again, self.why, self.where):
            field.textChanged.connect(self._ready)
        self.password.textChanged.connect(self._named)
        self._named()
        self._ready()
        self.why.setFocus()
        desk, me = page.desk, page.actor
        page.work.query(
            lambda _job: desk.db.query(lambda conn: book_outlook(conn, me, desk.clock.now_ms())),
            owner=self, slot="outlook", done=self._foretold, failed=self._refused,
        )  # fmt: skip

    def choice(self) -> BookChoice:
        """What was chosen."""
        items = (self.columns.item(n) for n in range(self.columns.count()))
        ticked = [item for item in items if item.checkState() == Qt.CheckState.Checked]
        titles = tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in ticked)
        return BookChoice(self._form(), titles, self.password.text())

    def _form(self) -> Form:
        form: Form = self.form_of.currentData()
        return form

    def _named(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(self.where.text()).parent if self.where.text() else Path(documents)
        name = file_name(self.tr("我的客户"), self._form(), sealed=bool(self.password.text()))
        self.where.setText(str(folder / name))

    def _pick(self) -> None:
        dialog = QFileDialog(self, self.tr("导出到"), self.where.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self.where.setText)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ready(self) -> None:
        password, same = self.password.text(), self.password.text() == self.again.text()
        enough = not password or len(password) >= LEAST_PASSWORD
        told = self.tr("每一行都有导出人、时间和编号; 总部的日志记下原因和行数。用完请删除。")
        if not enough:
            told = self.tr("密码至少 {count} 个字。").format(count=LEAST_PASSWORD)
        elif not same:
            told = self.tr("两次输入的密码不同。")
        elif password:
            told += self.tr(" 打开: guide open 文件 --out 新文件, 或 age --decrypt。忘了密码无法找回。")
        self._say(told)
        self.go.setEnabled(bool(self.why.text().strip() and self.where.text().strip()) and enough and same)

    def _foretold(self, outlook: Outlook) -> None:
        """How many clients leave, and that a second person is needed, before anything is typed."""
        if outlook.needs_another:
            self._second(shown=True)
        show_outlook(self.outlook, outlook)

    def _second(self, *, shown: bool) -> None:
        for field in (self.approver, self.pin):
            self.form.setRowVisible(field, shown)

    def _take(self) -> None:
        desk, actor, path = self._page.desk, self._page.actor, Path(self.where.text().strip())
        choice, why, number, pin = self.choice(), self.why.text(), self.approver.text().strip(), self.pin.text()
        self.pin.clear()

        def write(_job: object) -> BookTaken | GuideError:
            try:
                approval = approve(desk.roster, actor, number, pin) if number else None
                return take_book(desk.db, desk.clock, actor, path, choice, reason=why, approval=approval)
            except GuideError as e:
                if e.code not in _NEEDS_ANOTHER:
                    raise
                return e

        self.go.setEnabled(False)
        self._page.work.change(write, owner=self, done=self._taken, failed=self._refused, title=self.tr("导出"))

    def _taken(self, taken: BookTaken | GuideError) -> None:
        if isinstance(taken, GuideError):
            self._second(shown=True)
            self.approver.setFocus()
            self._refused(present(taken))
            return
        told = self.tr("{count} 位客户已导出到 {file} · 编号 {number}")
        self._page.notice.emit(
            Notice(told.format(count=f"{taken.clients:,}", file=taken.path.name, number=taken.number))
        )
        self.accept()

    def _refused(self, failure: Failure) -> None:
        self._ready()
        self._say(f"{failure.sentence} {failure.way_out}", "warn")

    def _say(self, told: str, role: str = "hint") -> None:
        self.told.setText(told)
        restyle(self.told, role=role)


def ask_to_take(page: DeskPage) -> None:
    """Open the dialog."""
    dialog = TakeDialog(page)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
