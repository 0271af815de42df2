"""Kept segments, stages of life and the grid of recency by value, as lists in the side pane."""

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from guide_app.segments import grids
from guide_app.segments.model import Kept
from ui.kit.buttons import button
from ui.kit.text import ElidedLabel, label, plain_tip
from ui.pages.clients.segment_words import Choice, ListCounts, cell_text, stage_texts


class SegmentLists(QWidget):
    """Emits `chosen` when a list is clicked, `new_asked` for a new segment."""

    chosen = Signal()
    new_asked = Signal()

    def __init__(self, group: QButtonGroup) -> None:
        """Of the buttons in `group`, those beside these lists among them, one is pressed."""
        super().__init__()
        self._group = group
        self._choices: dict[QPushButton, Choice] = {}
        self.new = button(self.tr("+ 分群"), "link")
        self.new.setToolTip(self.tr("按资料、标签、购买、互动和同意组合出一群客户"))
        self.new.clicked.connect(self.new_asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.addWidget(label(self.tr("我的分群"), "hint"))
        head.addStretch(1)
        head.addWidget(self.new)
        column.addLayout(head)
        self._kept = QVBoxLayout()
        self._kept.setSpacing(1)
        self._kept_buttons: dict[str, QPushButton] = {}
        column.addLayout(self._kept)
        self._overdue = label("", "hint")
        touch = Choice("overdue", self.tr("保持联系 · 过了惯常间隔"), grids.overdue())
        column.addWidget(self._line(touch, self._overdue))
        column.addWidget(_title(self.tr("生命周期")))
        rules = grids.stages()
        self._stages = {key: label("", "hint") for key in stage_texts()}
        self._stage_buttons: dict[str, QPushButton] = {}
        for key, text in stage_texts().items():
            self._stage_buttons[key] = self._line(Choice(f"stage:{key}", text, rules[key]), self._stages[key])
            column.addWidget(self._stage_buttons[key])
        column.addWidget(_title(self.tr("最近购买 × 价值")))
        column.addLayout(self._grid())

    @property
    def choice(self) -> Choice | None:
        """The list that is chosen, None if it is another button of the group."""
        pressed = self._group.checkedButton()
        return self._choices.get(pressed) if isinstance(pressed, QPushButton) else None

    def choices(self) -> tuple[Choice, ...]:
        """All lists, in the order in which they are seen."""
        kept = [self._choices[line] for line in self._kept_buttons.values()]
        return (*kept, *(choice for choice in self._choices.values() if choice.kept is None))

    def choose(self, key: str) -> None:
        """Press the list with this key (`kept:<id>`, `stage:<key>`, `cell:<key>`), if it is there."""
        for pressed, choice in self._choices.items():
            if choice.key == key:
                pressed.click()
                return

    def show_counts(self, counts: ListCounts) -> bool:
        """Show the kept segments and all numbers. Returns False if the chosen segment is no longer among them."""
        chosen = self.choice
        for pressed in self._kept_buttons.values():
            self._group.removeButton(pressed)
            del self._choices[pressed]
            self._kept.removeWidget(pressed)
            pressed.hide()
            pressed.deleteLater()
        self._kept_buttons = {}
        for kept in counts.kept:
            number = label(f"{counts.fitting[kept.id]:,}", "hint")
            line = self._line(Choice(f"kept:{kept.id}", kept.name, kept.rule, kept), number, _kept_tip(self, kept))
            self._kept.addWidget(line)
            self._kept_buttons[kept.id] = line
            if chosen is not None and chosen.kept is not None and chosen.kept.id == kept.id:
                line.setChecked(True)
        self._overdue.setText(f"{counts.overdue:,}")
        self._retell(counts.limits)
        for key, shown in self._stages.items():
            shown.setText(f"{counts.stages.get(key, 0):,}")
        for place, cell in self._cells.items():
            cell.setText(f"{counts.cells.get(place, 0):,}")
        return chosen is None or self.choice is not None

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(8, 0, 4, 4)
        grid.setSpacing(4)
        for n, text in enumerate((self.tr("高"), self.tr("中"), self.tr("低"))):
            grid.addWidget(label(text, "hint"), 0, n + 1, Qt.AlignmentFlag.AlignCenter)
        self._recent, self._asleep = label("", "hint"), label("", "hint")
        for n, title in enumerate((self._recent, self._asleep, label(self.tr("更久"), "hint"))):
            grid.addWidget(title, n + 1, 0)
        for place in (1, 2, 3):
            grid.setColumnStretch(place, 1)
        self._cells: dict[str, QPushButton] = {}
        for n, (key, rule) in enumerate(grids.cells().items()):
            cell = QPushButton("0")
            cell.setCheckable(True)
            cell.setProperty("kind", "quiet")
            cell.setProperty("side", True)
            cell.setAutoDefault(False)
            cell.setStyleSheet("padding-left: 2px; padding-right: 2px")  # five digits beside the widest word
            cell.setMinimumWidth(30)
            cell.setAccessibleName(cell_text(key))
            cell.setToolTip(plain_tip(cell_text(key)))
            self._enlist(cell, Choice(f"cell:{key}", cell_text(key), rule))
            self._cells[key] = cell
            grid.addWidget(cell, n // 3 + 1, n % 3 + 1)
        return grid

    def _retell(self, limits: grids.Limits) -> None:
        """Stages and cells by head office's limits."""
        rules, cells, texts = grids.stages(limits), grids.cells(limits), stage_texts(limits)
        for key, pressed in self._stage_buttons.items():
            choice = Choice(f"stage:{key}", texts[cast("grids.Stage", key)], rules[key])
            self._choices[pressed] = choice
            pressed.setAccessibleName(choice.name)
            pressed.setToolTip(plain_tip(choice.name))
            for name in pressed.findChildren(ElidedLabel):
                name.setText(choice.name)
        for key, cell in self._cells.items():
            told = cell_text(key, limits)
            self._choices[cell] = Choice(f"cell:{key}", told, cells[key])
            cell.setAccessibleName(told)
            cell.setToolTip(plain_tip(told))
        self._recent.setText(self.tr("{days} 天").format(days=limits.recent_days))
        self._asleep.setText(self.tr("{days} 天").format(days=limits.asleep_days))

    def _line(self, choice: Choice, number: QWidget, tip: str = "") -> QPushButton:
        line = QPushButton()
        line.setProperty("kind", "quiet")
        line.setProperty("side", True)
        line.setCheckable(True)
        line.setAutoDefault(False)
        line.setAccessibleName(choice.name)
        line.setToolTip(plain_tip(tip or choice.name))
        line.setMinimumHeight(30)
        inside = QHBoxLayout(line)
        inside.setContentsMargins(8, 0, 8, 0)
        inside.addWidget(ElidedLabel(choice.name), 1)
        inside.addWidget(number)
        self._enlist(line, choice)
        return line

    def _enlist(self, pressed: QPushButton, choice: Choice) -> None:
        self._choices[pressed] = choice
        self._group.addButton(pressed)
        pressed.clicked.connect(self.chosen)


def _title(text: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(8, 10, 0, 2)
    column.addWidget(label(text, "hint"))
    return holder


def _kept_tip(lists: SegmentLists, kept: Kept) -> str:
    mode = lists.tr("固定名单") if kept.mode == "static" else lists.tr("动态分群")
    whose = lists.tr("全店可见") if kept.shared else lists.tr("只有自己可见")
    return f"{kept.name}\n{mode} · {whose}"
