"""A script of the guide's own: title, scene, words with variables, and for whom it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from guide_app.flows.filling import VARIABLES
from guide_app.followup.scripts import LibraryScript
from ui.kit.buttons import button
from ui.kit.pill import PillButton
from ui.kit.text import label


class OwnScriptDialog(QDialog):
    """Fields for a new script or, with `script`, to change one."""

    def __init__(self, parent: QWidget, scenes: Sequence[str], script: LibraryScript | None, body: str = "") -> None:
        """`body`: words to begin a new one with."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("改话术") if script else self.tr("写一条自己的话术"))
        self.setMinimumWidth(480)
        self.title = QLineEdit(script.title if script else "")
        self.title.setMaxLength(300)
        self.scene = QComboBox()
        self.scene.setEditable(True)
        self.scene.addItems(list(scenes))
        self.scene.setCurrentText(script.scene if script else "")
        self.body = QPlainTextEdit(script.body if script else body)
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(110)
        self.shared = QCheckBox(self.tr("本店同事也能用"))
        self.shared.setChecked(script.shared if script else False)
        form = QFormLayout(self)
        form.setContentsMargins(22, 18, 22, 16)
        form.setVerticalSpacing(10)
        for text, field in ((self.tr("标题"), self.title), (self.tr("场景"), self.scene), (self.tr("内容"), self.body)):
            field.setAccessibleName(text)
            form.addRow(text, field)
        form.addRow("", self._variables())
        form.addRow("", self.shared)
        self.save = button(self.tr("保存"), "primary")
        self.save.setDefault(True)
        self.cancel = button(self.tr("取消"))
        foot = QHBoxLayout()
        foot.addWidget(label(self.tr("Ctrl+Enter 保存"), "hint"))
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        form.addRow(foot)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._save)
        self.save.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)
        for changed in (self.title.textChanged, self.body.textChanged):
            changed.connect(self._check)
        self._check()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def _variables(self) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        for name in VARIABLES:
            chip = PillButton(f"{{{name}}}")
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(lambda _=False, text=f"{{{name}}}": self._insert(text))
            line.addWidget(chip)
        line.addStretch(1)
        return made

    def _save(self) -> None:
        if self.save.isEnabled():
            self.accept()

    def _insert(self, text: str) -> None:
        self.body.insertPlainText(text)
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self) -> None:
        self.save.setEnabled(bool(self.title.text().strip() and self.body.toPlainText().strip()))
