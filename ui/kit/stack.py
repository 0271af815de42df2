"""A scrolling stack of lines with hairlines between them, for a few dozen rows that hold buttons."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui.kit.card import rule


class LineStack(QScrollArea):
    """Shows the widgets given last; older ones are let go."""

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader calls the list."""
        super().__init__()
        self.setAccessibleName(name)
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
        while (item := self._lines.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for line in lines:
            self._lines.addWidget(rule())
            self._lines.addWidget(line)
        self._lines.addStretch(1)
