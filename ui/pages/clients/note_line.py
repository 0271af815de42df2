"""Writing onto the timeline: what was said, of which kind, for whose eyes."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui.kit.flow import FlowLayout
from ui.kit.inline import Field
from ui.kit.pill import PillButton
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
        """Start with a plain note."""
        super().__init__()
        self.field = _NoteField()
        self.field.setPlaceholderText(self.tr("记一笔: 聊了什么、试了什么, 回车保存, ↑↓ 换种类"))
        self.field.setAccessibleName(self.tr("记一笔"))
        self.field.returnPressed.connect(self._send)
        self.field.stepped.connect(self._step)
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
        column.addWidget(below)

    @property
    def kind(self) -> str:
        """The kind that the next line is written as."""
        return next(kind for kind, pill in self.kinds.items() if pill.isChecked())

    def reset(self) -> None:
        """Start anew, for another client."""
        with QSignalBlocker(self.field):
            self.field.setText("")  # unlike `clear`, leaves nothing that Ctrl+Z would bring back
        self.private.setChecked(False)
        self.kinds[KINDS[0]].setChecked(True)

    def _step(self, by: int) -> None:
        self.kinds[KINDS[(KINDS.index(self.kind) + by) % len(KINDS)]].setChecked(True)

    def _send(self) -> None:
        if text := self.field.text().strip():
            note = NewNote(text, self.kind, self.private.isChecked())
            self.reset()
            self.written.emit(note)
