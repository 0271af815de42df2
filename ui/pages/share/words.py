"""The text of the message: from a script or plain, free to edit, never sent with a variable left in it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from guide_app.sharing.caption import fill, forbidden, unfilled
from guide_app.sharing.queries import ScriptRow
from ui.kit.text import label

_PLAIN = ""


class WordsBox(QWidget):
    """The editor; `script`, the chooser of scripts, is put where the page has room for it.

    What the guide typed is kept when client or product change.
    """

    changed = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._bodies: dict[str, str] = {}
        self._plain = ""
        self._values: Mapping[str, str] = {}
        self._shown = ""
        self.script = QComboBox()
        self.script.setAccessibleName(self.tr("话术"))
        self.script.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.script.setMaximumWidth(200)
        self.script.addItem(self.tr("简短介绍"), _PLAIN)
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(self.tr("文案"))
        self.editor.setPlaceholderText(self.tr("写给客户的话"))
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(84)
        self.hint = label("", "warn", wrap=True)
        self.hint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.editor, self.hint):
            column.addWidget(widget)
        self.script.activated.connect(self._pick)
        self.editor.textChanged.connect(self._typed)

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self.editor.toPlainText().strip()

    @property
    def problem(self) -> str:
        """Why these words cannot be sent; empty if they can."""
        left, barred = unfilled(self.text), forbidden(self.text)
        if left:
            return self.tr("还没填: {names}。选好客户和券, 或改掉这几个字。").format(names=" ".join(left))
        if barred:
            return self.tr("广告法不许用「{words}」, 请换个说法。").format(words="」「".join(barred))
        return "" if self.text else self.tr("文案是空的。")

    def set_scripts(self, scripts: Sequence[ScriptRow]) -> None:
        """Offer these scripts after the plain words; the one chosen stays chosen."""
        self._bodies = {script.id: script.body for script in scripts}
        before = self.script.currentData()
        while self.script.count() > 1:
            self.script.removeItem(1)
        for script in scripts:
            self.script.addItem(" · ".join(filter(None, (script.scene, script.title))), script.id)
        self.script.setCurrentIndex(max(0, self.script.findData(before)))
        self._follow()

    def set_facts(self, plain: str, values: Mapping[str, str]) -> None:
        """The plain words and the values of the scripts' variables; empty values leave the variable standing."""
        self._plain, self._values = plain, values
        self._follow()

    def _follow(self) -> None:
        """Write anew what the guide has not touched."""
        if self.editor.toPlainText() == self._shown:
            self._write()

    def _pick(self) -> None:
        self._write()
        self.editor.setFocus()

    def _write(self) -> None:
        body = self._bodies.get(self.script.currentData() or _PLAIN)
        self._shown = self._plain if body is None else fill(body, self._values)
        if self.editor.toPlainText() != self._shown:
            self.editor.setPlainText(self._shown)
        self._typed()

    def _typed(self) -> None:
        problem = self.problem if self.text else ""
        self.hint.setText(problem)
        self.hint.setVisible(bool(problem))
        self.changed.emit()
