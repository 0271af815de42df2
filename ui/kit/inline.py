"""Fields that save themselves: leaving one (or Enter) commits, Esc brings the old text back. No Save buttons."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

# A class that is mixed into two kinds of Qt fields must not be a Qt class itself.
if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


@dataclass(frozen=True, slots=True)
class Edited:
    """A committed edit: the text before and after, never equal."""

    before: str
    after: str


class Field(QLineEdit):
    """A line edit that leaves Ctrl+Z to the window once its own typing is undone; Qt's swallows it for good."""

    def event(self, event: QEvent) -> bool:
        """Refuse the undo keys when there is nothing of ours to undo."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self.isUndoAvailable()
        ):
            event.ignore()
            return False
        return super().event(event)


class KeyedField(Field):
    """A line that is typed into while the keys that `keys` takes move in the list beside it."""

    def __init__(self, keys: Callable[[QKeyEvent], bool]) -> None:
        """`keys` hears of every key first; True: it was one of its own."""
        super().__init__()
        self._keys = keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Type what is left over."""
        if not self._keys(event):
            super().keyPressEvent(event)


class _SavesItself(_Widget):
    """What the self-saving fields share: the text that is kept, and when a new one is announced."""

    edited: ClassVar[Signal]
    _kept: str

    def _typed(self) -> str:
        raise NotImplementedError

    def _write(self, text: str) -> None:
        raise NotImplementedError

    def _forget(self) -> None:
        """Have nothing of one's own to undo: what is announced is taken back by the window."""
        raise NotImplementedError

    def _begin(self, name: str, text: str) -> None:
        self._kept = text
        self.setAccessibleName(name)
        self.setProperty("inline", True)

    def set_value(self, text: str) -> None:
        """Show what the database says, unless the user is typing here."""
        if self.hasFocus() and (self._typed() != self._kept or text == self._kept):
            return  # nor is the place lost where she is about to type
        self._kept = text
        self._write(text)

    def commit(self) -> None:
        """Announce the text if it is a new one."""
        before, after = self._kept, self._typed().strip()
        if after != before:
            self._kept = after
            self._forget()
            self.edited.emit(Edited(before, after))

    def restore(self) -> None:
        """Bring back what was there."""
        self._write(self._kept)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Commit on leaving; a pop-up (input method, context menu) is not leaving."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc restores once; a second Esc goes to the page."""
        if event.key() == Qt.Key.Key_Escape and self._typed() != self._kept:
            self.restore()
            return
        super().keyPressEvent(event)


class InlineEdit(_SavesItself, Field):
    """One line that looks like text until hovered or focused. `edited` carries each committed `Edited`."""

    edited = Signal(object)

    def __init__(self, name: str, text: str = "", placeholder: str = "") -> None:
        """`name` is what a screen reader calls the field."""
        super().__init__(text)
        self._begin(name, text)
        self.setPlaceholderText(placeholder)
        self.returnPressed.connect(self.commit)

    def _typed(self) -> str:
        return self.text()

    def _write(self, text: str) -> None:
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)  # a long text shows its beginning

    def _forget(self) -> None:
        place = self.cursorPosition()
        self.setText(self._kept)
        self.setCursorPosition(place)


class InlineText(_SavesItself, QPlainTextEdit):
    """Several lines that save themselves; Ctrl+Enter commits and stays. `edited` carries each `Edited`."""

    edited = Signal(object)

    def __init__(self, name: str, text: str = "", placeholder: str = "") -> None:
        """`name` is what a screen reader calls the field."""
        super().__init__(text)
        self._begin(name, text)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)

    def _typed(self) -> str:
        return self.toPlainText()

    def _write(self, text: str) -> None:
        self.setPlainText(text)

    def _forget(self) -> None:
        self.document().clearUndoRedoStacks()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Ctrl+Enter commits."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
            return
        super().keyPressEvent(event)
