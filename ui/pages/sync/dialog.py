"""What can be done about a refused change: correct and hand in again, export, or give it up."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from guide_app.base.errors import InvalidInputError
from guide_app.sync.parked import corrected
from guide_app.sync.queries import ParkedChange
from ui.kit.buttons import button
from ui.kit.problems import problem_words
from ui.kit.scroll import scrolled
from ui.kit.text import label
from ui.pages.sync.editors import Editor, make_editor
from ui.pages.sync.remedies import remedy
from ui.pages.sync.words import change_words, field_words, value_words

_FORM_MOST = 380
# A store known here by its id only; the title names it.
_SAID_IN_TITLE = frozenset({"from_store"})


class ParkedDialog(QDialog):
    """Shows one refused change, and lets its fields be corrected and checked before it is handed in again."""

    resubmitted = Signal(object)
    """The corrected fields, by name."""
    export_asked = Signal()
    given_up = Signal()
    requests_asked = Signal()
    """Please show where holds and transfers are asked for and answered."""

    def __init__(self, parent: QWidget, parked: ParkedChange, guides: Mapping[str, str]) -> None:
        """Show `parked`; `guides` names guides by id."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("未能上交"))
        self.setMinimumWidth(480)
        self._parked = parked
        self.editors: dict[str, Editor] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        column.addWidget(label(change_words(parked.change).title, "section", wrap=True))
        column.addWidget(label(problem_words(parked.code), "warn", wrap=True))
        note = self._offices_words()
        if note:
            column.addWidget(label(note, "hint", wrap=True, selectable=True))
        self._remedy = remedy(parked.change.kind, parked.code)
        column.addWidget(label(self._remedy.words, "muted", wrap=True))
        column.addWidget(self._form(guides))
        self.wrong = label("", "danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.resubmit = button(self.tr("修改后重交") if self.editors else self.tr("原样重交"), "primary")
        self.requests = button(self.tr("留货与调货"), "secondary" if self._remedy.again else "primary")
        self.export = button(self.tr("导出…"))
        self.give_up = button(self.tr("放弃…"))
        self.later = button(self.tr("以后再说"))
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.give_up)
        line.addWidget(self.export)
        line.addStretch(1)
        line.addWidget(self.later)
        line.addWidget(self.requests)
        line.addWidget(self.resubmit)
        self.requests.setVisible(self._remedy.requests)
        self.resubmit.setVisible(self._remedy.again)
        self.requests.clicked.connect(self.requests_asked)
        self.later.clicked.connect(self.reject)
        self.export.clicked.connect(self.export_asked)
        self.give_up.clicked.connect(self.given_up)
        self.resubmit.clicked.connect(self._hand_in)
        return line

    def changes(self) -> dict[str, Any]:
        """The fields that were corrected. Raises InvalidInputError, `field.NAME` as its code."""
        typed: dict[str, Any] = {}
        for name, editor in self.editors.items():
            try:
                typed[name] = editor.read()
            except (InvalidInputError, ValueError) as e:
                raise InvalidInputError(f"field.{name}", str(e)) from e
        return {name: value for name, value in typed.items() if value != self._parked.data[name]}

    def _offices_words(self) -> str:
        """What head office added in its own words, or which field it meant."""
        detail = self._parked.detail
        if not detail:
            return ""
        if detail in self._parked.data:
            return self.tr("总部不接受的是「{field}」。").format(field=field_words(detail))
        return self.tr("总部说明：{words}").format(words=detail)

    def _hand_in(self) -> None:
        try:
            changes = self.changes()
            corrected(self._parked.change.kind, self._parked.data, changes)
        except InvalidInputError as e:
            self._complain(e.code.rpartition(".")[2] if e.code.startswith("field.") else "phone")
            return
        self.resubmitted.emit(changes)

    def _complain(self, name: str) -> None:
        self.wrong.setText(self.tr("「{field}」填得不对，请改正后重交。").format(field=field_words(name)))
        self.wrong.show()
        editor = self.editors.get(name)
        if editor is not None:
            editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form(self, guides: Mapping[str, str]) -> QWidget:
        inner = QWidget()
        form = QFormLayout(inner)
        form.setContentsMargins(0, 0, 6, 0)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(7)
        for name, value in self._parked.data.items():
            words = field_words(name)
            editor = make_editor(self._parked.change.kind, name, value, guides) if self._remedy.again else None
            if editor is not None:
                self.editors[name] = editor
                form.addRow(label(words, "hint"), editor.widget)
            elif words != name and name not in _SAID_IN_TITLE and (not name.endswith("_id") or name == "guide_id"):
                form.addRow(label(words, "hint"), label(value_words(name, value, guides), selectable=True))
        return _scrolled(inner)


def _scrolled(inner: QWidget) -> QWidget:
    """A form as high as it needs, up to a limit from which on it scrolls."""
    area = scrolled(inner, by_keys=True)
    area.setFixedHeight(min(inner.sizeHint().height(), _FORM_MOST))
    return area
