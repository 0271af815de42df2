"""Ctrl+C belongs to the poster, except where text is selected."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget


class CopyKeys(QObject):
    """Fields claim Ctrl+C even when they have nothing to copy; this leaves it to the page then."""

    def __init__(self, fields: Sequence[QWidget]) -> None:
        """Watch these fields."""
        super().__init__()
        for field in fields:
            self.watch(field)

    def watch(self, field: QWidget) -> None:
        """Watch one more."""
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep the claim from the field unless it has a selection."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Copy) or _selected(watched):
            return False
        event.ignore()
        return True


def _selected(field: QObject) -> bool:
    if isinstance(field, QLineEdit):
        return field.hasSelectedText()
    return isinstance(field, QPlainTextEdit) and field.textCursor().hasSelection()
