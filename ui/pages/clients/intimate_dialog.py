"""How often an intimate client is called."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QSpinBox, QWidget

from ui.kit.spin import roomy
from ui.kit.text import label
from ui.pages.clients.dialogs import FormDialog

_SHORTEST, _LONGEST = 7, 365


class RhythmDialog(FormDialog):
    """Asks for a number of days."""

    def __init__(self, parent: QWidget, days: int) -> None:
        """Start with her present rhythm."""
        super().__init__(
            parent,
            QCoreApplication.translate("RhythmDialog", "联系节奏"),
            QCoreApplication.translate("RhythmDialog", "记下"),
        )
        self.days = roomy(QSpinBox())
        self.days.setRange(_SHORTEST, _LONGEST)
        self.days.setSuffix(self.tr(" 天"))
        self.days.setValue(days)
        self.days.setAccessibleName(self.tr("每几天联系一次"))
        self.form.addRow(self.tr("每几天联系一次"), self.days)
        told = self.tr("亲密名单里的客户, 到了这个天数没有联系, 今日名单会提醒。")
        self.form.addRow("", label(told, "hint", wrap=True))
        self.days.selectAll()
        self.finish()
