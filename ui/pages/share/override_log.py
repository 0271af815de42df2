"""坚持用词记录: for the store manager, who kept which doubtful word, when and why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from guide_app.base.clock import china_datetime
from guide_app.followup.doubts import Override
from ui.kit.text import label


class OverrideLogDialog(QDialog):
    """A table, the newest first."""

    def __init__(self, parent: QWidget, found: Sequence[Override]) -> None:
        """Show what was found; nothing can be changed."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("坚持用词记录"))
        self.resize(720, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 16)
        column.setSpacing(10)
        column.addWidget(label(self.windowTitle(), "section"))
        hint = self.tr("近 90 天, 本店全部导购 (广告法第 28 条: 内容要与实际相符)")
        column.addWidget(label(hint if found else self.tr("近 90 天没有记录。"), "hint", wrap=True))
        heads = [self.tr("时间"), self.tr("导购"), self.tr("客户"), self.tr("用词"), self.tr("依据")]
        self.table = QTableWidget(len(found), len(heads))
        self.table.setAccessibleName(self.windowTitle())
        self.table.setHorizontalHeaderLabels(heads)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for line, one in enumerate(found):
            words = (f"{china_datetime(one.at):%m-%d %H:%M}", one.guide, one.client or "—", one.word, one.reason)
            for place, text in enumerate(words):
                self.table.setItem(line, place, QTableWidgetItem(text))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        column.addWidget(self.table, 1)
