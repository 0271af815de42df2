"""Fields of the template editor: each shows a value and tells what a person asked for, and can be shown another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QWidget

from ui.kit.spin import roomy
from ui.pages.share.editor_words import colour_words, meant_text, shown_text

MOST = 10_000.0
_SWATCH = 14
_RGB = 7
_MOST_LETTERS = 200


@dataclass(frozen=True, slots=True)
class FieldBox:
    """A widget, and how it is shown another value without asking for it."""

    widget: QWidget
    show: Callable[[object], None]


def number_box(want: Callable[[float], None], step: float, least: float = 0.0, most: float = MOST) -> FieldBox:
    """A number with two decimals; `want` gets it when it is typed and left, or stepped."""
    made = roomy(QDoubleSpinBox())
    made.setRange(least, most)
    made.setDecimals(2)
    made.setSingleStep(step)
    made.setKeyboardTracking(False)
    made.valueChanged.connect(lambda given: want(round(given, 2)))
    return FieldBox(made, lambda value: _silently(made, lambda: made.setValue(_float(value))))


def whole_box(want: Callable[[int], None], *, hundreds: bool) -> FieldBox:
    """A whole number; weights go by hundreds."""
    box = number_box(lambda given: want(int(given)), 100.0 if hundreds else 1.0, 1.0, 900.0)
    if isinstance(box.widget, QDoubleSpinBox):
        box.widget.setDecimals(0)
    return box


def text_box(want: Callable[[str], None]) -> FieldBox:
    """A line of text, whose names between braces stand as people call them."""
    made = QLineEdit()
    made.setMaxLength(_MOST_LETTERS)
    return _line(made, want, shown_text, meant_text)


def literal_box(want: Callable[[str], None]) -> FieldBox:
    """A colour by its figures, with a swatch of it."""
    made = QLineEdit()
    swatch = QAction(made)
    made.addAction(swatch, QLineEdit.ActionPosition.LeadingPosition)
    box = _line(made, want, str, str.strip)

    def show(value: object) -> None:
        swatch.setIcon(_swatch(str(value)))
        box.show(value)

    return FieldBox(made, show)


def colour_box(want: Callable[[str], None], colours: Mapping[str, str]) -> FieldBox:
    """One of the template's colours by its words, or one typed as figures."""
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    shown = [""]
    for name, given in colours.items():
        made.addItem(_swatch(given), colour_words(name), name)

    def ask() -> None:
        place = made.findText(made.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        given = made.itemData(place) if place >= 0 else made.currentText().strip()
        if given != shown[0]:
            want(given)

    def show(value: object) -> None:
        shown[0] = str(value or "")
        place = made.findData(shown[0])
        with QSignalBlocker(made):
            made.setCurrentIndex(place)  # -1, and with it no swatch, for a literal
            made.setEditText(made.itemText(place) if place >= 0 else shown[0])

    made.activated.connect(lambda _index: ask())
    edit = made.lineEdit()
    if edit is not None:
        edit.editingFinished.connect(ask)
    return FieldBox(made, show)


def choice_box(want: Callable[[str], None], choices: tuple[tuple[str, str], ...]) -> FieldBox:
    """One of a few values, each with its words."""
    made = QComboBox()
    for given, words in choices:
        made.addItem(words, given)
    made.currentIndexChanged.connect(lambda index: want(made.itemData(index)))
    return FieldBox(made, lambda value: _silently(made, lambda: made.setCurrentIndex(made.findData(value))))


def flag_box(want: Callable[[bool], None]) -> FieldBox:
    """Yes or no."""
    made = QCheckBox()
    made.toggled.connect(want)
    return FieldBox(made, lambda value: _silently(made, lambda: made.setChecked(bool(value))))


def _line(
    made: QLineEdit, want: Callable[[str], None], shown: Callable[[str], str], meant: Callable[[str], str]
) -> FieldBox:
    """A line that asks only if it was changed: leaving it is no deed."""
    last = [""]

    def ask() -> None:
        given = meant(made.text())
        if given != last[0]:
            want(given)

    def show(value: object) -> None:
        last[0] = str(value)
        if made.text() != shown(last[0]):
            made.setText(shown(last[0]))

    made.editingFinished.connect(ask)
    return FieldBox(made, show)


def _silently(made: QWidget, deed: Callable[[], None]) -> None:
    with QSignalBlocker(made):
        deed()


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _swatch(colour: str) -> QIcon:
    picture = QPixmap(_SWATCH, _SWATCH)
    shown = QColor(colour[:_RGB])
    picture.fill(shown if shown.isValid() else Qt.GlobalColor.transparent)
    return QIcon(picture)
