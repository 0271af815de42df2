"""One table of commands: from it come the shortcuts, the F1 sheet and what Ctrl+K finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.kit.hit import Hit


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can do from anywhere. `words` is asked again after a language switch; `keys` may be empty.

    `page_keys` are those of a page's own deed, which work there alone: it is found by its words, and listed nowhere.
    """

    words: Callable[[], str]
    icon: str
    deed: Callable[[], object]
    keys: str = ""
    page_keys: str = ""


class CommandTable:
    """The commands of one window."""

    def __init__(self, window: QWidget) -> None:
        """Shortcuts work while `window` is active."""
        self._window = window
        self._commands: list[Command] = []
        self._shortcuts: list[QShortcut] = []

    def add(self, commands: Iterable[Command]) -> None:
        """Add commands, in the order in which they are listed."""
        for command in commands:
            self._commands.append(command)
            if command.keys:
                shortcut = QShortcut(QKeySequence(command.keys), self._window)
                shortcut.activated.connect(command.deed)
                self._shortcuts.append(shortcut)

    def enable(self, *, on: bool) -> None:
        """Switch all shortcuts on or off, e.g. while locked."""
        for shortcut in self._shortcuts:
            shortcut.setEnabled(on)

    def find(self, text: str) -> list[Hit]:
        """Commands whose words contain `text`; all but the pages' own for an empty text."""
        hint = QCoreApplication.translate("CommandTable", "命令")
        wanted = [command for command in self._commands if text or not command.page_keys]
        return [
            Hit(words, command.keys or command.page_keys or hint, command.icon, command=command.deed)
            for command, words in ((command, command.words()) for command in wanted)
            if text.casefold() in words.casefold()
        ]

    def sheet(self) -> list[tuple[str, str]]:
        """Pairs of keys and words for the F1 sheet."""
        return [(command.keys, command.words()) for command in self._commands if command.keys]
