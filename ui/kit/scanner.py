"""A scanner gun is a keyboard that types faster than anybody can: recognised by its pace, on every page.

A burst is at least `FEWEST` characters, none more than `GAP_MS` after the one before by the system's own time stamps,
and Enter or Tab. What it typed into the field that happened to have the keyboard is taken back. Characters are brought
to half width first, because a Chinese input method in full-width mode widens them. Where nothing is being typed its
keys are held back until it is known that they are no code: see `held_keys`.

An input method that composes would make Chinese of a code's letters. As soon as it holds more letters than a hand can
type in that time, they are taken from it and it is switched off until the code is over; should it have been a typist
after all, her letters are put into the field.
"""

import time

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from guide_app.base.gs1 import GS
from ui.kit.burst import DUPLICATE_MS, FEWEST, GAP_MS, Burst, Composition, GunSetup, Repeats, is_plain
from ui.kit.held_keys import HeldKeys

__all__ = ["DUPLICATE_MS", "FEWEST", "GAP_MS", "Burst", "GunSetup", "Scanner"]

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_WITH_TEXT = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_PAUSE_MS = 3 * GAP_MS
_SLACK_MS = 20  # by which a key may come later than it was pressed
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_CapsLock)
_WATCHED = (QEvent.Type.KeyPress, QEvent.Type.InputMethod, QEvent.Type.ShortcutOverride)
_NS = 1_000_000


class Scanner(QObject):
    """Watches the keys of all our windows. `scanned` carries the code; nothing is said while `enabled` is False."""

    scanned = Signal(str)

    def __init__(self, setup: GunSetup | None = None) -> None:
        """Watch whichever window has the keyboard; `setup` is how the gun is programmed."""
        super().__init__()
        self.enabled = True
        self.setup = setup or GunSetup()
        self._burst, self._composition, self._repeats = Burst(), Composition(), Repeats()
        self._held = HeldKeys(self)
        self._field: QLineEdit | QPlainTextEdit | None = None
        self._before = ("", 0)
        self._silenced: QWidget | None = None
        self._watched: QObject | None = None
        self._skew_ms = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._paused)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            application.focusObjectChanged.connect(self._watch_field)
            self._watch(QGuiApplication.focusWindow())
            self._watch_field(QGuiApplication.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let every key pass, except the Enter that ends a scan, letters taken from an input method and held keys."""
        kind = event.type()
        if not self.enabled or kind not in _WATCHED:
            return False
        if QApplication.activeModalWidget() is not None:
            return False  # a question is open: whatever is typed is its answer
        if isinstance(event, QInputMethodEvent):
            return watched is self._watched and self._composed(event)
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if kind is QEvent.Type.ShortcutOverride:  # asked before a key is a shortcut
            held = self._held.wants(event)
            event.setAccepted(held)
            return held
        self._skew_ms = _now_ms() - event.timestamp()
        return self._pressed(event) or self._hold(event)

    def _hold(self, event: QKeyEvent) -> bool:
        """Keep a key back that may belong to a code; any other comes after those that were held."""
        if self._held.wants(event):
            pause = _PAUSE_MS if self.setup.ending == "pause" else GAP_MS
            self._held.hold(event, pause + _SLACK_MS)
            return True
        if event.key() not in _MODIFIERS:
            self._held.let_go()
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in _ENDS:
            return self._ended(self._burst.enter(event.timestamp()), event.timestamp())
        separator = _is_separator(event)
        if event.isAutoRepeat() or (event.modifiers() & ~_WITH_TEXT and not separator):
            self._burst.clear()
        elif separator and not self._burst.empty:
            self._burst.add(GS, event.timestamp())
            return True  # a field would take the control character for a command
        elif event.text().isprintable() and event.text():
            self._add(event.text(), event.timestamp())
        elif event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control):
            self._burst.clear()
        return False

    def _composed(self, event: QInputMethodEvent) -> bool:
        """What an input method shows or commits."""
        at = _now_ms() - self._skew_ms
        committed = event.commitString()
        if committed:
            self._composition.clear()
            if len(committed) == 1 and is_plain(committed):
                self._add(committed, at)
            else:
                self._burst.clear()  # a word that somebody chose
            return False
        letters = self._composition.compose(event.preeditString(), at)
        if not letters:
            return False
        self._add(letters, at)
        self._silence()
        return True

    def _add(self, text: str, at_ms: int) -> None:
        if self._burst.add(text, at_ms):
            self._remember()
        if self.setup.ending == "pause" or self._silenced is not None:
            self._pause.start()

    def _silence(self) -> None:
        """Take the letters from the input method and let what follows come as keys."""
        field = QApplication.focusWidget()
        if field is None:
            return
        self._silenced = field
        QGuiApplication.inputMethod().reset()
        field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        QApplication.sendEvent(field, QInputMethodEvent())  # the field lets go of the letters it showed
        self._pause.start()

    def _speak_again(self) -> None:
        field, self._silenced = self._silenced, None
        if field is not None and shiboken6.isValid(field):
            field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def _paused(self) -> None:
        """No more characters come: the end of a code for some guns, or it was somebody typing Chinese after all."""
        held = self._silenced is not None
        text = self._burst.text
        code = self._burst.rest() if self.setup.ending == "pause" else ""
        self._burst.clear()
        if code:
            self._ended(code, _now_ms() - self._skew_ms)
        elif held and shiboken6.isValid(self._silenced) and isinstance(self._silenced, QLineEdit | QPlainTextEdit):
            self._put_back(text)
        self._speak_again()

    def _put_back(self, text: str) -> None:
        field, (before, place) = self._silenced, self._before
        if isinstance(field, QLineEdit):
            field.setText(before[:place] + text + before[place:])
            field.setCursorPosition(place + len(text))
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(before[:place] + text + before[place:])
            cursor = field.textCursor()
            cursor.setPosition(place + len(text))
            field.setTextCursor(cursor)

    def _ended(self, scanned: str, at_ms: int) -> bool:
        code = self.setup.bare(scanned)
        if not code:
            return False
        self._pause.stop()
        self._held.drop()
        self._take_back()
        self._speak_again()
        if not self._repeats.is_repeat(code, at_ms):
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

    def _watch_field(self, field: QObject | None) -> None:
        """An input method speaks to the field itself, not to its window."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._composition.clear()
        self._watched = field if isinstance(field, QWidget) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)


def _is_separator(event: QKeyEvent) -> bool:
    """Whether the gun sends GS1's group separator, as such or as Ctrl+]."""
    held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.text() == GS or (held and event.key() == Qt.Key.Key_BracketRight)


def _now_ms() -> int:
    return time.monotonic_ns() // _NS
