"""The least there is: a PySide6 window with one line of text. Prints a line at its first paint, stays till told."""

import sys

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class FirstPaint(QObject):
    """Tells of the first paint of what it watches."""

    told = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Print once."""
        if event.type() == QEvent.Type.Paint and not self.told:
            self.told = True
            print("painted", flush=True)
            print("ready", flush=True)
            if "--stay" not in sys.argv:
                app.quit()
        return False


app = QApplication(["bare"])
window = QMainWindow()
label = QLabel("导购台")
window.setCentralWidget(label)
window.resize(1280, 800)
watch = FirstPaint()
label.installEventFilter(watch)
window.show()
sys.exit(app.exec())
