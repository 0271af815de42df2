"""Buttons in the house's kinds. Those with only an icon must be given a name that a screen reader can say."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from ui.kit.text import plain_tip
from ui.kit.theme import Theme


def button(text: str, kind: str = "secondary", *, tip: str = "", big: bool = False) -> QPushButton:
    """Push button; `kind` is primary, secondary, quiet, danger or link. `&` in `text` is shown, not a mnemonic."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("kind", kind)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if big:
        made.setProperty("big", True)
    if tip:
        made.setToolTip(plain_tip(tip))
    return made


class IconButton(QPushButton):
    """A quiet square button with an icon; `name` is its tool tip and accessible name."""

    def __init__(self, theme: Theme, icon: str, name: str, ink: str = "ink_2") -> None:
        """Draw icon `icon` in token colour `ink`; raises `ValueError` without a name."""
        super().__init__()
        if not name:
            raise ValueError("an icon button needs a name")
        self._theme, self._icon, self._ink = theme, icon, ink
        self.setProperty("kind", "quiet")
        self.setProperty("icon_only", True)
        self.setAutoDefault(False)
        self.setIconSize(QSize(18, 18))
        self.rename(name)
        self._redraw()
        theme.changed.connect(self._redraw)

    def rename(self, name: str) -> None:
        """Change tool tip and accessible name, e.g. after a language switch."""
        self.setToolTip(plain_tip(name))
        self.setAccessibleName(name)

    def _redraw(self) -> None:
        self.setIcon(self._theme.icon(self._icon, self._ink))


class IconTextButton(QPushButton):
    """A button of any kind with an icon before its text."""

    def __init__(self, theme: Theme, icon: str, text: str, kind: str = "secondary") -> None:
        """Draw icon and text; the icon's colour follows the kind."""
        super().__init__(text.replace("&", "&&"))
        self._theme, self._icon = theme, icon
        self._ink = {"primary": "on_accent", "danger": "on_accent", "link": "accent_text"}.get(kind, "ink_2")
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setAutoDefault(False)
        self.setIconSize(QSize(16, 16))
        self._redraw()
        theme.changed.connect(self._redraw)

    def _redraw(self) -> None:
        self.setIcon(self._theme.icon(self._icon, self._ink))


def keyed_button(theme: Theme, icon: str, text: str, keys: str, kind: str = "secondary") -> IconTextButton:
    """A button that tells its keys: in its tip, and to screen readers."""
    made = IconTextButton(theme, icon, text, kind)
    made.setAccessibleDescription(keys)
    made.setToolTip(plain_tip(f"{text} ({keys})"))
    made.setMinimumHeight(34)
    return made
