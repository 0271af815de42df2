"""How a poster leaves the window: clipboard, drag, file, printer. Handed in, so that tests can stand in for people."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDrag, QGuiApplication, QImage, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

_DRAGGED_WIDTH = 120


class Outlets(Protocol):
    """What asks a person where a poster should go."""

    def ask_file(self, parent: QWidget, title: str, name: str, kinds: list[str], then: Callable[[Path], None]) -> None:
        """Ask for a file to write (`kinds` as Qt's name filters, `name` proposed); call `then` unless cancelled."""
        ...

    def ask_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """Ask for a folder to write into; call `then` unless cancelled."""
        ...

    def show_folder(self, folder: Path) -> None:
        """Show a folder in the system's file manager."""
        ...

    def ask_printer(self, parent: QWidget, printer: QPrinter, then: Callable[[QPrinter], None]) -> None:
        """Let the person choose printer and copies; call `then` unless cancelled."""
        ...

    def drag(self, source: QWidget, data: QMimeData, picture: QImage) -> bool:
        """Drag `data` until it is dropped; whether somebody took it."""
        ...


class QtOutlets:
    """Qt's own dialogs; none of them stops the program while it is open, but the drag does while it lasts."""

    def ask_file(self, parent: QWidget, title: str, name: str, kinds: list[str], then: Callable[[Path], None]) -> None:
        """Ask for a file to write."""
        dialog = QFileDialog(parent, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setNameFilters(kinds)
        dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
        dialog.selectFile(name)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind.rpartition("*.")[2].rstrip(")")))
        dialog.fileSelected.connect(lambda file: then(Path(file)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask_folder(self, parent: QWidget, title: str, then: Callable[[Path], None]) -> None:
        """Ask for a folder to write into."""
        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: then(Path(folder)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def show_folder(self, folder: Path) -> None:
        """Show a folder in the system's file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def ask_printer(self, parent: QWidget, printer: QPrinter, then: Callable[[QPrinter], None]) -> None:
        """Ask for the printer."""
        dialog = QPrintDialog(printer, parent)
        dialog.accepted.connect(lambda: then(printer))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        QDialog.open(dialog)  # QPrintDialog's own `open` wants a receiver

    def drag(self, source: QWidget, data: QMimeData, picture: QImage) -> bool:
        """Drag until dropped."""
        drag = QDrag(source)
        drag.setMimeData(data)
        small = picture.scaledToWidth(_DRAGGED_WIDTH, Qt.TransformationMode.SmoothTransformation)
        drag.setPixmap(QPixmap.fromImage(small))
        drag.setHotSpot(QPoint(_DRAGGED_WIDTH // 2, small.height() // 2))
        return drag.exec(Qt.DropAction.CopyAction) is Qt.DropAction.CopyAction


def picture_data(picture: QImage, file: Path) -> QMimeData:
    """A picture as chats want it: the picture itself, without alpha, and the file that holds it."""
    data = QMimeData()
    data.setImageData(picture.convertToFormat(QImage.Format.Format_RGB888))
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def copy_picture(picture: QImage, file: Path) -> None:
    """Put a picture and its file on the clipboard."""
    QGuiApplication.clipboard().setMimeData(picture_data(picture, file))


def write_file(path: Path, data: bytes) -> Path:
    """Write `data` to `path` whole or not at all; returns the path. Raises OSError."""
    fresh = path.with_name(f"{path.name}.part")
    fresh.write_bytes(data)
    return fresh.replace(path)
