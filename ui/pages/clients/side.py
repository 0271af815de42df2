"""The left pane: whose book, built-in segments with their counts, tags to filter by."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from guide_app.clients.model import ClientFilter, Segment
from ui.kit.card import Card
from ui.kit.flow import FlowLayout
from ui.kit.pill import PillButton
from ui.kit.text import label, restyle
from ui.pages.clients.segment_panel import SegmentLists

SEGMENTS: tuple[Segment, ...] = ("all", "valuable", "cooling", "lapsed", "birthday", "new", "coupon", "starred")


def segment_text(segment: Segment) -> str:
    """The name of a built-in segment."""
    return {
        "all": QCoreApplication.translate("SegmentPane", "全部客户"),
        "recent": QCoreApplication.translate("SegmentPane", "近期购买"),
        "valuable": QCoreApplication.translate("SegmentPane", "高价值"),
        "cooling": QCoreApplication.translate("SegmentPane", "快流失"),
        "lapsed": QCoreApplication.translate("SegmentPane", "沉睡"),
        "birthday": QCoreApplication.translate("SegmentPane", "本周生日"),
        "new": QCoreApplication.translate("SegmentPane", "新客 30 天"),
        "coupon": QCoreApplication.translate("SegmentPane", "有未用券"),
        "starred": QCoreApplication.translate("SegmentPane", "亲密名单"),
    }[segment]


class SegmentPane(Card):
    """Emits `chosen` with a `ClientFilter` whenever another part of the book is wanted."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Show the segments without counts; they come with `set_counts`."""
        super().__init__(padding=8)
        body = self.use_body()
        body.setSpacing(1)
        self.mine = PillButton(self.tr("我的客户"), "grey", checkable=True)
        self.mine.toggled.connect(self._emit)
        self._count = {segment: label("", "hint") for segment in SEGMENTS}
        self._group = QButtonGroup(self)
        self._buttons: dict[Segment, QPushButton] = {}
        top = QHBoxLayout()
        top.setContentsMargins(6, 4, 6, 8)
        top.addWidget(self.mine)
        top.addStretch(1)
        body.addLayout(top)
        for segment in SEGMENTS:
            body.addWidget(self._line(segment))
        self._buttons["all"].setChecked(True)
        self.lists = SegmentLists(self._group)
        self.lists.chosen.connect(self._emit)
        self._tags = QWidget()
        self._tag_lines = QVBoxLayout(self._tags)
        self._tag_lines.setContentsMargins(6, 10, 6, 0)
        self._tag_buttons: list[PillButton] = []
        body.addWidget(self.lists)
        body.addWidget(self._tags)
        body.addStretch(1)

    @property
    def filter(self) -> ClientFilter:
        """What is chosen now; of the whole book where one of `lists` is."""
        segment: Segment = next((s for s, b in self._buttons.items() if b.isChecked()), "all")
        tags = tuple(b.text().replace("&&", "&") for b in self._tag_buttons if b.isChecked())
        return ClientFilter("mine" if self.mine.isChecked() else "store", segment, tags)

    def choose_all(self) -> None:
        """Choose the whole book."""
        self._buttons["all"].click()

    def set_counts(self, counts: Mapping[Segment, int]) -> None:
        """Write the numbers beside the segments."""
        for segment, shown in self._count.items():
            shown.setText(f"{counts.get(segment, 0):,}")

    def set_tags(self, used: Sequence[tuple[str, str, int]]) -> None:
        """Offer the tags in use, by group; those pressed stay pressed."""
        pressed = set(self.filter.tags)
        while (item := self._tag_lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._tag_buttons = []
        for group, tags in groupby(sorted(used, key=lambda t: t[0]), key=lambda t: t[0]):
            self._tag_lines.addWidget(label(self.tr("标签 · {group}").format(group=group or self.tr("我的")), "hint"))
            chips = QWidget()
            flow = FlowLayout(chips, 5)
            for _, name, _count in list(tags)[:12]:
                chip = PillButton(name, "grey", checkable=True)
                chip.setChecked(name in pressed)
                chip.toggled.connect(self._emit)
                flow.addWidget(chip)
                self._tag_buttons.append(chip)
            self._tag_lines.addWidget(chips)

    def _line(self, segment: Segment) -> QPushButton:
        button = QPushButton()
        button.setProperty("kind", "quiet")
        button.setProperty("side", True)
        button.setCheckable(True)
        button.setAccessibleName(segment_text(segment))
        button.setMinimumHeight(32)
        line = QHBoxLayout(button)
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(label(segment_text(segment)))
        line.addStretch(1)
        line.addWidget(self._count[segment])
        self._group.addButton(button)
        self._buttons[segment] = button
        button.clicked.connect(self._emit)
        return button

    def _emit(self) -> None:
        for button in self._buttons.values():
            restyle(button)
        self.chosen.emit(self.filter)
