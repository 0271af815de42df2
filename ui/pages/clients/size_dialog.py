"""A size as she says it, of which kind and by whose sizes."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from ui.kit.text import label
from ui.pages.clients.card_words import size_kinds
from ui.pages.clients.dialogs import FormDialog

_LONGEST = 40


class SizeDialog(FormDialog):
    """Kind, brand, size; an empty size takes back what was said."""

    def __init__(self, parent: QWidget) -> None:
        """Start with shoes of any brand."""
        super().__init__(
            parent,
            QCoreApplication.translate("SizeDialog", "记一个尺码"),
            QCoreApplication.translate("SizeDialog", "记下"),
        )
        self.kind = QComboBox()
        for kind, name in size_kinds().items():
            self.kind.addItem(name, kind)
        self.brand, self.worn = QLineEdit(), QLineEdit()
        self.brand.setPlaceholderText(self.tr("不写就是所有品牌"))
        for text, field in (
            (self.tr("什么尺码"), self.kind),
            (self.tr("哪个品牌"), self.brand),
            (self.tr("她说的尺码"), self.worn),
        ):
            field.setAccessibleName(text)
            self.form.addRow(text, field)
        for line in (self.brand, self.worn):
            line.setMaxLength(_LONGEST)
        self.form.addRow(label(self.tr("记下今天的日期; 尺码留空就是收回以前说的。"), "hint", wrap=True))
        self.finish()
