"""Keys that do something by themselves, held for the moment in which they could turn out to be the start of a code.

On 今日 a digit says how a contact ended, and Y files a message as sent: a gun's code begins with just such keys. So
where nothing is being typed a plain key waits as long as a gun would need for the next one, and then does what it does.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

_BARE = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_TEXT = Qt.WidgetAttribute.WA_InputMethodEnabled


class HeldKeys(QObject):
    """Holds keys in their order until they are let go or dropped."""

    def __init__(self, parent: QObject) -> None:
        """Hold nothing yet."""
        super().__init__(parent)
        self._keys: list[tuple[int, Qt.KeyboardModifier, str]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.let_go)

    @property
    def waiting(self) -> int:
        """How many keys are held."""
        return len(self._keys)

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key is a plain one, pressed where nothing is being typed."""
        focus = QApplication.focusWidget()
        typing = isinstance(focus, QLineEdit | QPlainTextEdit) or (focus is not None and focus.testAttribute(_TEXT))
        plain = event.text().isprintable() and bool(event.text().strip()) and not event.modifiers() & ~_BARE
        return plain and focus is not None and not typing and not event.isAutoRepeat()

    def hold(self, event: QKeyEvent, wait_ms: int) -> None:
        """Hold a key until none has come for `wait_ms`."""
        self._keys.append((event.key(), event.modifiers(), event.text()))
        self._timer.start(wait_ms)

    def drop(self) -> None:
        """It was a code."""
        self._timer.stop()
        self._keys.clear()

    def let_go(self) -> None:
        """It was a person: each key does what it would have done at once."""
        held = list(self._keys)
        self.drop()
        for key, modifiers, text in held:
            focus = QApplication.focusWidget()
            shortcut = _shortcut(key, focus)
            if shortcut is not None:
                shortcut.activated.emit()
            elif focus is not None:
                QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


def _shortcut(key: int, focus: QWidget | None) -> QShortcut | None:
    """The shortcut that the key alone would have called from where the keyboard is."""
    if focus is None:
        return None
    wanted = QKeySequence(key)
    found = (s for s in focus.window().findChildren(QShortcut) if s.isEnabled() and s.key() == wanted)
    return next((s for s in found if _reaches(s, focus)), None)


def _reaches(shortcut: QShortcut, focus: QWidget) -> bool:
    owner = shortcut.parent()
    if not isinstance(owner, QWidget) or not owner.isVisible():
        return False
    if shortcut.context() is Qt.ShortcutContext.WidgetShortcut:
        return owner is focus
    inside = owner is focus or owner.isAncestorOf(focus)
    return inside or shortcut.context() is not Qt.ShortcutContext.WidgetWithChildrenShortcut
