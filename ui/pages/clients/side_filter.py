"""What narrows the list besides segments: tags, any of a group and all groups, and follow-up states."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from guide_app.clients.standing import FOLLOW_STATES
from guide_app.segments.model import Field, Rule, tag_filter
from ui.kit.flow import FlowLayout
from ui.kit.pill import PillButton
from ui.kit.text import label, plain_tip
from ui.pages.clients.card_words import follow_text

_SHOWN = 12


class SideFilter(QWidget):
    """Pills to press. `changed` says that another list is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        """The states are always there, the tags come with `set_tags`."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 10, 6, 0)
        self._tag_lines = QVBoxLayout()
        column.addLayout(self._tag_lines)
        column.addWidget(label(self.tr("跟进状态"), "hint"))
        self.state_buttons: dict[str, PillButton] = {}
        states = QWidget()
        flow = FlowLayout(states, 5)
        for state in FOLLOW_STATES:
            chip = self._chip(follow_text(state))
            self.state_buttons[state] = chip
            flow.addWidget(chip)
        column.addWidget(states)
        self.tag_buttons: list[PillButton] = []
        self._groups: dict[PillButton, str] = {}
        self._used: list[tuple[str, str, int]] = []

    @property
    def tags(self) -> tuple[tuple[str, str], ...]:
        """(group, name) of the tags that are pressed."""
        return tuple((self._groups[b], _name(b)) for b in self.tag_buttons if b.isChecked())

    @property
    def states(self) -> tuple[str, ...]:
        """The follow-up states that are pressed."""
        return tuple(state for state, b in self.state_buttons.items() if b.isChecked())

    def rules(self) -> tuple[Rule, ...]:
        """The same as rules of a segment."""
        return (tag_filter(self.tags), *((Field("follow_state", self.states),) if self.states else ()))

    def set_tags(self, used: Sequence[tuple[str, str, int]]) -> None:
        """Offer the tags in use, (group, name, clients), by group; those pressed stay pressed."""
        if [*used] == self._used:  # the keyboard stays where it is
            return
        self._used = [*used]
        pressed = {name for _, name in self.tags}
        while (item := self._tag_lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.tag_buttons, self._groups = [], {}
        for group, tags in groupby(sorted(used, key=lambda t: t[0]), key=lambda t: t[0]):
            offered = [*tags]
            shown = offered[:_SHOWN] + [tag for tag in offered[_SHOWN:] if tag[1] in pressed]
            self._tag_lines.addWidget(label(self.tr("标签 · {group}").format(group=group or self.tr("我的")), "hint"))
            chips = QWidget()
            flow = FlowLayout(chips, 5)
            for _, name, count in shown:
                chip = self._chip(name, on=name in pressed)
                chip.setToolTip(plain_tip(self.tr("{count} 位 · 同组选几个是任一, 不同组要同时有").format(count=count)))
                flow.addWidget(chip)
                self.tag_buttons.append(chip)
                self._groups[chip] = group
            self._tag_lines.addWidget(chips)

    def _chip(self, text: str, *, on: bool = False) -> PillButton:
        chip = PillButton(text, "grey", checkable=True)
        chip.setChecked(on)
        chip.toggled.connect(self.changed)
        return chip


def _name(chip: PillButton) -> str:
    return chip.text().replace("&&", "&")
