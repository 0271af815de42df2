"""Tag pills: to read, and to press as a filter."""

from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy

from ui.kit.text import make_plain, restyle


class Pill(QLabel):
    """Small rounded label in a tone (accent, gold, blue, warm, red, grey)."""

    def __init__(self, text: str, tone: str = "grey") -> None:
        """Show `text`."""
        super().__init__(text)
        make_plain(self)
        self.setIndent(0)
        self.setProperty("pill", True)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class PillButton(QPushButton):
    """A pill to press; a checkable one turns to the accent tone when on."""

    def __init__(self, text: str, tone: str = "grey", *, checkable: bool = False) -> None:
        """Show `text`; with `checkable` it stays on until pressed again."""
        super().__init__(text.replace("&", "&&"))
        self._tone = tone
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setProperty("pill", True)
        self.setProperty("tone", tone)
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if checkable:
            self.toggled.connect(self._toned)

    def _toned(self, on: bool) -> None:
        restyle(self, tone="accent" if on else self._tone)
