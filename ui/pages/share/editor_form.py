"""The properties of one element of a template, each with its own field. Everything by keyboard."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QFormLayout, QLineEdit, QWidget

from guide_app.protocol.poster_layers import Template
from guide_app.sharing.editing import Element, Path
from ui.kit.spin import roomy
from ui.pages.share.editor_words import Field, FieldKind, fields_of

_MOST = 10_000.0
_SWATCH = 14
_RGB = 7


class ElementForm(QWidget):
    """Shows an element's place and properties; without one, what belongs to the whole template."""

    wanted = Signal(object, object)
    """`(path, {field: value})` that a person asked for."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(4, 4, 4, 4)
        self._form.setVerticalSpacing(8)
        self.fields: dict[str, QWidget] = {}
        self._path: Path = ()

    def show_element(self, template: Template, element: Element | None, *, free: bool) -> None:
        """Show this one; fields of a locked one are dead."""
        focused = next((name for name, made in self.fields.items() if made.hasFocus()), "")
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = {}
        self._path = element.path if element else ()
        if element is None:
            self._show_template(template, free=free)
        else:
            if element.layer.box is not None:
                self._show_box(element.layer.box, template.unit)
            for field in fields_of(element.layer, free=free):
                self._add(field.name, field.words, self._field(field, getattr(element.layer, field.name), template))
            for made in self.fields.values():
                made.setEnabled(not element.locked)
        if focused in self.fields:
            self.fields[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    # -- parts -------------------------------------------------------------------------------------------

    def _show_template(self, template: Template, *, free: bool) -> None:
        self._add("title", self.tr("名称"), self._text(template.title, partial(self._want, "title")))
        safe = self._number(template.safe, partial(self._want, "safe"), self._step(template.unit))
        safe.setEnabled(free)
        self._add("safe", self.tr("安全边距"), safe)
        for name, value in template.colours.items():
            set_colour = partial(self._want_colour, template, name)
            self._add(f"colours.{name}", name, self._text(value, set_colour, _swatch(value)))

    def _show_box(self, box: tuple[float, float, float, float], unit: str) -> None:
        said = self.tr("毫米") if unit == "mm" else self.tr("像素")
        words = (self.tr("左 ({unit})"), self.tr("上 ({unit})"), self.tr("宽 ({unit})"), self.tr("高 ({unit})"))
        for number, (name, text) in enumerate(zip(("x", "y", "width", "height"), words, strict=True)):
            made = self._number(box[number], partial(self._want_box, box, number), self._step(unit), -_MOST)
            self._add(name, text.format(unit=said), made)

    def _add(self, name: str, words: str, made: QWidget) -> None:
        made.setAccessibleName(words)
        self.fields[name] = made
        self._form.addRow(words, made)

    def _field(self, field: Field, value: object, template: Template) -> QWidget:
        want = partial(self._want, field.name)
        makers: dict[FieldKind, Callable[[], QWidget]] = {
            "number": lambda: self._number(_float(value), want, self._step(template.unit)),
            "factor": lambda: self._number(_float(value), want, 0.05, most=1.0),
            "whole": lambda: self._whole(int(_float(value)), want),
            "text": lambda: self._text(str(value), want),
            "colour": lambda: self._colour(str(value or ""), want, template),
            "choice": lambda: self._choice(str(value), want, field.choices),
            "flag": lambda: self._flag(bool(value), want),
        }
        return makers[field.kind]()

    def _number(
        self, value: float, want: Callable[[float], None], step: float, least: float = 0.0, most: float = _MOST
    ) -> QDoubleSpinBox:
        made = roomy(QDoubleSpinBox())
        made.setRange(least, most)
        made.setDecimals(2)
        made.setSingleStep(step)
        made.setValue(value)
        made.setKeyboardTracking(False)
        made.valueChanged.connect(lambda given: want(round(given, 2)))
        return made

    def _whole(self, value: int, want: Callable[[int], None]) -> QDoubleSpinBox:
        step = 100.0 if value >= 100 else 1.0  # noqa: PLR2004 - weights go by hundreds
        made = self._number(float(value), lambda given: want(int(given)), step, 1.0, 900.0)
        made.setDecimals(0)
        return made

    def _text(self, value: str, want: Callable[[str], None], swatch: QIcon | None = None) -> QLineEdit:
        made = QLineEdit(value)
        if swatch is not None:
            made.addAction(swatch, QLineEdit.ActionPosition.LeadingPosition)
        made.editingFinished.connect(lambda: want(made.text()) if made.text() != value else None)
        return made

    def _colour(self, value: str, want: Callable[[str], None], template: Template) -> QComboBox:
        made = QComboBox()
        made.setEditable(True)
        for name, given in template.colours.items():
            made.addItem(_swatch(given), name)
        made.setCurrentIndex(made.findText(value))  # -1, and with it no swatch, for a literal
        made.setEditText(value)
        made.activated.connect(lambda _index: want(made.currentText()))
        edit = made.lineEdit()
        if edit is not None:
            edit.editingFinished.connect(lambda: want(made.currentText()) if made.currentText() != value else None)
        return made

    def _choice(self, value: str, want: Callable[[str], None], choices: tuple[tuple[str, str], ...]) -> QComboBox:
        made = QComboBox()
        for given, words in choices:
            made.addItem(words, given)
        made.setCurrentIndex(made.findData(value))
        made.currentIndexChanged.connect(lambda index: want(made.itemData(index)))
        return made

    def _flag(self, value: bool, want: Callable[[bool], None]) -> QCheckBox:
        made = QCheckBox()
        made.setChecked(value)
        made.toggled.connect(want)
        return made

    # -- asking ------------------------------------------------------------------------------------------

    def _want(self, name: str, value: object) -> None:
        self.wanted.emit(self._path, {name: value})

    def _want_box(self, box: tuple[float, float, float, float], number: int, value: float) -> None:
        self.wanted.emit(self._path, {"box": (*box[:number], value, *box[number + 1 :])})

    def _want_colour(self, template: Template, name: str, value: str) -> None:
        self.wanted.emit((), {"colours": {**template.colours, name: value}})

    @staticmethod
    def _step(unit: str) -> float:
        return 0.5 if unit == "mm" else 4.0


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _swatch(colour: str) -> QIcon:
    picture = QPixmap(_SWATCH, _SWATCH)
    shown = QColor(colour[:_RGB])
    picture.fill(shown if shown.isValid() else Qt.GlobalColor.transparent)
    return QIcon(picture)
