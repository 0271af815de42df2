"""What can be done about a refused change: correct and hand in again, export, or give it up."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from guide_app.base.errors import InvalidInputError
from guide_app.base.money import parse_yuan
from guide_app.sync.queries import ParkedChange
from ui.kit.buttons import button
from ui.kit.text import label
from ui.pages.sync.words import change_words, field_words, value_words, way_out

_FIXED = ("code", "coupon_code", "kind", "status", "origin", "sex", "contact_state", "birth_calendar")
_AMOUNT = "amount_fen"


def is_editable(name: str, value: object) -> bool:
    """Whether a person may correct this field in a line of text: words and amounts, no ids, codes or choices."""
    return name == _AMOUNT or (isinstance(value, str) and not name.endswith("_id") and name not in _FIXED)


class ParkedDialog(QDialog):
    """Shows one refused change, and lets its plain fields be corrected."""

    resubmitted = Signal(object)
    """The corrected fields, by name."""
    export_asked = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget, parked: ParkedChange, guides: Mapping[str, str]) -> None:
        """Show `parked`; `guides` names guides by id."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("未能上交"))
        self.setMinimumWidth(460)
        self._parked = parked
        self._fields: dict[str, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        column.addWidget(label(change_words(parked.change).title, "section", wrap=True))
        column.addWidget(label(parked.sentence, "warn", wrap=True))
        column.addWidget(label(way_out(parked.code), "muted", wrap=True))
        column.addLayout(self._form(parked.data, guides))
        self.wrong = label("", "danger", wrap=True)
        self.wrong.hide()
        column.addWidget(self.wrong)
        self.resubmit = button(self.tr("修改后重交") if self._fields else self.tr("原样重交"), "primary")
        self.export = button(self.tr("导出 JSON"))
        self.give_up = button(self.tr("放弃…"))
        self.later = button(self.tr("以后再说"))
        line = QHBoxLayout()
        line.setContentsMargins(0, 8, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.give_up)
        line.addWidget(self.export)
        line.addStretch(1)
        line.addWidget(self.later)
        line.addWidget(self.resubmit)
        column.addLayout(line)
        self.later.clicked.connect(self.reject)
        self.export.clicked.connect(self.export_asked)
        self.give_up.clicked.connect(self.given_up)
        self.resubmit.clicked.connect(self._hand_in)

    def changes(self) -> dict[str, Any]:
        """The fields that were corrected. Raises InvalidInputError for an amount that is none."""
        typed = {
            name: parse_yuan(field.text()) if name == _AMOUNT else field.text().strip()
            for name, field in self._fields.items()
        }
        return {name: value for name, value in typed.items() if value != self._parked.data[name]}

    def _hand_in(self) -> None:
        try:
            changes = self.changes()
        except InvalidInputError as e:
            self.wrong.setText(str(e))
            self.wrong.show()
            return
        self.resubmitted.emit(changes)

    def _form(self, data: Mapping[str, Any], guides: Mapping[str, str]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(7)
        for name, value in data.items():
            words = field_words(name)
            if is_editable(name, value):
                field = QLineEdit(value_words(name, value, guides) if name == _AMOUNT else value)
                field.setAccessibleName(words)
                self._fields[name] = field
                form.addRow(label(words, "hint"), field)
            elif words != name and not (name.endswith("_id") and not name.endswith("guide_id")):
                form.addRow(label(words, "hint"), label(value_words(name, value, guides), selectable=True))
        return form
