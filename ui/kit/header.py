"""The line at the top of every page: title, subtitle, and the search box."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit.page import Header
from ui.kit.search import SearchBox
from ui.kit.text import ElidedLabel, label


class HeaderBar(QWidget):
    """Title and subtitle at the left, the search box at the right."""

    def __init__(self, search: SearchBox) -> None:
        """Hold `search`, which it does not know further."""
        super().__init__()
        self.setFixedHeight(68)
        line = QHBoxLayout(self)
        line.setContentsMargins(22, 4, 22, 0)
        line.setSpacing(14)
        self.title = label("", "title")
        self.subtitle = ElidedLabel("", "muted")
        line.addWidget(self.title)
        line.addWidget(self.subtitle, 1)
        line.addWidget(search, 1)

    def show_header(self, header: Header) -> None:
        """Show a page's words."""
        self.title.setText(header.title)
        self.subtitle.setText(header.subtitle)
        self.subtitle.setToolTip("")
