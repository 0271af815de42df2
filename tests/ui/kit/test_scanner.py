"""A scanner gun is told from a typist by its pace, and leaves no trace in the field that had the keyboard."""

from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.burst import DUPLICATE_MS, HELD_GAP_MS, Composition, GunSetup, Repeats
from ui.kit.scanner import FEWEST, GAP_MS, Burst, Scanner


def type_into(burst: Burst, text: str, gaps: list[int]) -> str:
    at = 0
    for letter, gap in zip(text, gaps, strict=False):
        at += gap
        burst.add(letter, at)
    return burst.enter(at + gaps[-1])


CODES = st.text(st.characters(codec="ascii", categories=("Lu", "Nd")), min_size=FEWEST, max_size=40)


@given(code=CODES, gap=st.integers(0, GAP_MS))
def test_fast_keys_are_a_scan(code: str, gap: int) -> None:
    assert type_into(Burst(), code, [gap] * (len(code) + 1)) == code


@given(code=CODES, gap=st.integers(GAP_MS + 1, 500))
def test_a_typist_is_not(code: str, gap: int) -> None:
    assert type_into(Burst(), code, [gap] * (len(code) + 1)) == ""


def test_what_was_typed_by_hand_before_does_not_belong_to_the_scan() -> None:
    burst = Burst()
    for place, letter in enumerate("abc"):
        burst.add(letter, place * 200)
    assert type_into(burst, "2000000000015", [5] * 14) == "2000000000015"


def test_few_characters_are_no_code_and_wide_ones_become_narrow() -> None:
    assert type_into(Burst(), "12345", [5] * 6) == ""
    assert type_into(Burst(), "２０００００Ａ", [5] * 8) == "200000A"


LETTERS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=20)


@given(letters=LETTERS, gap=st.integers(0, HELD_GAP_MS), parted=st.booleans())
def test_letters_that_an_input_method_holds_at_a_guns_pace_are_taken(letters: str, gap: int, parted: bool) -> None:
    composing, at, taken = Composition(), 1000, ""
    for n in range(1, len(letters) + 1):
        at += gap
        shown = "'".join(letters[:n]) if parted else letters[:n]
        taken = composing.compose(shown, at)
        if taken:
            break
    assert taken == letters[:3]


@given(letters=LETTERS, gaps=st.lists(st.integers(HELD_GAP_MS + 1, 400), min_size=20, max_size=20))
def test_pinyin_typed_by_hand_stays_with_the_input_method(letters: str, gaps: list[int]) -> None:
    composing, at = Composition(), 1000
    for n, gap in zip(range(1, len(letters) + 1), gaps, strict=False):
        at += gap
        assert composing.compose(letters[:n], at) == ""


@given(code=CODES, wait=st.integers(0, 3 * DUPLICATE_MS))
def test_one_code_before_the_gun_is_told_once(code: str, wait: int) -> None:
    repeats = Repeats()
    assert not repeats.is_repeat(code, 1000)
    assert repeats.is_repeat(code, 1000 + wait) == (wait <= DUPLICATE_MS)
    assert not repeats.is_repeat(code + "X", 1000 + wait)


def test_what_a_gun_puts_around_a_code_is_taken_off() -> None:
    assert GunSetup("~", "#").bare("~2000000000015#") == "2000000000015"
    assert GunSetup().bare(" 2000000000015 ") == "2000000000015"


