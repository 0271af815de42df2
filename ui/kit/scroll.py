"""Pages that may be higher than the window scroll instead of being squeezed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolled(content: QWidget, *, by_keys: bool = False) -> QScrollArea:
    """Return a frameless area as wide as its place, in which `content` scrolls up and down.

    `by_keys`: the area itself takes the keyboard, for content that is read more than filled in.
    """
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    if not by_keys:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    content.setAutoFillBackground(False)
    return area
