"""What the user chose for this PC: look, language, minutes until the lock. Kept in `window.ini`."""

from PySide6.QtCore import QSettings

from ui.kit.burst import Ending, GunSetup
from ui.kit.i18n import Tongue
from ui.kit.theme import Mode

IDLE_CHOICES = (0, 1, 3, 5, 10, 30)
"""Minutes to choose from; 0 never locks."""
_IDLE_DEFAULT = 5
_MODE, _TONGUE, _IDLE = "look/theme", "look/language", "lock/idle_minutes"
_PREFIX, _SUFFIX, _ENDING, _SOUND = "scanner/prefix", "scanner/suffix", "scanner/ending", "scanner/sound"


class Preferences:
    """Reads and writes the choices. What the file holds that is no choice counts as not chosen."""

    def __init__(self, settings: QSettings) -> None:
        """Keep them in `settings`."""
        self._settings = settings

    @property
    def mode(self) -> Mode:
        """Light, dark, or as the system."""
        value = str(self._settings.value(_MODE, Mode.AUTO.value))
        return Mode(value) if value in list(Mode) else Mode.AUTO

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._write(_MODE, mode.value)

    @property
    def tongue(self) -> Tongue:
        """Language of the interface."""
        value = str(self._settings.value(_TONGUE, Tongue.ZH.value))
        return Tongue(value) if value in list(Tongue) else Tongue.ZH

    @tongue.setter
    def tongue(self, tongue: Tongue) -> None:
        self._write(_TONGUE, tongue.value)

    @property
    def idle_minutes(self) -> int:
        """Minutes without input until the window locks; 0 for never."""
        value = str(self._settings.value(_IDLE, _IDLE_DEFAULT))
        return int(value) if value.isascii() and value.isdigit() and int(value) in IDLE_CHOICES else _IDLE_DEFAULT

    @idle_minutes.setter
    def idle_minutes(self, minutes: int) -> None:
        self._write(_IDLE, minutes)

    @property
    def gun(self) -> GunSetup:
        """How the scanner gun of this PC is programmed."""
        ending: Ending = "pause" if self._settings.value(_ENDING) == "pause" else "key"
        return GunSetup(str(self._settings.value(_PREFIX, "")), str(self._settings.value(_SUFFIX, "")), ending)

    @gun.setter
    def gun(self, gun: GunSetup) -> None:
        self._write(_PREFIX, gun.prefix)
        self._write(_SUFFIX, gun.suffix)
        self._write(_ENDING, gun.ending)

    @property
    def scan_sound(self) -> bool:
        """Whether a scan is heard."""
        return str(self._settings.value(_SOUND, "on")) != "off"

    @scan_sound.setter
    def scan_sound(self, on: bool) -> None:
        self._write(_SOUND, "on" if on else "off")

    def _write(self, key: str, value: object) -> None:
        self._settings.setValue(key, value)
        self._settings.sync()  # at once: a shop PC is switched off at the wall
