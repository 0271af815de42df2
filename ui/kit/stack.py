"""A scrolling stack of lines with hairlines between them, for a few dozen rows that hold buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QVBoxLayout, QWidget

from ui.kit.card import rule

_STEPS = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}


class LineStack(QScrollArea):
    """Shows the widgets given last; older ones are let go.

    Up and Down lead from a line's button to the same one of the line above or below, so that a list is worked through
    without a mouse. Where the line with the keyboard is answered and goes, the list keeps its place: Down leads to what
    stands there now, and a key pressed twice does nothing to it.
    """

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader calls the list."""
        super().__init__()
        self.setAccessibleName(name)
        self._shown: list[QWidget] = []
        self._next = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def set_lines(self, lines: Sequence[QWidget]) -> None:
        """Show `lines` from top to bottom."""
        place, before = self._place(), _name(QApplication.focusWidget())
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for line in lines:
            self._lines.addWidget(rule())
            self._lines.addWidget(line)
            for made in _buttons(line):
                made.installEventFilter(self)
        self._lines.addStretch(1)
        self._shown, self._next = list(lines), 0
        if place is not None:
            self._keep(*place, before)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Move between the lines: a button alone would take an arrow for Tab."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._moved(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Up and Down from the list itself lead into it."""
        step = _STEPS.get(event.key())
        if step is None or not self._go(self._next + min(step, 0), 0):
            super().keyPressEvent(event)

    def _moved(self, event: QKeyEvent) -> bool:
        step, place = _STEPS.get(event.key()), self._place()
        if step is None or place is None:
            return False
        self._go(place[0] + step, place[1])
        return True

    def _keep(self, number: int, column: int, before: str) -> None:
        """Where the same line is still there, let it keep the keyboard; else take it, and remember the place."""
        buttons = _buttons(self._shown[number]) if number < len(self._shown) else []
        if column < len(buttons) and _name(buttons[column]) == before:
            self._go(number, column)
            return
        self._next = max(0, min(number, len(self._shown) - 1))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> tuple[int, int] | None:
        """Line and button that have the keyboard."""
        focus = QApplication.focusWidget()
        for number, line in enumerate(self._shown):
            if focus is not None and line.isAncestorOf(focus):
                buttons = _buttons(line)
                return number, buttons.index(focus) if focus in buttons else 0
        return None

    def _go(self, number: int, column: int) -> bool:
        """Give the keyboard to a button of a line, the last one if it has fewer; False if there is none."""
        buttons = _buttons(self._shown[number]) if 0 <= number < len(self._shown) else []
        if not buttons:
            return False
        line = self._shown[number]
        line.show()  # one laid just now takes the keyboard only once it is seen
        buttons[min(column, len(buttons) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(line)
        return True


def _name(widget: QWidget | None) -> str:
    """What a screen reader calls a button; nothing for other widgets."""
    if not isinstance(widget, QAbstractButton):
        return ""
    return widget.accessibleName() or widget.text()


def _buttons(line: QWidget) -> list[QAbstractButton]:
    """What a line has for the keyboard, from left to right as it was made."""
    found = line.findChildren(QAbstractButton)
    return [made for made in found if made.isEnabled() and made.focusPolicy() & Qt.FocusPolicy.TabFocus]
