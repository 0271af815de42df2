"""The rail at the left: logo tile, one item a page, settings at the bottom."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.paint import paint_logo
from ui.kit.painted import Painted
from ui.kit.text import plain_tip
from ui.kit.theme import Theme

_WIDTH = 76
_NUMBERED = 9


@dataclass(frozen=True, slots=True)
class RailEntry:
    """One item: page key, icon name, and whether it sits at the bottom."""

    key: str
    icon: str
    at_bottom: bool = False


class _Logo(Painted):
    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setFixedSize(_WIDTH, 66)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        paint_logo(QPainter(self), QRectF(20, 14, 36, 36), self._theme)


class RailItem(QAbstractButton):
    """Icon over label; checked while its page is shown; a badge counts what needs attention."""

    def __init__(self, theme: Theme, entry: RailEntry) -> None:
        """Show `entry`; its text is set by `Rail.set_titles`."""
        super().__init__()
        self._theme, self.entry = theme, entry
        self._badge = 0
        self.setCheckable(True)
        self.setFixedSize(_WIDTH, 56)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self._repaint)

    def set_badge(self, count: int) -> None:
        """Show a red count, none for 0."""
        self._badge = count
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Fixed size."""
        return QSize(_WIDTH, 56)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint ground, icon, text, badge and focus ring."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tile = QRectF(7, 0, 62, 53)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("rail_active" if self.isChecked() else "rail_hover"))
            painter.drawRoundedRect(tile, 10, 10)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("toast_action" if not theme.dark else "accent_text"), 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), 9, 9)
        ink = "rail_ink_active" if self.isChecked() else "rail_ink"
        theme.icon(self.entry.icon, ink).paint(painter, QRect(28, 8, 20, 20))
        painter.setPen(theme.colour(ink))
        painter.setFont(theme.font(theme.tokens.font.tiny))
        space = QRect(9, 30, 58, 18)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, space.width())
        painter.drawText(space, Qt.AlignmentFlag.AlignCenter, text)
        if self._badge:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        text = str(self._badge) if self._badge < 100 else "99+"  # noqa: PLR2004 - two digits fit
        painter.setFont(self._theme.font(10, bold=True))
        width = max(16, painter.fontMetrics().horizontalAdvance(text) + 8)
        spot = QRectF(62 - width + 4, 4, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("dot_alarm"))
        painter.drawRoundedRect(spot, 8, 8)
        painter.setPen(Qt.GlobalColor.white)
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, text)

    def _repaint(self) -> None:
        self.update()


class Rail(QWidget):
    """The column of page items; emits the key of the page asked for."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, entries: Sequence[RailEntry]) -> None:
        """Lay out `entries`, those marked at the bottom below the gap."""
        super().__init__()
        self.setProperty("rail", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(_Logo(theme))
        self._group = QButtonGroup(self)
        self.items: dict[str, RailItem] = {}
        for entry in (e for e in entries if not e.at_bottom):
            column.addWidget(self._make(theme, entry))
        column.addStretch(1)
        for entry in (e for e in entries if e.at_bottom):
            column.addWidget(self._make(theme, entry))
        self._group.buttonClicked.connect(self._clicked)

    def set_titles(self, titles: dict[str, str]) -> None:
        """Name the items by page key, e.g. after a language switch."""
        for number, (key, item) in enumerate(self.items.items(), start=1):
            item.setText(titles[key])
            item.setAccessibleName(titles[key])
            shortcut = f"  Ctrl+{number}" if number < 10 else ""  # noqa: PLR2004 - Ctrl+1 … 9
            item.setToolTip(plain_tip(titles[key] + shortcut))

    def select(self, key: str) -> None:
        """Mark the page that is shown; a key without an item leaves all unmarked."""
        self._group.setExclusive(False)
        for name, item in self.items.items():
            item.setChecked(name == key)
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens the focused item as Space does."""
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, RailItem):
            self.chosen.emit(focused.entry.key)
            return
        super().keyPressEvent(event)

    def _make(self, theme: Theme, entry: RailEntry) -> RailItem:
        item = RailItem(theme, entry)
        self._group.addButton(item)
        self.items[entry.key] = item
        return item

    def _clicked(self, item: QAbstractButton) -> None:
        if isinstance(item, RailItem):
            self.chosen.emit(item.entry.key)
