"""A choice among many that is found by any part of its words."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter


def searchable(words: Mapping[str, str], placeholder: str = "") -> QComboBox:
    """A field over `words` (value → shown text): typing finds those that contain it; nothing is chosen at first.

    What is typed and is none of them stays as typed, with no data, so that the reader can say so.
    """
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    for value, text in words.items():
        made.addItem(text, value)
    made.setCurrentIndex(-1)
    finder = QCompleter(made.model(), made)
    finder.setFilterMode(Qt.MatchFlag.MatchContains)
    finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    finder.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    made.setCompleter(finder)
    line = made.lineEdit()
    if line is not None:
        line.setPlaceholderText(placeholder)
        # Typed text that is exactly one of the words chooses it, without Enter.
        line.textEdited.connect(lambda text: made.setCurrentIndex(n) if (n := made.findText(text)) >= 0 else None)
    return made
