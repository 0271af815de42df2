"""F1: every shortcut on one sheet."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.buttons import button
from ui.kit.text import label

_LINES = 20  # what a screen of 768 px holds, with the title and the button


def page_lines(pages: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> list[tuple[str, str]]:
    """(keys, words) for the sheet, of pages by title with their own; what several pages have alike is one line."""
    titles: dict[tuple[str, str], list[str]] = {}
    for title, own in pages:
        for line in own:
            titles.setdefault(line, []).append(title)
    return [(keys, f"{' / '.join(titles[keys, words])} · {words}") for keys, words in titles]


class ShortcutSheet(QDialog):
    """Lists keys and what they do, in columns that a small screen holds."""

    def __init__(self, parent: QWidget, shortcuts: Sequence[tuple[str, str]]) -> None:
        """Show (keys, words) pairs."""
        super().__init__(parent)
        self.setWindowTitle(QCoreApplication.translate("ShortcutSheet", "快捷键"))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(14)
        column.addWidget(label(self.windowTitle(), "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(9)
        for place, (keys, words) in enumerate(shortcuts):
            column_no, line = divmod(place, _LINES)
            grid.addWidget(label(keys, "keycap"), line, column_no * 3)
            grid.addWidget(label(words), line, column_no * 3 + 1)
            if column_no:
                grid.setColumnMinimumWidth(column_no * 3 - 1, 26)
        column.addLayout(grid)
        foot = QHBoxLayout()
        foot.addStretch(1)
        self.close_button = button(QCoreApplication.translate("ShortcutSheet", "关闭"), "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
