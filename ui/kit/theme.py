"""The look: light and dark from one token file, switched live, following the system when set to auto."""

from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from ui.kit.icons import IconSet
from ui.kit.qss import style_sheet
from ui.kit.resources import resource
from ui.kit.tokens import Colours, Tokens, load_tokens, qcolor


class Mode(StrEnum):
    """What the user chose in settings."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours, fonts and icons of the running application; `changed` carries the new `Colours`.

    Painted widgets take a `Theme` in `__init__`, read `theme.colours` while painting and connect `changed`
    to `update`. Everything else is dressed by the style sheet and needs no code.
    """

    changed = Signal(object)

    def __init__(self, tokens: Tokens, icons: IconSet, marks: Path, mode: Mode = Mode.AUTO) -> None:
        """Take tokens, icons and the folder of check marks and arrows; nothing is applied before `apply`."""
        super().__init__()
        self.tokens = tokens
        self._icons = icons
        self._marks = marks
        self._mode = mode
        self._app: QApplication | None = None
        self._colours = tokens.light
        self._fonts: dict[tuple[int, bool], QFont] = {}

    @property
    def colours(self) -> Colours:
        """Colours of the scheme in force."""
        return self._colours

    @property
    def mode(self) -> Mode:
        """What the user chose."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the dark scheme is in force."""
        return self._colours is self.tokens.dark

    def colour(self, name: str) -> QColor:
        """Return the colour of token `name`; raises `AttributeError` for a name that is no token."""
        value: str = getattr(self._colours, name)
        return qcolor(value)

    def icon(self, name: str, ink: str = "ink_2") -> QIcon:
        """Icon `name` drawn in token colour `ink`; raises `FileNotFoundError` for an unknown name."""
        return self._icons.icon(name, getattr(self._colours, ink))

    def font(self, px: int | None = None, *, bold: bool = False) -> QFont:
        """Interface font at `px` pixels (body size when left out), cached for painters."""
        key = (px or self.tokens.font.body, bold)
        if key not in self._fonts:
            font = QFont()
            font.setFamilies(list(self.tokens.font.families))
            font.setPixelSize(key[0])
            font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
            self._fonts[key] = font
        return self._fonts[key]

    def apply(self, app: QApplication) -> None:
        """Dress the application and, while the mode is auto, follow the system's light or dark setting."""
        self._app = app
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(self.font())
        _system_changed(app).connect(self._refresh)
        self._refresh()

    def set_mode(self, mode: Mode) -> None:
        """Switch between light, dark and auto without a restart."""
        self._mode = mode
        self._refresh()

    def release(self) -> None:
        """Stop following the system and let the icons go; the application keeps its last look."""
        self._icons.clear()
        if self._app is not None:
            _system_changed(self._app).disconnect(self._refresh)
            self._app = None

    def _refresh(self) -> None:
        if self._app is None:
            return
        colours = self.tokens.dark if self._wants_dark(self._app) else self.tokens.light
        self._colours = colours
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(style_sheet(self.tokens, colours, self._marks))
        self.changed.emit(colours)

    def _wants_dark(self, app: QApplication) -> bool:
        if self._mode is Mode.AUTO:
            return app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._mode is Mode.DARK


def _system_changed(app: QApplication) -> SignalInstance:
    signal: SignalInstance = app.styleHints().colorSchemeChanged
    return signal


def palette(c: Colours) -> QPalette:
    """Return the Qt palette of one scheme, for everything that the style sheet does not name."""
    role = QPalette.ColorRole
    result = QPalette()
    for where, value in (
        (role.Window, c.ground),
        (role.WindowText, c.ink),
        (role.Base, c.panel),
        (role.AlternateBase, c.ground),
        (role.Text, c.ink),
        (role.PlaceholderText, c.ink_3),
        (role.Button, c.panel),
        (role.ButtonText, c.ink),
        (role.BrightText, c.red),
        (role.ToolTipBase, c.toast),
        (role.ToolTipText, c.toast_ink),
        (role.Highlight, c.accent),
        (role.HighlightedText, c.on_accent),
        (role.Accent, c.accent),
        (role.Link, c.blue),
        (role.Light, c.panel),
        (role.Midlight, c.hover),
        (role.Mid, c.line),
        (role.Dark, c.line_strong),
        (role.Shadow, c.shadow),
    ):
        result.setColor(where, qcolor(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, where, qcolor(c.ink_3))
    return result


def load_theme(mode: Mode = Mode.AUTO) -> Theme:
    """The shipped theme; call `apply` on it once the application exists."""
    return Theme(load_tokens(resource("theme", "tokens.json")), IconSet(resource("icons")), resource("theme"), mode)
