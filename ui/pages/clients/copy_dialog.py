"""A copy for the client herself: how she was known, and into which new folder it goes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QWidget

from ui.kit.buttons import button
from ui.kit.text import label
from ui.pages.clients.dialogs import FormDialog


class CopyDialog(FormDialog):
    """There is no copy before it is said how she showed who she is."""

    def __init__(self, parent: QWidget, name: str) -> None:
        """`name` is the client's; the folder starts as a new one among the documents."""
        super().__init__(
            parent,
            QCoreApplication.translate("CopyDialog", "给客户一份副本 (查阅复制)"),
            QCoreApplication.translate("CopyDialog", "制作副本 (会记录)"),
        )
        self.setMinimumWidth(500)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.where = QLineEdit(str(Path(documents) / self.tr("{name} 的个人信息副本").format(name=_plain(name))))
        self.known_by = QComboBox()
        self.known_by.setEditable(True)
        self.known_by.addItems([self.tr("当面, 手机号验证"), self.tr("当面, 出示证件"), self.tr("店长核实")])
        self.known_by.setCurrentIndex(-1)
        pick = button(self.tr("选择…"))
        pick.clicked.connect(self._pick)
        line = QHBoxLayout()
        line.addWidget(self.where, 1)
        line.addWidget(pick)
        self.where.setAccessibleName(self.tr("文件夹"))
        self.known_by.setAccessibleName(self.tr("怎样核实本人"))
        self.form.addRow(self.tr("客户"), label(name))
        self.form.addRow(self.tr("怎样核实本人"), self.known_by)
        self.form.addRow(self.tr("新文件夹"), line)
        told = self.tr("里面是本机关于她的全部记录: 一页可读可打印, 一份给程序读。同事只留给自己的记录只列出是谁的。")
        self.form.addRow(label(told, "hint", wrap=True))
        self.where.textChanged.connect(self._ready)
        self.known_by.editTextChanged.connect(self._ready)
        self.finish()
        self._ready()
        self.known_by.setFocus()

    def folder(self) -> Path:
        """Where the copy goes."""
        return Path(self.where.text().strip())

    def proof(self) -> str:
        """How she showed who she is."""
        return self.known_by.currentText().strip()

    def _pick(self) -> None:
        dialog = QFileDialog(self, self.tr("副本放在哪里"), str(self.folder().parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda chosen: self.where.setText(str(Path(chosen) / self.folder().name)))
        dialog.open()

    def _ready(self) -> None:
        self.go.setEnabled(bool(self.proof() and self.where.text().strip()))


def _plain(name: str) -> str:
    """A name that may stand in a path."""
    return "".join(letter for letter in name if letter not in '\\/:*?"<>|').strip()
