"""Who of a file is in the book already and differs: field by field, which of the two stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from guide_app.base.phrase import Phrase
from guide_app.flows.bringing.model import Difference, Keep, Known
from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.i18n import say
from ui.kit.text import label

_HEIGHT, _GAP = 170, 16
# More lines than anybody decides one by one; the others stay as the book has them, or all become the file's.
_MOST_LINES = 200


class KnownChoice(QWidget):
    """A line for each field that differs: the book's, the file's, and the choice."""

    def __init__(self) -> None:
        """Start empty and hidden."""
        super().__init__()
        self.boxes: dict[tuple[int, str], QComboBox] = {}
        self._known: Sequence[Known] = ()
        self._rest: Keep = "mine"
        self.title = label("", "strong", wrap=True)
        self.mine = button(self.tr("全部保留本机的"), "quiet")
        self.theirs = button(self.tr("全部用文件里的"), "quiet")
        self.mine.clicked.connect(lambda: self._all("mine"))
        self.theirs.clicked.connect(lambda: self._all("theirs"))
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(self.title, None, self.mine, self.theirs, margins=(0, 4, 0, 0)))
        column.addWidget(self._area)
        self.hide()

    def show_known(self, known: Sequence[Known], titles: Mapping[str, str]) -> None:
        """Show who is known; `titles` are the fields' words. What was chosen for the same row and field stays."""
        before = {key: box.currentData() for key, box in self.boxes.items()}
        self._known, self.boxes = known, {}
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(_GAP)
        heads = (self.tr("已有的客户"), self.tr("资料"), self.tr("本机"), self.tr("文件"), self.tr("留下"))
        for n, text in enumerate(heads):
            grid.addWidget(label(text, "hint"), 0, n)
        lines = [(one, differs) for one in known for differs in one.differences]
        for n, (one, differs) in enumerate(lines[:_MOST_LINES], 1):
            key = (one.rows[0], differs.field)
            title = say(Phrase(titles.get(differs.field, differs.field)))
            box = _choice(one, differs)
            box.setCurrentIndex(max(0, box.findData(before.get(key))))
            box.setAccessibleName(f"{one.name} {title}")
            self.boxes[key] = box
            name = self.tr("第 {row} 行 {name}").format(row=one.rows[0], name=one.name)
            for place, text in enumerate((name, title, differs.mine, differs.theirs)):
                grid.addWidget(label(text, wrap=place > 1), n, place)
            grid.addWidget(box, n, 4)
        grid.setRowStretch(len(lines) + 1, 1)
        for place in (2, 3):
            grid.setColumnStretch(place, 1)
        self._area.setWidget(sheet)
        sheet.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        self._area.setFixedHeight(min(_HEIGHT, sheet.sizeHint().height()))
        told = self.tr("{count} 位客户已在本里, 资料不同").format(count=len(known))
        if len(lines) > _MOST_LINES:
            told += " · " + self.tr("列出前 {shown} 处, 共 {all} 处").format(shown=_MOST_LINES, all=len(lines))
        self.title.setText(told)
        self.setVisible(bool(known))

    def chosen(self) -> dict[int, dict[str, Keep]]:
        """What was chosen, by row and field; another person's row is not in it."""
        found: dict[int, dict[str, Keep]] = {}
        for one in self._known:
            for differs in one.differences:
                box = self.boxes.get((one.rows[0], differs.field))
                keep = self._rest if box is None else box.currentData()
                if keep:
                    found.setdefault(one.rows[0], {})[differs.field] = keep
        return found

    def _all(self, keep: Keep) -> None:
        self._rest = keep
        for box in self.boxes.values():
            box.setCurrentIndex(max(0, box.findData(keep)))


def _choice(one: Known, differs: Difference) -> QComboBox:
    box = QComboBox()
    translate = QCoreApplication.translate
    if not one.same and differs.field == "phone":
        box.addItem(translate("KnownChoice", "是另一个人"), "")
    box.addItem(translate("KnownChoice", "保留本机的"), "mine")
    box.addItem(translate("KnownChoice", "用文件里的"), "theirs")
    if differs.field == "phone":
        box.addItem(translate("KnownChoice", "两个都留 (另一个写进备注)"), "both")
    return box
