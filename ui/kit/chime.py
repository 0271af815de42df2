"""A scan is heard: one tone for found, two for not; whoever looks at the goods need not look at the screen."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

_BETWEEN_MS = 180


class Chime(QObject):
    """Sounds the system's own tone, whose loudness the user has set already."""

    def __init__(self, *, on: bool = True) -> None:
        """`on` is what the settings say."""
        super().__init__()
        self.on = on
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_BETWEEN_MS)
        self._again.timeout.connect(QApplication.beep)

    def sound(self, *, found: bool) -> None:
        """One tone, or two where nothing was found."""
        if not self.on:
            return
        QApplication.beep()
        if not found:
            self._again.start()
