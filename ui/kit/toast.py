"""A message that passes by at the bottom of the window, with 撤销 when the deed can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QEnterEvent, QHideEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from ui.kit.buttons import button
from ui.kit.text import ElidedLabel

_STAY_MS = 7000
_ABOVE = 46  # px from the bottom: clear of the status bar


@dataclass(frozen=True, slots=True)
class Notice:
    """What a toast says; with `action` it has a button of that text that calls `on_action` once."""

    text: str
    action: str = ""
    on_action: Callable[[], object] | None = None


class Toast(QFrame):
    """One toast at the bottom centre of its parent; a newer notice replaces the older. Stays while hovered."""

    def __init__(self, parent: QWidget) -> None:
        """Sit hidden on top of `parent` and follow its size."""
        super().__init__(parent)
        self._host = parent
        self.setProperty("toast", True)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 10, 8)
        line.setSpacing(12)
        self._text = ElidedLabel()
        self.action = button("", "quiet")
        self.action.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not throw the focus into some field
        line.addWidget(self._text)
        line.addWidget(self.action)
        self.action.hide()
        self._notice = Notice("")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAY_MS)
        self._timer.timeout.connect(self.hide)
        self.action.clicked.connect(self._act)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 70))
        self.setGraphicsEffect(shadow)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now."""
        return self._notice.text

    def show_notice(self, notice: Notice) -> None:
        """Say `notice` for some seconds."""
        self._notice = notice
        self._text.setText(notice.text)
        self._text.setAccessibleName(notice.text)
        self.action.setText(notice.action)
        self.action.setAccessibleName(notice.action)
        self.action.setVisible(bool(notice.action))
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Stop counting when hidden by anybody."""
        self._timer.stop()
        super().hideEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Stay while the mouse is over it."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Count again."""
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Follow the parent's size."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        self.hide()
        if self._notice.on_action is not None:
            self._notice.on_action()

    def _place(self) -> None:
        parent = self._host
        width = min(self.sizeHint().width() + 8, parent.width() - 40)
        height = self.sizeHint().height()
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - _ABOVE, width, height)
