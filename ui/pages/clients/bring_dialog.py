"""Clients or receipts from a file: how it is meant, a trial run, the import with a way to stop, the refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QListWidget, QProgressBar, QVBoxLayout

from guide_app.base.phrase import Phrase
from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.bringing.model import BringOptions, BringReport
from guide_app.flows.bringing.preview import Preview, choosable_fields, preview
from guide_app.flows.bringing.purchases import bring_purchases
from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure
from ui.kit.i18n import counted, say
from ui.kit.text import label
from ui.kit.work import Cancelled, Job
from ui.pages.clients.bring_columns import ColumnChoice
from ui.pages.clients.bring_how import HowMeant
from ui.pages.clients.bring_known import KnownChoice

_WIDTH, _LIST_HEIGHT, _SHOWN, _TICK_MS = 760, 110, 100, 100


class BringDialog(QDialog):
    """Nothing is written before the trial run has said what would become of the rows."""

    def __init__(self, page: DeskPage, path: Path, columns: Mapping[str, str] | None = None) -> None:
        """`path` is the file; it is looked into at once. `columns` (field by title) are known from a file before it."""
        super().__init__(page)
        self._page, self._path, self._job, self._columns = page, path, Job(), columns or {}
        self.setWindowTitle(QCoreApplication.translate("BringDialog", "导入"))
        self.setMinimumWidth(_WIDTH)
        self.how, self.choice, self.known = HowMeant(), ColumnChoice(), KnownChoice()
        self.told = label("", wrap=True)
        self.rejects = QListWidget()
        self.rejects.setAccessibleName(self.tr("不能导入的行"))
        self.rejects.setWordWrap(True)
        self.rejects.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rejects.hide()
        self.errors = QLineEdit(str(path.with_name(self.tr("{name}-未导入.csv").format(name=path.stem))))
        self.errors.setAccessibleName(self.tr("没导入的行写到"))
        self.place = button(self.tr("选择…"))
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("导入进度"))
        self.bar.hide()
        self.trial, self.go = button(self.tr("试运行")), button(self.tr("导入"), "primary")
        self.again, self.stop = button(self.tr("导入改好的文件")), button(self.tr("取消"))
        self.again.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(10)
        column.addWidget(label(path.name, "strong"))
        for widget in (self.how, self.choice, self.told, self.known, self.rejects):
            column.addWidget(widget)
        column.addWidget(row(label(self.tr("没导入的行写到"), "hint"), self.errors, self.place, margins=(0, 0, 0, 0)))
        column.addWidget(self.bar)
        column.addWidget(row(self.again, None, self.stop, self.trial, self.go, margins=(0, 4, 0, 0)))
        self.how.changed.connect(self.look)
        self.choice.changed.connect(self._changed)
        self.place.clicked.connect(self._pick)
        self.trial.clicked.connect(lambda: self._run(dry_run=True, done=self._tried))
        self.go.clicked.connect(lambda: self._run(dry_run=False, done=self._brought))
        self.stop.clicked.connect(self.reject)
        self.again.clicked.connect(self._again)
        self.go.setEnabled(False)
        self.look()

    def look(self) -> None:
        """Look into the file as it is said to be meant."""
        path, what, options = self._path, self.how.kind(), self.how.options()
        self.trial.setEnabled(False)
        self.go.setEnabled(False)
        self._page.work.query(
            lambda _job: preview(path, what, options), owner=self, slot="preview", done=self._look_at,
            failed=self._unread,
        )  # fmt: skip

    def reject(self) -> None:
        """Stop what runs; close where nothing runs."""
        if self._timer.isActive():
            self._job.cancel()
            self.told.setText(self.tr("正在取消…"))
        else:
            super().reject()

    def options(self, *, dry_run: bool) -> BringOptions:
        """How the file is meant."""
        errors = self.errors.text().strip()
        return replace(
            self.how.options(), columns=self.choice.chosen(), dry_run=dry_run, choices=self.known.chosen(),
            errors=Path(errors) if errors and not dry_run else None,
        )  # fmt: skip

    def _look_at(self, found: Preview) -> None:
        self.how.show_preview(found)
        self.choice.show_preview(found, choosable_fields(self.how.kind()), self._columns)
        self._changed()
        self.trial.setEnabled(True)
        self.trial.setFocus()

    def _unread(self, failure: Failure) -> None:
        self.choice.show_preview(Preview(), ())
        self._changed()
        self.told.setText(f"{failure.sentence} {failure.way_out}")

    def _changed(self) -> None:
        self.go.setEnabled(False)
        self.known.show_known((), {})
        self.rejects.hide()
        self.told.setText(self.tr("先试运行, 看看每一行会怎样; 试运行不写入任何资料。"))

    def _pick(self) -> None:
        dialog = QFileDialog(self, self.tr("没导入的行写到"), self.errors.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(self.errors.setText)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _run(self, *, dry_run: bool, done: Callable[[BringReport], None]) -> None:
        desk, actor, path, options = self._page.desk, self._page.actor, self._path, self.options(dry_run=dry_run)
        bring = bring_clients if self.how.kind() == "clients" else bring_purchases

        def write(job: Job) -> BringReport | None:
            try:
                return bring(desk.db, actor, path, options, job)
            except Cancelled:
                return None

        def ended(report: BringReport | None) -> None:
            self._busy(busy=False)
            if report is None:
                self.told.setText(self.tr("已取消, 没有写入任何资料。"))
            else:
                done(report)

        self._busy(busy=True)
        verb = self._page.work.query if dry_run else self._page.work.change
        self._job = verb(write, owner=self, done=ended, failed=self._failed, title=self.tr("导入"))

    def _again(self) -> None:
        self.accept()
        ask_about(self._page, Path(self.errors.text().strip()), self.choice.chosen())

    def _failed(self, failure: Failure) -> None:
        self._busy(busy=False)
        self.told.setText(f"{failure.sentence} {failure.way_out}")
        self.trial.setFocus()

    def _busy(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.trial.setEnabled(not busy)
        self.go.setEnabled(False)
        for part in (self.how, self.choice, self.known, self.errors, self.place):
            part.setEnabled(not busy)
        if busy:
            self.bar.setRange(0, 0)
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        done, total = self._job.progress
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _tried(self, report: BringReport) -> None:
        self._say(self.tr("试运行"), report)
        titles = dict(choosable_fields(self.how.kind()))
        self.known.show_known(report.known, titles)
        # With a choice to make, rows that count as the same may still change something.
        self.go.setEnabled(report.added + report.merged > 0 or bool(report.known))
        (self.go if self.go.isEnabled() else self.stop).setFocus()

    def _brought(self, report: BringReport) -> None:
        self._say(self.tr("已导入"), report)
        for part in (self.trial, self.go, self.known, self.how, self.choice):
            part.hide()
        self.stop.setText(self.tr("关闭"))
        self.stop.setAccessibleName(self.tr("关闭"))
        if report.errors is not None:
            refused = self.tr("没导入的行在 {file}, 改好后可再导入。").format(file=report.errors)
            self.told.setText(f"{self.told.text()}\n{refused}")
            self.again.show()
        self.stop.setFocus()
        QTimer.singleShot(0, self, self.adjustSize)  # the choices are gone, and their room with them

    def _say(self, what: str, report: BringReport) -> None:
        counts = self.tr(
            "{rows} 行: 新增 {added} · 已有客户补充资料 {merged} · 与已有客户相同 {same} · 不能导入 {refused}"
        )
        if report.what == "purchases":
            counts = self.tr("{rows} 行: 新增 {added} · 已有 {same} · 不能导入 {refused} · 记为未核实")
        told = counts.format(
            rows=f"{report.rows:,}", added=f"{report.added:,}", merged=f"{report.merged:,}",
            same=f"{report.unchanged:,}", refused=f"{report.rejected:,}",
        )  # fmt: skip
        self.told.setText(f"{what} — {told}")
        if report.left_out:
            unasked = self.tr("有 {count} 处须先取得同意, 没有导入; 这些行的其余内容照常导入。")
            self.told.setText(f"{self.told.text()}\n{counted(unasked.format(count=len(report.left_out)))}")
        self.rejects.clear()
        for one in (*report.rejects[:_SHOWN], *report.left_out[:_SHOWN]):
            line = self.tr("第 {row} 行 {column}: {why}") if one.field else self.tr("第 {row} 行: {why}")
            why = " ".join(filter(None, map(say, one.said))) or one.sentence
            self.rejects.addItem(line.format(row=one.row_no, column=one.field, why=why))
        titles = dict(choosable_fields("clients"))
        for pair in report.doubled[:_SHOWN]:
            first, second = pair.rows
            named = ((say(Phrase(titles.get(d.field, d.field))), d) for d in pair.differences)
            what = "; ".join(f"{title}: {d.mine} / {d.theirs}" for title, d in named)
            line = self.tr("第 {row} 行与第 {first} 行是同一位客户 ({name}), 以第 {first} 行为准 · {what}")
            self.rejects.addItem(line.format(row=second, first=first, name=pair.name, what=what))
        self.rejects.setVisible(self.rejects.count() > 0)
        self._fit_rejects()

    def _fit_rejects(self) -> None:
        """As high as its lines, up to a few of them."""
        self.rejects.doItemsLayout()
        high = sum(self.rejects.visualItemRect(self.rejects.item(n)).height() for n in range(self.rejects.count()))
        self.rejects.setFixedHeight(min(_LIST_HEIGHT, high + 4))


def ask_about(page: DeskPage, path: Path, columns: Mapping[str, str] | None = None) -> None:
    """Open the dialog about a file; `columns` as for the dialog."""
    dialog = BringDialog(page, path, columns)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
