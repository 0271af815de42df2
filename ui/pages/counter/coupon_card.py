"""The shape that cards of a coupon have, ours or another system's."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.card import Card
from ui.kit.text import ElidedLabel, label


class CouponCard(Card):
    """Value at the left, words in the middle, what can be done at the right."""

    def __init__(self) -> None:
        """Make the words; `arrange` lays them out with what the card has beside."""
        super().__init__()
        self.value = label("", "figure")
        self.value.setMinimumWidth(84)
        self.value.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = label("", "section", wrap=True)
        self.who = ElidedLabel("", "muted")
        self.facts = label("", "accent", wrap=True)

    def arrange(self, words: Sequence[QWidget], deeds: Sequence[QWidget]) -> None:
        """Lay out the words and the buttons, each from above."""
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.value)
        line.addLayout(_stacked(words, 3), 1)
        line.addLayout(_stacked(deeds, 4))
        self.use_body().addLayout(line)
        self.setMinimumHeight(102)


def _stacked(widgets: Sequence[QWidget], spacing: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(spacing)
    for widget in widgets:
        column.addWidget(widget)
    return column
