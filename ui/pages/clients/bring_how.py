"""How a file is meant: what is in it, its encoding and separator or its sheet."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from guide_app.flows.bringing.model import BringOptions
from guide_app.flows.bringing.preview import Preview, What
from ui.kit.text import label

_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "shift_jis", "cp1252")


class HowMeant(QWidget):
    """What stands empty is found out; `changed` when something else was chosen."""

    changed = Signal()

    def __init__(self) -> None:
        """Start with everything to be found out."""
        super().__init__()
        self.what, self.encoding, self.separator, self.sheet = (QComboBox() for _ in range(4))
        for text, value in ((self.tr("客户"), "clients"), (self.tr("购买记录 (小票)"), "purchases")):
            self.what.addItem(text, value)
        self.encoding.addItem(self.tr("自动"), None)
        for name in _ENCODINGS:
            self.encoding.addItem(name.upper(), name)
        separators = (
            (self.tr("自动"), None), (self.tr("逗号 ,"), ","), (self.tr("制表符"), "\t"), (self.tr("分号 ;"), ";"),
            (self.tr("竖线 |"), "|"),
        )  # fmt: skip
        for text, mark in separators:
            self.separator.addItem(text, mark)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self._labels: dict[QComboBox, QWidget] = {}
        for text, box in (
            (self.tr("内容"), self.what), (self.tr("编码"), self.encoding), (self.tr("分隔符"), self.separator),
            (self.tr("工作表"), self.sheet),
        ):  # fmt: skip
            box.setAccessibleName(text)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.currentIndexChanged.connect(self.changed)
            self._labels[box] = label(text, "hint")
            line.addWidget(self._labels[box])
            line.addWidget(box)
        line.addStretch(1)
        self._show(self.sheet, shown=False)

    def kind(self) -> What:
        """What is brought."""
        return "purchases" if self.what.currentData() == "purchases" else "clients"

    def options(self) -> BringOptions:
        """What was said of the file's form."""
        return BringOptions(
            encoding=self.encoding.currentData(), separator=self.separator.currentData(),
            sheet=self.sheet.currentData(),
        )  # fmt: skip

    def show_preview(self, preview: Preview) -> None:
        """Offer what this file has: sheets, or encoding and separator with what was found."""
        with QSignalBlocker(self.encoding), QSignalBlocker(self.separator), QSignalBlocker(self.sheet):
            if preview.sheets and not self.sheet.count():
                for name in preview.sheets:
                    self.sheet.addItem(name, name)
            self.sheet.setCurrentIndex(self.sheet.findData(preview.sheet))
            self.encoding.setItemText(0, self._found((preview.encoding or "").upper()))
            names = {self.separator.itemData(n): self.separator.itemText(n) for n in range(1, self.separator.count())}
            self.separator.setItemText(0, self._found(names.get(preview.separator, "")))
        self._show(self.sheet, shown=len(preview.sheets) > 1)
        for box in (self.encoding, self.separator):
            self._show(box, shown=not preview.sheets)

    def _found(self, word: str) -> str:
        return self.tr("自动: {found}").format(found=word) if word else self.tr("自动")

    def _show(self, box: QComboBox, *, shown: bool) -> None:
        box.setVisible(shown)
        self._labels[box].setVisible(shown)
