"""Where the parts of the share page stand, and which keys are its own."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.card import Card

_LEFT, _RIGHT = (238, 264), (314, 356)


def lay_out(
    page: QWidget, above: QWidget, choosing: tuple[QWidget, QWidget, QWidget], stage: QWidget, side: QWidget
) -> None:
    """`choosing` at the left (its middle one takes the room), the stage, `side` at the right; `above` over all."""
    left = Card()
    first, finder, last = choosing
    left.add_row(first)
    left.fill(finder)
    left.add_row(last)
    for pane, (least, most) in ((left, _LEFT), (side, _RIGHT)):
        pane.setMinimumWidth(least)
        pane.setMaximumWidth(most)
    columns = QHBoxLayout()
    columns.setSpacing(14)
    columns.addWidget(left, 5)
    columns.addWidget(stage, 9)
    columns.addWidget(side, 7)
    down = QVBoxLayout(page)
    down.setContentsMargins(0, 0, 0, 0)
    down.setSpacing(10)
    down.addWidget(above)
    down.addLayout(columns, 1)


def bind(page: QWidget, keys: str, deed: Callable[[], object]) -> None:
    """Let `keys` do `deed` wherever the focus is on the page."""
    shortcut = QShortcut(QKeySequence(keys), page)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(deed)
