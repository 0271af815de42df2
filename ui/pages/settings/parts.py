"""Building blocks of the settings page: a row with words and a control, and a choice between a few pills."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.pill import PillButton
from ui.kit.text import ElidedLabel, label


class Choice(QWidget):
    """One of a few values, each a pill. `chosen` carries the value the user picked."""

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[tuple[Any, str]], current: object) -> None:
        """Offer `options` (value, words) with `current` on; `name` is for screen readers."""
        super().__init__()
        self.setAccessibleName(name)
        self._values: list[Any] = []
        self._group = QButtonGroup(self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for value, words in options:
            pill = PillButton(words, checkable=True)
            pill.setAccessibleName(f"{name} {words}")
            self._group.addButton(pill, len(self._values))
            self._values.append(value)
            line.addWidget(pill)
            pill.setChecked(value == current)
        self._group.idClicked.connect(self._picked)

    def pill(self, value: object) -> PillButton:
        """The pill of `value`. Raises ValueError."""
        found = self._group.button(self._values.index(value))
        if not isinstance(found, PillButton):
            raise ValueError(value)  # noqa: TRY004 - it is the value that is not on offer
        return found

    def show_value(self, value: object) -> None:
        """Show `value` as the one chosen; one that is not on offer leaves none."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def _picked(self, number: int) -> None:
        self.chosen.emit(self._values[number])


def setting(title: str, hint: str, *controls: QWidget, path: bool = False) -> QWidget:
    """A row: what is set, words about it, and the controls at the right. Of a `path` as much is shown as fits."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(14, 10, 14, 10)
    line.setSpacing(8)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(title))
    if hint:
        words.addWidget(ElidedLabel(hint, "hint") if path else label(hint, "hint", wrap=True))
    line.addLayout(words, 1)
    for control in controls:
        line.addWidget(control)
    return made


class Fact(QWidget):
    """A line of the card about this PC: caption at the left, value at the right, to be copied."""

    def __init__(self, caption: str) -> None:
        """Start without a value."""
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 7, 14, 7)
        line.setSpacing(12)
        line.addWidget(label(caption, "hint"))
        self.value = label("—", selectable=True)
        line.addStretch(1)
        line.addWidget(self.value)

    def show_value(self, text: str) -> None:
        """Say `text`; a dash for nothing."""
        self.value.setText(text or "—")
