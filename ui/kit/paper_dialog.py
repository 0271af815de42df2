"""A sheet of paper on screen: read it, print it, or keep it as a PDF; all by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog, QTextEdit, QVBoxLayout, QWidget

from ui.kit.buttons import button
from ui.kit.card import row
from ui.kit.paper import STYLE, new_paper_printer, paper_document, paper_pdf, print_paper

_WIDTH, _HEIGHT, _EDGE = 520, 640, 20
#: Asks for a file (the dialog, the proposed name), and calls back with it unless it was cancelled.
AskFile = Callable[[QWidget, str, Callable[[Path], None]], None]


class PaperDialog(QDialog):
    """Shows a sheet. `left` says that it left the screen: `print` or `save`."""

    left = Signal(str)

    def __init__(self, parent: QWidget, title: str, html: str, name: str, ask_file: AskFile | None = None) -> None:
        """`html` is the sheet, `name` the file name proposed for the PDF."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.resize(_WIDTH, _HEIGHT)
        self._title, self.html, self._name = title, html, name
        self._ask_file = ask_file or _ask_file
        self.sheet = QTextEdit()
        self.sheet.setReadOnly(True)  # every word in it was escaped where the sheet was written
        self.sheet.setAccessibleName(title)
        self.sheet.document().setDefaultFont(paper_document("").defaultFont())
        self.sheet.document().setDefaultStyleSheet(STYLE)
        self.sheet.document().setDocumentMargin(_EDGE)
        self.sheet.setStyleSheet("QTextEdit { background: #FFFFFF; color: #1D2321; }")
        palette = self.sheet.palette()
        palette.setColor(QPalette.ColorRole.Text, "#1D2321")
        self.sheet.setPalette(palette)
        self.sheet.setHtml(html)
        self.print = button(QCoreApplication.translate("PaperDialog", "打印…"), "primary")
        self.save = button(QCoreApplication.translate("PaperDialog", "存为 PDF…"))
        self.close_button = button(QCoreApplication.translate("PaperDialog", "关闭"))
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.close_button.clicked.connect(self.reject)
        for keys, deed in (("Ctrl+P", self._print), ("Ctrl+S", self._save)):
            QShortcut(QKeySequence(keys), self).activated.connect(deed)
        self.print.setToolTip("Ctrl+P")
        self.save.setToolTip("Ctrl+S")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 14)
        column.addWidget(self.sheet)
        column.addWidget(row(self.close_button, None, self.save, self.print, margins=(0, 4, 0, 0)))
        self.print.setFocus()

    def _print(self) -> None:
        printer = new_paper_printer(self._title)
        dialog = QPrintDialog(printer, self)

        def go() -> None:
            print_paper(self.html, printer)
            self.left.emit("print")

        dialog.accepted.connect(go)
        QDialog.open(dialog)  # QPrintDialog's own `open` wants a receiver

    def _save(self) -> None:
        def write(path: Path) -> None:
            path.write_bytes(paper_pdf(self.html, self._title))
            self.left.emit("save")

        self._ask_file(self, self._name, write)


def _ask_file(parent: QWidget, name: str, then: Callable[[Path], None]) -> None:
    dialog = QFileDialog(parent, QCoreApplication.translate("PaperDialog", "存为 PDF…"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(["PDF (*.pdf)"])
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda file: then(Path(file)))
    dialog.open()
