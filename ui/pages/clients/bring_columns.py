"""Which column of a file is what: a line each, with its first cells and what it is brought in as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QWidget

from guide_app.base.phrase import Phrase
from guide_app.flows.bringing.preview import Preview
from ui.kit.i18n import say
from ui.kit.text import label

_MOST_HEIGHT, _GAP = 260, 16


class ColumnChoice(QScrollArea):
    """The columns of one preview; `changed` when another field was chosen."""

    changed = Signal()

    def __init__(self) -> None:
        """Start without columns."""
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)

    def chosen(self) -> dict[str, str]:
        """Field names by column title; empty ones are left out of the import."""
        return {title: str(box.currentData()) for title, box in self.boxes.items()}

    def show_preview(
        self, preview: Preview, fields: Sequence[tuple[str, str]], before: Mapping[str, str] | None = None
    ) -> None:
        """Show a file's columns; `fields` are names and titles of what a column may be.

        `before` are fields by title that were chosen for a file of the same columns.
        """
        self.boxes = {}
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(_GAP)
        translate = QCoreApplication.translate
        titles = (
            translate("BringDialog", "文件里的列"), translate("BringDialog", "前几行"),
            translate("BringDialog", "导入为"),
        )  # fmt: skip
        for n, title in enumerate(titles):
            grid.addWidget(label(title, "hint"), 0, n)
        recognised = {**(preview.fields or {}), **(before or {})}
        for n, title in enumerate(preview.header):
            if not title.strip() or title in self.boxes:
                continue
            box = QComboBox()
            box.addItem(translate("BringDialog", "不导入"), "")
            for name, word in fields:
                box.addItem(say(Phrase(word)), name)
            box.setCurrentIndex(box.findData(recognised.get(title, "")))
            box.setAccessibleName(title)
            box.currentIndexChanged.connect(self.changed)
            self.boxes[title] = box
            cells = " · ".join(cells[n] for cells in preview.rows if n < len(cells) and cells[n])
            grid.addWidget(label(title), n + 1, 0)
            grid.addWidget(label(cells, "muted", wrap=True), n + 1, 1)
            grid.addWidget(box, n + 1, 2)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(preview.header) + 1, 1)
        self.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setFixedHeight(min(_MOST_HEIGHT, sheet.sizeHint().height() + 8))