class Till(QWidget):
    """A window with two fields, and what was scanned in it."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.notes = QLineEdit("陈"), QPlainTextEdit("鞋跟略紧")
        self.entered: list[str] = []
        self.scans: list[str] = []
        self.scanner = Scanner()
        self.scanner.scanned.connect(self.scans.append)
        self.line.returnPressed.connect(lambda: self.entered.append(self.line.text()))
        column = QVBoxLayout(self)
        column.addWidget(self.line)
        column.addWidget(self.notes)
        self._at = 1000

    def keys(self, text: str, gap: int = 5, *, enter: bool = True, repeated: bool = False) -> None:
        """Keys as the system gives them to the window."""
        codes = [(0, letter) for letter in text] + ([(int(Qt.Key.Key_Return), "\r")] if enter else [])
        for key, letter in codes:
            self._at += gap
            event = QKeyEvent(
                QEvent.Type.KeyPress, key or ord(letter.upper()), Qt.KeyboardModifier.NoModifier, letter, repeated
            )
            event.setTimestamp(self._at)
            QCoreApplication.sendEvent(self.windowHandle(), event)


class Line(QPushButton):
    """Something that a digit alone does a deed on, in a page where Y alone does one."""

    def __init__(self, page: QWidget) -> None:
        super().__init__("结果", page)
        self.deeds: list[str] = []
        for letter in "YN":
            shortcut = QShortcut(QKeySequence(letter), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.deeds.append, letter))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        self.deeds.append(event.text())


@pytest.fixture
def till(qtbot: QtBot) -> Iterator[Till]:
    made = Till()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.line.setFocus()
    made.line.setCursorPosition(1)
    yield made
    made.scanner.deleteLater()


def test_a_scan_is_told_and_the_field_is_as_before(till: Till) -> None:
    till.keys("2000000000015")
    assert till.scans == ["2000000000015"]
    assert till.line.text() == "陈"
    assert till.line.cursorPosition() == 1
    assert till.entered == []


def test_a_scan_does_no_deed_of_its_letters_and_a_key_alone_does_its_own(till: Till, qtbot: QtBot) -> None:
    line = Line(till)
    line.show()
    line.setFocus()
    assert line.hasFocus()
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Y, Qt.KeyboardModifier.NoModifier, "Y")
    asked.ignore()
    QCoreApplication.sendEvent(till.windowHandle(), asked)
    assert asked.isAccepted(), "Qt must not take it for the shortcut before the next key came"
    till.keys("Y7KQ2N9RTX4HD1")
    assert till.scans == ["Y7KQ2N9RTX4HD1"]
    assert (line.deeds, till.scanner._held.waiting) == ([], 0)
    for letter in "Y4":
        till.keys(letter, enter=False, gap=90)
        qtbot.waitUntil(lambda: not till.scanner._held.waiting)
    till.keys("6", gap=90)
    assert line.deeds == ["Y", "4", "6", "\r"], "each once it is known to be alone, and in their order"
    line.setParent(None)
    line.deleteLater()


def test_a_longer_text_is_as_before_too(till: Till) -> None:
    till.notes.setFocus()
    till.keys("7KQ2M9RTX4HD3J")
    assert till.scans == ["7KQ2M9RTX4HD3J"]
    assert till.notes.toPlainText() == "鞋跟略紧"


def test_typing_goes_where_it_belongs(till: Till) -> None:
    till.keys("yating88", gap=90)
    assert till.scans == []
    assert till.entered == ["陈yating88"]


def test_a_held_key_is_no_scan(till: Till) -> None:
    till.keys("1111111111", repeated=True)
    assert till.scans == []


def test_an_open_question_keeps_its_keys(till: Till, qtbot: QtBot) -> None:
    question = QDialog(till)
    question.setModal(True)
    field = QLineEdit(question)
    question.open()
    qtbot.waitUntil(question.isActiveWindow)
    field.setFocus()
    for place, letter in enumerate("2000000000015"):
        event = QKeyEvent(QEvent.Type.KeyPress, ord(letter), Qt.KeyboardModifier.NoModifier, letter)
        event.setTimestamp(1000 + place)
        QCoreApplication.sendEvent(question.windowHandle(), event)
    assert field.text() == "2000000000015"
    assert till.scans == []
    question.reject()


def test_switched_off_it_says_nothing(till: Till) -> None:
    till.scanner.enabled = False
    till.keys("2000000000015")
    assert till.scans == []
    assert till.entered == ["陈2000000000015"]


def composed(till: Till, text: str = "", commit: str = "") -> None:
    """What an input method tells the field."""
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit)
    QCoreApplication.sendEvent(till.line, event)


def test_a_code_is_whole_under_an_input_method_that_composes(till: Till) -> None:
    for held in ("h", "ht", "htt"):  # pinyin holds what the gun sends …
        composed(till, held)
    assert not till.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    till._at = till.scanner._burst._last_ms - 5
    till.keys("ps://id.example/01/02000000000015")  # … until it is switched off for the rest
    assert till.scans == ["https://id.example/01/02000000000015"]
    assert till.line.text() == "陈"
    assert till.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_letters_taken_from_a_typist_are_given_back(till: Till, qtbot: QtBot) -> None:
    for held in ("z", "zh", "zho"):
        composed(till, held)
    qtbot.waitUntil(lambda: till.line.text() == "陈zho")
    assert till.line.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert till.scans == []


def test_a_chosen_word_is_no_scan(till: Till) -> None:
    composed(till, commit="南京西路店导购台")
    till.keys("", gap=5)
    assert till.scans == []
    assert till.line.text() == "陈南京西路店导购台"


def test_full_width_digits_are_a_scan(till: Till) -> None:
    for digit in "２００００００００００１５":
        composed(till, commit=digit)
    till._at = till.scanner._burst._last_ms
    till.keys("")
    assert till.scans == ["2000000000015"]
    assert till.line.text() == "陈"


def test_a_code_read_twice_in_a_moment_is_told_once(till: Till) -> None:
    till.keys("2000000000015")
    till.keys("2000000000015", gap=20)
    assert till.scans == ["2000000000015"]
    till._at += DUPLICATE_MS
    till.keys("2000000000015")
    assert till.scans == ["2000000000015"] * 2


def test_a_group_separator_stays_in_the_code(till: Till) -> None:
    till.keys("0102000000000015", enter=False)
    till._at += 3
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier, "\x1d")
    event.setTimestamp(till._at)
    QCoreApplication.sendEvent(till.windowHandle(), event)
    till.keys("21X7", gap=3)
    assert till.scans == ["0102000000000015\x1d21X7"]


def test_a_gun_that_ends_with_nothing_is_told_by_the_pause(till: Till, qtbot: QtBot) -> None:
    till.scanner.setup = GunSetup(prefix="~", ending="pause")
    with qtbot.waitSignal(till.scanner.scanned):
        till.keys("~2000000000015", enter=False)
    assert till.scans == ["2000000000015"]
    assert till.line.text() == "陈"
