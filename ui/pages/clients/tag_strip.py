"""The tags at the head of the portrait: a chip each, a word to type, the picker and the sources."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from guide_app.clients.tags import HangingTag
from ui.kit.buttons import button
from ui.kit.flow import FlowLayout
from ui.kit.inline import Field
from ui.pages.clients.tag_chip import TagChip


class TagStrip(QWidget):
    """`added` and `removed` carry a tag's name; `pick_asked` and `sources_asked` want the dialogs."""

    added = Signal(str)
    removed = Signal(str)
    pick_asked = Signal()
    sources_asked = Signal()

    def __init__(self) -> None:
        """Start without tags."""
        super().__init__()
        self._flow = FlowLayout(self, 6)
        self.new_tag = Field()
        self.new_tag.setPlaceholderText(self.tr("+ 标签"))
        self.new_tag.setAccessibleName(self.tr("添加标签"))
        self.new_tag.setProperty("inline", True)
        self.new_tag.setFixedWidth(64)
        self.new_tag.returnPressed.connect(self._add)
        self.pick = button(self.tr("选标签"), "link")
        self.pick.setToolTip(self.tr("从标签列表里选 (F7)"))
        self.pick.clicked.connect(self.pick_asked)
        self.sources = button(self.tr("来历"), "link")
        self.sources.setToolTip(self.tr("每个标签从哪里来 (Shift+F7)"))
        self.sources.clicked.connect(self.sources_asked)
        ends = QHBoxLayout()
        ends.setContentsMargins(0, 0, 0, 0)
        ends.setSpacing(0)
        for last in (self.pick, self.sources):
            ends.addWidget(last)
        links = QWidget()
        links.setLayout(ends)
        self._ends: tuple[QWidget, ...] = (self.new_tag, links)
        self.chips: list[TagChip] = []
        self.show_tags(())

    def show_tags(self, tags: Sequence[HangingTag]) -> None:
        """Show other tags; what is being typed stays, and so does the place of the keyboard."""
        held = [chip.tag for chip in self.chips]
        if held == [*tags] and self._flow.count():
            return
        at = next((n for n, chip in enumerate(self.chips) if chip.hasFocus()), None)
        while (item := self._flow.takeAt(0)) is not None:
            gone = item.widget()
            if isinstance(gone, TagChip):
                if gone.hasFocus():
                    self.new_tag.setFocus()
                gone.hide()
                gone.deleteLater()
        self.chips = [self._chip(tag) for tag in tags]
        for one in (*self.chips, *self._ends):
            self._flow.addWidget(one)
        for before, after in pairwise((*self.chips, self.new_tag, self.pick, self.sources)):
            self.setTabOrder(before, after)
        if at is not None and self.chips:
            self.chips[min(at, len(self.chips) - 1)].setFocus()

    def _chip(self, tag: HangingTag) -> TagChip:
        chip = TagChip(tag)
        chip.clicked.connect(lambda: self.removed.emit(tag.name))
        return chip

    def _add(self) -> None:
        if text := self.new_tag.text().strip():
            self.new_tag.setText("")  # unlike `clear`, leaves nothing that Ctrl+Z would bring back
            self.added.emit(text)
