"""What is known of a client at a glance: a caption and a sentence each, where there is something to say."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.kit.text import label


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the grid; `role` colours its words."""

    caption: str
    words: str
    role: str = ""


class FactGrid(QWidget):
    """Captions at the left, words at the right."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.facts: tuple[Fact, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, 54)
        self._grid.setColumnStretch(1, 1)

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; those without words are left out."""
        shown = tuple(fact for fact in facts if fact.words)
        if shown == self.facts:
            return
        self.facts = shown
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for line, fact in enumerate(shown):
            self._grid.addWidget(label(fact.caption, "hint"), line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_words(fact), line, 1)
        self.setVisible(bool(shown))

    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(f"{fact.caption}: {fact.words}" for fact in self.facts)


def _words(fact: Fact) -> QLabel:
    made = label(fact.words, fact.role, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    made.setAccessibleName(f"{fact.caption} {fact.words}")
    return made
