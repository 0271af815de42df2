"""档案和售后: what head office asks of a client, services and warranties."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from guide_app.clients.custom import NO, YES, Answer
from guide_app.clients.custom import Field as CustomField
from ui.kit.card import SectionTitle
from ui.kit.inline import Edited, InlineEdit
from ui.kit.text import label, plain_tip
from ui.pages.clients.card_words import service_hint, service_kinds
from ui.pages.clients.lines import Deed, Item, LineSection
from ui.pages.clients.photo_dialog import PhotoButton
from ui.pages.clients.view import Ask, ClientView, Said


class AnswerGrid(QWidget):
    """A line each: the field's name and her answer, saved when left. `said` carries each `Said`, `asked` each `Ask`."""

    said = Signal(object)
    asked = Signal(object)

    def __init__(self) -> None:
        """Start without fields."""
        super().__init__()
        self._fields: tuple[CustomField, ...] = ()
        self.inputs: dict[str, InlineEdit | QComboBox | PhotoButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)

    def set_answers(self, answers: tuple[Answer, ...]) -> None:
        """Show the answers; inputs are kept while the fields are the same, so that typing is."""
        fields = tuple(answer.field for answer in answers)
        if fields != self._fields:
            self._rebuild(fields)
        for answer in answers:
            made = self.inputs[answer.field.id]
            if isinstance(made, InlineEdit):
                made.set_value(answer.value)
            elif isinstance(made, PhotoButton):
                made.show_photo(answer.photo, there=bool(answer.value))
            else:
                with QSignalBlocker(made):
                    if made.findData(answer.value) < 0:  # a choice that head office has since taken away
                        made.addItem(answer.value, answer.value)
                    made.setCurrentIndex(made.findData(answer.value))

    def _rebuild(self, fields: tuple[CustomField, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self._fields, self.inputs = fields, {}
        for line, field in enumerate(fields):
            mark = self.tr("仅自己") if field.private else ""
            name = label(" ".join(filter(None, (field.name, mark))), "hint")
            name.setToolTip(plain_tip(field.purpose))
            self._grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignVCenter)
            self.inputs[field.id] = self._input(field)
            self._grid.addWidget(self.inputs[field.id], line, 1)

    def _input(self, field: CustomField) -> InlineEdit | QComboBox | PhotoButton:
        if field.type == "image":
            return PhotoButton(field.name, lambda: self.asked.emit(Ask("photo", field.id)))
        if field.type in ("choice", "yes_no"):
            chooser = QComboBox()
            chooser.setAccessibleName(field.name)
            chooser.addItem("—", "")
            pairs = (
                ((self.tr("是"), YES), (self.tr("否"), NO))
                if field.type == "yes_no"
                else tuple((choice, choice) for choice in field.choices)
            )
            for text, value in pairs:
                chooser.addItem(text, value)
            chooser.currentIndexChanged.connect(lambda _n: self.said.emit(Said(field.id, chooser.currentData())))
            return chooser
        placeholder = {"date": "2026-11-22", "number": "0"}.get(field.type, "—")
        made = InlineEdit(field.name, placeholder=placeholder)
        made.edited.connect(partial(self._typed, field.id))
        return made

    def _typed(self, field_id: str, edit: Edited) -> None:
        self.said.emit(Said(field_id, edit.after))


class FileTab(QWidget):
    """Answers, services and warranties. `asked` carries each `Ask`, `said` each `Said`."""

    asked = Signal(object)
    said = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.title = SectionTitle(self.tr("档案"))
        self.answers = AnswerGrid()
        self.answers.said.connect(self.said)
        self.answers.asked.connect(self.asked)
        self.services = LineSection(
            self.tr("售后"), "service.add", self.tr("+ 售后"), self.tr("没有维修、换货或投诉。")
        )
        self.services.asked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(10)
        for widget in (self.title, self.answers, self.services):
            column.addWidget(widget)
        column.addStretch(1)

    def show_view(self, view: ClientView) -> None:
        """Show a client's."""
        self.title.setVisible(bool(view.card.answers))
        self.answers.set_answers(view.card.answers)
        kinds = service_kinds()
        items = [
            Item(
                row.id, f"{kinds[row.kind]} · {row.title}", service_hint(row),
                (Deed(self.tr("办好了"), "service.done", self.tr("办好了: {title}").format(title=row.title)),)
                if row.state == "open" else (),
            )
            for row in view.card.services
        ]  # fmt: skip
        items += [
            Item("", f"{kinds['warranty']} · {one.title}",
                 self.tr("{bought} 购买, 保到 {until}").format(bought=one.bought, until=one.until))
            for one in view.card.warranties
        ]  # fmt: skip
        self.services.set_items(items)
