"""What a page shows when there is nothing yet: what to do next, or grey bars while the answer is on its way."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.kit.buttons import button
from ui.kit.painted import Painted
from ui.kit.text import label
from ui.kit.theme import Theme


class EmptyState(QWidget):
    """Icon, title, one sentence that says what to do next, and the button that does it."""

    def __init__(self, theme: Theme, icon: str, title: str, hint: str, action: str = "", *, widest: int = 380) -> None:
        """`action` is the button's text; connect `empty.action.clicked`. Without it there is no button.

        `hint` breaks at `widest` px.
        """
        super().__init__()
        self._theme, self._icon = theme, icon
        column = QVBoxLayout(self)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        self._picture = QLabel()
        self._title = label(title, "section")
        self._hint = label(hint, "muted", wrap=True)
        self._hint.setMinimumWidth(min(widest, max(200, self._hint.fontMetrics().horizontalAdvance(hint) + 8)))
        for widget in (self._picture, self._title, self._hint):
            if isinstance(widget, QLabel):
                widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.action: QPushButton = button(action, "primary")
        column.addSpacing(4)
        column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        self.action.setVisible(bool(action))  # shown before it has a parent it would be a window, and take the keyboard
        self._redraw()
        theme.changed.connect(self._redraw)

    def say(self, title: str, hint: str, action: str) -> None:
        """Say something else, where what is missing depends on what was asked; without `action` there is no button."""
        self._title.setText(title)
        self._hint.setText(hint)
        self.action.setText(action)
        self.action.setVisible(bool(action))

    def _redraw(self) -> None:
        self._picture.setPixmap(self._theme.icon(self._icon, "ink_3").pixmap(QSize(44, 44)))


class Skeleton(Painted):
    """Grey bars where rows will be. Still, because a moving one costs repaints and attention."""

    def __init__(self, theme: Theme, rows: int = 5, height: int = 60) -> None:
        """Show `rows` rows of `height` px."""
        super().__init__(theme)
        self._rows, self._height = rows, height
        self.setMinimumHeight(rows * height)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint a circle and two bars a row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("track"))
        for index in range(self._rows):
            middle = index * self._height + self._height / 2
            painter.drawEllipse(QRectF(14, middle - 18, 36, 36))
            painter.drawRoundedRect(QRectF(62, middle - 14, self.width() * 0.22, 10), 5, 5)
            painter.drawRoundedRect(QRectF(62, middle + 5, self.width() * (0.55 - 0.06 * (index % 3)), 8), 4, 4)
