"""Widgets that are nothing but paint: avatar, meter, status dot, logo."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.paint import paint_avatar, paint_dot, paint_logo, paint_meter
from ui.kit.theme import Theme


class Painted(QWidget):
    """Base: repaints when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        """Keep the theme for painting."""
        super().__init__()
        self._theme = theme
        theme.changed.connect(self._repaint)

    def _repaint(self) -> None:
        self.update()


class Logo(Painted):
    """Our mark, `size` px."""

    def __init__(self, theme: Theme, size: int = 48) -> None:
        """Draw it at `size`."""
        super().__init__(theme)
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the tile."""
        paint_logo(QPainter(self), QRectF(self.rect()), self._theme)


class Avatar(Painted):
    """Circle with a name's initial, `size` px across."""

    def __init__(self, theme: Theme, name: str = "", size: int = 36) -> None:
        """Show `name`'s initial."""
        super().__init__(theme)
        self.setFixedSize(size, size)
        self._name = name

    def set_name(self, name: str) -> None:
        """Show another name."""
        self._name = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the circle."""
        paint_avatar(QPainter(self), QRectF(self.rect()), self._name, self._theme)


class Meter(Painted):
    """Thin bar filled to a ratio of 0…1; colour token `ink`."""

    def __init__(self, theme: Theme, ratio: float = 0.0, ink: str = "accent", height: int = 5) -> None:
        """Start at `ratio`."""
        super().__init__(theme)
        self._ratio, self._ink = ratio, ink
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_ratio(ratio)

    def set_ratio(self, ratio: float) -> None:
        """Show another ratio, also to screen readers."""
        self._ratio = ratio
        self.setAccessibleName(f"{ratio:.0%}")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough to read."""
        return QSize(64, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the bar."""
        paint_meter(QPainter(self), QRectF(self.rect()), self._ratio, self._theme, self._ink)


class StatusDot(Painted):
    """Coloured dot; `ink` is one of dot_ok, dot_wait, dot_alarm, dot_idle. Never the only carrier of meaning."""

    def __init__(self, theme: Theme, ink: str = "dot_idle") -> None:
        """Start in colour `ink`."""
        super().__init__(theme)
        self.ink = ink
        self.setFixedSize(10, 10)

    def set_ink(self, ink: str) -> None:
        """Change colour."""
        self.ink = ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the dot."""
        paint_dot(QPainter(self), QPointF(5, 5), self.ink, self._theme)
