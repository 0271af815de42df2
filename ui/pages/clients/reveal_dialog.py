"""Why a number is looked at: asked before it is shown, and kept with the look."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QWidget

from ui.pages.clients.dialogs import FormDialog


class RevealDialog(FormDialog):
    """A usual reason, or one in her own words; there is no number without one."""

    def __init__(self, parent: QWidget) -> None:
        """Start without a reason."""
        super().__init__(
            parent,
            QCoreApplication.translate("RevealDialog", "查看完整号码"),
            QCoreApplication.translate("RevealDialog", "查看 (会记录)"),
        )
        self.why = QComboBox()
        self.why.setEditable(True)
        self.why.addItems([self.tr("电话联系"), self.tr("核对身份"), self.tr("寄送")])
        self.why.setCurrentIndex(-1)
        self.why.setAccessibleName(self.tr("原因"))
        self.form.addRow(self.tr("原因"), self.why)
        self.why.editTextChanged.connect(lambda: self.go.setEnabled(bool(self.reason())))
        self.go.setEnabled(False)
        self.finish()

    def reason(self) -> str:
        """What was chosen or typed."""
        return self.why.currentText().strip()
