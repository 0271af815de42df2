"""Clients from a file: what each column is, a trial run, the import with a way to stop, and what was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QGridLayout,
    QListWidget,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from guide_app.flows.bringing.clients import bring_clients
from guide_app.flows.bringing.model import BringOptions, BringReport
from guide_app.flows.bringing.preview import Preview, client_fields, preview_clients
from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.desk_page import DeskPage
from ui.kit.errors import Failure
from ui.kit.text import label
from ui.kit.work import Cancelled, Job

_WIDTH, _MAP_HEIGHT, _LIST_HEIGHT, _SHOWN, _TICK_MS = 640, 260, 120, 100, 100


class BringDialog(QDialog):
    """Nothing is written before the trial run has said what would become of the rows."""

    def __init__(self, page: DeskPage, path: Path, preview: Preview) -> None:
        """`path` is the file, `preview` its first rows."""
        super().__init__(page)
        self._page, self._path, self._job = page, path, Job()
        self.setWindowTitle(QCoreApplication.translate("BringDialog", "导入客户"))
        self.setMinimumWidth(_WIDTH)
        self.errors = path.with_name(self.tr("{name}-未导入.csv").format(name=path.stem))
        self.columns: dict[str, QComboBox] = {}
        self.told = label("", wrap=True)
        self.rejects = QListWidget()
        self.rejects.setAccessibleName(self.tr("不能导入的行"))
        self.rejects.setFixedHeight(_LIST_HEIGHT)
        self.rejects.hide()
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
        column.addWidget(self._mapping(preview))
        for widget in (self.told, self.rejects, self.bar):
            column.addWidget(widget)
        column.addWidget(row(self.again, None, self.stop, self.trial, self.go, margins=(0, 4, 0, 0)))
        self.trial.clicked.connect(self._try)
        self.go.clicked.connect(self._bring)
        self.stop.clicked.connect(self.reject)
        self.again.clicked.connect(self._again)
        self._changed()

    def reject(self) -> None:
        """Stop what runs; close where nothing runs."""
        if self._timer.isActive():
            self._job.cancel()
            self.told.setText(self.tr("正在取消…"))
        else:
            super().reject()

    def options(self, *, dry_run: bool) -> BringOptions:
        """How the file is meant."""
        chosen = {title: str(box.currentData()) for title, box in self.columns.items()}
        return BringOptions(columns=chosen, dry_run=dry_run, errors=None if dry_run else self.errors)

    def _mapping(self, preview: Preview) -> QWidget:
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 8, 0)
        for n, title in enumerate((self.tr("文件里的列"), self.tr("前几行"), self.tr("导入为"))):
            grid.addWidget(label(title, "hint"), 0, n)
        for n, title in enumerate(preview.header):
            if not title.strip() or title in self.columns:
                continue
            box = QComboBox()
            box.addItem(self.tr("不导入"), "")
            for name, word in client_fields():
                box.addItem(word, name)
            box.setCurrentIndex(box.findData(preview.fields.get(title, "")))
            box.setAccessibleName(title)
            box.currentIndexChanged.connect(self._changed)
            self.columns[title] = box
            cells = " · ".join(cells[n] for cells in preview.rows if n < len(cells) and cells[n])
            grid.addWidget(label(title), n + 1, 0)
            grid.addWidget(label(cells, "muted", wrap=True), n + 1, 1)
            grid.addWidget(box, n + 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(preview.header) + 1, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        area.setFixedHeight(min(_MAP_HEIGHT, sheet.sizeHint().height() + 8))
        return area

    def _changed(self) -> None:
        self.go.setEnabled(False)
        self.told.setText(self.tr("先试运行, 看看每一行会怎样; 试运行不写入任何资料。"))

    def _try(self) -> None:
        self._run(dry_run=True, done=self._tried)

    def _bring(self) -> None:
        self._run(dry_run=False, done=self._brought)

    def _run(self, *, dry_run: bool, done: Callable[[BringReport], None]) -> None:
        desk, actor, path, options = self._page.desk, self._page.actor, self._path, self.options(dry_run=dry_run)

        def write(job: Job) -> BringReport | None:
            try:
                return bring_clients(desk.db, actor, path, options, job)
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
        self._job = verb(write, owner=self, done=ended, failed=self._failed, title=self.tr("导入客户"))

    def _again(self) -> None:
        self.accept()
        ask_about(self._page, self.errors)

    def _failed(self, failure: Failure) -> None:
        self._busy(busy=False)
        self.told.setText(f"{failure.sentence} {failure.way_out}")

    def _busy(self, *, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.trial.setEnabled(not busy)
        self.go.setEnabled(False)
        for box in self.columns.values():
            box.setEnabled(not busy)
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
        self.go.setEnabled(report.added + report.merged > 0)

    def _brought(self, report: BringReport) -> None:
        self._say(self.tr("已导入"), report)
        self.trial.hide()
        self.go.hide()
        self.stop.setText(self.tr("关闭"))
        if report.errors is not None:
            refused = self.tr("没导入的行在 {file}, 改好后可再导入。").format(file=report.errors)
            self.told.setText(f"{self.told.text()}\n{refused}")
            self.again.show()

    def _say(self, what: str, report: BringReport) -> None:
        counts = self.tr(
            "{rows} 行: 新增 {added} · 已有客户补充资料 {merged} · 与已有客户相同 {same} · 不能导入 {refused}"
        ).format(
            rows=f"{report.rows:,}", added=f"{report.added:,}", merged=f"{report.merged:,}",
            same=f"{report.unchanged:,}", refused=f"{report.rejected:,}",
        )  # fmt: skip
        self.told.setText(f"{what} — {counts}")
        self.rejects.clear()
        for one in report.rejects[:_SHOWN]:
            line = self.tr("第 {row} 行 {column}: {why}")
            self.rejects.addItem(line.format(row=one.row_no, column=one.field, why=one.sentence))
        self.rejects.setVisible(bool(report.rejects))


def ask_about(page: DeskPage, path: Path) -> None:
    """Look into the file and open the dialog about it."""

    def show(preview: Preview) -> None:
        dialog = BringDialog(page, path, preview)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    page.work.query(lambda _job: preview_clients(path), owner=page, slot="preview", done=show)
