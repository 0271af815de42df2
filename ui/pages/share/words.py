"""The text of the message: from a script or plain, free to edit, never sent with a variable left in it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from guide_app.base.phrase import Phrase
from guide_app.protocol.advertising import AdvertisingLaw, Entry, Finding
from guide_app.sharing.caption import fill, unfilled
from guide_app.sharing.queries import ScriptRow
from ui.kit.i18n import quoted, say
from ui.kit.resources import resource
from ui.kit.text import label
from ui.kit.theme import Theme

_PLAIN = ""
_INKS = {"bar": "red", "warn": "warm"}
"""The theme's colours of the underlines."""


class WordsBox(QWidget):
    """The editor; `script`, the chooser of scripts, is put where the page has room for it.

    What the guide typed is kept when client or product change.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self._law = AdvertisingLaw.load(resource("words", "advertising.json"))
        self._bodies: dict[str, str] = {}
        self._plain = ""
        self._values: Mapping[str, str] = {}
        self._settled: set[str] = set()
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
        theme.changed.connect(self._underline)

    @property
    def text(self) -> str:
        """The words as they stand."""
        return self.editor.toPlainText().strip()

    @property
    def problem(self) -> str:
        """Why these words cannot be sent; empty if they can."""
        left, barred = unfilled(self.text), [f for f in self._law.check(self.text) if f.entry.severity == "bar"]
        if left:
            return self.tr("还没填: {names}。选好客户和券, 或改掉这几个字。").format(names=" ".join(left))
        if barred:
            first = barred[0].entry
            return self.tr("{article}不许用「{words}」: {why} {instead}").format(
                words=_words(barred), instead=say(Phrase(first.instead)), **_cited(first)
            )
        return "" if self.text else self.tr("文案是空的。")

    @property
    def doubt(self) -> str:
        """What may be sent, but only if it is true or meant otherwise; empty without such words."""
        doubtful = [f for f in self._law.check(self.text) if f.entry.severity == "warn"]
        if not doubtful:
            return ""
        first = doubtful[0].entry
        return self.tr("「{words}」要当心 ({article}): {why}").format(words=_words(doubtful), **_cited(first))

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The words that want a reason before they are sent, each once; those that were given one are left out."""
        found = [f.word for f in self._law.check(self.text) if f.entry.severity == "warn"]
        return tuple(word for word in dict.fromkeys(found) if word not in self._settled)

    @property
    def script_id(self) -> str | None:
        """The script these words were written with; None for plain ones and for a guide's quite other words."""
        chosen = str(self.script.currentData() or _PLAIN)
        return chosen or None

    def settle(self, words: Sequence[str]) -> None:
        """A reason was given for these words: they may be sent, until the window is closed."""
        self._settled.update(words)

    def choose_script(self, script_id: str) -> bool:
        """Write with this script, as if it was picked; one that is not offered is passed over. Whether it was."""
        place = self.script.findData(script_id)
        if place < 0:
            return False
        self.script.setCurrentIndex(place)
        self._write()
        return True

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
        problem = self.problem or self.doubt if self.text else ""
        self._underline()
        self.hint.setText(problem)
        self.hint.setVisible(bool(problem))
        self.changed.emit()

    def _underline(self) -> None:
        """A wavy line under each word that the law has something to say about."""
        marks = []
        for finding in self._law.check(self.editor.toPlainText()):
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(self._theme.colour(_INKS[finding.entry.severity]))
            cursor = QTextCursor(self.editor.document())
            cursor.setPosition(finding.start)
            cursor.setPosition(finding.end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor, mark.format = cursor, look
            marks.append(mark)
        self.editor.setExtraSelections(marks)


def _words(findings: Sequence[Finding]) -> str:
    return quoted(dict.fromkeys(finding.word for finding in findings))


def _cited(entry: Entry) -> dict[str, str]:
    """Article and reason, in the language in force."""
    return {"article": say(Phrase(entry.article)), "why": say(Phrase(entry.why))}
