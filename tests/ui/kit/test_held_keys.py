"""A plain key pressed where nothing is typed waits, and then does what it alone would have done."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.held_keys import HeldKeys

_WAIT_MS = 60_000
"""Longer than any test: what is held is let go by hand."""
PLAIN, ALT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
)
SHIFT, KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


def key(letter: str, modifiers: Qt.KeyboardModifier = PLAIN, *, repeated: bool = False) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), modifiers, letter, repeated)


class Button(QPushButton):
    """Keeps the keys that come to it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("结果", parent)
        self.came: list[str] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.came.append(event.text())


class Room(QWidget):
    """A window with a button that has the keyboard, a field, and beside them a page that can be hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.button, self.field, self.beside = Button(self), QLineEdit(self), QWidget(self)
        self.keys = HeldKeys(self)
        self.done: list[str] = []

    def shortcut(self, owner: QWidget, letter: str, context: Qt.ShortcutContext, says: str) -> QShortcut:
        made = QShortcut(QKeySequence(letter), owner, context=context)
        made.activated.connect(lambda: self.done.append(says))
        return made

    def press(self, letters: str) -> None:
        for letter in letters:
            self.keys.hold(key(letter), _WAIT_MS)
        self.keys.let_go()


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    made = Room()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.button.setFocus()
    yield made
    made.keys.drop()


def test_only_a_plain_key_outside_of_fields_waits(room: Room) -> None:
    assert all(map(room.keys.wants, (key("Y"), key("y", SHIFT), key("4"), key("4", KEYPAD))))
    others = (key("y", ALT), key("y", CTRL), key("y", ALT | SHIFT), key(" "), key("\r"), key("y", repeated=True))
    assert not any(map(room.keys.wants, others))
    room.field.setFocus()
    assert not room.keys.wants(key("Y"))


def test_each_key_does_what_it_alone_would_have_done(room: Room) -> None:
    window, child = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.WidgetWithChildrenShortcut
    room.shortcut(room, "Y", window, "sent")
    room.shortcut(room.beside, "B", child, "beside")
    room.shortcut(room.beside, "W", window, "wide")
    room.shortcut(room.button, "O", Qt.ShortcutContext.WidgetShortcut, "own")
    room.shortcut(room, "X", Qt.ShortcutContext.WidgetShortcut, "not here")
    off = room.shortcut(room, "N", window, "off")
    off.setEnabled(False)
    room.press("4YBWOXN6")
    assert room.done == ["sent", "wide", "own"]
    assert room.button.came == ["4", "B", "X", "N", "6"], "what calls nothing from here is typed, in its order"
    room.beside.hide()
    room.press("W")
    assert (room.done[3:], room.button.came[5:]) == ([], ["W"]), "nobody calls what is not to be seen"
    assert room.keys.waiting == 0


def test_what_was_a_code_does_nothing(room: Room) -> None:
    room.keys.hold(key("4"), _WAIT_MS)
    assert room.keys.waiting == 1
    room.keys.drop()
    room.keys.let_go()
    assert (room.keys.waiting, room.button.came) == (0, [])
