"""Which file clients are brought from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog

from ui.kit.desk_page import DeskPage
from ui.pages.clients.bring_dialog import ask_about


def ask_file(page: DeskPage) -> None:
    """Ask for a table or a file of vCards, and then what its columns are."""
    dialog = QFileDialog(page, QCoreApplication.translate("BringFile", "导入"), str(Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    kinds = QCoreApplication.translate(
        "BringFile", "客户或小票 (*.csv *.tsv *.txt *.gz *.xlsx *.xls *.ods *.vcf *.json)"
    )
    dialog.setNameFilters([kinds])
    dialog.fileSelected.connect(lambda file: ask_about(page, Path(file)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
