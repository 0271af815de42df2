"""The list of clients, that nobody is on it, or that nobody was found: who was typed can then be added at once."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from ui.kit.empty import EmptyState
from ui.kit.theme import Theme

_SHOWN = 16  # letters of what was typed: more would widen the column
_WIDEST = 200  # px: the column in the narrowest window


class FoundStack(QStackedWidget):
    """Shows `rows`; where a search found nobody, it says so instead. `add_asked` carries what was typed."""

    add_asked = Signal(str)

    def __init__(self, theme: Theme, rows: QWidget) -> None:
        """Start with the list."""
        super().__init__()
        self._typed = ""
        self._rows = rows
        hint = QCoreApplication.translate("FoundStack", "换个写法再找, 或现在就为她建档。")
        self._hint = hint
        self.nobody = EmptyState(theme, "clients", "", hint, " ", widest=_WIDEST)
        # What is seldom shown does not say how narrow the list may become.
        self.nobody.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.nobody.action.clicked.connect(self.add)
        self.addWidget(rows)
        self.addWidget(self.nobody)

    def show_found(self, typed: str, count: int) -> None:
        """Show the list of `count` clients, or that nobody goes by what was `typed`."""
        self._typed = "" if count else typed.strip()
        if not self._typed:
            self.setCurrentWidget(self._rows)
            return
        text = self._typed if len(self._typed) <= _SHOWN else f"{self._typed[:_SHOWN]}…"
        title = self.tr("没有找到「{text}」").format(text=text)
        self.nobody.say(title, self._hint, self.tr("新建客户「{text}」 (Enter)").format(text=text))
        self.setCurrentWidget(self.nobody)

    def show_list(self, count: int) -> None:
        """Show a list of `count` clients that nobody searched in, or what to do where there is none."""
        self._typed = ""
        if not count:
            hint = self.tr("换一份名单看看; 按 Ctrl+N 新增, 或导入。")
            self.nobody.say(self.tr("这里还没有客户"), hint, "")
        self.setCurrentWidget(self._rows if count else self.nobody)

    def add(self) -> None:
        """Ask for a new client with what was typed; nothing where somebody was found."""
        if self._typed:
            self.add_asked.emit(self._typed)
