"""A script of the guide's own: title, scene, words with variables, and for whom it is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from guide_app.flows.filling import VARIABLES
from guide_app.followup.scripts import LibraryScript
from ui.kit.buttons import button
from ui.kit.desk_page import DeskPage
from ui.kit.form import form_of
from ui.kit.pill import PillButton
from ui.kit.text import label
from ui.kit.work import Job, Undo, Undoable


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
        form = form_of(self)
        for text, field in ((self.tr("标题"), self.title), (self.tr("场景"), self.scene), (self.tr("内容"), self.body)):
            field.setAccessibleName(text)
            form.addRow(text, field)
        form.addRow("", self._variables())
        form.addRow("", self.shared)
        self.save = button(self.tr("保存"), "primary")
        self.save.setDefault(True)
        self.cancel = button(self.tr("取消"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
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


class OwnScripts(QObject):
    """Writes, changes and deletes the guide's own scripts over a page."""

    kept = Signal(str)
    """Id of a script that was written or changed."""

    def __init__(
        self, page: DeskPage, current: Callable[[], LibraryScript | None], scenes: Callable[[], Sequence[str]]
    ) -> None:
        """`current` is the script looked at, `scenes` what is offered for a new one, the likeliest first."""
        super().__init__(page)
        self._page, self._current, self._scenes = page, current, scenes

    def write(self) -> None:
        """Ask for a new one."""
        self._ask(None)

    def edit(self) -> None:
        """Change the one looked at, if it is hers."""
        script = self._current()
        if script is not None and script.mine:
            self._ask(script)

    def drop(self) -> None:
        """Delete the one looked at, if it is hers; it can be taken back."""
        script, actor, scripts = self._current(), self._page.actor, self._page.desk.scripts
        if script is None or not script.mine:
            return
        words = self.tr("已删除「{title}」").format(title=script.title)

        def write(_job: Job) -> Undoable[None]:
            scripts.drop(script.id, actor)
            return Undoable(None, Undo(words, lambda _j: scripts.bring_back(script.id, actor)))

        self._page.work.change(write, owner=self, title=self.tr("删除话术"))

    def _ask(self, script: LibraryScript | None) -> None:
        scripts, actor = self._page.desk.scripts, self._page.actor
        dialog = OwnScriptDialog(self._page, self._scenes(), script)

        def write() -> None:
            said = dialog.scene.currentText(), dialog.title.text(), dialog.body.toPlainText()
            shared = dialog.shared.isChecked()

            def deed(_job: Job) -> str:
                if script is None:
                    return scripts.keep(*said, actor, shared=shared)
                scripts.change(script.id, *said, actor, shared=shared)
                return script.id

            self._page.work.change(deed, owner=self, done=self.kept.emit, title=self.tr("保存话术"))

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(write)
        dialog.open()
