"""The progress strip: what is under way for more than 300 ms, how far it is, and a way to stop it."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ui.kit.buttons import IconButton
from ui.kit.text import label
from ui.kit.theme import Theme
from ui.kit.work import Busy, Work


class ProgressStrip(QWidget):
    """Shows the oldest slow job with a thin bar, its count and a cancel button; hides when nothing is slow."""

    appeared = Signal()

    def __init__(self, theme: Theme, work: Work) -> None:
        """Follow `work`."""
        super().__init__()
        self._work = work
        self._number = 0
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.caption = label("", "tiny")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(140)
        self.count = label("", "tiny")
        self.cancel = IconButton(theme, "close", QCoreApplication.translate("ProgressStrip", "取消"))
        for widget in (self.caption, self.bar, self.count, self.cancel):
            line.addWidget(widget)
        self.cancel.clicked.connect(self._stop)
        work.busy.connect(self.show_busy)
        self.hide()

    def show_busy(self, busy: Busy) -> None:
        """Show the oldest job of `busy`, or hide."""
        if not busy.jobs:
            self.hide()
            return
        job = busy.jobs[0]
        self._number = job.number
        title = job.title or QCoreApplication.translate("ProgressStrip", "正在处理")
        more = len(busy.jobs) - 1
        self.caption.setText(f"{title} +{more}" if more else title)
        self.bar.setRange(0, job.total)
        self.bar.setValue(job.done)
        self.bar.setAccessibleName(title)
        self.count.setText(f"{job.done:,} / {job.total:,}" if job.total else "")
        self.cancel.rename(QCoreApplication.translate("ProgressStrip", "取消"))
        self.cancel.setVisible(job.cancellable)
        if self.isHidden():
            self.show()
            self.appeared.emit()

    def _stop(self) -> None:
        self._work.cancel(self._number)
