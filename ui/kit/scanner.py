"""A scanner gun is a keyboard that types faster than anybody can: recognised by its pace, on every page.

A burst is at least `FEWEST` characters, none more than `GAP_MS` after the one before by the system's own time stamps,
and Enter. What it typed into the field that happened to have the keyboard is taken back. Characters are brought to
half width first, because a Chinese input method in full-width mode widens them.
"""

import unicodedata

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

GAP_MS = 40
"""Guns send a key every 1 to 20 ms; the fastest typists need 60 and more."""
FEWEST = 6
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WITH_TEXT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class Burst:
    """Collects characters as long as they come fast enough. Times are ms of any one clock."""

    def __init__(self) -> None:
        """Nothing typed yet."""
        self._typed: list[str] = []
        self._last_ms = 0

    @property
    def empty(self) -> bool:
        """Whether the next character begins a burst."""
        return not self._typed

    def add(self, text: str, at_ms: int) -> bool:
        """One more character; True when it begins a new burst."""
        begins = self.empty or not 0 <= at_ms - self._last_ms <= GAP_MS
        if begins:
            self._typed.clear()
        self._typed.append(unicodedata.normalize("NFKC", text))
        self._last_ms = at_ms
        return begins

    def enter(self, at_ms: int) -> str:
        """What was scanned, now that Enter came; empty if it was somebody typing."""
        fast = not self.empty and 0 <= at_ms - self._last_ms <= GAP_MS
        code = "".join(self._typed).strip()
        self._typed.clear()
        return code if fast and len(code) >= FEWEST else ""

    def clear(self) -> None:
        """Something else was pressed."""
        self._typed.clear()


class Scanner(QObject):
    """Watches the keys of all our windows. `scanned` carries the code; nothing is said while `enabled` is False."""

    scanned = Signal(str)

    def __init__(self) -> None:
        """Watch whichever window has the keyboard."""
        super().__init__()
        self.enabled = True
        self._burst = Burst()
        self._field: QLineEdit | QPlainTextEdit | None = None
        self._before = ("", 0)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            self._watch(QGuiApplication.focusWindow())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let every key pass, except the Enter that ends a scan."""
        if not self.enabled or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if QApplication.activeModalWidget() is not None:
            return False  # a question is open: whatever is typed is its answer
        if event.key() in _ENTER:
            return self._enter(event.timestamp())
        if event.isAutoRepeat() or (event.modifiers() & ~_WITH_TEXT):
            self._burst.clear()
        elif event.text().isprintable() and event.text():
            if self._burst.add(event.text(), event.timestamp()):
                self._remember()
        elif event.key() != Qt.Key.Key_Shift:
            self._burst.clear()
        return False

    def _enter(self, at_ms: int) -> bool:
        code = self._burst.enter(at_ms)
        if not code:
            return False
        self._take_back()
        self.scanned.emit(code)
        return True

    def _remember(self) -> None:
        """Keep what the field with the keyboard holds, before the burst's first character reaches it."""
        focus = QApplication.focusWidget()
        self._field = focus if isinstance(focus, QLineEdit | QPlainTextEdit) else None
        if isinstance(self._field, QLineEdit):
            self._before = (self._field.text(), self._field.cursorPosition())
        elif self._field is not None:
            self._before = (self._field.toPlainText(), self._field.textCursor().position())

    def _take_back(self) -> None:
        field, (text, place) = self._field, self._before
        self._field = None
        if field is None or field is not QApplication.focusWidget():
            return
        if isinstance(field, QLineEdit):
            field.setText(text)
            field.setCursorPosition(place)
        else:
            field.setPlainText(text)
            cursor = field.textCursor()
            cursor.setPosition(place)
            field.setTextCursor(cursor)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)
