"""Labels that show data as plain text, always: a client called `<b>x</b>` is shown, never interpreted."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """Plain-text label in a style-sheet role (title, section, figure, strong, muted, hint, tiny, accent …)."""
    made = QLabel(text)
    make_plain(made)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if selectable:
        made.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return made


def make_plain(made: QLabel) -> None:
    """Forbid a label to guess that its text is rich."""
    made.setTextFormat(Qt.TextFormat.PlainText)


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set dynamic properties and let the style sheet look at the widget again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class ElidedLabel(QLabel):
    """One line that ends in … when it does not fit; the whole text is in the tool tip and for screen readers."""

    def __init__(self, text: str = "", role: str = "") -> None:
        """Show `text` in style-sheet `role`."""
        super().__init__(text)
        make_plain(self)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Let the label shrink to one character."""
        return QSize(self.fontMetrics().averageCharWidth() * 2, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the text cut to the width there is."""
        painter = QPainter(self)
        space = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, space.width())
        painter.setPen(self.palette().windowText().color())
        painter.drawText(space, self.alignment() | Qt.TextFlag.TextSingleLine, shown)
        if shown != self.text():
            self.setToolTip(plain_tip(self.text()))


def plain_tip(text: str) -> str:
    """Text for a tool tip, which Qt would read as rich text if it looked like it."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>" if escaped != text else text
