"""Writing onto the timeline: what was said, of which kind, for whose eyes."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.phrase import Phrase
from guide_app.base.tag_words import TagGuard
from ui.kit.flow import FlowLayout
from ui.kit.i18n import say
from ui.kit.inline import Field
from ui.kit.pill import PillButton
from ui.kit.text import label
from ui.pages.clients.view import NewNote

# The kinds of what is written, in the order of the keys ↑ and ↓.
KINDS = ("note", "call", "visit", "message")


class _NoteField(Field):
    """One line; ↑ and ↓ change the kind. `stepped` carries -1 or 1."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take the arrows that a single line has no use for."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class NoteLine(QWidget):
    """The field, its kind as four pills, and whether it is the author's own. `written` carries each `NewNote`."""

    written = Signal(object)

    def __init__(self) -> None:
        """Start with a plain note; nothing is said about its words before there is a `guard`."""
        super().__init__()
        self.guard: TagGuard | None = None
        self.field = _NoteField()
        self.field.setPlaceholderText(self.tr("记一笔: 聊了什么、试了什么, 回车保存, ↑↓ 换种类"))
        self.field.setAccessibleName(self.tr("记一笔"))
        self.field.returnPressed.connect(self._send)
        self.field.stepped.connect(self._step)
        self.field.textChanged.connect(self._heed)
        self.warning = label("", "warn", wrap=True)
        self.warning.hide()
        self.private = PillButton(self.tr("仅自己可见"), "grey", checkable=True)
        names = dict(zip(KINDS, (self.tr("记录"), self.tr("通话"), self.tr("到店"), self.tr("留言")), strict=True))
        group = QButtonGroup(self)
        below = QWidget()
        flow = FlowLayout(below, 5)
        self.kinds: dict[str, PillButton] = {}
        for kind, name in names.items():
            pill = PillButton(name, "grey", checkable=True)
            pill.setAccessibleName(self.tr("记成: {kind}").format(kind=name))
            group.addButton(pill)
            flow.addWidget(pill)
            self.kinds[kind] = pill
        flow.addWidget(self.private)
        self.kinds[KINDS[0]].setChecked(True)
        top = QHBoxLayout()
        top.addWidget(self.field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.warning)
        column.addWidget(below)

    @property
    def kind(self) -> str:
        """The kind that the next line is written as."""
        return next(kind for kind, pill in self.kinds.items() if pill.isChecked())

    def reset(self) -> None:
        """Start anew, for another client."""
        with QSignalBlocker(self.field):
            self.field.setText("")  # unlike `clear`, leaves nothing that Ctrl+Z would bring back
        self.warning.hide()
        self.private.setChecked(False)
        self.kinds[KINDS[0]].setChecked(True)

    def put_back(self, note: NewNote) -> None:
        """Let a line that was not taken be mended, unless another has been begun."""
        if not self.field.text():
            self.field.setText(note.text)
            self.kinds[note.kind].setChecked(True)
            self.private.setChecked(note.private)
            self.field.setFocus()

    def _heed(self, text: str) -> None:
        """Say while she types what the law says of her words; whether they may be kept is judged when she saves."""
        finding = None if self.guard is None or self.kind == "message" else self.guard.judge(text, tag=False)
        self.warning.setVisible(finding is not None)
        if finding is None:
            return
        words = finding.words
        if words.answer == "refuse":
            told = self.tr("「{word}」是敏感信息 ({title}), 门店不能记: {article}")
        elif words.consent == "child":
            told = self.tr("「{word}」是敏感信息 ({title}), 有监护人的同意才能记: {article}")
        else:
            told = self.tr("「{word}」是敏感信息 ({title}), 有她的单独同意才能记: {article}")
        title, article = say(Phrase(words.title)), say(Phrase(words.article))
        self.warning.setText(told.format(word=finding.word, title=title, article=article))

    def _step(self, by: int) -> None:
        self.kinds[KINDS[(KINDS.index(self.kind) + by) % len(KINDS)]].setChecked(True)

    def _send(self) -> None:
        if text := self.field.text().strip():
            note = NewNote(text, self.kind, self.private.isChecked())
            self.reset()
            self.written.emit(note)
