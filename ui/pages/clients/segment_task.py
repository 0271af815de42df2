"""The dialog that gives a follow-up task for every client of a segment who may be addressed."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from guide_app.base.clock import DAY_MS
from guide_app.segments.model import Reach
from ui.kit.spin import roomy
from ui.kit.text import label
from ui.pages.clients.dialogs import FormDialog
from ui.pages.clients.segment_builder import reach_text


class TaskDialog(FormDialog):
    """What to do and until when; who is left out stands above the deed, and cannot be put back in."""

    def __init__(self, parent: QWidget, segment: str, reach: Reach) -> None:
        """`reach` of the segment with this name; with nobody to reach there is nothing to give."""
        super().__init__(
            parent,
            QCoreApplication.translate("TaskDialog", "给「{name}」派任务").format(name=segment),
            QCoreApplication.translate("TaskDialog", "派给 {count} 位").format(count=f"{reach.reached:,}"),
        )
        self._anyone = reach.reached > 0
        self.title = QLineEdit(self.tr("联系「{name}」").format(name=segment))
        self.title.setAccessibleName(self.tr("做什么"))
        self.title.setMaxLength(300)
        self.days = roomy(QSpinBox())
        self.days.setRange(1, 90)
        self.days.setValue(7)
        self.days.setSuffix(self.tr(" 天内"))
        self.days.setAccessibleName(self.tr("期限"))
        self.form.addRow(self.tr("做什么"), self.title)
        self.form.addRow(self.tr("期限"), self.days)
        self.form.addRow(label(reach_text(reach), "hint", wrap=True))
        self.title.textChanged.connect(self._ready)
        self._ready()
        self.finish()
        self.go.setFocus()

    def due_ms(self, now_ms: int) -> int:
        """When the tasks fall due, UTC ms."""
        return now_ms + self.days.value() * DAY_MS

    def _ready(self) -> None:
        self.go.setEnabled(self._anyone and bool(self.title.text().strip()))
