"""打印记录: what this PC printed, the newest first; what stands there goes out again as it was."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.clock import china_datetime
from guide_app.sharing.print_log import MOST, MOST_DAYS, MOST_MIB, PrintLine, PrintLog
from ui.kit.buttons import button
from ui.kit.i18n import counted
from ui.kit.table import fill_lines, line_table
from ui.kit.text import label
from ui.kit.work import Work


class PrintLogDialog(QDialog):
    """A table and one deed. `wanted` carries the id of a job to be printed once more."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, work: Work, log: PrintLog) -> None:
        """Read at once."""
        super().__init__(parent)
        self._lines: Sequence[PrintLine] = ()
        self.setWindowTitle(self.tr("打印记录"))
        self.resize(720, 420)
        heads = self.tr("时间"), self.tr("导购"), self.tr("内容"), self.tr("打印机"), self.tr("再打")
        self.table = line_table(self.windowTitle(), heads, wide=2)
        self.again = button(self.tr("原样再打一次"), "primary")
        close = button(self.tr("关闭"))
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(10)
        column.addWidget(label(self.windowTitle(), "section"))
        told = self.tr(
            "只在这台电脑上, 加密保存 {days} 天、最多 {count} 次、共 {size} MB; 为某位客户打印的, 抹除她时一并抹除。"
        )
        kept = counted(told.format(days=MOST_DAYS, count=MOST, size=MOST_MIB))
        column.addWidget(label(kept, "hint", wrap=True))
        column.addWidget(self.table, 1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(close)
        line.addWidget(self.again)
        column.addLayout(line)
        self.again.setDefault(True)
        self.again.clicked.connect(self._ask)
        close.clicked.connect(self.reject)
        self.table.itemSelectionChanged.connect(self._show_deed)
        self._show_deed()
        work.query(lambda _job: log.lines(), owner=self, slot="lines", done=self._show)

    @property
    def current(self) -> PrintLine | None:
        """The line chosen."""
        place = self.table.currentRow()
        return self._lines[place] if 0 <= place < len(self._lines) else None

    def _ask(self) -> None:
        line = self.current
        if line is not None and line.again:
            self.wanted.emit(line.id)
            self.accept()

    def _show_deed(self) -> None:
        line = self.current
        self.again.setEnabled(line is not None and line.again)

    def _show(self, lines: Sequence[PrintLine]) -> None:
        self._lines = lines
        fill_lines(self.table, [self._cells(line) for line in lines], [line.id for line in lines])
        if lines:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_deed()

    def _cells(self, line: PrintLine) -> tuple[str, ...]:
        what = self.tr("{title} · 隐私货签").format(title=line.title) if line.discreet else line.title
        if line.again:
            again = self.tr("可以")
        else:
            again = self.tr("太大, 没有留存") if line.too_large else self.tr("由系统打印")
        return f"{china_datetime(line.at):%m-%d %H:%M}", line.guide, what, line.printer, again
