"""Lines and sections that the parts of a portrait are made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import button
from ui.kit.card import SectionTitle
from ui.kit.text import ElidedLabel, label
from ui.pages.clients.view import Ask, What


@dataclass(frozen=True, slots=True)
class Deed:
    """A button at the end of a line: its word, what it asks, and how a screen reader calls it."""

    word: str
    what: What
    name: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section: a record, what it says, what is said below, and what can be done with it."""

    record: str
    text: str
    hint: str = ""
    deeds: tuple[Deed, ...] = ()


class LineSection(QWidget):
    """A titled list of `Item` with a button to add one. `asked` carries each `Ask`."""

    asked = Signal(object)

    def __init__(self, title: str, add: What, word: str, empty: str) -> None:
        """`word` is on the button that asks `add`; `empty` is said when there is no line."""
        super().__init__()
        self._empty = empty
        self.add = button(word, "link")
        self.add.clicked.connect(lambda: self.asked.emit(Ask(add)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(SectionTitle(title, "", self.add))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column.addLayout(self._lines)

    def set_items(self, items: Sequence[Item]) -> None:
        """Show other lines."""
        clear(self._lines)
        for item in items:
            self._lines.addWidget(self._line(item))
        if not items:
            self._lines.addWidget(label(self._empty, "hint", wrap=True))

    def _line(self, item: Item) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(ElidedLabel(item.text))
        if item.hint:
            words.addWidget(label(item.hint, "hint", wrap=True))
        line.addLayout(words, 1)
        for deed in item.deeds:
            line.addWidget(deed_button(self, deed, item.record))
        return holder


def deed_button(section: QWidget, deed: Deed, record: str) -> QWidget:
    """A small button that makes `section` emit `asked` with the deed on `record`."""
    made = button(deed.word, "link")
    made.setAccessibleName(deed.name)
    made.clicked.connect(lambda: section.asked.emit(Ask(deed.what, record)))  # type: ignore[attr-defined]  # sections have it
    return made


def event_line(day: str, title: str, detail: str) -> QWidget:
    """A day at the left, a title, and what belongs to it below."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(12)
    if day:
        when = label(day, "hint")
        when.setFixedWidth(72)
        line.addWidget(when)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(ElidedLabel(title))
    if detail:
        words.addWidget(ElidedLabel(detail, "hint"))
    line.addLayout(words, 1)
    return holder


def clear(lines: QVBoxLayout) -> None:
    """Take all widgets out and let them go."""
    while (item := lines.takeAt(0)) is not None:
        gone = item.widget()
        if gone is not None:
            gone.hide()
            gone.deleteLater()
