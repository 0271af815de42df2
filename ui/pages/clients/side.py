"""The left pane: whose book, built-in segments with their counts, tags to filter by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton

from guide_app.clients.model import Book, ClientFilter, Segment
from ui.kit.card import Card
from ui.kit.pill import PillButton
from ui.kit.text import label, restyle
from ui.pages.clients.segment_panel import SegmentLists
from ui.pages.clients.side_filter import SideFilter

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


@dataclass(frozen=True, slots=True)
class Sides:
    """What the pane shows: the lists that the guide may see, clients by segment, tags in use (group, name, clients)."""

    books: Sequence[Book]
    counts: Mapping[Segment, int]
    tags: Sequence[tuple[str, str, int]]


class SegmentPane(Card):
    """Emits `chosen` with a `ClientFilter` whenever another part of the book is wanted."""

    chosen = Signal(object)

    def __init__(self) -> None:
        """Show the segments without counts; they come with `set_counts`."""
        super().__init__(padding=8)
        body = self.use_body()
        body.setSpacing(1)
        self.mine = PillButton(self.tr("我的"), "grey", checkable=True)
        self.store = PillButton(self.tr("本店"), "grey", checkable=True)
        self.everybody = PillButton(self.tr("全部"), "grey", checkable=True)
        self.everybody.setToolTip(self.tr("本店所有客户, 含已归档的 (店长)"))
        self._books: dict[Book, PillButton] = {"mine": self.mine, "store": self.store, "all": self.everybody}
        books = QButtonGroup(self)
        for book in self._books.values():
            books.addButton(book)
        self.store.setChecked(True)
        self.everybody.hide()
        books.buttonClicked.connect(self._emit)
        self._count = {segment: label("", "hint") for segment in SEGMENTS}
        self._group = QButtonGroup(self)
        self._buttons: dict[Segment, QPushButton] = {}
        top = QHBoxLayout()
        top.setContentsMargins(6, 4, 6, 8)
        for book in self._books.values():
            top.addWidget(book)
        top.addStretch(1)
        body.addLayout(top)
        for segment in SEGMENTS:
            body.addWidget(self._line(segment))
        self._buttons["all"].setChecked(True)
        self.lists = SegmentLists(self._group)
        self.lists.chosen.connect(self._emit)
        self.narrowing = SideFilter()
        self.narrowing.changed.connect(self._emit)
        body.addWidget(self.lists)
        body.addWidget(self.narrowing)
        body.addStretch(1)

    @property
    def filter(self) -> ClientFilter:
        """What is chosen now; of the whole book where one of `lists` is."""
        segment: Segment = next((s for s, b in self._buttons.items() if b.isChecked()), "all")
        book = next(book for book, pressed in self._books.items() if pressed.isChecked())
        tags = tuple(name for _, name in self.narrowing.tags)
        return ClientFilter(book, segment, tags, self.narrowing.states)

    def choose_all(self) -> None:
        """Choose the whole book."""
        self._buttons["all"].click()

    def show_sides(self, sides: Sides) -> None:
        """Write the numbers beside the segments, and offer the lists that her role allows and the tags in use."""
        for book, offered in self._books.items():
            offered.setVisible(book in sides.books)
        if self.filter.book not in sides.books:
            self.store.click()
        for segment, shown in self._count.items():
            shown.setText(f"{sides.counts.get(segment, 0):,}")
        self.narrowing.set_tags(sides.tags)

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
