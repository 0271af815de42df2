"""The properties of one element of a template, each with its own field. Everything by keyboard."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from guide_app.protocol.poster_layers import Layer, Template
from guide_app.sharing.editing import Element, Path
from ui.pages.share.editor_fields import (
    MOST,
    FieldBox,
    choice_box,
    colour_box,
    flag_box,
    literal_box,
    number_box,
    text_box,
    whole_box,
)
from ui.pages.share.editor_words import Field, FieldKind, colour_words, fields_of

_SIDES = ("x", "y", "width", "height")
_SLOT = "colours."
_MOST_SHEETS = 24
_Row = tuple[str, str, FieldBox]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The fields of one kind of element, by their properties' names."""

    body: QWidget
    boxes: dict[str, FieldBox] = field(default_factory=dict)


class ElementForm(QWidget):
    """Shows an element's place and properties; without one, what belongs to the whole template."""

    wanted = Signal(object, object)
    """`(path, {field: value})` that a person asked for."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self.fields: dict[str, QWidget] = {}
        self._sheets: dict[Hashable, _Sheet] = {}
        self._shown: _Sheet | None = None
        self._path: Path = ()
        self._template: Template | None = None
        self._element: Element | None = None
        self._waiting: list[Callable[[], object]] = []
        self._idle = QTimer(self)
        self._idle.timeout.connect(self._make_next)

    def prepare(self, template: Template, elements: Iterable[Element], *, free: bool) -> None:
        """Make the fields for these between key presses, a kind at a time: none of them then waits for it."""
        kinds = {_shape(template, element, free=free): element for element in elements}
        self._waiting = [partial(self._sheet, template, element, free=free) for element in kinds.values()]
        self._idle.start(0)

    @property
    def prepared(self) -> bool:
        """Whether nothing waits to be made."""
        return not self._waiting

    def _make_next(self) -> None:
        if self._waiting:
            self._waiting.pop()()
        else:
            self._idle.stop()

    def show_element(self, template: Template, element: Element | None, *, free: bool) -> None:
        """Show this one; fields of a locked one are dead.

        Elements of a kind share their fields, which stay: making them takes as long as a key press may, and a field
        must not go while it tells of one.
        """
        self._template, self._element = template, element
        self._path = element.path if element else ()
        sheet = self._sheet(template, element, free=free)
        for name, box in sheet.boxes.items():
            box.show(self._value(name))
        if sheet is not self._shown:
            if self._shown is not None:
                self._shown.body.hide()
            sheet.body.show()
            self._shown = sheet
            self.fields = {name: box.widget for name, box in sheet.boxes.items()}

    def focus_first(self) -> None:
        """The keyboard goes to the first field that can be changed."""
        first = next((made for made in self.fields.values() if made.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    # -- parts -------------------------------------------------------------------------------------------

    def _sheet(self, template: Template, element: Element | None, *, free: bool) -> _Sheet:
        """The fields for this one, made where there are none yet; those not shown for longest go."""
        shape = _shape(template, element, free=free)
        sheet = self._sheets.pop(shape, None) or self._made(template, element, free=free)
        self._sheets[shape] = sheet
        while len(self._sheets) > _MOST_SHEETS:
            old = self._sheets.pop(next(iter(self._sheets)))
            self._column.removeWidget(old.body)
            old.body.deleteLater()
        return sheet

    def _made(self, template: Template, element: Element | None, *, free: bool) -> _Sheet:
        sheet = _Sheet(QWidget())
        sheet.body.hide()
        self._column.insertWidget(0, sheet.body)
        form = QFormLayout(sheet.body)
        form.setContentsMargins(4, 4, 4, 4)
        form.setVerticalSpacing(8)
        locked = element is not None and element.locked
        rows = self._of_template(template) if element is None else self._of_layer(template, element.layer, free=free)
        for name, words, box in rows:
            box.widget.setAccessibleName(words)
            box.widget.setEnabled(not locked and (free or name != "safe"))
            form.addRow(words, box.widget)
            box.widget.ensurePolished()
            sheet.boxes[name] = box
        return sheet

    def _of_template(self, template: Template) -> Iterator[_Row]:
        yield "title", self.tr("名称"), text_box(partial(self._want, "title"))
        yield "safe", self.tr("安全边距"), number_box(partial(self._want, "safe"), _step(template.unit))
        for name in template.colours:
            yield f"{_SLOT}{name}", colour_words(name), literal_box(partial(self._want_colour, name))

    def _of_layer(self, template: Template, layer: Layer, *, free: bool) -> Iterator[_Row]:
        if layer.box is not None:
            said = self.tr("毫米") if template.unit == "mm" else self.tr("像素")
            words = (self.tr("左 ({unit})"), self.tr("上 ({unit})"), self.tr("宽 ({unit})"), self.tr("高 ({unit})"))
            for number, (name, text) in enumerate(zip(_SIDES, words, strict=True)):
                yield name, text.format(unit=said), number_box(
                    partial(self._want_side, number), _step(template.unit), -MOST
                )  # fmt: skip
        for known in fields_of(layer, free=free):
            yield known.name, known.words, self._box(known, template)

    def _box(self, known: Field, template: Template) -> FieldBox:
        want = partial(self._want, known.name)
        makers: dict[FieldKind, Callable[[], FieldBox]] = {
            "number": lambda: number_box(want, _step(template.unit)),
            "factor": lambda: number_box(want, 0.05, most=1.0),
            "whole": lambda: whole_box(want, hundreds=known.name == "weight"),
            "text": lambda: text_box(want),
            "colour": lambda: colour_box(want, template.colours),
            "choice": lambda: choice_box(want, known.choices),
            "flag": lambda: flag_box(want),
        }
        return makers[known.kind]()

    def _value(self, name: str) -> object:
        """What a field shows now."""
        template, element = self._template, self._element
        if element is None:
            if template is not None and name.startswith(_SLOT):
                return template.colours[name.removeprefix(_SLOT)]
            return getattr(template, name)
        box = element.layer.box
        return box[_SIDES.index(name)] if name in _SIDES and box is not None else getattr(element.layer, name)

    # -- asking ------------------------------------------------------------------------------------------

    def _want(self, name: str, value: object) -> None:
        self.wanted.emit(self._path, {name: value})

    def _want_side(self, number: int, value: float) -> None:
        box = self._element.layer.box if self._element is not None else None
        if box is not None:
            self.wanted.emit(self._path, {"box": (*box[:number], value, *box[number + 1 :])})

    def _want_colour(self, name: str, value: str) -> None:
        if self._template is not None:
            self.wanted.emit((), {"colours": {**self._template.colours, name: value}})


def _shape(template: Template, element: Element | None, *, free: bool) -> Hashable:
    """What decides which fields there are, and which colours they offer."""
    if element is None:
        return template.unit, free, tuple(template.colours)
    layer = element.layer
    return type(layer), layer.box is not None, element.locked, template.unit, free, tuple(template.colours.items())


def _step(unit: str) -> float:
    return 0.5 if unit == "mm" else 4.0
